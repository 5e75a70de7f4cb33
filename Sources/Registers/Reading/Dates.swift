package import Tabular

/// Dates of registers as one number, yyyymmdd; nil where unknown.
package enum Dates {
  /// `2009-12-23`. The first of January 1900 is what SIRENE writes for *unknown*.
  @inlinable
  package static func iso(_ field: Field) -> Int32? {
    guard field.count >= 10, field[4] == UInt8(ascii: "-"), field[7] == UInt8(ascii: "-") else {
      return nil
    }
    return known(number(field, 0, 4), number(field, 5, 2), number(field, 8, 2))
  }

  /// The day on which something of a register began. Registers know what begins in some months; what would begin more
  /// than a year after its own row was last treated is a slip (2999), and not known.
  @inlinable
  package static func created(_ field: Field, treated: Field) -> Int32? {
    guard let day = iso(field) else { return nil }
    guard let last = iso(treated) else { return day < 21_000_101 ? day : nil }
    return day <= last + 10_000 ? day : nil
  }

  /// A day that is there and is such a slip.
  @inlinable
  static func isSlip(_ field: Field, treated: Field) -> Bool {
    iso(field) != nil && created(field, treated: treated) == nil
  }

  /// The same of a text, with a time behind it or not.
  package static func iso(_ text: String) -> Int32? {
    let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
    return known(Int32(parts[0]), Int32(parts[1]), Int32(parts[2]))
  }

  /// `09-08-1960`, and `9/8/1960` as a spreadsheet may write it again.
  package static func belgian(_ field: Field) -> Int32? { dayFirst(field.text) }

  static func dayFirst(_ text: String) -> Int32? {
    let parts = text.split { $0 == "-" || $0 == "/" }
    guard parts.count == 3, let a = Int32(parts[0]), let month = Int32(parts[1]), let c = Int32(parts[2])
    else { return nil }
    return parts[0].count == 4 ? known(a, month, c) : known(c, month, a)
  }

  /// `2020-01` or `01/2020`: the first day of the month, or its last.
  static func month(_ text: String, isEnd: Bool) -> Int32? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      .flatMap { $0.split(separator: "/", omittingEmptySubsequences: false) }
    let sizes = parts.map(\.utf8.count)
    guard parts.count == 2, let first = Int32(parts[0]), let last = Int32(parts[1]) else { return nil }
    let (year, month) = sizes[0] == 4 ? (first, last) : (last, first)
    guard sizes.contains(4), sizes.contains(where: { 1...2 ~= $0 }), 1...12 ~= month else { return nil }
    return known(year, month, isEnd ? days(month, year) : 1)
  }

  @inlinable
  static func known(_ year: Int32?, _ month: Int32?, _ day: Int32?) -> Int32? {
    guard let year, let month, let day, 1...9999 ~= year, 1...12 ~= month, 1...days(month, year) ~= day else {
      return nil
    }
    let date = year * 10_000 + month * 100 + day
    return date <= 19_000_101 ? nil : date
  }

  @inlinable
  package static func days(_ month: Int32, _ year: Int32) -> Int32 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @inlinable
  static func number(_ field: Field, _ start: Int, _ count: Int) -> Int32? {
    var value: Int32 = 0
    for position in start..<start + count {
      let digit = field[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ Int32(digit)
    }
    return value
  }
}
