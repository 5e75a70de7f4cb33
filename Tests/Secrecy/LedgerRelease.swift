import DuckStore
import Filesystem
import TestSupport

@testable import Secrecy

/// A release made up for ledgers: units have numbers that others know them by, and each release its own classes and
/// communes in an order of its own.
struct LedgerRelease {
  struct RowClass {
    var country = "FR"
    var form = "9220"
    var activity = "94.99Z"
    /// `association`, `cooperative`, or `F0` for the rest.
    var family = "association"
  }

  struct Employer {
    var unit: Int
    var year = 2024
    /// Positions in the lists of the release.
    var rowClass = 0
    var commune = 0
    var division = 0
    var jobs = 10
    var pay = 100
  }

  static let families = ["association", "cooperative", "F0"]
  static let divisions = ["88", "94", "ZZ"]

  let facts: Facts
  private let folder: TemporaryFolder

  init(
    _ employers: [Employer], classes: [RowClass] = [RowClass()], communes: [String] = ["FR-COM-00001"]
  ) throws {
    try Library.open(Checkout.installation, environment: [:])
    let store = try Store()
    func country(_ employer: Employer) -> String { classes[employer.rowClass].country }
    // As a build numbers them: French units first, each country by its numbers.
    let units = ["FR", "BE"].flatMap { side in
      Set(employers.filter { country($0) == side }.map(\.unit)).sorted().map { (country: side, number: $0) }
    }
    func index(_ employer: Employer) -> Int {
      units.firstIndex { $0.country == country(employer) && $0.number == employer.unit } ?? 0
    }
    try Self.fill(
      store, "kind", "index INTEGER, family VARCHAR, subfamily VARCHAR",
      Self.families.enumerated().map { "\($0 + 1), '\($1)', ''" })
    try Self.fill(
      store, "fact_class",
      "index INTEGER, country VARCHAR, form VARCHAR, scheme VARCHAR, activity VARCHAR, lists VARCHAR",
      classes.enumerated().map { "\($0), '\($1.country)', '\($1.form)', 'naf-rev2', '\($1.activity)', ''" })
    try Self.fill(
      store, "fact_decision", "perimeter INTEGER, class INTEGER, kind INTEGER, rule INTEGER",
      classes.enumerated().map { "0, \($0), \((Self.families.firstIndex(of: $1.family) ?? 2) + 1), -1" })
    try Self.fill(
      store, "fact_band", "index INTEGER, low INTEGER, high INTEGER, unbounded INTEGER", ["0, 0, 0, 0"])
    try Self.fill(
      store, "fact_unit", "index UINTEGER, unit BIGINT", units.enumerated().map { "\($0), \($1.number)" })
    let ordered = employers.sorted { ($0.year, index($0)) < ($1.year, index($1)) }
    try Self.fill(
      store, "ordered_fact",
      "year INTEGER, candidate BOOLEAN, unit_index UINTEGER, commune UINTEGER, seat UINTEGER, class UINTEGER, "
        + "division UTINYINT, mapping UTINYINT, size UTINYINT, trait UTINYINT, band UTINYINT, jobs BIGINT, "
        + "gross_pay BIGINT",
      ordered.map {
        "\($0.year), true, \(index($0)), \($0.commune), \(UInt32.max), \($0.rowClass), \($0.division), 0, 0, 0, 0, "
          + "\($0.jobs), \($0.pay)"
      })
    folder = try TemporaryFolder()
    let measures = [FactMeasure("jobs", .headcount, scale: 10), FactMeasure("gross_pay", .pay)]
    try FactFileWriter(store, measures: measures).write(
      to: folder["facts.index"],
      .init(
        communes: communes, divisions: Self.divisions, sizes: ["S1", "SX"], traits: ["S1", "SX"],
        perimeters: ["invented"]))
    facts = try Facts(folder["facts.index"])
  }

  private static func fill(_ store: Store, _ table: String, _ columns: String, _ rows: [String]) throws {
    try store.run("CREATE TABLE \(table)(\(columns))")
    guard !rows.isEmpty else { return }
    try store.run("INSERT INTO \(table) VALUES " + rows.map { "(\($0))" }.joined(separator: ", "))
  }

  /// Places are given by the communes that lie in them, each with the part that does. The groups of a place are the
  /// associations, the cooperatives and the whole.
  func side(
    _ year: Int = 2024, _ places: [[String: Double]] = [["FR-COM-00001": 1]], byDivision: Bool = false
  ) -> Ledger.Side {
    let parts = facts.communes.map { commune in
      places.indices.compactMap { place in places[place][commune].map { (place: place, weight: $0) } }
    }
    let who = facts.classes.indices.map { index -> [Int] in
      switch facts.kinds[facts.decision(0, index).kind].family {
      case "association": [0, 2]
      case "cooperative": [1, 2]
      default: []
      }
    }
    var dimensions = [Dimension(.rowClass, who, count: 3)]
    if byDivision {
      dimensions.append(Dimension(.division, facts.divisions.indices.map { [$0, 3] }, count: 4))
    }
    return Ledger.Side(
      facts,
      Question(
        perimeter: 0, years: [year],
        places: Places(
          parts, count: places.count, completeness: [places.map { _ in .whole }],
          countries: places.map { _ in ["FR"] }), dimensions: dimensions, measures: ["jobs"]))
  }

  // MARK: - Who reads

  static var open: Gate { get throws { try gate("internal") } }
  static var inForce: Gate { get throws { try gate("fr-insee") } }

  private static func gate(_ id: String) throws -> Gate {
    Gate([try SecrecyBook(share: Checkout.installation.share).profile(id)])
  }
}
