internal import Diagnostics
internal import DuckStore
internal import Nomenclature
package import Perimeter
package import Territory

/// Sums of a release for one territory and year under one perimeter, by a dimension of the caller.
package struct FigureQuery {
  package let release: Release
  package let perimeter: Perimeter
  package let area: Area
  package let year: Int
  package var territory: Territory { area.territory }

  /// What this country and year rest on; nil where no source speaks of this territory then.
  package let coverage: TerritoryCoverage?

  package init(_ release: Release, _ perimeter: Perimeter, _ territory: Territory, _ book: TerritoryBook, year: Int)
    throws
  {
    try self.init(release, perimeter, book.area(of: territory), book, year: year)
  }

  package init(_ release: Release, _ perimeter: Perimeter, _ area: Area, _ book: TerritoryBook, year: Int) throws {
    self.release = release
    self.perimeter = perimeter
    self.area = area
    self.year = year
    let territory = area.territory
    let communes = area.parts.map(\.commune)
    guard !communes.isEmpty else {
      throw Problem("table.empty_territory", status: .commandLine, ["territory": territory.code])
    }
    let countries = Set(communes.compactMap { Country(rawValue: String($0.code.prefix(2))) })
    guard countries.isSubset(of: perimeter.countries) else {
      throw Problem(
        "table.perimeter_elsewhere", status: .commandLine,
        ["perimeter": perimeter.id, "territory": territory.code])
    }
    guard release.manifest.years.contains(year) else {
      throw Problem(
        "table.no_year", status: .commandLine,
        ["year": String(year), "known": release.manifest.years.map(String.init).joined(separator: ", ")])
    }
    // What could not be placed stays in its country.
    let unplaced = territory.wholeCountry.map { [Self.nowhere($0)] } ?? []
    try Self.lend(
      area.parts.map { ($0.commune.code, $0.weight) } + unplaced.map { ($0, 1) }, as: "place", to: release.store)
    coverage = try TerritoryCoverage(communes, Set(countries.map(\.rawValue)), year, release, book)
  }

  /// Communes and how much of each counts, in millionths: whole numbers in a file, whatever the engine makes of others.
  private static func lend(_ parts: [(code: String, weight: Double)], as table: String, to store: Store) throws {
    try store.run("CREATE OR REPLACE TEMP TABLE \(table)(territory VARCHAR, millionths BIGINT)")
    let appender = try store.appender(table, [.text, .integer64])
    for part in parts {
      appender.add(part.code)
      appender.add(Int64((part.weight * 1_000_000).rounded()))
      try appender.endRow()
    }
    try appender.finish()
  }

  /// The commune of those that are in none that is known.
  static func nowhere(_ country: Country) -> String { "\(country.rawValue)-COM-ZZZZZ" }

  /// Employers in no known commune of the countries of this territory: they count in the whole country alone, so that
  /// its territories do not add up to it, and any of them may lack some.
  package func unplaced() throws -> Int {
    let places = area.countries.map { sqlText(Self.nowhere($0)) }.sorted().joined(separator: ", ")
    return try release.store.rows(
      "SELECT count(*)::BIGINT FROM employers WHERE territory IN (\(places)) AND year = \(year)"
    ).first?.first?.integer ?? 0
  }

  /// ESS, private or public, by family: the columns `family` and `subfamily` hold `F0` and `FP` for the rest.
  private static let measures = ["establishments", "jobs", "fte", "gross_pay"]

  /// A sum in tenths: whole numbers add up the same in any order, which floating-point numbers do not.
  private static func sum(_ column: String, _ condition: String? = nil) -> String {
    let filter = condition.map { " FILTER (\($0))" } ?? ""
    return "sum(round((\(column)) * 10)::BIGINT::HUGEINT * millionths)\(filter)::DOUBLE / 10000000"
  }

  /// Figures by measure for each value of an SQL expression over `family`, `subfamily`, `a88` and `size`.
  package func figures(by expression: String, where condition: String = "true") throws -> [String: [String: Figure]] {
    let isExact = "basis = 'exact'"
    let rows = try release.store.rows(
      """
      SELECT \(expression) AS key, measure,
        \(Self.sum("value")), \(Self.sum("low")), \(Self.sum("high")), sum(unbounded)::BIGINT,
        coalesce(sum(contributors) FILTER (\(isExact)), 0)::BIGINT, coalesce(sum(contributors) FILTER (NOT \(isExact)), 0)::BIGINT,
        coalesce(sum(contributors) FILTER (NOT \(isExact) AND size = '\(Sizes.unknown)'), 0)::BIGINT,
        \(Self.sum("value", "mapping = 'approximate'")), \(Self.sum("value", "mapping = 'none'"))
      FROM cube JOIN place USING (territory)
      WHERE perimeter IN (\(sqlText(perimeter.id)), '*') AND year = \(year) AND (\(condition))
        AND measure IN (\(Self.measures.map { "'\($0)'" }.joined(separator: ", ")))
      GROUP BY ALL ORDER BY measure
      """)
    var found: [String: [String: Figure]] = [:]
    // Establishments come first in this order: the other measures are compared with their number.
    for row in rows {
      let (key, measure) = (row[0].text, row[1].text)
      let counts = (exact: row[6].integer ?? 0, estimated: row[7].integer ?? 0, unknown: row[8].integer ?? 0)
      // Of the jobs, those whose band has no upper bound; of the others, those who do not give them.
      let all = Int(found[key]?["establishments"]?.value ?? 0)
      let unbounded = ["establishments", "jobs"].contains(measure) ? row[5].integer ?? 0 : all - counts.exact
      found[key, default: [:]][measure] =
        Figure(
          value: row[2].number, low: row[3].number, high: row[4].number,
          basis: basis(measure, counts, unbounded: unbounded), unbounded: unbounded,
          mapping: Self.mapping(row[2].number, approximate: row[9].number, none: row[10].number)
        ).withoutValueIfMissing
    }
    // Full-time equivalents and pay are known only where a unit-level file gives them.
    for key in found.keys {
      for measure in Self.measures where found[key]?[measure] == nil {
        found[key]?[measure] = Figure(basis: .missing)
      }
    }
    for (key, count) in try employerUnits(by: expression, where: condition) {
      found[key, default: [:]]["units"] = Figure(
        value: Double(count), low: Double(count), high: Double(count), basis: isPartial ? .partial : .exact)
    }
    return area.isApproximate ? found.mapValues { $0.mapValues(\.asApproximated) } : found
  }

  private static func mapping(_ whole: Double?, approximate: Double?, none: Double?) -> Figure.Mapping? {
    guard let whole, whole > 0 else { return nil }
    return Figure.Mapping(approximate: (approximate ?? 0) / whole, none: (none ?? 0) / whole)
  }

  /// The share of the employers counted here that is divided in an estimated proportion.
  package func approximated() throws -> Double {
    guard area.isApproximate else { return 0 }
    let row = try release.store.rows(
      """
      SELECT sum(millionths) FILTER (millionths < 1000000)::DOUBLE, sum(millionths)::DOUBLE
      FROM employers JOIN place USING (territory) WHERE year = \(year)
      """
    ).first
    guard let whole = row?[1].number, whole > 0 else { return 1 }
    return (row?[0].number ?? 0) / whole
  }

  private var isPartial: Bool { coverage?.isPartial ?? false }

  /// How well a sum is known, from how many establishments give it exactly, by a size band, or not at all.
  private func basis(
    _ measure: String, _ counts: (exact: Int, estimated: Int, unknown: Int), unbounded: Int
  ) -> Figure.Basis {
    if measure == "jobs", counts.estimated > 0, counts.exact + counts.estimated == counts.unknown { return .missing }
    if isPartial || unbounded > 0 { return .partial }
    return measure == "jobs" && counts.estimated > 0 ? .estimated : .exact
  }

  /// Legal units with at least one employer establishment here: they do not add up over places, so they
  /// are counted from the units.
  private func employerUnits(by expression: String, where condition: String) throws -> [String: Int] {
    let rows = try release.store.rows(
      """
      SELECT \(expression) AS key,
        (CASE WHEN min(millionths) = 1000000 THEN count(DISTINCT (country, unit))
          ELSE sum(millionths / share) / 1000000.0 END)::BIGINT FROM (
        SELECT e.country, e.unit, coalesce(d.family, e.sector, 'F0') AS family, coalesce(d.subfamily, '') AS subfamily, e.size,
          millionths, count(*) OVER (PARTITION BY e.country, e.unit, e.territory) AS share
        FROM employers e JOIN place USING (territory)
        -- One column of each side: a condition over both would compare every employer with every decision.
        LEFT JOIN (SELECT profile, family, subfamily FROM decisions WHERE perimeter = \(sqlText(perimeter.id))) d
          ON d.profile = e.\(perimeter.level == .unit ? "unit_profile" : "own_profile")
        WHERE e.year = \(year))
      WHERE \(condition) GROUP BY ALL HAVING count(*) > 0
      """)
    return Dictionary(rows.map { ($0[0].text, $0[1].integer ?? 0) }, uniquingKeysWith: +)
  }
}
