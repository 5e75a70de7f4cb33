internal import Filesystem

/// Tells a change of rules from a change of facts: whether what is known of a unit stayed the same, and only what is
/// made of it differs.
struct ReasonFinder {
  /// One side with numbers that both share: each file numbers its classes, communes and divisions by itself.
  private struct View {
    let side: Ledger.Side
    let signatures: [Int]
    let communes: [Int]
    let divisions: [Int]
    let knownSignatures: Set<Int>
    let knownCommunes: Set<Int>

    func isOutsider(_ row: Int) -> Bool { side.facts.classes[Int(side.facts.rowClass.raw[row])].form.isEmpty }
    func signature(_ row: Int) -> Int { signatures[Int(side.facts.rowClass.raw[row])] }
    func commune(_ row: Int) -> Int { communes[Int(side.facts.commune.raw[row])] }
    func division(_ row: Int) -> Int { divisions[Int(side.facts.division.raw[row])] }
    func mapping(_ row: Int) -> UInt8 { side.facts.mapping.raw[row] }

    func part(_ row: Int, in place: Int) -> Int64 {
      side.question.places.part(of: Int(side.facts.commune.raw[row]), in: place)
    }

    /// Does a row count for members of the dimensions of one kind?
    func counts(_ row: Int, for members: [Int], by attribute: Dimension.Attribute) -> Bool {
      zip(side.question.dimensions, members).allSatisfy { dimension, member in
        guard dimension.attribute == attribute else { return true }
        let value =
          attribute == .rowClass ? Int(side.facts.rowClass.raw[row]) : Int(side.facts.division.raw[row])
        return dimension.membership.list(value).contains(UInt32(member))
      }
    }
  }

  private let before: View
  private let after: View
  private let keysBefore: KeyFinder
  private let keysAfter: KeyFinder

  init(_ before: Ledger.Side, _ after: Ledger.Side) {
    var numbers: [String: Int] = [:]
    func shared(_ texts: [String], _ what: String) -> [Int] {
      texts.map { text in
        let name = what + text
        if let known = numbers[name] { return known }
        let number = numbers.count
        numbers[name] = number
        return number
      }
    }
    func view(_ side: Ledger.Side) -> View {
      let signatures = shared(
        side.facts.classes.map { [$0.country, $0.form, $0.scheme, $0.activity, $0.lists].joined(separator: "|") },
        "class ")
      let communes = shared(side.facts.communes, "commune ")
      return View(
        side: side, signatures: signatures, communes: communes, divisions: shared(side.facts.divisions, "division "),
        knownSignatures: Set(signatures), knownCommunes: Set(communes))
    }
    self.before = view(before)
    self.after = view(after)
    keysBefore = KeyFinder(before.facts, before.question)
    keysAfter = KeyFinder(after.facts, after.question)
  }

  /// Why a unit brings something else to a group, as far as rules did it; nil where its facts did. `isThere`: whether
  /// each side has it in the group.
  func reason(_ key: Int, _ first: [Int], _ last: [Int], _ isThere: (Bool, Bool)) -> Ledger.Reason? {
    guard !first.isEmpty, !last.isEmpty else { return nil }
    var found: Set<Ledger.Reason> = []
    let own = first.filter { keysBefore.keys(of: $0).contains(key) }
    compare(before, own, after, last, key, isThere: isThere.1, &found)
    let others = last.filter { keysAfter.keys(of: $0).contains(key) }
    compare(after, others, before, first, key, isThere: isThere.0, &found)
    let ranked: [Ledger.Reason] = [.nomenclature, .perimeter, .territory]
    return ranked.first { found.contains($0) }
  }

  /// What one side counts, as the other side would.
  private func compare(
    _ own: View, _ rows: [Int], _ other: View, _ otherRows: [Int], _ key: Int, isThere: Bool,
    _ found: inout Set<Ledger.Reason>
  ) {
    let (place, members) = coordinates(key, own.side.question)
    for row in rows {
      let near = otherRows.filter { other.commune($0) == own.commune(row) }
      if let one = near.first, other.part(one, in: place) != own.part(row, in: place) { found.insert(.territory) }
      let alike = otherRows.filter { other.signature($0) == own.signature(row) }
      // The commune is no more, or those where the unit is now were not yet.
      if near.isEmpty, !alike.isEmpty, !isThere,
        !other.knownCommunes.contains(own.commune(row))
          || alike.allSatisfy({ !own.knownCommunes.contains(other.commune($0)) })
      {
        found.insert(.territory)
      }
      // Of those whom no perimeter may let in, neither form nor activity is known.
      if own.isOutsider(row) { continue }
      if alike.isEmpty {
        if otherRows.allSatisfy(other.isOutsider), !other.knownSignatures.contains(own.signature(row)) {
          found.insert(.perimeter)
        }
        continue
      }
      let same = alike.filter { other.commune($0) == own.commune(row) }
      let isRecoded =
        !same.isEmpty
        && !same.contains {
          other.division($0) == own.division(row) && other.mapping($0) == own.mapping(row)
        }
      if !alike.contains(where: { other.counts($0, for: members, by: .rowClass) }) {
        found.insert(isRecoded ? .nomenclature : .perimeter)
      } else if isRecoded, !same.contains(where: { other.counts($0, for: members, by: .division) }) {
        found.insert(.nomenclature)
      }
    }
  }

  private func coordinates(_ key: Int, _ question: Question) -> (place: Int, members: [Int]) {
    var rest = key
    var members: [Int] = []
    for dimension in question.dimensions.reversed() {
      members.insert(rest % dimension.count, at: 0)
      rest /= dimension.count
    }
    return (rest, members)
  }
}
