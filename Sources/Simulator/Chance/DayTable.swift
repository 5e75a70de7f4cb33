import Diagnostics
import Tabular

/// Days counted from 1 January 1900, and their text in the order of each register.
final class DayTable {
  static let firstYear = 1900
  static let lastYear = 2060

  private let arena = Arena()
  private let iso: UnsafePointer<UInt8>
  private let belgian: UnsafePointer<UInt8>

  init() {
    var iso: [UInt8] = []
    var belgian: [UInt8] = []
    let dash = UInt8(ascii: "-")
    for year in Self.firstYear...Self.lastYear {
      let y = Self.padded(year, 4)
      for month in 1...12 {
        // One text a month; a day changes its two digits.
        let m = Self.padded(month, 2)
        var start = y + [dash] + m + [dash, 0, 0]
        var end = [0, 0, dash] + m + [dash] + y
        for day in 1...Self.length(of: month, year) {
          (start[8], start[9]) = (UInt8(ascii: "0") + UInt8(day / 10), UInt8(ascii: "0") + UInt8(day % 10))
          (end[0], end[1]) = (start[8], start[9])
          iso += start
          belgian += end
        }
      }
    }
    self.iso = arena.keep(iso)
    self.belgian = arena.keep(belgian)
  }

  private static func padded(_ value: Int, _ width: Int) -> [UInt8] {
    let digits = Array(String(value).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: width - digits.count) + digits
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The number of a day of the Gregorian calendar.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let before = year - 1
    var count = before * 365 + before / 4 - before / 100 + before / 400 - 693_595
    for earlier in 1..<month { count += length(of: earlier, year) }
    return count + day - 1
  }

  /// The last day of each quarter of years.
  static func quarterEnds(_ years: ClosedRange<Int>) -> [Int] {
    years.flatMap { year in [(3, 31), (6, 30), (9, 30), (12, 31)].map { Self.day(year, $0.0, $0.1) } }
  }

  /// `2019-12-31` read as a day.
  static func day(_ text: String) -> Int? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (firstYear...lastYear).contains(parts[0]), (1...12).contains(parts[1]),
      (1...length(of: parts[1], parts[0])).contains(parts[2])
    else { return nil }
    return day(parts[0], parts[1], parts[2])
  }

  func iso(_ day: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: iso + day * 10, count: 10)
  }

  func belgian(_ day: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: belgian + day * 10, count: 10)
  }
}
