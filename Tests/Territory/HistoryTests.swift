import Nomenclature
import Registers
import Tabular
import Territory
import TestSupport
import Testing

@Suite("History of communes") struct HistoryTests {
  @Test func `movements of one day that lead in a circle lead nowhere, and say so`() {
    let day = Day(2000, 1, 1)
    for codes in [["99001", "99002"], ["99001", "99002", "99003"]] {
      let movements = zip(codes, codes.dropFirst() + codes.prefix(1)).map { CommuneHistory.Movement(day, $0, [$1]) }
      let history = CommuneHistory(movements, present: ["99009"])
      for code in codes { #expect(history.fate(of: code) == .lost(after: day)) }
    }
  }

  @Test(arguments: 0..<200)
  func `a code leads where its people are`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let country = RandomCountry(&random)
    let history = country.history
    for (day, codes) in country.homes {
      #expect(history.communes(on: day) == Set(codes), "\(day)")
      for code in Set(codes) {
        let now = Set(codes.indices.filter { codes[$0] == code }.map { country.today[$0] })
        switch history.fate(of: code, on: day) {
        case .whole(let today): #expect([today] == now)
        case .divided(let shares):
          // People who part and meet again have gone two ways to one place.
          #expect(Set(shares.map(\.code)).isSuperset(of: now))
          #expect(abs(shares.map(\.weight).reduce(0, +) - 1) < 1e-9)
        case .lost, .unknown: Issue.record("\(code) of \(day) is lost")
        }
      }
    }
  }

  /// Where nothing is divided but communes that were one before, nothing is estimated.
  @Test(arguments: 0..<300)
  func `what is established again has what it had`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let country = RandomCountry(&random, [.annexation, .annexation, .newCode, .rebirth, .rebirth])
    let history = country.history
    let (day, codes) = try #require(country.homes.first)
    for code in Set(codes) {
      let now = Set(codes.indices.filter { codes[$0] == code }.map { country.today[$0] })
      switch history.fate(of: code, on: day) {
      case .whole(let today): #expect([today] == now)
      case .divided(let shares): #expect(Set(shares.map(\.code)) == now)
      case .lost, .unknown: Issue.record("\(code) is lost")
      }
    }
  }

  /// B joined A and left it again: before, each is itself; between, A is both, and no day is needed to know B.
  @Test func `a commune that was one for ten years`() {
    let history = CommuneHistory(
      [
        .init(Day(1973, 1, 1), "B", ["A"]), .init(Day(1973, 1, 1), "C", ["A"]), .init(Day(1973, 1, 1), "A", ["A"]),
        .init(Day(1983, 1, 1), "A", ["A", "B"]),
      ], present: ["A", "B"])
    for (code, today) in [("A", "A"), ("B", "B"), ("C", "A")] {
      #expect(history.fate(of: code, on: Day(1970, 1, 1)) == .whole(today))
      #expect(history.fate(of: code) == .whole(today))
    }
    #expect(history.fate(of: "A", on: Day(1975, 1, 1)) == .divided([.init("A", 0.5), .init("B", 0.5)]))
    let back = Correspondence(history, backTo: Day(1970, 1, 1))
    #expect(back["B"] == [.init("B", 1)] && back["A"].map(\.code) == ["A", "C"])
  }

  /// D came to B and left it again before B ended in A: what came out of A as B is not D's.
  @Test func `a code that was left before the commune ended does not return to it`() {
    let history = CommuneHistory(
      [
        .init(Day(2001, 1, 1), "D", ["B"]), .init(Day(2003, 1, 1), "B", ["B", "D"]), .init(Day(2004, 1, 1), "B", ["A"]),
        .init(Day(2005, 1, 1), "D", ["A"]), .init(Day(2006, 1, 1), "A", ["A", "B"]),
      ], present: ["A", "B"])
    #expect(history.fate(of: "D", on: Day(2000, 1, 1)) == .whole("A"))
    #expect(history.fate(of: "B", on: Day(2000, 1, 1)) == .whole("B"))
  }

  @Test func `communes that exchange their territories forty times are followed in no time`() {
    var movements: [CommuneHistory.Movement] = []
    for year in 1950..<1990 {
      movements += [.init(Day(year, 1, 1), "A", ["A", "B"]), .init(Day(year, 1, 1), "B", ["A", "B"])]
    }
    let history = CommuneHistory(movements, present: ["A", "B"])
    #expect(history.fate(of: "A", on: Day(1949, 1, 1)) == .divided([.init("A", 0.5), .init("B", 0.5)]))
  }

  @Test(arguments: 0..<200)
  func `totals are preserved exactly, forward and back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let country = RandomCountry(&random)
    let history = country.history
    for (day, codes) in country.homes {
      let totals = Dictionary(uniqueKeysWithValues: Set(codes).sorted().map { ($0, random.number(-1_000...1_000_000)) })
      let sum = totals.values.reduce(0, +)
      let forward = Correspondence(history, from: day).carry(totals)
      #expect(forward.unplaced.isEmpty)
      #expect(forward.totals.values.reduce(0, +) == sum)
      let back = Correspondence(history, backTo: day).carry(forward.totals)
      #expect(back.unplaced.isEmpty)
      #expect(back.totals.values.reduce(0, +) == sum)
    }
    // The communes of today become themselves.
    let last = try #require(country.homes.last)
    let totals = Dictionary(uniqueKeysWithValues: Set(last.codes).map { ($0, random.number(0...99)) })
    let same = Correspondence(history, from: last.day).carry(totals)
    #expect(same.totals == totals)
    #expect(same.approximated == 0)
  }

  @Test(arguments: 0..<50)
  func `a whole number is divided into whole numbers near their shares`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let weights = (0..<random.number(1...7)).map { _ in Double(random.number(1...1_000)) }
    let sum = weights.reduce(0, +)
    let total = random.number(-5_000...5_000)
    let parts = Correspondence.apportioned(total, weights.map { $0 / sum })
    #expect(parts.reduce(0, +) == total)
    for (part, weight) in zip(parts, weights) { #expect(abs(Double(part) - Double(total) * weight / sum) < 1) }
  }

  @Test func `a code that is unknown, or that ended in nothing, says so`() {
    let history = CommuneHistory(
      [.init(Day(2007, 2, 23), "97123", [])], present: ["59350"])
    #expect(history.fate(of: "59350") == .whole("59350"))
    #expect(history.fate(of: "97123") == .lost(after: Day(2007, 2, 23)))
    #expect(history.fate(of: "00000") == .unknown)
    #expect(history.isCommune("97123", on: Day(2000, 1, 1)))
    #expect(!history.isCommune("97123", on: Day(2008, 1, 1)))
  }

  @Test func `a commune that is divided is divided as its people are today`() {
    let people = People(communes: ["A": 300, "B": 100], parts: ["P": 40, "Q": 60])
    let split = CommuneHistory([.init(Day(2001, 1, 1), "A", ["A", "B"])], present: ["A", "B"], people: people)
    #expect(split.fate(of: "A", on: Day(2000, 1, 1)) == .divided([.init("A", 0.75), .init("B", 0.25)]))
    // A, which took P and Q in, is what they leave of it: 200, 40 and 60 of 300.
    let merger = CommuneHistory(
      [.init(Day(2001, 1, 1), "P", ["A"]), .init(Day(2001, 1, 1), "Q", ["A"]), .init(Day(2001, 1, 1), "A", ["A"])],
      present: ["A", "B"], people: people)
    let back = Correspondence(merger, backTo: Day(2000, 1, 1)).carry(["A": 30, "B": 7])
    #expect(back.totals == ["A": 20, "P": 4, "Q": 6, "B": 7])
    #expect(back.approximated == 30)
  }

  @Test func `a code between two of one day is followed, and was never a commune`() {
    let day = Day(2018, 1, 1)
    let history = CommuneHistory(
      [.init(day, "14513", ["50649"]), .init(day, "50649", ["50592"]), .init(day, "50592", ["50592"])],
      present: ["50592"])
    #expect(history.fate(of: "14513", on: Day(2017, 1, 1)) == .whole("50592"))
    #expect(history.communes(on: Day(2017, 1, 1)) == ["14513", "50592"])
    #expect(history.communes(on: day) == ["50592"])
  }

  @Test(arguments: [("2000-02-28", "2000-02-29"), ("1900-02-28", "1900-03-01"), ("2024-12-31", "2025-01-01")])
  func `a day has a day after it`(day: String, next: String) {
    #expect(Day(day)?.next.description == next)
  }

  @Test(arguments: ["", "2000", "2000-1-1", "2000-13-01", "2000-00-10", "20-01-2000", "2000-01-32", "２０００-01-01"])
  func `what is no day is refused`(text: String) { #expect(Day(text) == nil) }
}
