/// The change of one figure, with its parts.
///
/// For a reader who may see everything the figures are the true ones, and the change is that of what is published, a
/// figure that is hidden counting as nothing: the part of secrecy leads from one to the other. For others a row with a
/// hidden figure says nothing more.
package struct LedgerRow: Sendable, Equatable {
  package let before: Cell
  package let after: Cell
  /// The sum of all parts.
  package let change: Cell
  /// In the order of `Ledger.Reason.allCases`.
  package let parts: [Cell]
  /// The sum of parts that may not be told one by one, these being hidden; nil where each is told, or none.
  package let other: Cell?
  /// Whether each figure is hidden from those who see what is published.
  package let isHidden: (before: Bool, after: Bool)

  package subscript(reason: Ledger.Reason) -> Cell {
    parts[Ledger.Reason.allCases.firstIndex(of: reason) ?? 0]
  }

  package static func == (one: LedgerRow, other: LedgerRow) -> Bool {
    one.before == other.before && one.after == other.after && one.change == other.change && one.parts == other.parts
      && one.other == other.other && one.isHidden == other.isHidden
  }

  private static let reasons = Ledger.Reason.allCases.count

  /// For a reader who may see everything.
  init(
    _ book: LedgerBook, _ key: Int, _ unit: LedgerUnit, _ seen: (Cell, Cell), published: (Cell, Cell)
  ) {
    before = seen.0
    after = seen.1
    other = nil
    isHidden = (published.0.status == .suppressed, published.1.status == .suppressed)
    if let missing = Self.missing(seen) {
      change = missing
      parts = Array(repeating: missing, count: Self.reasons)
      return
    }
    let shown = (
      isHidden.before ? 0 : book.before[key], isHidden.after ? 0 : book.after[key]
    )
    let total = shown.1 - shown.0
    let basis = Self.basis(seen)
    func cell(_ amount: Int64) -> Cell { Cell.amount(unit.value(amount), basis) }
    change = cell(total)
    parts = Ledger.Reason.allCases.map { reason in
      cell(reason == .secrecy ? total - (book.after[key] - book.before[key]) : book.part(reason, of: key))
    }
  }

  /// For those who see what the protection lets out.
  init(_ book: LedgerBook, _ key: Int, _ unit: LedgerUnit, _ seen: (Cell, Cell), _ protection: LedgerProtection) {
    before = seen.0
    after = seen.1
    isHidden = (before.status == .suppressed, after.status == .suppressed)
    let basis = Self.basis(seen)
    func cell(_ amount: Int64) -> Cell { Cell.amount(unit.value(amount), basis) }
    if let missing = Self.missing(seen) {
      change = missing
      parts = Array(repeating: missing, count: Self.reasons)
      other = nil
      return
    }
    change = cell(book.after[key] - book.before[key])
    guard protection.isTold[key] else {
      parts = Array(repeating: .suppressed, count: Self.reasons)
      other = nil
      return
    }
    let merged = protection.merged
    parts = Ledger.Reason.allCases.map { merged.contains($0) ? .suppressed : cell(book.part($0, of: key)) }
    other = merged.isEmpty ? nil : cell(merged.map { book.part($0, of: key) }.reduce(0, +))
  }

  /// What stands for a change where a figure is missing: hidden goes before not there, as everywhere.
  private static func missing(_ seen: (Cell, Cell)) -> Cell? {
    let cells = [seen.0, seen.1]
    if cells.contains(where: { $0.status == .suppressed }) { return .suppressed }
    return cells.allSatisfy(\.status.hasValue) ? nil : .notAvailable
  }

  private static func basis(_ seen: (Cell, Cell)) -> Cell.Basis {
    Cell.Basis(
      isPartial: seen.0.basis.isPartial || seen.1.basis.isPartial,
      isEstimated: seen.0.basis.isEstimated || seen.1.basis.isEstimated,
      isApproximated: seen.0.basis.isApproximated || seen.1.basis.isApproximated)
  }
}

extension Cell {
  /// A difference: its marks are those of what it is the difference of, and it has no bounds but where all is counted.
  static func amount(_ value: Double, _ basis: Basis) -> Cell {
    let bound = basis == .exact ? value : nil
    return Cell(value == 0 ? .zero : .published, value: value, low: bound, high: bound, basis: basis)
  }
}
