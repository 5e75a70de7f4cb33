import Nomenclature
import Registers
import Tabular
import Territory
import TestSupport
import Testing

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
