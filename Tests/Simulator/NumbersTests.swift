import Testing

@testable import Simulator

@Suite struct NumbersTests {
  /// Luhn's formula, written the long way.
  static func luhn(_ number: Int) -> Bool {
    let digits = String(number).reversed().compactMap(\.wholeNumberValue)
    let sum = digits.enumerated().reduce(0) { sum, digit in
      let value = digit.element * (digit.offset % 2 + 1)
      return sum + (value > 9 ? value - 9 : value)
    }
    return sum % 10 == 0
  }

  @Test(arguments: [1, 7, 1_000, 29_000_000])
  func sirensRiseAndHold(count: Int) {
    var before = 0
    for rank in stride(from: 0, to: count, by: max(1, count / 5_000)) {
      for jitter in [0, 0.5, 0.999] {
        let siren = Numbers.siren(Numbers.sirenStem(rank, of: count, jitter: jitter))
        #expect(Self.luhn(siren))
        #expect(siren > before && siren < 1_000_000_000)
        #expect(siren != 356_000_000)
        if jitter == 0.999 { before = siren }
      }
    }
  }

  @Test func numbersOfPublishedExamples() {
    // Establishments of the sample that INSEE publishes.
    #expect(Numbers.nic(1, siren: 325_175) == 16)
    #expect(Numbers.nic(6, siren: 325_175) == 65)
    #expect(Numbers.nic(6, siren: 5_440_110) == 61)
    // Entities of the register of the publisher's example files.
    #expect(Numbers.belgian(02_000_657) == 0200_065_765)
    #expect(Numbers.belgian(20_041_886) == 2_004_188_660)
  }

  @Test func belgianStemsRise() {
    for count in [3, 90_000] {
      let enterprises = (0..<count).map { Numbers.enterpriseStem($0, of: count, jitter: 0.3) }
      #expect(zip(enterprises, enterprises.dropFirst()).allSatisfy { $0 < $1 })
      let units = (0..<count).map { Numbers.establishmentStem($0, of: count, jitter: 0.9) }
      #expect(zip(units, units.dropFirst()).allSatisfy { $0 < $1 })
      #expect(units.allSatisfy { $0 / 10_000_000 == 2 })
    }
  }

  @Test(arguments: [
    ("1900-01-01", 0), ("1900-12-31", 364), ("1904-03-01", 1_520), ("2000-02-29", 36_583),
    ("2024-12-31", 45_655),
  ])
  func daysFollowTheCalendar(text: String, number: Int) {
    #expect(DayTable.day(text) == number)
    let days = DayTable()
    #expect(String(decoding: days.iso(number), as: UTF8.self) == text)
    let parts = text.split(separator: "-")
    let belgian = "\(parts[2])-\(parts[1])-\(parts[0])"
    #expect(String(decoding: days.belgian(number), as: UTF8.self) == belgian)
  }

  @Test func wrongDaysAreNotDays() {
    for text in ["2023-02-29", "2023-13-01", "2023-00-01", "1899-12-31", "2023-01", "x"] {
      #expect(DayTable.day(text) == nil)
    }
  }
}
