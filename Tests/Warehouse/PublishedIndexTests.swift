import Diagnostics
import DuckStore
import Filesystem
import Nomenclature
import Registers
import Territory
import TestSupport
import Testing

@testable import Warehouse

/// Two ways to what publishers say: the index of a release, added up in Swift, and its table, added up by SQL.
@Suite("Publishers' tables, packed and by SQL")
struct PublishedIndexTests {
  /// Rows that nobody published: totals here and there, classifications beside each other, hidden cells, large values.
  private struct Invented {
    let folder: TemporaryFolder
    let store: Store
    let index: PublishedIndex
    let places: PublishedPlaces

    init(seed: UInt64, _ territories: [String], layouts: [String], quarters: ClosedRange<UInt8> = 0...4) throws {
      try Library.open(Checkout.installation, environment: [:])
      folder = try TemporaryFolder()
      store = try Store()
      try store.run(
        """
        CREATE TABLE told(source VARCHAR, layout VARCHAR, vintage VARCHAR, territory VARCHAR, year INTEGER, quarter UTINYINT,
          field VARCHAR, family VARCHAR, classification VARCHAR, activity VARCHAR, measure VARCHAR, value BIGINT)
        """)
      let appender = try store.appender(
        "told",
        [.text, .text, .text, .text, .integer32, .integer8, .text, .text, .text, .text, .text, .integer64])
      let divisions = try Checkout.nomenclatures.sectors.divisions
      var chance = SplitMix64(seed: seed)
      func one<T>(of list: [T]) -> T { list[Int.random(in: list.indices, using: &chance)] }
      for _ in 0..<6000 {
        let layout = one(of: layouts)
        let division = one(of: divisions)
        let (scheme, activity) = one(
          of: [
            ("", ""), ("a17", division.groups["a17"] ?? ""), ("a88", division.code), ("naf-rev2", division.code + "1"),
          ])
        let (field, family) = one(of: [("all", ""), ("ess", ""), ("ess", "association"), ("rest", "")])
        let isNewer = Bool.random(using: &chance)
        let vintage = isNewer ? "\(layout)-2019-2021" : "\(layout)-2020"
        for text in [layout.prefix { $0 != "-" }.description, layout, vintage, one(of: territories)] {
          appender.add(text)
        }
        appender.add(Int32.random(in: 2019...2021, using: &chance))
        appender.add(UInt8.random(in: quarters, using: &chance))
        // What the newer of two editions does not tell, the older does.
        let measures = ["jobs", "fte", "board_age"] + (isNewer ? [] : ["gross_pay"])
        for text in [field, family, scheme, activity, one(of: measures)] { appender.add(text) }
        switch Int.random(in: 0..<8, using: &chance) {
        case 0: appender.addNull()
        case 1: appender.add(Int64.random(in: 0..<1 << 44, using: &chance))
        default: appender.add(Int64.random(in: 0..<100, using: &chance) * 500)
        }
        try appender.endRow()
      }
      try appender.finish()
      let parquet = folder["aggregates.parquet"]
      try store.run(
        """
        COPY (SELECT * REPLACE (value / 1000.0 AS value), value IS NULL AS secret FROM told) TO \(sqlText(parquet)) (FORMAT parquet);
        CREATE VIEW aggregates AS SELECT * FROM read_parquet(\(sqlText(parquet)));
        """)
      try PublishedIndexWriter(parquet, store).write(to: folder["published.index"])
      index = try PublishedIndex(folder["published.index"])
      places = try PublishedPlaces(index, Checkout.territories)
    }

    func reading(_ territory: String, measures: Set<String>? = nil) throws -> AggregateReading {
      let book = try Checkout.territories
      let members = (Territory.members(ofGroup: territory) ?? [territory]).compactMap { book[$0] }
      let found = try #require(Territory.group(members))
      return try AggregateReading(index, found, measures: measures) { places }
    }

    /// By field, family, measure and quarter: the sum, and how many cells are hidden.
    func sums(
      _ table: AggregateReading.Table, _ year: Int, of territories: [String], _ measures: Set<String>,
      single: [String]
    ) throws -> [String] {
      let own = "territory IN (\(territories.map(sqlText).joined(separator: ", ")))"
      let means = single.map(sqlText).joined(separator: ", ")
      let isDirect = territories.count == 1
      return try store.rows(
        """
        WITH cell AS (
          SELECT * FROM aggregates
          WHERE layout = \(sqlText(table.layout)) AND vintage = \(sqlText(table.vintage)) AND year = \(year) AND \(own)
            AND measure IN (\(measures.sorted().map(sqlText).joined(separator: ", ")))
            AND (measure NOT IN (\(means)) OR (\(isDirect) AND classification = '' AND quarter = 0))),
        used AS (
          SELECT field, family, measure, quarter, territory, classification, count(DISTINCT activity) AS codes
          FROM cell GROUP BY ALL),
        chosen AS (
          SELECT field, family, measure, quarter, territory,
            arg_min(classification, (classification <> '', codes, classification)) AS classification
          FROM used GROUP BY ALL)
        SELECT field, family, measure, quarter, (sum(round(value * 1000)::BIGINT)::DOUBLE / 1000),
          (count(*) FILTER (value IS NULL))::BIGINT
        FROM cell JOIN chosen USING (field, family, measure, quarter, territory, classification)
        GROUP BY ALL ORDER BY field, family, measure, quarter
        """
      ).map { row in row.map(\.text).joined(separator: " ") }
    }
  }

  private static func written(_ parts: [(key: [String], parts: [AggregateReading.Part])]) -> [String] {
    parts.flatMap { key, parts in
      parts.map { part in
        (key + [String(part.quarter), part.value.map { String($0) } ?? "", String(part.hidden)]).joined(separator: " ")
      }
    }
  }

  private static func layouts() throws -> AggregateLayouts { try AggregateLayouts(share: Checkout.installation.share) }

  /// Compares what is read of a territory with the sums over the territories that it is to be read from.
  private func compare(_ invented: Invented, _ territory: String, from territories: [String]) throws {
    let layouts = try Self.layouts()
    let reading = try invented.reading(territory)
    var compared = 0
    for table in reading.tables {
      let layout = try #require(layouts[table.layout])
      let single = AggregateLayout.measures.filter { !layout.addsUp($0) }
      for year in table.years {
        let edition = try #require(table.editions[year])
        let parts = try reading.parts(of: edition, reading.groups(of: edition).counted, layout)
        let measures = invented.index.measures.enumerated().filter { edition.measures >> UInt32($0.offset) & 1 == 1 }
        let expected = try invented.sums(
          table, year, of: territories, Set(measures.map(\.element)), single: single)
        #expect(Self.written(parts) == expected, "\(territory) \(table.vintage) \(year)")
        compared += expected.count
      }
    }
    #expect(compared > 50)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `of a territory that tables speak of`(seed: UInt64) throws {
    let territories = ["FR-DEP-59", "FR-DEP-62", "BE-REG-04000"]
    let invented = try Invented(seed: seed, territories, layouts: ["flores-all", "onss-workplace", "survey-fr"])
    #expect(invented.index.count == 6000)
    for territory in territories { try compare(invented, territory, from: [territory]) }
    try compare(invented, "FR-DEP-59+FR-DEP-62", from: ["FR-DEP-59", "FR-DEP-62"])
  }

  /// Lomme is a part of Lille; Arras is elsewhere.
  @Test func `of a territory whose communes they speak of`() throws {
    let communes = ["FR-COM-59350", "FR-COM-59355", "FR-COM-59512", "FR-COM-62041"]
    let invented = try Invented(seed: 4, communes, layouts: ["urssaf-communes", "survey-fr"])
    try compare(invented, "FR-EPCI-200093201", from: ["FR-COM-59350", "FR-COM-59355", "FR-COM-59512"])
    try compare(invented, "FR-REG-32", from: communes)
  }

  /// One département as a whole, and the communes of the other.
  @Test func `of a territory of whose larger parts they speak`() throws {
    let territories = ["FR-DEP-59", "FR-COM-59350", "FR-COM-62041", "FR-COM-62498"]
    let invented = try Invented(seed: 5, territories, layouts: ["flores-all"])
    try compare(invented, "FR-AREG-31", from: ["FR-DEP-59", "FR-COM-62041", "FR-COM-62498"])
  }

  /// Of one measure alone, what is told of it among the others.
  @Test func `of the measures that are asked for`() throws {
    let invented = try Invented(seed: 6, ["FR-DEP-59", "FR-COM-59350"], layouts: ["flores-all"])
    let layout = try #require(try Self.layouts()["flores-all"])
    for territory in ["FR-DEP-59", "FR-COM-59350", "FR-EPCI-200093201"] {
      let (all, some) = (try invented.reading(territory), try invented.reading(territory, measures: ["fte"]))
      #expect(!some.tables.isEmpty)
      for table in some.tables {
        let whole = try #require(all.tables.first { $0.vintage == table.vintage })
        for year in table.years {
          func told(_ reading: AggregateReading, _ table: AggregateReading.Table) throws -> [String] {
            try reading.told(table, layout, year).sums.filter { $0.measure == "fte" }.map { "\($0)" }
          }
          #expect(try told(some, table) == told(all, whole))
          #expect(try some.told(table, layout, year).sums.allSatisfy { $0.measure == "fte" })
        }
      }
    }
    #expect(try invented.reading("FR-DEP-59", measures: ["turnover"]).tables.isEmpty)
  }

  /// Where a table uses the classification, its rows; where it has divisions only, those that make up each group.
  @Test(arguments: ["a17", "a10"])
  func `of activities`(scheme: String) throws {
    let invented = try Invented(seed: 7, ["FR-DEP-59"], layouts: ["flores-all"], quarters: 0...0)
    let layout = try #require(try Self.layouts()["flores-all"])
    let sectors = try Checkout.nomenclatures.sectors
    let reading = try invented.reading("FR-DEP-59")
    let table = try #require(reading.tables.first { $0.vintage == "flores-all-2019-2021" })
    for year in table.years {
      let found = try reading.activities(table, layout, year, scheme, sectors).map { activity, sum in
        [activity, sum.field, sum.family, sum.measure, sum.value.map { String($0) } ?? "", String(sum.hidden)]
      }
      var expected: [[String]] = []
      for code in Set(sectors.divisions.compactMap { $0.groups[scheme] }).sorted() {
        let divisions = sectors.divisions.filter { $0.groups[scheme] == code }.map { sqlText($0.code) }
        let condition =
          scheme == "a17"
          ? "classification = 'a17' AND activity = \(sqlText(code))"
          : "classification = 'a88' AND activity IN (\(divisions.joined(separator: ", ")))"
        expected += try invented.store.rows(
          """
          SELECT field, family, measure, (sum(round(value * 1000)::BIGINT)::DOUBLE / 1000),
            (count(*) FILTER (value IS NULL))::BIGINT
          FROM aggregates WHERE vintage = \(sqlText(table.vintage)) AND year = \(year) AND measure <> 'board_age' AND \(condition)
          GROUP BY ALL ORDER BY field, family, measure
          """
        ).map { [code] + $0.map(\.text) }
      }
      #expect(found == expected)
      #expect(found.count > 20)
    }
  }

  @Test(arguments: [
    ("flores-ess-2018-2024", "2024"), ("2024-06", "2024"), ("2024-06-30", "2024"), ("urssaf-2020", "2020"),
    ("undated", ""), ("24", ""), ("x-20-24", ""),
  ])
  func `the age of a vintage`(vintage: String, expected: String) {
    #expect(AggregateReading.age(vintage) == expected)
  }

  /// As long as it was, and another: a release that is opened for its own figures does not look at it.
  @Test func `an index that was spoiled is told where it is read`() throws {
    let small = try SmallObservatory(workforce: nil)
    _ = try small.build()
    let path = "\(small.observatory.currentLink)/\(PublishedIndex.fileName)"
    var bytes = try Folder.contents(of: path)
    bytes[24] ^= 1
    try Folder.write(bytes, to: path)
    let release = try Release(small.observatory)
    let book = try Checkout.territories
    let problem = expectProblem("release.damaged") {
      _ = try AggregateReading(release, #require(book["FR-DEP-59"]), book)
    }
    #expect(problem?.place.file == path)
  }

  @Test func `an index whose rows are beyond its end is damaged`() throws {
    let folder = try TemporaryFolder()
    var writer = PackedFileWriter(PublishedParts.format)
    func texts(_ number: UInt32, _ list: [String]) {
      var builder = TextsBuilder()
      for text in list { builder.add(text) }
      writer.add(number, builder)
    }
    texts(PublishedParts.territories, ["FR-DEP-59"])
    texts(PublishedParts.classifications, [""])
    texts(PublishedParts.activities, [""])
    texts(PublishedParts.tables, ["flores|flores-all|2024"])
    texts(PublishedParts.slots, ["0|all||jobs"])
    texts(PublishedParts.measures, ["jobs"])
    writer.add(PublishedParts.kinds, [0, 0, 0] as [UInt32])
    writer.add(PublishedParts.editions, [0, 2024, 1] as [UInt32])
    writer.add(PublishedParts.tableStarts, [0, 1] as [UInt32])
    writer.add(PublishedParts.groupTerritory, [0] as [UInt32])
    writer.add(PublishedParts.groupYear, [2024] as [UInt16])
    writer.add(PublishedParts.groupMeasures, [1] as [UInt32])
    writer.add(PublishedParts.groupStarts, [0, 9] as [UInt32])
    writer.add(PublishedParts.rowKind, [0] as [UInt32])
    writer.add(PublishedParts.rowValue, [1000] as [UInt32])
    writer.add(PublishedParts.wide, [] as [Int64])
    try writer.write(to: folder["x.index"])
    let index = try PublishedIndex(folder["x.index"])
    let department = try #require(try Checkout.territories["FR-DEP-59"])
    let reading = try AggregateReading(index, department) { try PublishedPlaces(index, Checkout.territories) }
    let layout = try #require(try Self.layouts()["flores-all"])
    #expect(reading.tables.map(\.years) == [[2024]])
    expectProblem("packed.damaged") { _ = try reading.told(reading.tables[0], layout, 2024) }
  }
}
