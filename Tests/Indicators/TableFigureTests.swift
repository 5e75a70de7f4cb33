import Filesystem
import TestSupport
import Testing
import Wording

@testable import Indicators
@testable import Secrecy

/// A figure alone tells all that must be known to use it: unit, precision, quality, provenance.
@Suite("A figure and all that goes with it")
struct TableFigureTests {
  @Test func `a figure of a release tells where it comes from`() throws {
    let table = try SimulatedRelease.fill(
      "T01", of: SimulatedRelease.area(SimulatedRelease.french), gate: Checkout.gate("fr-insee"))
    let figure = table.figure(0, 1)
    #expect(figure.cell == table[0, 1])
    #expect(figure.unit == table.columns[1].unit && figure.precision == table.columns[1].decimals)
    let provenance = figure.provenance
    #expect(provenance === table.figure(table.rowCount - 1, 0).provenance)
    #expect(provenance.table == "T01")
    let origin = provenance.origin
    #expect(!origin.release.isEmpty && origin.isSimulated)
    #expect(origin.perimeter == "common-statutory" && origin.secrecy == ["fr-insee"])
    let rules = try Fingerprint.of(file: "\(Checkout.installation.share)/perimeters/common-statutory.csv")
    #expect(origin.perimeterSHA256 == rules)
    let names = Set(origin.sources.map(\.name))
    #expect(names.isSuperset(of: ["sirene-units", "sirene-establishments", "workforce"]))
    for source in origin.sources {
      #expect(!source.vintage.isEmpty, "\(source.name)")
      #expect(!source.sha256.isEmpty && source.sha256.allSatisfy { $0.count == 64 }, "\(source.name)")
    }
  }

  // MARK: - By hand

  private static func label(_ text: String) -> Label { Label(fr: text, nl: text, en: text) }

  /// One column told with a decimal, and two rows for each territory and year.
  private static func table(
    _ areas: [String] = ["FR-REG-32"], years: [Int] = [2024], cells: [Cell], awaited: [String: [Int]] = [:]
  ) -> StatisticalTable {
    func axis(_ id: String, _ role: StatisticalTable.Axis.Role, _ codes: [String]) -> StatisticalTable.Axis {
      .init(id, label(id), role, codes.map { .init($0, label($0)) })
    }
    return StatisticalTable(
      id: "X01", title: label("x"), description: label("x"),
      axes: [
        axis("area", .area, areas), axis("year", .time, years.map { String($0) }),
        axis("field", .classification, ["ess", "total"]),
      ],
      columns: [
        .init("share", label("x"), short: label("x"), .init("percent", symbol: "%", label("%")), decimals: 1)
      ],
      cells: cells, notes: [],
      origin: .init(
        release: "one", program: "essor", isSimulated: false, perimeter: "p", perimeterTitle: label("p"),
        perimeterVersion: "1", isProvisional: true, options: [:], secrecy: [], isUnprotected: true, sources: [],
        awaitedYears: awaited))
  }

  static let qualities: [(Cell, Figure.Quality?)] = [
    (Cell(.published, value: 12.34, low: 12.34, high: 12.34), .exact),
    (.zero, .exact),
    (
      Cell(.published, value: 300, low: 280.06, high: 320.04, basis: .estimated),
      .estimated(low: 280.1, high: 320)
    ),
    (Cell(.published, value: 50, low: 40, high: 60, basis: .banded), .estimated(low: 40, high: 60)),
    // A least has no upper bound, whatever those who are known have.
    (Cell(.published, value: 900, low: 900, high: 950, basis: .partial), .estimated(low: 900, high: nil)),
    (Cell(.published, value: 3, basis: .approximated), .estimated(low: nil, high: nil)),
    (.suppressed, nil), (.notAvailable, nil), (.notComparable, nil),
  ]

  @Test func `what a figure is worth`() {
    for (cell, quality) in Self.qualities {
      #expect(Self.table(cells: [cell, .zero]).figure(0, 0).quality == quality, "\(cell)")
    }
  }

  @Test func `nothing of a cell without a figure is a number`() {
    let hidden = Cell(.suppressed, value: 4_321, low: 4_321, high: 4_321, basis: .estimated)
    let figure = Self.table(cells: [hidden, hidden]).figure(1, 0)
    #expect(figure.value == nil && figure.low == nil && figure.high == nil && figure.upperBound == nil)
  }

  @Test func `a year whose headcounts are still to come is provisional where they are`() {
    let areas = ["FR-REG-32", "BE-REG-03000", "BE-REG-03000+FR-DEP-59", "ZONE-EUROMETROPOLE"]
    let estimated = Cell(.published, value: 3, low: 2, high: 4, basis: .estimated)
    let cells = (0..<16).map { $0.isMultiple(of: 2) ? estimated : Cell.suppressed }
    let table = Self.table(areas, years: [2023, 2024], cells: cells, awaited: ["FR": [2024], "BE": []])
    // What lies in both countries is as settled as the less settled of them.
    let provisional = ["FR-REG-32 2024", "BE-REG-03000+FR-DEP-59 2024", "ZONE-EUROMETROPOLE 2024"]
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      let spot = "\(areas[members[0]]) \(table.axes[1].members[members[1]].code)"
      let figure = table.figure(row, 0)
      if members[2] == 1 {
        #expect(figure.quality == nil, "\(spot)")
      } else if provisional.contains(spot) {
        #expect(figure.quality == .provisional, "\(spot)")
        // Its interval is still told.
        #expect(figure.low == 2 && figure.upperBound == 4)
      } else {
        #expect(figure.quality == .estimated(low: 2, high: 4), "\(spot)")
      }
    }
  }
}
