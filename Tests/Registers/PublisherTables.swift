import Filesystem
import Tabular
import TestSupport
import Testing

@testable import Registers

/// What a table of a publisher tells, read to its end.
struct TableReading {
  let layout: String
  let figures: [Aggregate]
  let account: Reconciliation
}

/// Reads the text of a table with the layouts of the project; its account is balanced, whatever is in it.
func readTable(_ text: String, _ source: String, year: Int? = nil, tolerance: Double = 0) throws -> TableReading {
  let table = try AggregateTable(
    { MemoryStream(utf8(text), name: "table.csv") }, source: source,
    AggregateLayouts(share: Checkout.installation.share), Checkout.nomenclatures, Checkout.territories)
  var figures: [Aggregate] = []
  let account = try table.read(expectedYear: year, tolerance: tolerance) { figures.append($0) }
  #expect(account.isBalanced)
  return TableReading(layout: table.layout.id, figures: figures, account: account)
}

/// The names of the columns, as publishers write them.
enum FirstLine {
  static let ess =
    "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"
  static let flores = "GEO;GEO_OBJECT;ESS_FAMILY;ACTIVITY;FLORES_MEASURE;TIME_PERIOD;OBS_VALUE\n"
  static let melodi =
    "GEO;GEO_OBJECT;ACTIVITY;NUMBER_EMPL;LEGAL_FORM_WITH_PUBLIC;FLORES_MEASURE;OBS_STATUS;TIME_PERIOD;OBS_VALUE\n"
  static let onss = "annee;trimestre;ins;champ;nacebel;unites_locales;postes;etp;remunerations\n"
}
