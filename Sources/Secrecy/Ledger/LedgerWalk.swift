internal import Diagnostics
internal import Filesystem

/// Reads two sides at once, unit after unit, and writes down what each unit brings more or less.
struct LedgerWalk {
  /// What a unit brings to a group.
  private struct Contribution {
    var value: Int64 = 0
    var isSecret = false
  }

  private let before: Ledger.Side
  private let after: Ledger.Side
  private let unit: LedgerUnit
  private let order: [String]
  /// The reason of all that happens between these two sides, where there is but one.
  private let always: Ledger.Reason?
  /// The reason of what neither rules nor nomenclatures nor territories did.
  private let otherwise: Ledger.Reason

  init(
    _ before: Ledger.Side, _ after: Ledger.Side, _ unit: LedgerUnit, _ order: [String],
    always: Ledger.Reason? = nil, otherwise: Ledger.Reason = .register
  ) {
    self.before = before
    self.after = after
    self.unit = unit
    self.order = order
    self.always = always
    self.otherwise = otherwise
  }

  func record(in book: inout LedgerBook) throws {
    let finder = ReasonFinder(before, after)
    let keys = (KeyFinder(before.facts, before.question), KeyFinder(after.facts, after.question))
    precondition(keys.0.count == keys.1.count, "both sides ask for the same groups")
    let sources = (before.facts.source(of: unit.measure), after.facts.source(of: unit.measure))
    var readers = (UnitReader(before, order), UnitReader(after, order))
    var sums = (
      [Int64](repeating: 0, count: keys.0.count), [Int64](repeating: 0, count: keys.0.count)
    )
    var read = 0
    while let number = [readers.0.next, readers.1.next].compactMap({ $0 }).min() {
      read += 1
      if read & 0xffff == 0 { try Interruption.check() }
      let rows = (readers.0.rows(of: number), readers.1.rows(of: number))
      let brought = (
        contributions(rows.0, before, keys.0, sources.0), contributions(rows.1, after, keys.1, sources.1)
      )
      for (key, contribution) in brought.0 { sums.0[key] += contribution.value }
      for (key, contribution) in brought.1 { sums.1[key] += contribution.value }
      for key in Set(brought.0.keys).union(brought.1.keys).sorted() {
        let (first, last) = (brought.0[key] ?? Contribution(), brought.1[key] ?? Contribution())
        guard first.value != last.value else { continue }
        let isThere = (brought.0[key] != nil, brought.1[key] != nil)
        let reason = always ?? finder.reason(key, rows.0, rows.1, isThere) ?? otherwise
        let isSecret = first.isSecret || last.isSecret
        book.add(.init(unit: number, reason: reason, change: last.value - first.value, isSecret: isSecret), to: key)
      }
    }
    book.close(from: sums.0, to: sums.1)
  }

  private func contributions(
    _ rows: [Int], _ side: Ledger.Side, _ finder: KeyFinder, _ source: RowSource
  ) -> [Int: Contribution] {
    var found: [Int: Contribution] = [:]
    for row in rows {
      let keys = finder.keys(of: row)
      if keys.isEmpty { continue }
      let band = Int(side.facts.band.raw[row])
      let value = source.value(row, band: band, side.facts.bands.raw)
      let commune = Int(side.facts.commune.raw[row])
      for key in keys {
        let weight =
          unit.whole == 1 ? 1 : side.question.places.part(of: commune, in: key / finder.perPlace)
        var contribution = found[key] ?? Contribution()
        if unit.countsUnits {
          contribution.value = max(contribution.value, weight)
        } else if value.isKnown {
          contribution.value += value.value * weight
          if unit.isSecret, band == 0 { contribution.isSecret = true }
        }
        found[key] = contribution
      }
    }
    return found
  }
}
