import Diagnostics
import Tabular

/// The activities of each group of legal forms, among all units and among employers.
struct ActivityTable {
  struct OfGroup {
    let positions: UnsafePointer<Int>
    let count: Int
    let units: Chooser
    let employers: Chooser
  }

  let all: UnsafePointer<CountryProfile.Activity>
  let codes: [(older: String, code: String, newer: String)]
  let ofGroup: [Int: OfGroup]

  init(_ path: String, ranks: [String: Int], arena: Arena) throws {
    let table = try DeclaredTable(
      path, columns: ["group", "code", "newer", "units", "employers"], properties: ["id", "source"])
    var activities: [CountryProfile.Activity] = []
    var codes: [(older: String, code: String, newer: String)] = []
    var lines: [Int: (positions: [Int], units: [Double], employers: [Double])] = [:]
    for (position, entry) in table.entries.enumerated() {
      let group = try entry.group(ranks, in: table)
      guard let division = Int(entry["code"].prefix(2)), entry["code"].utf8.count < 16 else {
        throw table.problem(
          "simulate.bad_number", entry, ["column": "code", "value": entry["code"]])
      }
      activities.append(
        CountryProfile.Activity(
          code: arena.word(entry["code"]), older: arena.word(entry["older"]),
          newer: arena.word(entry["newer"]), division: division))
      codes.append((entry["older"], entry["code"], entry["newer"]))
      lines[group, default: ([], [], [])].positions.append(position)
      lines[group, default: ([], [], [])].units.append(try entry.number("units", in: table))
      lines[group, default: ([], [], [])].employers.append(
        try entry.number("employers", in: table))
    }
    all = arena.keep(activities)
    self.codes = codes
    ofGroup = lines.mapValues {
      OfGroup(
        positions: arena.keep($0.positions), count: $0.positions.count, units: Chooser($0.units, in: arena),
        employers: Chooser($0.employers, in: arena))
    }
  }
}
