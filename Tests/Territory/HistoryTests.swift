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

@Suite("History of the communes of Belgium") struct BelgianHistoryTests {
  private var history: CommuneHistory {
    get throws { try #require(try Checkout.territories.histories[.be]) }
  }

  /// The counts that Statbel publishes for each merger.
  @Test(arguments: [
    (Day(1977, 1, 1), 596), (Day(1983, 1, 1), 589), (Day(2018, 1, 1), 589), (Day(2019, 1, 1), 581),
    (Day(2025, 1, 1), 565),
  ])
  func `the communes of a day are as many as there were`(day: Day, count: Int) throws {
    #expect(try history.communes(on: day).count == count)
  }

  /// Manage and La Louvière came to other arrondissements in 2019; Deinze took Nevele in, Boussoit is in La Louvière.
  @Test(
    arguments: [
      ("52043", true), ("55022", true), ("54007", true), ("44011", false), ("12030", false), ("55003", false),
    ])
  func `a code that only changed is told from a commune that was merged`(code: String, isRecoded: Bool) throws {
    #expect(try Checkout.territories.isRecoded(code, in: .be) == isRecoded)
  }

  @Test func `every commune since 1970 ends in a commune of today`() throws {
    let history = try history
    #expect(history.codes.count > 2_700)
    for code in history.codes {
      switch history.fate(of: code) {
      case .whole, .divided: break
      case .lost, .unknown: Issue.record("\(code)")
      }
    }
  }

  /// Read in lists of parts of communes that are independent of ours.
  @Test(arguments: [
    ("44055", "44084"), ("44051", "44021"), ("45036", "45068"), ("45053", "45068"), ("44068", "44085"),
    ("12023", "12041"), ("32029", "32011"), ("11028", "11002"), ("41042", "41002"), ("46014", "46029"),
  ])
  func `a known former commune ends where it did`(code: String, today: String) throws {
    #expect(try history.fate(of: code) == .whole(today))
  }

  @Test(.enabled(if: RealData.has("be/refnis.csv")))
  func `every code of REFNIS is known on its own days`() throws {
    let history = try history
    let lives = try Self.refnis()
    #expect(lives.count > 2_700)
    for life in lives {
      switch history.fate(of: life.code, on: life.from) {
      case .whole, .divided: break
      case .lost, .unknown: Issue.record("\(life.code) of \(life.from)")
      }
    }
    // REFNIS of before 2025; what the communes of 1971 to 1976 that ended before became first is not known.
    for year in 1977...2024 {
      let day = Day(year, 1, 1)
      let official = lives.filter { $0.from <= day && day <= $0.until }.map(\.code)
      #expect(history.communes(on: day) == Set(official), "\(year)")
    }
  }

  /// The communes of 2024 have again, of those of today, what their people of 2020 make of them.
  @Test(
    .enabled(
      if: RealData.has("be/mapping_581_to_565_2025.csv") && RealData.has("be/belgian_municipalities_2020_zip.csv")))
  func `a commune merged in 2025 is divided again by the people of its parts`() throws {
    func columns(_ file: String, _ names: [String]) throws -> [[String]] {
      let reader = try TableReader(Container.open(RealData.path(file)).stream())
      let positions = try reader.positions(names)
      var rows: [[String]] = []
      try reader.forEachBatch { batch in
        for record in 0..<batch.count { rows.append(positions.map { batch[record][$0].text }) }
      }
      return rows
    }
    let people = Dictionary(
      uniqueKeysWithValues: try columns("be/belgian_municipalities_2020_zip.csv", ["NIS_code", "inhabitants"]).map {
        ($0[0], Double($0[1]) ?? 0)
      })
    let mergers = Dictionary(
      grouping: try columns("be/mapping_581_to_565_2025.csv", ["nis_2019", "nis_2025"]), by: { $0[1] })
    let back = Correspondence(try history, backTo: Day(2024, 1, 1))
    var merged = 0
    for (today, rows) in mergers {
      let parts = rows.map { $0[0] }
      let whole = parts.compactMap { people[$0] }.reduce(0, +)
      #expect(Set(back[today].map(\.code)) == Set(parts))
      for share in back[today] {
        #expect(abs(share.weight - (people[share.code] ?? 0) / whole) < 1e-9, "\(share.code)")
      }
      if parts.count > 1 { merged += 1 }
    }
    #expect(merged == 14)
  }

  private static func refnis() throws -> [(code: String, from: Day, until: Day)] {
    let reader = try TableReader(Container.open(RealData.path("be/refnis.csv")).stream())
    let columns = try reader.positions(["LVL_REFNIS", "CD_REFNIS", "DT_VLDT_START", "DT_VLDT_END"])
    func day(_ text: String) throws -> Day {
      let parts = text.split(separator: "/").compactMap { Int($0) }
      try #require(parts.count == 3)
      return Day(parts[2], parts[1], parts[0])
    }
    var lives: [(code: String, from: Day, until: Day)] = []
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        let fields = columns.map { batch[record][$0].text }
        if fields[0] == "4" { lives.append((fields[1], try day(fields[2]), try day(fields[3]))) }
      }
    }
    return lives
  }
}

@Suite("History of the communes of France", .enabled(if: RealData.has("fr/mouvements-communes.csv")))
struct FrenchHistoryTests {
  private static let result = Result {
    let file = try FrenchMovements(Container.open(RealData.path("fr/mouvements-communes.csv")))
    let book = try TerritoryBook(Checkout.installation, movements: file.movements, former: file.former)
    return (file: file, book: book)
  }

  @Test func `every row of the file is accounted for`() throws {
    let file = try Self.result.get().file
    #expect(file.account.read == 13_734)
    #expect(file.account.isBalanced)
    #expect(file.account.rejectedCount == 0)
    #expect(file.last == Day(2026, 1, 1))
  }

  /// The counts of the code officiel géographique, from independent publications of INSEE.
  @Test(arguments: [
    (2015, 36_658), (2016, 35_885), (2017, 35_416), (2018, 35_357), (2019, 34_970), (2020, 34_968), (2021, 34_965),
    (2022, 34_955), (2023, 34_945), (2024, 34_935), (2025, 34_875),
  ])
  func `the communes of a year are as many as there were`(year: Int, count: Int) throws {
    let history = try #require(try Self.result.get().book.histories[.fr])
    #expect(history.communes(on: Day(year, 1, 1)).count == count)
  }

  /// Whatever the day, the départements have each commune of today once; Corsica was one of them until 1976.
  @Test(arguments: [1950, 1975, 1990, 2015, 2026])
  func `regions of a day make up the country`(year: Int) throws {
    let book = try Self.result.get().book
    let day = Day(year, 1, 1)
    let regions = book.territories.values.filter { $0.level == .region && $0.code.hasPrefix("FR-") }
    var weights: [String: Double] = [:]
    for region in regions {
      for part in book.area(of: region, on: day)?.parts ?? [] { weights[part.commune.code, default: 0] += part.weight }
    }
    let france = try #require(book["FR"])
    let whole = try #require(book.area(of: france, on: day))
    #expect(Set(weights.keys) == Set(whole.parts.map(\.commune.code)))
    #expect(weights.values.allSatisfy { abs($0 - 1) < 1e-9 })
  }

  @Test func `every code since 1943 ends in a commune of today, but two that left the départements`() throws {
    let history = try #require(try Self.result.get().book.histories[.fr])
    #expect(history.codes.count > 38_000)
    var lost: [String] = []
    for code in history.codes {
      switch history.fate(of: code) {
      case .whole, .divided: break
      case .lost, .unknown: lost.append(code)
      }
    }
    // Saint-Barthélemy and Saint-Martin.
    #expect(lost.sorted() == ["97123", "97127"])
  }

  /// Boismé was a part of Bressuire from 1973 to 1983; L'Oie and Sainte-Florence, of Essarts-en-Bocage to 2024.
  @Test(
    arguments: [
      ("79038", 1970, "79038"), ("79049", 1970, "79049"), ("79052", 1970, "79049"), ("85084", 2015, "85084"),
      ("85165", 2015, "85165"), ("85212", 2015, "85212"), ("85030", 2015, "85084"),
    ])
  func `a commune that was established again is itself`(code: String, year: Int, today: String) throws {
    let history = try #require(try Self.result.get().book.histories[.fr])
    #expect(history.fate(of: code, on: Day(year, 1, 1)) == .whole(today))
  }

  @Test func `few communes of 1970 are divided, and what was together for a time is`() throws {
    let history = try #require(try Self.result.get().book.histories[.fr])
    func isDivided(_ code: String, _ day: Day) -> Bool {
      if case .divided = history.fate(of: code, on: day) { true } else { false }
    }
    let day = Day(1970, 1, 1)
    #expect(history.communes(on: day).count(where: { isDivided($0, day) }) == 21)
    #expect(isDivided("79049", Day(1975, 1, 1)) && isDivided("85084", Day(2018, 1, 1)))
  }

  @Test func `totals of all communes of a year are preserved`() throws {
    let history = try #require(try Self.result.get().book.histories[.fr])
    var random = SplitMix64(seed: 7)
    for year in [1950, 1968, 1990, 2006, 2014, 2020] {
      let day = Day(year, 1, 1)
      let totals = Dictionary(uniqueKeysWithValues: history.communes(on: day).map { ($0, random.number(0...50_000)) })
      let carried = Correspondence(history, from: day).carry(totals)
      #expect(carried.sum == totals.values.reduce(0, +))
      #expect(Set(carried.unplaced.keys).isSubset(of: ["97123", "97127"]))
      #expect(carried.approximated * 20 < carried.sum, "\(year): \(carried.approximated) of \(carried.sum)")
    }
  }

  /// Moronvilliers was divided among three in 1950, Creusy among two in 1965.
  @Test(arguments: [("51385", "Moronvilliers", 3), ("45117", "Creusy", 2)])
  func `a commune that was divided is found with those that have it`(code: String, name: String, parts: Int) throws {
    let search = TerritorySearch(try Self.result.get().book)
    for typed in [code, "fr-com-\(code)", name.lowercased()] {
      let found = try #require(search.divided(typed).first { $0.code == "FR-COM-\(code)" }, "\(typed)")
      #expect(found.names == [name] && found.shares.count == parts)
      #expect(abs(found.shares.map(\.weight).reduce(0, +) - 1) < 1e-9)
    }
    #expect(search.divided("BE-COM-\(code)").isEmpty && search.divided("").isEmpty)
  }

  @Test func `départements that begin later have no commune before`() throws {
    let book = try Self.result.get().book
    for (code, year) in [("92", 1960), ("91", 1965), ("2A", 1960)] {
      let territory = try #require(book["FR-DEP-\(code)"])
      #expect(book.area(of: territory, on: Day(year, 1, 1)) == nil, "\(code)")
      #expect(book.area(of: territory, on: Day(1980, 1, 1)) != nil, "\(code)")
    }
    let corsica = try #require(book.territory("FR-DEP-20", on: Day(1970, 1, 1)))
    let both = ["FR-DEP-2A", "FR-DEP-2B"].flatMap { book.communes(of: $0).map(\.code) }
    #expect(Set(book.area(of: corsica, on: Day(1970, 1, 1))?.parts.map(\.commune.code) ?? []) == Set(both))
  }

  @Test func `Lomme is found, and is Lille`() throws {
    let book = try Self.result.get().book
    #expect(book.commune("59355", in: .fr)?.code == "FR-COM-59350")
    let search = TerritorySearch(book)
    let lille = try #require(search.find("Lomme").first)
    #expect(lille.code == "FR-COM-59350")
    #expect(search.formerNames(in: lille, called: "lomme") == ["Lomme"])
  }
}
