import Diagnostics
import Tabular

/// The groups of legal forms: how many are active, employ, have branches, where they are.
struct GroupTable {
  /// The position of each group in the table.
  let ranks: [String: Int]
  /// The families that groups are counted in, in the order of the table.
  let families: [String]
  private let table: DeclaredTable

  private static let columns = [
    "group", "names", "active", "employer", "moves", "branches", "employer_branches", "network",
    "network_size", "hidden", "pay", "public", "rural", "family",
  ]
  private static let associations = ["association", "insertion", "employers_group"]
  private static let untaxed = [
    "association", "foundation", "worship", "union", "mutual", "coownership",
  ]

  init(_ path: String) throws {
    table = try DeclaredTable(path, columns: Self.columns, properties: ["id", "source"])
    ranks = Dictionary(
      table.entries.enumerated().map { ($1["group"], $0) },
      uniquingKeysWith: { first, _ in first })
    var families: [String] = []
    for entry in table.entries where !entry["family"].isEmpty && !families.contains(entry["family"]) {
      families.append(entry["family"])
    }
    self.families = families
  }

  func groups(
    sizes: [Int: Chooser], activities: ActivityTable
  ) throws(Problem) -> (groups: [CountryProfile.Group], nameKinds: [String]) {
    var kinds: [String] = []
    var groups: [CountryProfile.Group] = []
    for (rank, entry) in table.entries.enumerated() {
      guard let size = sizes[rank], let activity = activities.ofGroup[rank] else {
        throw table.problem("simulate.no_profile", entry, ["group": entry["group"]])
      }
      if !kinds.contains(entry["names"]) { kinds.append(entry["names"]) }
      let names = kinds.firstIndex(of: entry["names"]) ?? 0
      groups.append(try group(entry, names: names, size, activity))
    }
    return (groups, kinds)
  }

  private func group(
    _ entry: DeclaredTable.Entry, names: Int, _ sizes: Chooser, _ activity: ActivityTable.OfGroup
  ) throws(Problem) -> CountryProfile.Group {
    func number(_ column: String) throws(Problem) -> Double {
      try entry.number(column, in: table)
    }
    let kind = entry["names"]
    return CountryProfile.Group(
      active: try number("active"), employer: try number("employer"),
      moves: Rate(meanRepetitions: try number("moves")),
      branches: Rate(meanRepetitions: try number("branches")),
      employerBranches: Rate(meanRepetitions: try number("employer_branches")),
      network: Rate(try number("network") / 1000),
      networkGrowth: Rate(meanRepetitions: try number("network_size")),
      hidden: Rate(try number("hidden")), pay: try number("pay"),
      isPublic: try number("public") > 0, rural: Rate(try number("rural")),
      family: families.firstIndex(of: entry["family"]), isPerson: kind == "person",
      isAssociation: Self.associations.contains(entry["group"]),
      isUntaxed: Self.untaxed.contains(kind), isForeign: entry["group"] == "foreign",
      sizes: sizes, activities: activity.positions, activityCount: activity.count, ofUnits: activity.units,
      ofEmployers: activity.employers, names: names)
  }
}
