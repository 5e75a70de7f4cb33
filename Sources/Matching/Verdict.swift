/// What the matching says of one record.
package struct Verdict: Sendable, Equatable {
  package enum Status: String, Sendable, CaseIterable {
    /// One candidate, and no other near.
    case sure
    /// A person said so.
    case accepted
    /// For a person to decide: alike and not the same, or two alike.
    case doubtful
    /// A person said no.
    case rejected
    /// Nothing alike.
    case none

    /// Only these make of a record a member, or join two sources.
    package var counts: Bool { self == .sure || self == .accepted }
  }

  package enum Method: String, Sendable, CaseIterable {
    case siren, siret, bce, rna
    /// The name, among those of the commune; the street told it from namesakes; the name alone.
    case nameCommune = "name_commune", nameAddress = "name_address", name
    /// A person gave the number.
    case decision
    /// The record says itself that it has ended.
    case ended
    /// It says itself that it begins later.
    case notYet = "not_yet"
    case none
  }

  package var status: Status
  package var method: Method
  /// The best first.
  package var candidates: [Scored]

  package init(_ status: Status, _ method: Method, _ candidates: [Scored] = []) {
    (self.status, self.method, self.candidates) = (status, method, candidates)
  }

  package static let none = Verdict(.none, .none)

  /// The number, where the verdict counts.
  package var number: UInt64? { status.counts ? candidates.first?.number : nil }

  package var confidence: Double { status == .accepted ? 1 : candidates.first?.score ?? 0 }
}

extension MatchingRules {
  /// The judgement of the best candidates of a record, from one block or several.
  package func verdict(_ found: [Scored], isPlaced: Bool = true) -> Verdict {
    var best: [UInt64: Scored] = [:]
    for one in found where one.score > best[one.number]?.score ?? 0 { best[one.number] = one }
    let ordered = best.values.sorted { ($0.score, $1.number) > ($1.score, $0.number) }
    guard let first = ordered.first, first.score >= doubtful else { return .none }
    guard isPlaced else {
      let capped = ordered.map { one in
        var one = one
        one.score = min(one.score, placeUnknown)
        return one
      }
      // A name alone is never sure: its namesake may be anywhere.
      return Verdict(.doubtful, .name, Array(capped.prefix(candidates)))
    }
    let isAlone = ordered.count == 1 || first.score - ordered[1].score > margin
    let method: Verdict.Method = first.byAddress && ordered.count > 1 ? .nameAddress : .nameCommune
    let isSure = first.score >= sure && isAlone && !first.isElsewhere
    return Verdict(
      isSure ? .sure : .doubtful, method, Array(ordered.prefix(candidates)))
  }

  /// Two records of different names that claim one organisation: the one that bears the very name keeps it, its own
  /// before that of a door; the others are doubtful; where none or several do, all are.
  package func settle(_ verdicts: inout [Verdict], names: [UInt64]) {
    var claims: [UInt64: [Int]] = [:]
    for (index, verdict) in verdicts.enumerated() where verdict.status == .sure {
      if let number = verdict.number { claims[number, default: []].append(index) }
    }
    for claim in claims.values where Set(claim.map { names[$0] }).count > 1 {
      let exact = claim.filter { verdicts[$0].confidence == 1 }
      let own = exact.filter { verdicts[$0].candidates.first?.otherName == nil }
      let bearing = own.isEmpty ? exact : own
      let keeps = Set(bearing.map { names[$0] }).count == 1 ? Set(bearing) : []
      for index in claim where !keeps.contains(index) { verdicts[index].status = .doubtful }
    }
  }
}
