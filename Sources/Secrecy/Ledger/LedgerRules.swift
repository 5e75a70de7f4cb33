/// The primary rules, asked of changes: enough units make one, none of them most of it.
struct LedgerRules {
  /// What each unit changes for one reason, or for several that are told together.
  typealias Changes = [UnitNumber: (change: Int64, isSecret: Bool)]

  private let rules: [SecrecyProfile.Rule]
  private let unit: LedgerUnit

  /// `countries`: by place.
  init(_ gate: Gate, _ unit: LedgerUnit, _ countries: [Set<String>]) {
    self.unit = unit
    rules = countries.map { gate.rule(unit.kind, in: $0) }
  }

  /// Nobody's change can be told from the sum: what is public of it is known to everybody, and taken off.
  func isSafe(_ changes: Changes, place: Int) -> Bool {
    let secret = changes.values.filter { $0.isSecret && $0.change != 0 }.map { $0.change.magnitude }
    guard !secret.isEmpty else { return true }
    let rule = rules[place]
    let sum = secret.reduce(0, +)
    if secret.count < rule.units || Double(secret.max() ?? 0) > rule.share * Double(sum) { return false }
    let countsPeople = unit.kind == .headcount && unit.measure != "fte"
    return !countsPeople || unit.value(Int64(sum)) >= Double(rule.employees)
  }
}
