import Glibc

/// A day of the calendar, written `2000-02-27`; days compare as they follow each other.
package struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  package init(_ year: Int, _ month: Int, _ day: Int) { (self.year, self.month, self.day) = (year, month, day) }

  /// Nil where the text is no day: four digits, a month, a day of it, dashes between.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      1...12 ~= month, 1...31 ~= day, day <= Self.length(ofMonth: month, year)
    else { return nil }
    self.init(year, month, day)
  }

  private static func length(ofMonth month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  package static var today: Day {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return Day(Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }

  /// The day after.
  package var next: Day {
    if day < Self.length(ofMonth: month, year) { return Day(year, month, day + 1) }
    return month < 12 ? Day(year, month + 1, 1) : Day(year + 1, 1, 1)
  }

  private var number: Int { (year * 100 + month) * 100 + day }
  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  package var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return [padded(year, 4), padded(month, 2), padded(day, 2)].joined(separator: "-")
  }
}
