import Diagnostics
import Tabular

/// The legal forms of a register, each with its weight among the units and its group.
struct FormTable {
  private(set) var forms: [CountryProfile.Form] = []
  private(set) var weights: [Double] = []
  /// The codes, without the empty one of natural persons.
  private(set) var codes: [String] = []

  init(_ path: String, ranks: [String: Int], arena: Arena) throws {
    let table = try DeclaredTable(
      path, columns: ["code", "group", "weight"], properties: ["id", "source"])
    for entry in table.entries {
      func share(_ column: String) throws(Problem) -> Double {
        entry[column].isEmpty ? 0 : try entry.number(column, in: table) / 1000
      }
      let yes = try share("ess")
      let no = try share("not_ess")
      forms.append(
        CountryProfile.Form(
          code: arena.word(entry["code"]), group: try entry.group(ranks, in: table),
          newer: arena.word(entry["newer"]), flaggedYes: Rate(yes),
          flaggedNo: Rate(yes < 1 ? no / (1 - yes) : 0)))
      weights.append(try entry.number("weight", in: table))
      if !entry["code"].isEmpty { codes.append(entry["code"]) }
    }
  }
}
