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

  private static let measures = ["establishments", "jobs", "fte", "gross_pay"]

  /// A sum in tenths: whole numbers add up the same in any order, which floating-point numbers do not.
  private static func sum(_ column: String, _ condition: String? = nil) -> String {
    let filter = condition.map { " FILTER (\($0))" } ?? ""
    return "sum(round((\(column)) * 10)::BIGINT::HUGEINT * millionths)\(filter)::DOUBLE / 10000000"
  }

  /// Figures by measure for each value of an SQL expression over `family`, `subfamily`, `a88` and `size`; of what is
  /// outside the ESS the family is `F0`, or `FP` where it is public.
  package func figures(by expression: String) throws -> [String: [String: Figure]] { try figures(by: [expression])[0] }

  /// The same for several expressions, of all employers or of those of the ESS alone: the cells of a release are tens of
  /// millions, and read once.
  package func figures(by expressions: [String], ofESS: Bool = false) throws -> [[String: [String: Figure]]] {
    // Most cells are of those that no perimeter may let in.
    let perimeters = [perimeter.id] + (ofESS ? [] : ["*"])
    let condition = ofESS ? "family NOT IN ('F0', 'FP')" : "true"
    let isExact = "basis = 'exact'"
    let keys = Groupings(expressions)
    let rows = try release.store.rows(
      """
      SELECT \(keys.rank), \(keys.value), measure,
        \(Self.sum("value")), \(Self.sum("low")), \(Self.sum("high")), sum(unbounded)::BIGINT,
        coalesce(sum(contributors) FILTER (\(isExact)), 0)::BIGINT, coalesce(sum(contributors) FILTER (NOT \(isExact)), 0)::BIGINT,
        coalesce(sum(contributors) FILTER (NOT \(isExact) AND size = '\(Sizes.unknown)'), 0)::BIGINT,
        \(Self.sum("value", "mapping = 'approximate'")), \(Self.sum("value", "mapping = 'none'")),
        count(*) FILTER (millionths < 1000000 AND value <> 0)::BIGINT
      FROM (
        SELECT \(keys.columns), measure, basis, mapping, size, value, low, high, unbounded, contributors, millionths
        FROM cube JOIN place USING (territory)
        WHERE perimeter IN (\(perimeters.map(sqlText).joined(separator: ", "))) AND year = \(year) AND \(condition)
          AND measure IN (\(Self.measures.map { "'\($0)'" }.joined(separator: ", "))))
      GROUP BY \(keys.sets(with: ["measure"])) ORDER BY measure
      """)
    let units = try employerUnits(by: keys, where: condition)
    return expressions.indices.map { rank in
      figures(rows.filter { $0[0].integer == rank }.map { Array($0.dropFirst()) }, units[rank] ?? [:])
    }
  }

  private func figures(
    _ rows: [[Value]], _ units: [String: (count: Int, isApproximate: Bool)]
  ) -> [String: [String: Figure]] {
    var found: [String: [String: Figure]] = [:]
    // Establishments come first in this order: those that give the other measures are compared with all of them, each
    // whole, however little of it counts here.
    var employers: [String: Int] = [:]
    for row in rows {
      let (key, measure) = (row[0].text, row[1].text)
      let counts = (exact: row[6].integer ?? 0, estimated: row[7].integer ?? 0, unknown: row[8].integer ?? 0)
      if measure == "establishments" { employers[key] = counts.exact + counts.estimated }
      // Of the jobs, those whose band has no upper bound; of the others, those who do not give them.
      let unbounded =
        ["establishments", "jobs"].contains(measure) ? row[5].integer ?? 0 : (employers[key] ?? 0) - counts.exact
      let figure = Figure(
        value: row[2].number, low: row[3].number, high: row[4].number,
        basis: basis(measure, counts, unbounded: unbounded), unbounded: unbounded,
        mapping: Self.mapping(row[2].number, approximate: row[9].number, none: row[10].number)
      ).withoutValueIfMissing
      // Communes that lie here in part make a figure approximate only where they bring something to it.
      found[key, default: [:]][measure] = row[11].integer ?? 0 > 0 ? figure.asApproximated : figure
    }
    // Full-time equivalents and pay are known only where a unit-level file gives them.
    for key in found.keys {
      for measure in Self.measures where found[key]?[measure] == nil {
        found[key]?[measure] = Figure(basis: .missing)
      }
    }
    for (key, units) in units {
      let count = Double(units.count)
      let figure = Figure(value: count, low: count, high: count, basis: isPartial ? .partial : .exact)
      found[key, default: [:]]["units"] = units.isApproximate ? figure.asApproximated : figure
    }
    return found
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
    guard let whole = row?[1].number, whole > 0 else { return 0 }
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
  /// are counted from the units. One of communes that lie here in part counts as its largest part does.
  private func employerUnits(
    by keys: Groupings, where condition: String
  ) throws -> [Int: [String: (count: Int, isApproximate: Bool)]] {
    let rows = try release.store.rows(
      """
      SELECT rank, key, (sum(millionths)::DOUBLE / 1000000)::BIGINT, count(*) FILTER (millionths < 1000000)::BIGINT
      FROM (
        SELECT \(keys.rank) AS rank, \(keys.value) AS key, country, unit, max(millionths) AS millionths
        FROM (SELECT \(keys.columns), country, unit, millionths FROM (
          SELECT e.country, e.unit, e.size, millionths, coalesce(d.family, e.sector, 'F0') AS family,
            coalesce(d.subfamily, '') AS subfamily
          FROM employers e JOIN place USING (territory)
          -- One column of each side: a condition over both would compare every employer with every decision.
          LEFT JOIN (SELECT profile, family, subfamily FROM decisions WHERE perimeter = \(sqlText(perimeter.id))) d
            ON d.profile = e.\(perimeter.level == .unit ? "unit_profile" : "own_profile")
          WHERE e.year = \(year)) WHERE \(condition))
        GROUP BY \(keys.sets(with: ["country", "unit"])))
      GROUP BY rank, key
      """)
    var found: [Int: [String: (count: Int, isApproximate: Bool)]] = [:]
    for row in rows {
      let count = (count: row[2].integer ?? 0, isApproximate: row[3].integer ?? 0 > 0)
      found[row[0].integer ?? 0, default: [:]][row[1].text] = count
    }
    return found
  }
}
