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
    for year in Self.firstYear...Self.lastYear {
      for month in 1...12 {
        for day in 1...Self.length(of: month, year) {
          let (y, m, d) = (Self.padded(year, 4), Self.padded(month, 2), Self.padded(day, 2))
          iso += y + [UInt8(ascii: "-")] + m + [UInt8(ascii: "-")] + d
          belgian += d + [UInt8(ascii: "-")] + m + [UInt8(ascii: "-")] + y
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
