import Indicators

extension StatisticalTable.Origin.Source {
  /// `workforce fr-2024 (Insee)`: enough to ask its publisher for it.
  var cited: String {
    let named = vintage.isEmpty ? name : "\(name) \(vintage)"
    return publisher.isEmpty ? named : "\(named) (\(publisher))"
  }
}

extension StatisticalTable.Origin {
  /// The day that the name of the release begins with, `2025-01-01`; a release may have another name.
  var releaseDay: String? { Self.day(ofRelease: release) }

  private static func day(ofRelease release: String) -> String? {
    let day = release.prefix(10)
    let parts = day.split(separator: "-", omittingEmptySubsequences: false)
    guard day.utf8.count == 10, parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }),
      let month = Int(parts[1]), let dayOfMonth = Int(parts[2]), 1...12 ~= month, 1...31 ~= dayOfMonth
    else { return nil }
    return String(day)
  }

  /// The same in seconds since 1970, for files that hold when they were made: of the same release, the same.
  var seconds: Int64 { Self.seconds(ofRelease: release) }

  static func seconds(ofRelease release: String) -> Int64 {
    // A release without a day in its name: some day, always the same.
    let parts = (day(ofRelease: release) ?? "2000-01-01").split(separator: "-").compactMap { Int64($0) }
    // Days of the civil calendar, the year beginning in March so that the 29th of February is its last day.
    let year = parts[1] > 2 ? parts[0] : parts[0] - 1
    let month = (parts[1] + 9) % 12
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + parts[2] - 1
    return (days - 719_468) * 86_400
  }

  /// `unit=legal, year=2024`: how the perimeter was asked for, in the order of the names.
  var writtenOptions: String {
    options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }
}
