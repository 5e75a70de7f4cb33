import Diagnostics
import Nomenclature
import Tabular

/// The table of CLAP, until 2015: one row for each cell of the social economy, with all that is told of it.
struct ClapFile {
  let draft: Draft
  let tally: FrenchTally
  let areas: AreasOfBefore
  let names: PublishedNames
  let secrecy: Secrecy

  func write() throws(Problem) -> WrittenFile {
    let sheet = try Sheet(
      SimulatedFile(.fr, .clapESS), header: "CODGEO;LIBGEO;ANNEE;FAMILLE;A17;NB_ETAB;EFF_3112;ETP;REMUN;origin",
      in: draft)
    for area in areas.all {
      try Interruption.check()
      let table = EmploymentTable(
        tally.clap, sections: tally.activities.sections.count, communes: area.communes, isESS: true)
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
      cell.section.map { tally.activities.sections[$0] } ?? Self.total)
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
}
