package import Secrecy

/// A figure with all that must be known to use it: what it is counted in, how finely it is told, what it is worth,
/// where it comes from.
///
/// Its cell is its own; the rest it shares with the other figures of its column and of its table, so that a table of a
/// million cells gives them for nothing.
package struct Figure: Sendable {
  package enum Quality: Sendable, Equatable {
    case exact
    /// Not counted, or not wholly: between these bounds; a least has none above it.
    case estimated(low: Double?, high: Double?)
    /// Of a year whose headcounts are still to come: it will be revised.
    case provisional

    package var code: String {
      switch self {
      case .exact: "exact"
      case .estimated: "estimated"
      case .provisional: "provisional"
      }
    }
  }

  package let cell: Cell
  package let column: StatisticalTable.Column
  package let provenance: StatisticalTable.Provenance
  /// The headcounts of its year are still to come.
  private let isAwaited: Bool

  init(
    _ cell: Cell, _ column: StatisticalTable.Column, isAwaited: Bool, _ provenance: StatisticalTable.Provenance
  ) {
    self.cell = cell
    self.column = column
    self.isAwaited = isAwaited
    self.provenance = provenance
  }

  package var unit: StatisticalTable.Unit { column.unit }

  /// How many decimals are told of it.
  package var precision: Int { column.decimals }

  /// Nil where there is no figure.
  package var quality: Quality? {
    guard cell.status.hasValue else { return nil }
    if isAwaited { return .provisional }
    return cell.basis == .exact ? .exact : .estimated(low: low, high: upperBound)
  }

  // MARK: - Its numbers

  // As they leave in every format. Nothing but its symbol is there of a cell without a figure, whatever it carries.

  package var value: Double? { told(cell.value) }
  package var low: Double? { told(cell.low) }
  /// Of what those who are known have.
  package var high: Double? { told(cell.high) }
  /// Of the whole: a least has none.
  package var upperBound: Double? { told(cell.upperBound) }

  private func told(_ number: Double?) -> Double? {
    guard cell.status.hasValue, let number else { return nil }
    return Self.rounded(number, precision)
  }

  /// A number with so many decimals and no more, for the rest of a quotient says what it was made of; halves go away
  /// from zero, as `Numbers` writes them. Nil where it is none.
  static func rounded(_ number: Double, _ decimals: Int) -> Double? {
    guard number.isFinite else { return nil }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (number * scale).rounded(.toNearestOrAwayFromZero)
    // Beyond this a double holds no decimals.
    guard scaled.magnitude < 9e15 else { return number }
    // A negative zero is a zero.
    return scaled == 0 ? 0 : scaled / scale
  }
}
