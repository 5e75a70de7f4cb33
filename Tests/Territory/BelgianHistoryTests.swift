import Nomenclature
import Registers
import Tabular
import Territory
import TestSupport
import Testing

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
