import Diagnostics
import DuckStore
import Indicators
import Territory
import TestSupport
import Testing

@testable import Secrecy
@testable import Warehouse

extension Cell.Mapping {
  /// All of it is coded in the divisions of today.
  static let allExact = Cell.Mapping(approximate: 0, none: 0)
}

/// Figures that can be counted by hand: exact, estimated, partial, missing and zero are five things.
@Suite("Figures and what they rest on")
struct FigureTests {
  private static let result = Result { () throws -> SmallObservatory in
    let small = try SmallObservatory()
    _ = try small.build()
    return small
  }

  private func figures(
    _ row: String, of territory: String, _ year: Int, table: String = "T01"
  ) throws -> [String: Cell] {
    let table = try Self.result.get().table(table, of: territory, year)
    return try #require(table[row]).cells
  }

  @Test func `bands give bounds, and an unknown size is told`() throws {
    let ess = try figures("ess", of: "FR-COM-59350", 2023)
    #expect(ess["units"]?.value == 2)
    #expect(ess["establishments"] == Cell(.published, value: 3, low: 3, high: 3, basis: .exact, mapping: .allExact))
    // 10 to 19, 1 or 2, and one of which nothing is known.
    #expect(
      ess["jobs"]
        == Cell(.published, value: 16, low: 11, high: 21, basis: .partial, unbounded: 1, mapping: .allExact))
    #expect(ess["jobs"]?.upperBound == nil)
    #expect(ess["fte"]?.basis == .missing)
    let rest = try figures("private", of: "FR-COM-59350", 2023)
    #expect(rest["jobs"] == Cell(.published, value: 34.5, low: 20, high: 49, basis: .estimated, mapping: .allExact))
  }

  @Test(arguments: [(2020, Figure.Quality.exact), (2023, .provisional)])
  func `a year without headcounts yet is provisional`(year: Int, quality: Figure.Quality) throws {
    let filled = try Self.result.get().table("T01", of: "FR-COM-59350", year)
    let row = try #require(filled.rows.firstIndex { $0.code == "ess" })
    let column = try #require(filled.table.columns.firstIndex { $0.id == "jobs" })
    #expect(filled.table.figure(row, column).quality == quality)
    #expect(filled.table.origin.awaitedYears == ["FR": year == 2020 ? [] : [year]])
  }

  @Test func `a past year counts those that have closed since`() throws {
    let ess = try figures("ess", of: "FR-COM-59350", 2020)
    #expect(ess["units"]?.value == 2)
    #expect(ess["establishments"]?.value == 2)
    #expect(ess["jobs"] == Cell(.published, value: 20, low: 20, high: 20, basis: .exact, mapping: .allExact))
    // One of the two gives its full-time equivalents and its pay.
    #expect(
      ess["fte"]
        == Cell(.published, value: 10.5, low: 10.5, high: 10.5, basis: .partial, unbounded: 1, mapping: .allExact))
    #expect(ess["fte"]?.upperBound == nil)
    #expect(ess["gross_pay"]?.basis == .partial)
    // Today it counts no more.
    let manifest = try Release(Self.result.get().observatory).manifest
    #expect(manifest.use.closedSince == 1)
    let past = Manifest.Coverage(
      country: "FR", year: 2020, exact: 2, estimated: 0, workforceRows: 2, workforceMatched: 2,
      measures: ["fte": 1, "gross_pay": 1])
    let stock = Manifest.Coverage(
      country: "FR", year: 2023, exact: 0, estimated: 4, workforceRows: 0, workforceMatched: 0, measures: [:])
    #expect(manifest.coverage == [past, stock])
  }

  @Test func `zero and not available are not the same`() throws {
    // No employer of a foundation in Lille: a true zero.
    #expect(try figures("foundation", of: "FR-COM-59350", 2023, table: "T02")["jobs"] == .zero)
    // A commune of the region without any employer: zero too.
    #expect(try figures("total", of: "FR-COM-59009", 2023)["establishments"] == .zero)
    // A region that no file speaks of, a country that no file speaks of: not available.
    for territory in ["FR-REG-11", "FR-COM-75056"] {
      let total = try figures("total", of: territory, 2023)
      #expect(total.values.allSatisfy { $0 == .notAvailable }, "\(territory)")
    }
    let table = try Self.result.get().table("T01", of: "BE-REG-03000", 2023, "common-statutory")
    #expect(table.coverage == nil)
    #expect(table.rows.allSatisfy { $0.cells.values.allSatisfy { $0.basis == .missing } })
  }

  @Test func `every size unknown: the jobs are not available, not zero`() throws {
    let small = try SmallObservatory(
      establishments: [.init(SmallObservatory.a1, band: "NN"), .init(SmallObservatory.c1, band: "NN")], workforce: nil)
    _ = try small.build()
    let total = try #require(try small.table("T01", of: "FR-DEP-59", SmallSirene.year).rows.last)
    #expect(total.cells["establishments"]?.value == 2)
    #expect(total.cells["jobs"]?.basis == .missing)
    #expect(total.cells["jobs"]?.value == nil)
  }

  @Test func `a band without upper bound leaves the sum without one`() throws {
    let small = try SmallObservatory(
      establishments: [.init(SmallObservatory.a1, band: "53"), .init(SmallObservatory.c1, band: "11")], workforce: nil)
    _ = try small.build()
    let jobs = try #require(try small.table("T01", of: "FR-DEP-59", SmallSirene.year).rows.last?.cells["jobs"])
    #expect(jobs.low == 10_010)
    #expect(jobs.upperBound == nil)
    #expect(jobs.basis == .partial)
  }

  @Test func `an activity of 2025 alone excludes and has its division`() throws {
    let small = try SmallObservatory(
      units: [
        .init(SmallObservatory.a, activity: "94.91Y", scheme: "NAF2025"),
        .init(SmallObservatory.c, activity: "88.99B", scheme: "NAFRev2"),
      ],
      establishments: [
        .init(SmallObservatory.a1, band: "11", activity: "94.91Y", scheme: "NAF2025"),
        .init(SmallObservatory.c1, band: "11"),
      ], workforce: nil)
    _ = try small.build()
    #expect(
      try small.table("T01", of: "FR-DEP-59", SmallSirene.year).rows.first?.cells["establishments"]?.value == 1)
    let divisions = try Release(small.observatory).store.rows("SELECT a88 FROM establishments ORDER BY id").map {
      $0[0].text
    }
    #expect(divisions == ["94", "88"])
  }

  @Test func `nobody on 31 December, but pay in the year: it employed`() throws {
    let small = try SmallObservatory(
      establishments: [.init(SmallObservatory.a1, band: "00"), .init(SmallObservatory.c1, band: "00")],
      workforce: "establishment,year,jobs,fte,gross_pay\n\(SmallObservatory.a1),2023,0,2.5,40000\n")
    _ = try small.build()
    let total = try #require(try small.table("T01", of: "FR-DEP-59", 2023).rows.last).cells
    #expect(total["establishments"]?.value == 2)
    #expect(total["fte"]?.value == 2.5)
    #expect(total["gross_pay"]?.value == 40_000)
    let sizes = try Release(small.observatory).store.rows("SELECT size, basis FROM employers ORDER BY id").map {
      [$0[0].text, $0[1].text]
    }
    #expect(sizes == [["S0", "exact"], ["S0", "estimated"]])
  }

  @Test func `a country of which one region is known is a part, not the whole`() throws {
    let table = try Self.result.get().table("T01", of: "FR", 2023)
    #expect(table.coverage?.missingRegions.contains { $0.code == "FR-REG-11" } == true)
    #expect(table.coverage?.missingRegions.contains { $0.code == "FR-REG-32" } == false)
    let cells = try #require(table.rows.last).cells
    #expect(cells["establishments"]?.basis == .partial)
    #expect(cells["establishments"]?.upperBound == nil)
    #expect(cells["units"]?.basis == .partial)
  }

  @Test func `a past year that a small file tells is partial`() throws {
    let one = "establishment,year,jobs\n\(SmallObservatory.a1),2020,12\n"
    let small = try SmallObservatory(workforce: one)
    _ = try small.build()
    let table = try small.table("T01", of: "FR-COM-59350", 2020)
    #expect(table.coverage?.employers == 1)
    #expect(table.coverage?.employersInRegisters == 4)
    #expect(table.rows.allSatisfy { $0.cells["establishments"]?.basis == .partial })
  }

  @Test func `a ceased unit is judged by the same rules, whether or not some other year knows it`() throws {
    // Its establishment is still active in the file: registers do not change on one day.
    let places: [SmallSirene.Place] = [.init(SmallObservatory.b1, band: "11"), .init(SmallObservatory.p1, band: "11")]
    for workforce in [nil, "establishment,year,jobs\n\(SmallObservatory.b1),2020,8\n"] {
      let small = try SmallObservatory(establishments: places, workforce: workforce)
      _ = try small.build()
      let rows = try small.table("T01", of: "FR-COM-59350", 2023).rows
      #expect(rows.first { $0.code == "ess" }?.cells["establishments"]?.value == 1)
      #expect(rows.first { $0.code == "private" }?.cells["establishments"]?.value == 1)
    }
  }
}
