/// A quantity that employers give: its name, what kind of secret it is, and how many of its units make one.
package struct FactMeasure: Sendable, Equatable {
  package let name: String
  package let kind: SecrecyProfile.Kind
  /// Full-time equivalents and jobs are kept in tenths: whole numbers add up the same in any order.
  package let scale: Int
  /// Of the millionths of a commune that counts in part, how many make one: accounts of banks, in cents, would not fit
  /// otherwise.
  let millionths: Int64
  // Asked of every cell, hence known once.
  let isCount: Bool
  let isWhole: Bool
  /// Units do not add up over places: they are counted in a way of their own.
  let isOfUnits: Bool

  package init(_ name: String, _ kind: SecrecyProfile.Kind, scale: Int = 1) {
    self.name = name
    self.kind = kind
    self.scale = scale
    millionths = kind == .account ? 1_000 : 1
    isCount = Self.counts.contains(name)
    isWhole = Self.whole.contains(name)
    isOfUnits = ["units", "enterprises"].contains(name)
  }

  /// What is counted and not added up: places, and the units that they are of.
  package static let counts: Set<String> = ["establishments", "units", "deposits", "enterprises"]

  /// The quantities of which the rows of tables are made; the others are parts of these.
  static let whole = ["jobs", "fte", "gross_pay"]

  /// `jobs@women`: the jobs of those employers alone that give the other measure, so that a part and its whole are of
  /// the same.
  package static func name(_ measure: String, given other: String) -> String { "\(measure)@\(other)" }

  /// `jobs@women@rest`: of those who give a part, what is not in it, wherever the whole (`jobs@women`) and the part are
  /// both asked for. Nobody may find it by taking one off the other where it may not be told itself.
  static func rests(in asked: [String]) -> [String] {
    asked.filter { name in
      let names = name.split(separator: "@").map(String.init)
      return names.count == 2 && asked.contains(names[1]) && parts[names[0]]?.contains(names[1]) ?? false
    }.map { "\($0)@rest" }
  }

  /// Is the measure what is left where a part is taken off its whole?
  static func isRest(_ measure: String, without part: String) -> Bool { measure.hasSuffix("@\(part)@rest") }

  private static let parts: [String: Set<String>] = [
    "jobs": [
      "women", "age_15_29", "age_30_49", "age_50_59", "age_55_59", "age_60_plus", "permanent", "fixed_term",
      "other_contracts", "assisted", "apprentices", "agency", "full_time", "part_time", "managers", "women_managers",
      "intermediate", "clerks", "workers", "blue_collar", "white_collar", "civil_servants",
    ], "gross_pay": ["women_pay", "pay_managers", "pay_intermediate", "pay_clerks", "pay_workers"],
    "women": ["women_managers"], "managers": ["women_managers"], "age_50_59": ["age_55_59"],
    "other_contracts": ["assisted", "apprentices", "agency"],
  ]

  /// As it stands in a file of facts.
  var written: String { "\(name) \(kind.rawValue) \(scale)" }

  init?(written: String) {
    let parts = written.split(separator: " ").map(String.init)
    guard parts.count == 3, let kind = SecrecyProfile.Kind(rawValue: parts[1]), let scale = Int(parts[2]), scale > 0
    else { return nil }
    self.init(parts[0], kind, scale: scale)
  }
}
