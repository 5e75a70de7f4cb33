import Diagnostics
import Nomenclature
import Tabular
import Territory

/// The tables of FLORES, since 2016: one row for each figure, for France, regions, départements and communes.
struct FloresFiles {
  let draft: Draft
  let tally: FrenchTally
  let names: PublishedNames
  let secrecy: Secrecy

  /// A territory and the communes that make it.
  private struct Level {
    let object: String
    let areas: [(code: String, communes: [Int])]
  }

  func write() throws(Problem) -> [WrittenFile] { [try write(.floresESS), try write(.floresAll)] }

  private func write(_ content: SimulatedFile.Content) throws(Problem) -> WrittenFile {
    let isESS = content == .floresESS
    let sheet = try Sheet(
      SimulatedFile(.fr, content),
      header: "GEO;GEO_OBJECT;\(isESS ? "ESS_FAMILY;" : "")ACTIVITY;NUMBER_EMPL;LEGAL_FORM_WITH_PUBLIC;FLORES_MEASURE;"
        + "OBS_STATUS;TIME_PERIOD;OBS_VALUE;origin",
      in: draft)
    for level in levels {
      for area in level.areas {
        try Interruption.check()
        let table = EmploymentTable(
          tally.flores, groups: Array(tally.activities.sections.indices), communes: area.communes, isESS: isESS)
        for year in tally.flores.years {
          for cell in table.cells(in: year, secrecy) {
            try write(cell, isESS, year, "\(area.code);\(level.object);", to: &sheet.csv)
          }
        }
      }
    }
    return try sheet.finish()
  }

  private var levels: [Level] {
    let areas = tally.areas
    let communes = areas.communes.indices.sorted { areas.communes[$0].official < areas.communes[$1].official }
    return [
      Level(object: "FRANCE", areas: [("F", communes)]),
      Level(object: "REG", areas: areas.regions.map { ($0.code, $0.communes) }),
      Level(object: "DEP", areas: areas.departements.map { ($0.code, $0.communes) }),
      Level(object: "COM", areas: communes.map { (areas.communes[$0].official, [$0]) }),
    ]
  }

  private func write(
    _ cell: EmploymentTable.Cell, _ isESS: Bool, _ year: Int, _ place: String, to csv: inout CSVWriter
  ) throws(Problem) {
    let family = cell.family.map { names["family", tally.flores.field.families[$0 - 1]] } ?? "_T"
    let section = cell.activity.map { tally.activities.sections[$0] } ?? "_T"
    let start = place + (isESS ? "\(family);" : "") + "\(section);"
    let figures = cell.figures
    // A cell that is secret has no value, and a status that says so.
    func row(_ name: StaticString, hidden: Bool, _ value: (inout CSVWriter) -> Void) throws(Problem) {
      var start = start
      start.withUTF8 { csv.bytes($0) }
      csv.text("_T;1T9X7;")  // employers of every size, public ones too
      csv.text(name)
      csv.text(hidden ? ";K;" : ";A;")
      csv.number(year)
      csv.semicolon()
      if !hidden { value(&csv) }
      csv.text(";simulated")
      try csv.endRow()
    }
    try row("UNIT_LOC", hidden: false) { $0.number(figures.count) }
    try row("EMPL3112", hidden: cell.isHidden) { $0.number(figures.jobs) }
    try row("EQTP", hidden: cell.isHidden) { $0.tenths(figures.tenths) }
    try row("REMUN", hidden: cell.isHidden) { $0.number(figures.pay) }
  }
}
