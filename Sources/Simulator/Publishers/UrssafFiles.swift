import Diagnostics
import Nomenclature
import Tabular
import Territory

/// The tables of the Urssaf: means of the year by region, and jobs on 31 December by commune, in one column a year.
struct UrssafFiles {
  let draft: Draft
  let tally: FrenchTally
  let names: PublishedNames
  let secrecy: Secrecy
  /// Payroll against gross pay.
  let payroll: Double

  func write() throws(Problem) -> [WrittenFile] { [try writeRegions(), try writeFrance(), try writeCommunes()] }

  private static let figures = "nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale;origin"

  private func writeRegions() throws(Problem) -> WrittenFile {
    let sheet = try Sheet(
      SimulatedFile(.fr, .urssafRegions),
      header: "annee;code_region;region;champ_ess;famille_ess;secteur_na88;" + Self.figures, in: draft)
    for year in tally.years {
      for key in tally.regions.sortedKeys {
        guard let row = tally.regions.row(key) else { continue }
        let (region, family, division) = FrenchTally.parts(of: key)
        let area = tally.areas.regions[region]
        try writeRow(row, year, family, division, to: &sheet.csv) { csv in
          csv.strings(area.code, names["region", area.code])
        }
      }
    }
    return try sheet.finish()
  }

  private func writeFrance() throws(Problem) -> WrittenFile {
    var france = CellTable<Int>(width: tally.regions.width)
    for key in tally.regions.keys {
      let (_, family, division) = FrenchTally.parts(of: key)
      if let row = tally.regions.row(key) { france.add(row, to: FrenchTally.key(0, family, division)) }
    }
    let sheet = try Sheet(
      SimulatedFile(.fr, .urssafFrance), header: "annee;champ_ess;famille_ess;secteur_na88;" + Self.figures, in: draft)
    for year in tally.years {
      for key in france.sortedKeys {
        guard let row = france.row(key) else { continue }
        let (_, family, division) = FrenchTally.parts(of: key)
        try writeRow(row, year, family, division, to: &sheet.csv) { _ in }
      }
    }
    return try sheet.finish()
  }

  /// A row, unless nobody was employed in the year. An establishment is the mean of its quarters.
  private func writeRow(
    _ row: ArraySlice<Int>, _ year: Int, _ family: Int, _ division: Int, to csv: inout CSVWriter,
    place: (inout CSVWriter) -> Void
  ) throws(Problem) {
    let start = row.startIndex + 3 * (year - tally.years.lowerBound)
    guard row[start] > 0 else { return }
    let establishments = max(1, (row[start] + 2) / 4)
    let hidden = secrecy.hides(count: establishments, largest: 0, of: 0)
    csv.number(year)
    csv.semicolon()
    place(&csv)
    csv.strings(
      family > 0 ? "OUI" : "NON", family > 0 ? names["family", tally.urssafField.families[family - 1]] : "",
      tally.activities.divisionText(division))
    csv.number(establishments)
    csv.semicolon()
    csv.figure((row[start + 1] + 2) / 4, hidden: hidden)
    csv.semicolon()
    csv.figure(Int((Double(row[start + 2]) * payroll).rounded()), hidden: hidden)
    csv.text(";simulated")
    try csv.endRow()
  }

  private func writeCommunes() throws(Problem) -> WrittenFile {
    let years = tally.years.map { ";nombre_d_etablissements_\($0);effectifs_salaries_\($0)" }.joined()
    let sheet = try Sheet(
      SimulatedFile(.fr, .urssafCommunes), header: "code_commune;intitule_commune;secteur_na88;ape\(years);origin",
      in: draft)
    for (rank, key) in tally.communes.sortedKeys.enumerated() {
      if rank & 0xffff == 0 { try Interruption.check() }
      guard let row = tally.communes.row(key), row.contains(where: { $0 > 0 }) else { continue }
      let (place, _, activity) = FrenchTally.parts(of: key)
      let commune = tally.areas.communes[place]
      sheet.csv.strings(
        commune.official, commune.name, tally.activities.divisionText(tally.activities.division[activity]))
      sheet.csv.string(tally.activities.activityText(activity))
      for year in tally.years {
        let start = row.startIndex + 2 * (year - tally.years.lowerBound)
        let establishments = Int(row[start])
        sheet.csv.semicolon()
        sheet.csv.number(establishments)
        sheet.csv.semicolon()
        sheet.csv.figure(Int(row[start + 1]), hidden: secrecy.hides(count: establishments, largest: 0, of: 0))
      }
      sheet.csv.text(";simulated")
      try sheet.csv.endRow()
    }
    return try sheet.finish()
  }
}
