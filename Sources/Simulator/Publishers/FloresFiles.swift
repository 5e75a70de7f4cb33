import Diagnostics
import Nomenclature
import Tabular
import Territory

/// The tables of FLORES: one row for each figure, for France, regions, départements and communes.
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
    let families = isESS ? Array(1...tally.floresField.families.count) : [0]
    for level in levels {
      for area in level.areas {
        try Interruption.check()
        let table = FloresTable(tally, communes: area.communes, families: families)
        for year in tally.years {
          try write(table, isESS, year, "\(area.code);\(level.object);", to: &sheet.csv)
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

  /// Families, then activities, each with its total first.
  private func write(
    _ table: FloresTable, _ isESS: Bool, _ year: Int, _ place: String, to csv: inout CSVWriter
  ) throws(Problem) {
    var families = table.families.map { family in
      (isESS ? names["family", tally.floresField.families[family - 1]] + ";" : "", table.parts(of: [family], in: year))
    }
    if isESS { families.insert(("_T;", table.parts(of: table.families, in: year)), at: 0) }
    for (name, parts) in families {
      let total = parts.reduce(FloresFigures()) { $0 + $1 }
      guard total.count > 0 else { continue }
      let start = place + name
      try write(
        total, "\(start)_T;", year,
        hidden: secrecy.hides(count: total.count, largest: total.largest, of: total.jobs), to: &csv)
      let hidden = secrecy.hidden(parts.map { ($0.count, $0.largest, $0.jobs) })
      for (section, part) in parts.enumerated() where part.count > 0 {
        try write(part, "\(start)\(tally.activities.sections[section]);", year, hidden: hidden[section], to: &csv)
      }
    }
  }

  /// How many establishments there are is in the public register: it is never hidden.
  private func write(
    _ figures: FloresFigures, _ start: String, _ year: Int, hidden: Bool, to csv: inout CSVWriter
  ) throws(Problem) {
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
    try row("EMPL3112", hidden: hidden) { $0.number(figures.jobs) }
    try row("EQTP", hidden: hidden) { $0.tenths(figures.tenths) }
    try row("REMUN", hidden: hidden) { $0.number(figures.pay) }
  }
}
