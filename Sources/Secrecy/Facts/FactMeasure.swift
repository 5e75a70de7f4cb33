/// A quantity that employers give: its name, what kind of secret it is, and how many of its units make one.
package struct FactMeasure: Sendable, Equatable {
  package let name: String
  package let kind: SecrecyProfile.Kind
  /// Full-time equivalents and jobs are kept in tenths: whole numbers add up the same in any order.
  package let scale: Int
  // Asked of every cell, hence known once.
  let isCount: Bool
  let isWhole: Bool
  /// Units do not add up over places: they are counted in a way of their own.
  let isOfUnits: Bool

  package init(_ name: String, _ kind: SecrecyProfile.Kind, scale: Int = 1) {
    self.name = name
    self.kind = kind
    self.scale = scale
    isCount = Self.counts.contains(name)
    isWhole = Self.whole.contains(name)
    isOfUnits = ["units", "enterprises"].contains(name)
  }

  /// What is counted and not added up: places, and the units that they are of.
  package static let counts: Set<String> = ["establishments", "units", "deposits", "enterprises"]

  /// The quantities of which the rows of tables are made; the others are parts of these.
  static let whole: Set<String> = ["jobs", "fte", "gross_pay"]

  /// `jobs@women`: the jobs of those employers alone that give the other measure, so that a part and its whole are of
  /// the same.
  package static func name(_ measure: String, given other: String) -> String { "\(measure)@\(other)" }

  /// As it stands in a file of facts.
  var written: String { "\(name) \(kind.rawValue) \(scale)" }

  init?(written: String) {
    let parts = written.split(separator: " ").map(String.init)
    guard parts.count == 3, let kind = SecrecyProfile.Kind(rawValue: parts[1]), let scale = Int(parts[2]), scale > 0
    else { return nil }
    self.init(parts[0], kind, scale: scale)
  }
}
