internal import Nomenclature
internal import Tabular

/// The members that formulas may name, of the dimensions whose members are known before a release is.
struct MemberBook {
  private var members: [String: [String]] = [:]

  init(share: String, _ breakdowns: [MeasureBook.Breakdown]) throws {
    let folder = "\(share)/nomenclatures"
    // One axis tells who employs, whichever of its names is used.
    let who = try ["ess", "private", "public", "total"] + Nomenclature("\(folder)/ess-families.csv").items.map(\.code)
    for dimension in TableDeclaration.who { members[dimension] = who }
    let sectors = try Sectors(share: share)
    for scheme in TableDeclaration.sectors {
      let codes = sectors.divisions.map { scheme == "a88" ? $0.code : $0.groups[scheme] ?? "" }
      members[scheme] = Self.once(codes) + [Sectors.unclassified, "total"]
    }
    members["sector"] = Self.once(TableDeclaration.sectors.flatMap { members[$0] ?? [] })
    let sizes = try Sizes(share: share).common.map(\.code) + ["total"]
    for dimension in ["size", "employer-size"] { members[dimension] = sizes }
    let lists = try DeclaredTable("\(folder)/lists.csv", columns: ["list", "kind"]).entries
    for kind in ["insertion", "approval"] {
      members[kind] = lists.filter { $0["kind"] == kind }.map { $0["list"] } + ["total"]
    }
    let models = try DeclaredTable("\(folder)/account-models.csv", columns: ["model"]).entries
    members["model"] = models.map { $0["model"] } + ["total"]
    members["seat"] = ["inside", "outside", "unknown", "total"]
    members["bridge"] = ["kept", "form", "activity", "list", "total"]
    members["quarter"] = ["1", "2", "3", "4", "0"]
    members["area"] = ["reference"]
    for breakdown in breakdowns { members[breakdown.id] = breakdown.members.map(\.code) }
  }

  /// What may stand where a formula names a member that is none; nil where it is one, or nobody can know it yet: the
  /// classes of a typology are those of the file that is imported.
  func known(instead member: String, of dimension: String) -> [String]? {
    switch dimension {
    case "year": Self.isYear(member) ? nil : ["previous", "first", "2021"]
    case "cohort": Int(member) != nil || member == "total" ? nil : ["total"]
    default: members[dimension].flatMap { $0.contains(member) ? nil : $0 }
    }
  }

  private static func isYear(_ member: String) -> Bool {
    ["previous", "first"].contains(member) || Int(member).map { 1900...2200 ~= $0 } ?? false
  }

  private static func once(_ codes: [String]) -> [String] {
    var seen: Set<String> = []
    return codes.filter { seen.insert($0).inserted }
  }
}
