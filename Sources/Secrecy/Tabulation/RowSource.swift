internal import Filesystem

/// Where a measure of an employer is read.
enum RowSource {
  case count
  case jobs(FactColumn.Numbers)
  case column(FactColumn.Numbers)
  /// Of those that give the second: in accounts, an item that is not there is nothing; elsewhere it is unknown.
  case given(FactColumn.Numbers, FactColumn.Numbers, factor: Int64, isZero: Bool)
  /// Of those that give both, what the second leaves of the first.
  case rest(FactColumn.Numbers, FactColumn.Numbers, factor: Int64)
  /// No file ever gave it.
  case absent

  @inline(__always)
  func value(_ row: Int, band: Int, _ bands: UnsafeBufferPointer<Int32>) -> RowValue {
    switch self {
    case .count: return RowValue(value: 1, low: 1, high: 1, isKnown: true)
    case .absent: return RowValue(value: 0, low: 0, high: 0, isKnown: false)
    case .column(let column):
      guard let value = column[row] else { return RowValue(value: 0, low: 0, high: 0, isKnown: false) }
      return RowValue(value: value, low: value, high: value, isKnown: true)
    case .given(let own, let other, let factor, let isZero):
      guard band == 0, other[row] != nil, let value = own[row] ?? (isZero ? 0 : nil) else {
        return RowValue(value: 0, low: 0, high: 0, isKnown: false)
      }
      return RowValue(value: value * factor, low: value * factor, high: value * factor, isKnown: true)
    case .rest(let wholes, let parts, let factor):
      guard band == 0, let whole = wholes[row], let part = parts[row] else {
        return RowValue(value: 0, low: 0, high: 0, isKnown: false)
      }
      let value = max(0, whole - part) * factor
      return RowValue(value: value, low: value, high: value, isKnown: true)
    case .jobs(let column):
      // Jobs that no file gives lie in the band of the register.
      if band > 0 {
        let low = Int64(bands[3 * band]) * 10
        let high = Int64(bands[3 * band + 1]) * 10
        return RowValue(value: (low + high) / 2, low: low, high: high, isKnown: true)
      }
      guard let value = column[row] else { return RowValue(value: 0, low: 0, high: 0, isKnown: false) }
      return RowValue(value: value * 10, low: value * 10, high: value * 10, isKnown: true)
    }
  }
}

/// What one employer gives of one measure, in the smallest units that are counted in.
struct RowValue {
  let value: Int64
  let low: Int64
  let high: Int64
  let isKnown: Bool
}
