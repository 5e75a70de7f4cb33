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
    let employer: Double
    let moves: Rate
    let branches: Rate
    let employerBranches: Rate
    let network: Rate
    let networkGrowth: Rate
    let hidden: Rate
    let pay: Double
    let isPublic: Bool
    /// The share spread over the communes of an area whatever their population.
    let rural: Rate
    /// The family of its units when the perimeter of the calibration lets them in, in `families`.
    let family: Int?
    let isPerson: Bool
    /// French associations have an identifier of their own.
    let isAssociation: Bool
    /// Mostly outside value added tax.
    let isUntaxed: Bool
    let isForeign: Bool
    let sizes: Chooser
    let activities: UnsafePointer<Int>
    let activityCount: Int
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
  /// Of the forms, as in their table.
  let formWeights: [Double]
  let groups: UnsafePointer<Group>
  let groupCount: Int
  let nameKinds: [String]
  /// The families of the groups, each once.
  let families: [String]
  let activities: UnsafePointer<Activity>
  /// The chances from 0 to 100 per cent, for what is not worth a line of a table.
  let percent: UnsafePointer<Rate>
  let creation: Creations
  /// The codes and forms in use, for the table of codes.
  let formCodes: [String]
  let activityCodes: [(older: String, code: String, newer: String)]

  /// `today` is the day of the register.
  init(_ country: String, in folder: String, constants: Constants, today: Int) throws {
    self.constants = constants
    let groupTable = try GroupTable("\(folder)/\(country)-groups.csv")
    let activityTable = try ActivityTable(
      "\(folder)/\(country)-activities.csv", ranks: groupTable.ranks, arena: arena)
    let sizes = try Self.sizes(
      "\(folder)/\(country)-sizes.csv", ranks: groupTable.ranks, arena: arena)
    let read = try groupTable.groups(sizes: sizes, activities: activityTable)
    groups = arena.keep(read.groups)
    percent = arena.keep((0...100).map { Rate(Double($0) / 100) })
    groupCount = read.groups.count
    nameKinds = read.nameKinds
    families = groupTable.families
    activities = activityTable.all
    activityCodes = activityTable.codes
    let formTable = try FormTable(
      "\(folder)/\(country)-forms.csv", ranks: groupTable.ranks, arena: arena)
    forms = arena.keep(formTable.forms)
    formChooser = Chooser(formTable.weights, in: arena)
    formWeights = formTable.weights
    formCodes = formTable.codes
    creation = try Creations("\(folder)/\(country)-creations.csv", until: today, arena: arena)
  }

  private static func sizes(
    _ path: String, ranks: [String: Int], arena: Arena
  ) throws -> [Int: Chooser] {
    let bands = Array(SizeBands.codes.dropFirst())
    let table = try DeclaredTable(path, columns: ["group"] + bands, properties: ["id", "source"])
    var sizes: [Int: Chooser] = [:]
    for entry in table.entries {
      sizes[try entry.group(ranks, in: table)] = Chooser(
        try bands.map { band throws(Problem) in try entry.number(band, in: table) }, in: arena)
    }
    return sizes
  }
}

extension DeclaredTable.Entry {
  /// The rank of the group that the row is about.
  func group(_ ranks: [String: Int], in table: DeclaredTable) throws(Problem) -> Int {
    guard let rank = ranks[self["group"]] else {
      throw table.problem("simulate.no_profile", self, ["group": self["group"]])
    }
    return rank
  }
}
