import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import TestSupport
import Testing

@testable import Registers

@Suite("Tables of publishers")
struct AggregateTests {
  private struct Reading {
    let layout: String
    let figures: [Aggregate]
    let account: Reconciliation
  }

  private func read(_ text: String, _ source: String, year: Int? = nil, tolerance: Double = 0) throws -> Reading {
    let table = try AggregateTable(
      { MemoryStream(utf8(text), name: "table.csv") }, source: source,
      AggregateLayouts(share: Checkout.installation.share), Checkout.nomenclatures, Checkout.territories)
    var figures: [Aggregate] = []
    let account = try table.read(expectedYear: year, tolerance: tolerance) { figures.append($0) }
    #expect(account.isBalanced)
    return Reading(layout: table.layout.id, figures: figures, account: account)
  }

  private static let ess =
    "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"
  private static let flores = "GEO;GEO_OBJECT;ESS_FAMILY;ACTIVITY;FLORES_MEASURE;TIME_PERIOD;OBS_VALUE\n"
  private static let onss = "annee;trimestre;ins;champ;nacebel;unites_locales;postes;etp;remunerations\n"

  @Test func `the table of Urssaf by region`() throws {
    let reading = try read(
      Self.ess
        + "2024;32;Hauts-de-France;OUI;Associations;88 Action sociale sans hébergement;1234;56789,25;1234567890\n",
      "urssaf")
    #expect(reading.layout == "urssaf-ess-regions")
    let cell = Aggregate.Cell(
      territory: "FR-REG-32", year: 2024, quarter: 0, field: "ess", family: "association", classification: "a88",
      activity: "88", measure: "jobs_average")
    #expect(reading.figures.map(\.cell.measure) == ["establishments", "jobs_average", "gross_pay"])
    #expect(reading.figures.map(\.value) == [1234, 56789.25, 1_234_567_890])
    #expect(reading.figures[1].cell == cell)
  }

  /// The labels of the portal instead of its technical names, without a region: the whole of France.
  @Test func `labels instead of names, France instead of regions`() throws {
    let reading = try read(
      "Année;Champ ESS;Famille ESS;Secteur NA88;Nombre d'établissements;Effectifs salariés moyens;Masse salariale (brute)\n"
        + "1998;NON;;01 Culture et production animale;5;7;9\n", "urssaf")
    #expect(reading.layout == "urssaf-ess-france")
    #expect(Set(reading.figures.map(\.cell.territory)) == ["FR"])
    #expect(Set(reading.figures.map(\.cell.field)) == ["rest"])
  }

  @Test func `a column a year`() throws {
    let reading = try read(
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2019;nombre_d_etablissements_2020;effectifs_salaries_2019;effectifs_salaries_2020\n"
        + "59350;Lille;88;8899B Action sociale;3;4;12;s\n59355;Lomme;88;8899B;1;1;2;\n", "urssaf")
    #expect(reading.layout == "urssaf-communes")
    let lille = reading.figures.filter { $0.cell.territory == "FR-COM-59350" }
    #expect(lille.map(\.cell.year) == [2019, 2020, 2019, 2020])
    #expect(lille.map(\.value) == [3, 4, 12, nil])
    #expect(lille.map(\.isSecret) == [false, false, false, true])
    #expect(lille.allSatisfy { $0.cell.classification == "naf-rev2" && $0.cell.activity == "8899B" })
    // Lomme is a part of Lille: its code is kept, and said.
    #expect(reading.figures.contains { $0.cell.territory == "FR-COM-59355" && $0.value == nil && !$0.isSecret })
    #expect(reading.account.remarks["former_territory"] == 1)
  }

  @Test func `CLAP has its activities and its year in the names of its columns`() throws {
    let reading = try read(
      "CODGEO;LIBGEO;ETTOT14;ETAZ14;ETOQ14;ETPTOT14;ETPAZ14;ETPOQ14\n59350;Lille;30;10;20;300;100;200\n", "flores")
    #expect(reading.layout == "clap-communes")
    #expect(Set(reading.figures.map(\.cell.year)) == [2014])
    #expect(reading.figures.map(\.cell.activity) == ["", "AZ", "OQ", "", "AZ", "OQ"])
    #expect(
      reading.figures.map(\.cell.measure) == Array(repeating: "establishments", count: 3)
        + Array(repeating: "jobs", count: 3))
  }

  @Test(arguments: [
    ("01000", "BE"), ("03000", "BE-REG-03000"), ("50000", "BE-PRO-50000"), ("52000", "BE-ARR-52000"),
    ("92094", "BE-COM-92094"), ("2000", "BE-REG-02000"), ("52063", "BE-COM-52063"),
  ])
  func `every Belgian code finds its level`(code: String, territory: String) throws {
    let reading = try read(Self.onss + "2024;1;\(code);ES;88;1;2;1,5;9\n", "onss")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect(reading.figures.first?.cell.quarter == 1)
  }

  @Test(arguments: [
    ("31", "FR-AREG-31", true), ("32", "FR-REG-32", false), ("1", "FR-REG-01", false),
  ])
  func `a region of before 2016 keeps its code`(code: String, territory: String, isFormer: Bool) throws {
    let reading = try read(Self.ess + "2010;\(code);;OUI;Mutuelles;65;1;2;3\n", "urssaf")
    #expect(reading.figures.first?.cell.territory == territory)
    #expect((reading.account.remarks["former_territory"] == 1) == isFormer)
  }

  @Test(
    arguments: [
      ("2024;99;x;OUI;Associations;88;1;2;3", "place"), ("24;32;x;OUI;Associations;88;1;2;3", "year"),
      ("2024;32;x;OUI;Associations;95;1;2;3", ""), ("2024;32;x;OUI;Associations;04;1;2;3", "code"),
      ("2024;32;x;PEUT-ÊTRE;Associations;88;1;2;3", "code"), ("2024;32;x;OUI;Syndicats;88;1;2;3", "code"),
      ("2024;32;x;NON;Associations;88;1;2;3", "code"), ("2024;32;x;OUI;Hors ESS;88;1;2;3", "code"),
      ("2024;32;x;OUI;Associations;88;-1;2;3", "number"), ("2024;32;x;OUI;Associations;88;un;2;3", "number"),
      ("2024;32;x;OUI;Associations;88;1;2;99999999999999999999", "number"),
    ])
  func `a row that cannot be understood is set aside with its reason`(row: String, reason: String) throws {
    let account = try read(Self.ess + row + "\n", "urssaf").account
    #expect(account.rejected == (reason.isEmpty ? [:] : [reason: 1]), "\(row)")
  }

  @Test func `a cell told twice is told once`() throws {
    let row = "2024;32;x;OUI;Associations;88;1;2;3\n"
    #expect(try read(Self.ess + row + row, "urssaf").account.rejected == ["duplicate": 1])
  }

  @Test func `what the publisher hides is not zero`() throws {
    let figures = try read(
      Self.flores
        + "32;REG;Associations;OQ;EFF_3112;2023;s\n32;REG;Mutuelles;OQ;EFF_3112;2023;0\n32;REG;Fondations;OQ;EFF_3112;2023;\n",
      "flores"
    ).figures
    #expect(figures.map(\.value) == [nil, 0, nil])
    #expect(figures.map(\.isSecret) == [true, false, false])
  }

  // MARK: - Bad files

  @Test func `the table of another source is told by its name`() {
    let problem = expectProblem("register.other_source", line: 1) { _ = try read(Self.ess, "flores") }
    #expect(problem?.facts["found"] == "urssaf")
  }

  @Test func `a missing column is named with the nearest`() {
    let text = Self.ess.replacing("masse_salariale", with: "masse_salarialle") + "2024;32;x;OUI;Associations;88;1;2;3\n"
    let problem = expectProblem("aggregate.no_layout", line: 1) { _ = try read(text, "urssaf") }
    #expect(problem?.facts["nearest"] == "massesalarialle")
  }

  /// AZ and six more are codes of A17 and of A38.
  @Test func `the classification of a table is the one that knows all its codes`() throws {
    func rows(_ values: [(String, Int)]) -> String {
      values.map { "32;REG;_T;\($0.0);NB_ETAB;2023;\($0.1)\n" }.joined()
    }
    let codes = ["AZ", "BZ", "CA", "CB", "FZ", "GZ", "HZ", "IZ", "KZ", "LZ", "JA", "JB"]
    let reading = try read(Self.flores + rows([("_T", 12)] + codes.map { ($0, 1) }), "flores")
    #expect(Set(reading.figures.map(\.cell.classification)) == ["", "a38"])
    expectProblem("aggregate.total") {
      _ = try read(Self.flores + rows([("_T", 40)] + codes.map { ($0, 1) }), "flores")
    }
    // Both at once: nobody can say whose AZ is, and nothing is refused for it.
    let mixed = try read(Self.flores + rows([("_T", 12), ("OQ", 3)] + codes.map { ($0, 1) }), "flores")
    #expect(mixed.account.kept == 14)
  }

  @Test func `of a column a year, the year that is asked for`() throws {
    let text =
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2019;nombre_d_etablissements_2020;effectifs_salaries_2019;effectifs_salaries_2020\n"
      + "59350;Lille;88;8899B;3;4;12;13\n"
    #expect(try read(text, "urssaf", year: 2020).figures.map(\.value) == [4, 13])
    expectProblem("aggregate.other_year", line: 2) { _ = try read(text, "urssaf", year: 2021) }
    // A year that cannot be is no column of a year.
    expectProblem("aggregate.no_layout") {
      _ = try read(text.replacing("2019", with: "1899").replacing("2020", with: "2420"), "urssaf")
    }
  }

  @Test func `rows of another year come before those of the year as well as after`() throws {
    let row = { (year: Int) in "\(year);32;x;OUI;Associations;88;1;2;3\n" }
    let reading = try read(Self.ess + row(2023) + row(2024), "urssaf", year: 2024)
    #expect(reading.figures.allSatisfy { $0.cell.year == 2024 } && reading.account.kept == 1)
  }

  @Test func `a table by region or by family without its column is not taken for one of the whole`() {
    let regions = Self.ess.replacing("code_region", with: "region_code") + "2024;32;x;OUI;Associations;88;1;2;3\n"
    let problem = expectProblem("aggregate.no_layout", line: 1) { _ = try read(regions, "urssaf") }
    #expect(problem?.facts["layout"] == "urssaf-ess-regions")
    let families = Self.flores.replacing("ESS_FAMILY", with: "FAMILLE") + "32;REG;Associations;OQ;NB_ETAB;2023;9\n"
    #expect(
      expectProblem("aggregate.no_layout", line: 1) { _ = try read(families, "flores") }?.facts["layout"]
        == "flores-ess")
  }

  @Test func `a file of another year is refused, a row of another year set aside`() throws {
    let row = { (year: Int) in "\(year);32;x;OUI;Associations;88;1;2;3\n" }
    let problem = expectProblem("aggregate.other_year", line: 2) {
      _ = try read(Self.ess + row(2023), "urssaf", year: 2024)
    }
    #expect(problem?.facts["found"] == "2023")
    #expect(try read(Self.ess + row(2024) + row(2023), "urssaf", year: 2024).account.outOfScope == ["year": 1])
  }

  @Test func `columns of one name are refused`() {
    expectProblem("table.repeated_column") {
      _ = try read(
        "code_commune;ape;nombre_d_etablissements_2019;effectifs_salaries_2019;effectifs_salaries_2019\n", "urssaf")
    }
  }

  // MARK: - Totals

  /// A table like INSEE's, right by construction: families × sections × départements of Corse, with every total.
  private struct Cube {
    static let families = ["Associations", "Coopératives", "Mutuelles", "Fondations"]
    static let sections = ["AZ", "FZ", "OQ"]
    static let places = [("2A", "DEP"), ("2B", "DEP")]
    var rows: [(key: [String], value: Int, isTotal: Bool)] = []

    init(_ random: inout SplitMix64) {
      var values: [[String]: Int] = [:]
      for place in Self.places {
        for family in Self.families {
          for section in Self.sections {
            let value = random.number(0...5000)
            for geo in [[place.0, place.1], ["94", "REG"]] {
              for f in [family, "Ensemble"] {
                for s in [section, "_T"] { values[geo + [f, s], default: 0] += value }
              }
            }
          }
        }
      }
      rows = values.map {
        (key: $0.key, value: $0.value, isTotal: $0.key[1] == "REG" || $0.key[2] == "Ensemble" || $0.key[3] == "_T")
      }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    var text: String {
      AggregateTests.flores
        + rows.map {
          "\($0.key[0]);\($0.key[1]);\($0.key[2]);\($0.key[3]);EFF_3112;2023;\($0.value < 0 ? "s" : "\($0.value)")\n"
        }.joined()
    }
  }

  @Test(arguments: 0..<20)
  func `totals that are sums pass, one that is not is found`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var cube = Cube(&random)
    #expect(try read(cube.text, "flores").account.kept == cube.rows.count)
    // Publishers round their cells: one unit in each is let pass.
    let index = random.number(0...cube.rows.count - 1)
    cube.rows[index].value += 1
    #expect(throws: Never.self) { try read(cube.text, "flores") }
    cube.rows[index].value += 40
    let problem = expectProblem("aggregate.total") { _ = try read(cube.text, "flores") }
    let percent = try #require(problem?.facts["percent"].flatMap(Double.init))
    #expect(throws: Never.self, "the tolerance that the message names is enough") {
      try read(cube.text, "flores", tolerance: max(percent, 100) / 100)
    }
  }

  @Test(arguments: 0..<10)
  func `a total over a hidden cell is not verified`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var cube = Cube(&random)
    // Hidden in every table that it stands in, the cell is no part of any sum that can be verified.
    let (family, section) = (random.pick(Cube.families), random.pick(Cube.sections))
    for index in cube.rows.indices
    where cube.rows[index].key[2] == family || cube.rows[index].key[3] == section { cube.rows[index].value = -1 }
    #expect(throws: Never.self) { try read(cube.text, "flores") }
  }

  @Test func `parts that are left out may be secret, and never make more than the total`() throws {
    let total = Self.flores + "32;REG;Associations;_T;EFF_3112;2023;100\n"
    #expect(throws: Never.self) {
      try read(total + "32;REG;Associations;OQ;EFF_3112;2023;60\n32;REG;Mutuelles;AZ;EFF_3112;2023;1\n", "flores")
    }
    expectProblem("aggregate.total", line: 2) {
      _ = try read(total + "32;REG;Associations;OQ;EFF_3112;2023;160\n32;REG;Mutuelles;AZ;EFF_3112;2023;1\n", "flores")
    }
  }

  @Test func `more jobs in the ESS than in all`() {
    expectProblem("aggregate.total", line: 2) {
      _ = try read(Self.onss + "2024;1;03000;total;88;10;100;80;1\n2024;1;03000;ES;88;5;300;250;1\n", "onss")
    }
  }

  /// A layout has what it takes to be read: every measure has words, every perimeter exists.
  @Test func `every layout is whole`() throws {
    let layouts = try AggregateLayouts(share: Checkout.installation.share).layouts
    #expect(Set(layouts.map(\.source)) == ["urssaf", "flores", "onss", "vat"])
    let perimeters = Set(try Checkout.perimeters.map(\.id))
    for layout in layouts {
      #expect(layout.perimeter.isEmpty || perimeters.contains(layout.perimeter), "\(layout.id)")
      #expect(
        layout.columns.contains { $0.role == .value || { if case .figure = $0 { true } else { false } }($0.role) },
        "\(layout.id)")
      #expect(layout.columns.contains { $0.role == .territory } || layout.fixedTerritory != nil, "\(layout.id)")
    }
  }
}
