/// Which parts of changes may be told to those who see published figures, so that none that may not can be computed
/// from the others (docs/decisions/0016).
///
/// The same parts are told together in every row. A row is told whole or not at all, below rows that are told only, and
/// what the rows below leave of the one above must itself be safe.
struct LedgerProtection {
  /// Reasons told together, as other causes; empty where each may be told.
  private(set) var merged: Set<Ledger.Reason> = []
  /// By group.
  private(set) var isTold: [Bool]

  private let book: LedgerBook
  private let rules: LedgerRules
  private let above: [[Int]]
  private let branches: [KeyContainment.Branch]
  private let perPlace: Int

  init(_ book: LedgerBook, _ isSeen: [Bool], _ containment: KeyContainment, _ rules: LedgerRules, perPlace: Int) {
    self.book = book
    self.rules = rules
    self.perPlace = perPlace
    above = containment.above
    branches = containment.branches()
    isTold = isSeen
    let tops = isSeen.indices.filter { isSeen[$0] && above[$0].isEmpty }
    let areSafe = mergeUntilSafe(tops)
    for key in isTold.indices where isTold[key] {
      isTold[key] = areSafe && above[key].allSatisfy { isSeen[$0] } && (above[key].isEmpty || isSafe(key))
    }
    hideBelowHidden()
    hideUntilRestsAreSafe()
  }

  /// What is told of a row: each reason, and the others together.
  private func slot(_ reason: Ledger.Reason) -> Ledger.Reason? { merged.contains(reason) ? nil : reason }

  private func changes(_ key: Int) -> [Ledger.Reason?: LedgerRules.Changes] {
    var found: [Ledger.Reason?: LedgerRules.Changes] = [:]
    for entry in book.entries[key] {
      let slot = slot(entry.reason)
      let known = found[slot]?[entry.unit] ?? (0, false)
      found[slot, default: [:]][entry.unit] = (known.change + entry.change, known.isSecret || entry.isSecret)
    }
    return found
  }

  private func isSafe(_ key: Int) -> Bool { isSafe(changes(key), key) }

  private func isSafe(_ changes: [Ledger.Reason?: LedgerRules.Changes], _ key: Int) -> Bool {
    changes.values.allSatisfy { rules.isSafe($0, place: key / perPlace) }
  }

  /// Puts together what may not be told alone, and with it the smallest of the rest, until the whole may be told. False
  /// where nothing is left to put together.
  private mutating func mergeUntilSafe(_ tops: [Int]) -> Bool {
    for key in tops {
      for (reason, own) in changes(key) where !rules.isSafe(own, place: key / perPlace) {
        if let reason { merged.insert(reason) }
      }
    }
    while !tops.allSatisfy({ isSafe($0) }) {
      var sizes: [(size: UInt64, reason: Ledger.Reason)] = []
      for reason in Ledger.Reason.allCases where !merged.contains(reason) {
        let entries = tops.flatMap { book.entries[$0] }.filter { $0.reason == reason }
        if !entries.isEmpty { sizes.append((entries.map(\.change.magnitude).reduce(0, +), reason)) }
      }
      guard let least = sizes.min(by: { $0.size < $1.size }) else { return false }
      merged.insert(least.reason)
    }
    return true
  }

  private mutating func hideBelowHidden() {
    var isStable = false
    while !isStable {
      isStable = true
      for key in isTold.indices where isTold[key] && !above[key].allSatisfy({ isTold[$0] }) {
        isTold[key] = false
        isStable = false
      }
    }
  }

  private mutating func hideUntilRestsAreSafe() {
    var isStable = false
    while !isStable {
      isStable = true
      for branch in branches where isTold[branch.parent] {
        while true {
          let told = branch.parts.filter { isTold[$0] }
          let hidden = branch.parts.filter { !isTold[$0] && !book.entries[$0].isEmpty }
          let rest = rest(of: branch.parent, without: told)
          if told.isEmpty || (hidden.count != 1 && isSafe(rest, branch.parent)) { break }
          guard let least = told.min(by: { size($0) < size($1) }) else { break }
          isTold[least] = false
          isStable = false
        }
      }
      hideBelowHidden()
    }
  }

  private func size(_ key: Int) -> UInt64 { book.entries[key].map(\.change.magnitude).reduce(0, +) }

  /// What anybody finds by taking the rows that are told off the one that holds them.
  private func rest(of parent: Int, without told: [Int]) -> [Ledger.Reason?: LedgerRules.Changes] {
    var rest = changes(parent)
    for key in told {
      for (slot, units) in changes(key) {
        for (unit, own) in units {
          let known = rest[slot]?[unit] ?? (0, false)
          rest[slot, default: [:]][unit] = (known.change - own.change, known.isSecret || own.isSecret)
        }
      }
    }
    return rest
  }
}
