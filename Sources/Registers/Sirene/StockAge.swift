internal import Tabular

/// How old a stock is, from what its rows say: the last treatment gives the vintage, the size bands their year.
///
/// A register has wrong dates: what is no month is passed over, and the year is the one that most rows give.
package struct StockAge: Sendable, Equatable {
  private var month: UInt64 = 0
  private var years: [UInt64: Int] = [:]
  // Rows of one year follow each other: the table is asked only where the year changes.
  private var run: (year: UInt64, count: Int) = (0, 0)

  package init() {}

  package static func == (a: StockAge, b: StockAge) -> Bool { a.vintage == b.vintage && a.sizeYear == b.sizeYear }

  @inline(__always)
  mutating func note(treated: Field, sizeYear: Field) {
    if treated.count >= 7 {
      var packed: UInt64 = 0
      for position in 0..<7 { packed = packed << 8 | UInt64(treated[position]) }
      if packed > month, Self.isMonth(treated) { month = packed }
    }
    if sizeYear.count == 4, let packed = sizeYear.packed {
      if packed == run.year {
        run.count &+= 1
      } else {
        endRun()
        run = (packed, 1)
      }
    }
  }

  private mutating func endRun() {
    if run.count > 0 { years[run.year, default: 0] += run.count }
  }

  /// `2026-03` and no further: a date of this century or the one before.
  private static func isMonth(_ field: Field) -> Bool {
    guard field[4] == UInt8(ascii: "-"), let year = Dates.number(field, 0, 4), let month = Dates.number(field, 5, 2)
    else { return false }
    return plausible.contains(Int(year)) && 1...12 ~= month
  }

  private static let plausible = 1970...2100

  /// `2026-03`, or nil where no row says.
  package var vintage: String? { month == 0 ? nil : Self.text(month) }

  /// The year that most rows give; the later of two that are given as often.
  package var sizeYear: Int? {
    var whole = self
    whole.endRun()
    let known = whole.years.compactMap { packed, count in
      Int(Self.text(packed)).flatMap { Self.plausible.contains($0) ? (year: $0, count: count) : nil }
    }
    return known.max { ($0.count, $0.year) < ($1.count, $1.year) }?.year
  }

  private static func text(_ packed: UInt64) -> String {
    String(
      decoding: (0..<8).reversed().map { UInt8(truncatingIfNeeded: packed >> (8 * $0)) }.drop { $0 == 0 }, as: UTF8.self
    )
  }
}
