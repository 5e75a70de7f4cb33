import Diagnostics
import Nomenclature
import Tabular

/// The tables of CLAP, until 2015: one row for each cell of the social economy, with all that is told of it; of all
/// establishments one row for each commune, with a column for each activity and year.
struct ClapFiles {
  let draft: Draft
  let tally: FrenchTally
  let areas: AreasOfBefore
  let names: PublishedNames
  let secrecy: Secrecy

  func write() throws(Problem) -> [WrittenFile] { [try writeESS(), try writeCommunes()] }

  private func writeESS() throws(Problem) -> WrittenFile {
    let sheet = try Sheet(
      SimulatedFile(.fr, .clapESS), header: "CODGEO;LIBGEO;ANNEE;FAMILLE;A17;NB_ETAB;EFF_3112;ETP;REMUN;origin",
      in: draft)
    for area in areas.all {
      try Interruption.check()
      let table = EmploymentTable(
        tally.clap, groups: Array(tally.activities.sections.indices), communes: area.communes, isESS: true)
      for year in tally.clap.years {
        for cell in table.cells(in: year, secrecy) { try write(cell, of: area, in: year, to: &sheet.csv) }
      }
    }
    return try sheet.finish()
  }

  private func write(
    _ cell: EmploymentTable.Cell, of area: AreasOfBefore.Area, in year: Int, to csv: inout CSVWriter
  ) throws(Problem) {
    csv.strings(area.code, area.name)
    csv.number(year)
    csv.semicolon()
    csv.strings(
      cell.family.map { names["family", tally.clap.field.families[$0 - 1]] } ?? Self.total,
      cell.activity.map { tally.activities.sections[$0] } ?? Self.total)
    csv.number(cell.figures.count)
    csv.semicolon()
    csv.figure(cell.figures.jobs, hidden: cell.isHidden)
    csv.semicolon()
    if cell.isHidden { csv.text("s") } else { csv.tenths(cell.figures.tenths) }
    csv.semicolon()
    csv.figure(cell.figures.pay, hidden: cell.isHidden)
    csv.text(";simulated")
    try csv.endRow()
  }

  private static let total = "Ensemble"

  private func writeCommunes() throws(Problem) -> WrittenFile {
    let activities = ["TOT"] + tally.activities.sectors
    let columns = tally.clap.years.flatMap { year in
      ["ET", "ETP"].flatMap { measure in activities.map { "\(measure)\($0)\(String(year).suffix(2))" } }
    }
    let sheet = try Sheet(
      SimulatedFile(.fr, .clapCommunes), header: (["CODGEO", "LIBGEO"] + columns + ["origin"]).joined(separator: ";"),
      in: draft)
    for area in areas.communes {
      try Interruption.check()
      let table = EmploymentTable(
        tally.clap, groups: tally.activities.sector, communes: area.communes, isESS: false)
      sheet.csv.strings(area.code, area.name)
      for year in tally.clap.years {
        let cells = Dictionary(
          table.cells(in: year, secrecy).map { (($0.activity ?? -1) + 1, $0) }, uniquingKeysWith: { first, _ in first })
        for column in activities.indices {
          sheet.csv.number(cells[column]?.figures.count ?? 0)
          sheet.csv.semicolon()
        }
        for column in activities.indices {
          sheet.csv.figure(cells[column]?.figures.jobs ?? 0, hidden: cells[column]?.isHidden ?? false)
          sheet.csv.semicolon()
        }
      }
      sheet.csv.text("simulated")
      try sheet.csv.endRow()
    }
    return try sheet.finish()
  }
}
