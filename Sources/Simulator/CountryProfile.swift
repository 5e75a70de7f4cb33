import Diagnostics
import Tabular

/// What a register is made of, by group of legal forms: the tables `fr-*.csv` or `be-*.csv`.
final class CountryProfile {
  struct Form: BitwiseCopyable {
    /// Empty for natural persons in Belgium.
    let code: Word
    let group: Int
    /// The form that Belgian law gave later to the same entity, or empty.
    let newer: Word
    /// Of the French flag of the social and solidarity economy: O, N, and nothing for the rest.
    let flaggedYes: Rate
    let flaggedNo: Rate
  }

  struct Group: BitwiseCopyable {
    let active: Double
    let employer: Rate
    let moves: Rate
    let branches: Rate
    let employerBranches: Rate
    let network: Rate
    let networkGrowth: Rate
    let hidden: Rate
    let pay: Double
    let isPublic: Bool
    let isPerson: Bool
    /// The share spread over communes whatever their population.
    let rural: Rate
    /// More of them in some areas than in others.
    let isLocal: Bool
    /// French associations have an identifier of their own.
    let isAssociation: Bool
    /// Mostly outside value added tax.
    let isUntaxed: Bool
    let sizes: Chooser
    let activities: UnsafePointer<Int>
    let ofUnits: Chooser
    let ofEmployers: Chooser
    /// Which set of names, in `nameKinds`.
    let names: Int
  }

  struct Activity: BitwiseCopyable {
    let code: Word
    let older: Word
    let newer: Word
    /// Its first two digits.
    let division: Int
  }

  let arena = Arena()
  let constants: Constants
  let forms: UnsafePointer<Form>
  let formChooser: Chooser
  let groups: UnsafePointer<Group>
  let groupNames: [String]
  let nameKinds: [String]
  let activities: UnsafePointer<Activity>
  let creation: Creations
  /// The codes and forms in use, for the table of codes.
  let formCodes: [String]
  let activityCodes: [(older: String, code: String, newer: String)]

  /// `today` is the day of the register.
  init(_ country: String, in folder: String, constants: Constants, today: Int) throws {
    self.constants = constants
    let groupTable = try DeclaredTable(
      "\(folder)/\(country)-groups.csv",
      columns: [
        "group", "names", "active", "employer", "moves", "branches", "employer_branches",
        "network", "network_size", "hidden", "pay", "public", "rural",
        "local",
      ], properties: ["id", "source"])
    groupNames = groupTable.entries.map { $0["group"] }
    let rank = Dictionary(
      groupNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })

    let activityTable = try ActivityTable(
      "\(folder)/\(country)-activities.csv", ranks: rank, arena: arena)
    activities = activityTable.all
    activityCodes = activityTable.codes
    let sizes = try Self.sizes("\(folder)/\(country)-sizes.csv", ranks: rank, arena: arena)

    var kinds: [String] = []
    var groups: [Group] = []
    for (position, entry) in groupTable.entries.enumerated() {
      func number(_ column: String) throws(Problem) -> Double {
        try entry.number(column, in: groupTable)
      }
      guard let size = sizes[position], let activity = activityTable.ofGroup[position] else {
        throw groupTable.problem("simulate.no_profile", entry, ["group": entry["group"]])
      }
      let kind = entry["names"]
      if !kinds.contains(kind) { kinds.append(kind) }
      groups.append(
        Group(
          active: try number("active"), employer: Rate(try number("employer")),
          moves: Rate(meanRepetitions: try number("moves")),
          branches: Rate(meanRepetitions: try number("branches")),
          employerBranches: Rate(meanRepetitions: try number("employer_branches")),
          network: Rate(try number("network") / 1000),
          networkGrowth: Rate(meanRepetitions: try number("network_size")),
          hidden: Rate(try number("hidden")), pay: try number("pay"),
          isPublic: try number("public") > 0, isPerson: kind == "person",
          rural: Rate(try number("rural")), isLocal: try number("local") > 0,
          isAssociation: ["association", "insertion", "employers_group"].contains(entry["group"]),
          isUntaxed: ["association", "foundation", "worship", "union", "mutual", "coownership"]
            .contains(kind),
          sizes: size, activities: activity.positions, ofUnits: activity.units,
          ofEmployers: activity.employers, names: kinds.firstIndex(of: kind) ?? 0))
    }
    self.groups = arena.keep(groups)
    nameKinds = kinds

    let formTable = try DeclaredTable(
      "\(folder)/\(country)-forms.csv", columns: ["code", "group", "weight"],
      properties: ["id", "source"])
    var forms: [Form] = []
    var weights: [Double] = []
    for entry in formTable.entries {
      guard let group = rank[entry["group"]] else {
        throw formTable.problem("simulate.no_profile", entry, ["group": entry["group"]])
      }
      func share(_ column: String) throws(Problem) -> Double {
        entry[column].isEmpty ? 0 : try entry.number(column, in: formTable) / 1000
      }
      let yes = try share("ess")
      let no = try share("not_ess")
      forms.append(
        Form(
          code: arena.word(entry["code"]), group: group, newer: arena.word(entry["newer"]),
          flaggedYes: Rate(yes), flaggedNo: Rate(yes < 1 ? no / (1 - yes) : 0)))
      weights.append(try entry.number("weight", in: formTable))
    }
    formCodes = formTable.entries.map { $0["code"] }.filter { !$0.isEmpty }
    self.forms = arena.keep(forms)
    formChooser = Chooser(weights, in: arena)
    creation = try Creations("\(folder)/\(country)-creations.csv", until: today, arena: arena)
  }

  private static func sizes(
    _ path: String, ranks: [String: Int], arena: Arena
  ) throws -> [Int: Chooser] {
    let bands = Array(SizeBands.codes.dropFirst())
    let table = try DeclaredTable(path, columns: ["group"] + bands, properties: ["id", "source"])
    var sizes: [Int: Chooser] = [:]
    for entry in table.entries {
      guard let group = ranks[entry["group"]] else {
        throw table.problem("simulate.no_profile", entry, ["group": entry["group"]])
      }
      sizes[group] = Chooser(
        try bands.map { band throws(Problem) in try entry.number(band, in: table) }, in: arena)
    }
    return sizes
  }
}
