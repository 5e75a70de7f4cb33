import Indicators
import Secrecy

/// Numbers as they leave in every format: with the decimals of their column and no more, for the rest of a quotient
/// says what it was made of.
extension StatisticalTable.Column {
  /// What of a cell is a number. Nothing but its symbol is there of a cell without a figure, whatever it carries.
  func numbers(of cell: Cell) -> (value: Double?, low: Double?, high: Double?) {
    guard cell.status.hasValue else { return (nil, nil, nil) }
    return (rounded(cell.value), rounded(cell.low), rounded(cell.high))
  }

  func rounded(_ value: Double?) -> Double? {
    guard let value, value.isFinite else { return nil }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value * scale).rounded(.toNearestOrAwayFromZero)
    // Beyond this a double holds no decimals.
    guard scaled.magnitude < 9e15 else { return value }
    // A negative zero is a zero.
    return scaled == 0 ? 0 : scaled / scale
  }
}

extension [UInt8] {
  /// A number as CSV and JSON write it: whole ones without a point, others with the fewest digits that tell them.
  mutating func append(published value: Double) {
    if value.magnitude < 9e15, let whole = Int(exactly: value) {
      append(contentsOf: String(whole).utf8)
    } else {
      append(contentsOf: value.description.utf8)
    }
  }
}
