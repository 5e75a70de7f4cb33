internal import Diagnostics
internal import DuckStore
internal import Nomenclature
package import Perimeter
package import Territory

/// A figure with what it rests on: counted, estimated between two bounds, partly known, or not there.
package struct Figure: Sendable, Equatable {
  package enum Basis: String, Sendable {
    case exact, estimated, partial
    case missing = "not_available"
  }

  package var value: Double?
  package var low: Double?
  package var high: Double?
  package var basis: Basis
  /// Establishments whose size is unknown or has no upper bound: the interval leaves them aside.
  package var unbounded: Int

  package init(
    value: Double? = nil, low: Double? = nil, high: Double? = nil, basis: Basis, unbounded: Int = 0
  ) {
    self.value = value
    self.low = low
    self.high = high
    self.basis = basis
    self.unbounded = unbounded
  }

  /// Nothing was counted here: a true zero.
  package static let zero = Figure(value: 0, low: 0, high: 0, basis: .exact)
}

/// Sums of a release for one territory and year under one perimeter, by a dimension of the caller.
package struct FigureQuery {
  package let release: Release
  package let perimeter: Perimeter
  package let territory: Territory
  package let year: Int

  package init(_ release: Release, _ perimeter: Perimeter, _ territory: Territory, _ book: TerritoryBook, year: Int)
    throws
  {
    self.release = release
    self.perimeter = perimeter
    self.territory = territory
    self.year = year
    let country = territory.code.hasPrefix("FR") || territory.code.hasPrefix("NUTS-FR") ? Country.fr : .be
    guard perimeter.countries.contains(country) else {
      throw Problem(
        "table.perimeter_elsewhere", status: .commandLine,
        ["perimeter": perimeter.id, "territory": territory.code])
    }
    guard release.manifest.years.contains(year) else {
      throw Problem(
        "table.no_year", status: .commandLine,
        ["year": String(year), "known": release.manifest.years.map(String.init).joined(separator: ", ")])
    }
    var codes = book.communes(of: territory.code).map(\.code)
    if territory.level == .country { codes.append("\(territory.code)-COM-ZZZZZ") }
    guard !codes.isEmpty else {
      throw Problem("table.empty_territory", status: .commandLine, ["territory": territory.code])
    }
    try release.store.run("CREATE OR REPLACE TEMP TABLE place(territory VARCHAR)")
    let appender = try release.store.appender("place", [.text])
    for code in codes {
      appender.add(code)
      try appender.endRow()
    }
    try appender.finish()
  }

  /// ESS, private or public, by family: the columns `family` and `subfamily` hold `F0` and `FP` for the rest.
  private static let measures = ["establishments", "jobs", "fte", "gross_pay"]

  /// A sum in tenths: whole numbers add up the same in any order, which floating-point numbers do not.
  private static func sum(_ column: String) -> String { "sum(round((\(column)) * 10)::BIGINT)::DOUBLE / 10" }

  /// Figures by measure for each value of an SQL expression over `family`, `subfamily`, `a88` and `size`.
  package func figures(by expression: String, where condition: String = "true") throws -> [String: [String: Figure]] {
    var found: [String: [String: Figure]] = [:]
    let exactness = """
      SELECT \(expression) AS key, measure,
        \(Self.sum("CASE WHEN basis = 'exact' THEN value END")), \(Self.sum("CASE WHEN basis = 'estimated' THEN value END")),
        \(Self.sum("low")), \(Self.sum("high")), sum(unbounded)::BIGINT, sum(CASE WHEN basis = 'exact' THEN contributors END)::BIGINT,
        sum(CASE WHEN basis = 'estimated' THEN contributors END)::BIGINT
      FROM cube SEMI JOIN place USING (territory)
      WHERE perimeter IN (\(sqlText(perimeter.id)), '*') AND year = \(year) AND (\(condition))
      GROUP BY ALL
      """
    var estimated: [String: Int] = [:]
    for row in try release.store.rows(exactness) {
      let (key, measure) = (row[0].text, row[1].text)
      let exact = row[2].number
      let estimate = row[3].number
      if measure == "establishments" { estimated[key] = row[8].integer ?? 0 }
      guard Self.measures.contains(measure) else { continue }
      let basis: Figure.Basis = estimate == nil || measure == "establishments" ? .exact : .estimated
      found[key, default: [:]][measure] = Figure(
        value: (exact ?? 0) + (estimate ?? 0), low: row[4].number, high: row[5].number,
        basis: basis, unbounded: row[6].integer ?? 0)
    }
    // Full-time equivalents and pay are known only where a unit-level file gives them.
    for (key, count) in estimated {
      for measure in ["fte", "gross_pay"] {
        if found[key]?[measure] == nil {
          found[key, default: [:]][measure] = Figure(basis: .missing)
        } else if count > 0 {
          found[key]?[measure]?.basis = .partial
        }
      }
    }
    for (key, count) in try employerUnits(by: expression, where: condition) {
      found[key, default: [:]]["units"] = Figure(
        value: Double(count), low: Double(count), high: Double(count), basis: .exact)
    }
    return found
  }

  /// Legal units with at least one employer establishment here: they do not add up over places, so they
  /// are counted from the units.
  private func employerUnits(by expression: String, where condition: String) throws -> [String: Int] {
    let rows = try release.store.rows(
      """
      SELECT \(expression) AS key, count(DISTINCT (country, unit))::BIGINT FROM (
        SELECT e.country, e.unit, coalesce(d.family, e.sector, 'F0') AS family, coalesce(d.subfamily, '') AS subfamily, e.size
        FROM employers e SEMI JOIN place USING (territory)
        LEFT JOIN decisions d ON d.perimeter = \(sqlText(perimeter.id))
          AND d.profile = CASE d.judged_at WHEN 'unit' THEN e.unit_profile ELSE e.own_profile END
        WHERE e.year = \(year))
      WHERE \(condition) GROUP BY ALL
      """)
    return Dictionary(rows.map { ($0[0].text, $0[1].integer ?? 0) }, uniquingKeysWith: +)
  }
}
