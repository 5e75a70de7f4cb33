/// In what a ledger counts: whole numbers, so that its parts add up exactly.
struct LedgerUnit {
  let measure: String
  let kind: SecrecyProfile.Kind
  /// What a commune that counts whole weighs: a million where some count in part.
  let whole: Int64
  private let scale: Int

  init(_ measure: String, _ sides: [Ledger.Side]) {
    self.measure = measure
    let known = sides.lazy.compactMap { side in side.facts.measures.first { $0.name == measure } }.first
    kind = known?.kind ?? .register
    scale = known?.scale ?? 1
    whole = sides.allSatisfy(\.question.places.weights.isEmpty) ? 1 : 1_000_000
  }

  var isSecret: Bool { kind == .headcount || kind == .pay }

  /// Units count once in a group, however many places they have there.
  var countsUnits: Bool { measure == "units" }

  func value(_ amount: Int64) -> Double { Double(amount) / Double(whole) / Double(scale) }
}

extension Places {
  /// How much of a commune counts in a place, in millionths.
  func part(of commune: Int, in place: Int) -> Int64 {
    guard commune < membership.starts.count - 1 else { return 0 }
    for index in Int(membership.starts[commune])..<Int(membership.starts[commune + 1])
    where Int(membership.members[index]) == place {
      return weights.isEmpty ? 1_000_000 : weights[index]
    }
    return 0
  }
}
