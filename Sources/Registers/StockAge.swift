internal import Tabular

/// How old a stock is, from what its rows say: the last treatment gives the vintage, the size bands their year.
package struct StockAge: Sendable, Equatable {
  private var month: UInt64 = 0
  private var year: UInt64 = 0

  package init() {}

  @inline(__always)
  mutating func note(treated: Field, sizeYear: Field) {
    if treated.count >= 7 {
      var packed: UInt64 = 0
      for position in 0..<7 { packed = packed << 8 | UInt64(treated[position]) }
      if packed > month { month = packed }
    }
    if sizeYear.count == 4, let packed = sizeYear.packed, packed > year { year = packed }
  }

  /// `2026-03`, or nil where no row says.
  package var vintage: String? { month == 0 ? nil : Self.text(month) }
  package var sizeYear: Int? { year == 0 ? nil : Int(Self.text(year)) }

  private static func text(_ packed: UInt64) -> String {
    var bytes: [UInt8] = []
    var rest = packed
    while rest > 0 {
      bytes.insert(UInt8(truncatingIfNeeded: rest), at: 0)
      rest >>= 8
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
