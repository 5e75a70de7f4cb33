import DuckStore
import Nomenclature
import Perimeter
import Registers

/// The SQL between the stage and the release: judgements, facts a year, cells.
struct CubeSQL {
  let perimeters: [Perimeter]
  let sizes: Sizes
  /// By country, the year for which its register's own size bands speak.
  let stockYears: [String: Int]

  /// Every distinct combination that perimeters look at, and what each perimeter says of it.
  var decisions: String {
    """
    CREATE TABLE profile AS
      SELECT (row_number() OVER (ORDER BY country, form, activity_scheme, activity, lists))::INTEGER AS profile, *
      FROM (
        SELECT country_code(country) AS country, form, activity_scheme, activity, lists FROM unit
        UNION
        SELECT country_code(e.country), u.form, e.activity_scheme, e.activity, u.lists
        FROM establishment e JOIN unit u ON u.country = e.country AND u.id = e.unit
        UNION
        SELECT country_code(country), form, activity_scheme, activity, lists FROM state);
    CREATE TABLE decision AS
      \(perimeters.map { perimeter in
        "SELECT '\(perimeter.id)' AS perimeter, '\(perimeter.level.rawValue)' AS judged_at, profile, rule, family, subfamily FROM (\(perimeter.sql(over: "profile")))"
      }.joined(separator: "\n      UNION ALL\n      "));
    CREATE TABLE unit_judged AS
      SELECT u.*, p.profile FROM unit u JOIN profile p ON p.country = country_code(u.country)
        AND p.form = u.form AND p.activity_scheme = u.activity_scheme AND p.activity = u.activity AND p.lists = u.lists;
    CREATE TABLE establishment_judged AS
      SELECT e.*, u.profile AS unit_profile, p.profile AS own_profile, f.sector, u.id IS NOT NULL AS candidate
      FROM establishment e
        LEFT JOIN unit_judged u ON u.country = e.country AND u.id = e.unit
        LEFT JOIN profile p ON u.id IS NOT NULL AND p.country = country_code(e.country) AND p.form = u.form
          AND p.activity_scheme = e.activity_scheme AND p.activity = e.activity AND p.lists = u.lists
        LEFT JOIN form f ON f.index = e.form;
    """
  }

  /// Position in the common grid of a number of jobs.
  private var sizeClass: String {
    let cases = sizes.common.enumerated().compactMap { position, band in
      band.low.map { low in
        "WHEN jobs >= \(low)" + (band.high.map { " AND jobs <= \($0)" } ?? "") + " THEN \(position)"
      }
    }
    return "CASE \(cases.joined(separator: " ")) ELSE \(unknownSize) END"
  }

  private var unknownSize: Int { sizes.common.firstIndex { $0.code == Sizes.unknown } ?? 0 }

  /// One row an employer establishment and year: exact where a unit-level file gives the headcount,
  /// otherwise the bounds of its size band. The two never stand in one row.
  var facts: String {
    let others = Self.others
    let classes = sizes.common.enumerated().map { "(\($0), '\($1.code)')" }.joined(separator: ", ")
    return """
      CREATE TABLE size_class AS SELECT i::UTINYINT AS index, code FROM (VALUES \(classes)) AS list(i, code);
      CREATE TABLE stock(country UTINYINT, year INTEGER);
      \(stockYears.sorted { $0.key < $1.key }.map { country, year in
        "INSERT INTO stock VALUES (\(Country(rawValue: country).map(Stage.index) ?? 0), \(year));"
      }.joined(separator: "\n      "))
      CREATE TABLE fact AS
        SELECT e.country, e.id, e.unit, e.commune, e.division, e.mapping, e.unit_profile, e.own_profile, e.sector, e.candidate,
          w.year, true AS exact, (\(sizeClass))::UTINYINT AS size, jobs, jobs AS low, jobs AS high, 0::UTINYINT AS unbounded,
          \(others.map { "nullif(w.\($0), -1) AS \($0)" }.joined(separator: ", "))
        FROM establishment_judged e JOIN workforce w ON w.country = e.country AND w.establishment = e.id
          LEFT JOIN stock k ON k.country = e.country
        -- Nobody on 31 December, but somebody was paid in the year, or the register says that it employs.
        WHERE w.jobs > 0 OR w.fte > 0 OR w.gross_pay > 0 OR (e.employer AND w.year = k.year)
        UNION ALL
        SELECT e.country, e.id, e.unit, e.commune, e.division, e.mapping, e.unit_profile, e.own_profile, e.sector, e.candidate,
          k.year, false, s.index, NULL, coalesce(b.low, 0), coalesce(b.high, b.low, 0),
          CASE WHEN b.high IS NULL THEN 1 ELSE 0 END, \(others.map { _ in "NULL" }.joined(separator: ", "))
        FROM establishment_judged e JOIN band b ON b.index = e.band JOIN size_class s ON s.code = b.class
          JOIN stock k ON k.country = e.country
        WHERE e.employer AND NOT EXISTS (
          SELECT 1 FROM workforce w WHERE w.country = e.country AND w.establishment = e.id AND w.year = k.year);
      CREATE TABLE kind AS
        SELECT (row_number() OVER (ORDER BY family, subfamily))::INTEGER AS index, family, subfamily FROM (
          SELECT DISTINCT family, coalesce(subfamily, '') AS subfamily FROM decision WHERE family IS NOT NULL
          UNION SELECT 'F0', '' UNION SELECT 'FP', '');
      """
  }

  /// What `cells` fills.
  var cellTable: String {
    """
      CREATE TABLE cell(perimeter VARCHAR, commune INTEGER, kind INTEGER, division UTINYINT, mapping UTINYINT, size UTINYINT, year INTEGER,
        exact BOOLEAN, establishments BIGINT, units BIGINT, low BIGINT, high BIGINT, unbounded BIGINT,
        \((Self.ranked.map { "largest_\($0) BIGINT, second_\($0) BIGINT" } + Self.summed.map { "\($0) BIGINT" } + Self.partial.map { "known_\($0) BIGINT, units_\($0) BIGINT" }).joined(separator: ", ")));
    """
  }

  /// One row a country and year that some source speaks of; its columns are those of `Manifest.Coverage`.
  var coverage: String {
    """
    SELECT coalesce(f.country, w.country), coalesce(f.year, w.year), coalesce(exact, 0), coalesce(estimated, 0),
      coalesce(w.rows, 0), coalesce(w.matched, 0), \(Self.others.map { "coalesce(f.\($0), 0)" }.joined(separator: ", "))
    FROM (SELECT country_code(country) AS country, year, count(*) FILTER (exact) AS exact,
        count(*) FILTER (NOT exact) AS estimated, \(Self.others.map { "count(\($0)) AS \($0)" }.joined(separator: ", "))
      FROM fact GROUP BY ALL) f
    FULL JOIN (SELECT country_code(w.country) AS country, w.year, count(*) AS rows, count(e.id) AS matched
      FROM workforce w LEFT JOIN establishment e ON e.country = w.country AND e.id = w.establishment GROUP BY ALL) w
      ON w.country = f.country AND w.year = f.year
    ORDER BY ALL
    """
  }

  func coverage(_ row: [Value]) -> Manifest.Coverage {
    let counts = Self.others.enumerated().map { ($1, row[6 + $0].integer ?? 0) }
    return Manifest.Coverage(
      country: row[0].text, year: row[1].integer ?? 0, exact: row[2].integer ?? 0, estimated: row[3].integer ?? 0,
      workforceRows: row[4].integer ?? 0, workforceMatched: row[5].integer ?? 0,
      measures: Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 }))
  }

  /// What cells add up; the other measures are in employers.parquet and in the facts, which tables are made of.
  static let summed = ["jobs", "fte", "gross_pay"]
  private static let partial = Array(summed.dropFirst())

  /// Quantities of which the two largest contributions are kept: what dominance rules look at. Those of the
  /// others are in employers.parquet.
  private static let ranked = ["establishments", "high", "fte", "gross_pay"]

  /// The measures beside the jobs: a file may give some of them, for some establishments.
  private static let others = Array(Workforce.measures.dropFirst())

  /// How many facts are summed up at once: memory does not depend on how many there are.
  private static let factsAtOnce = 600_000

  /// The facts that perimeters look at, and those that none of them may let in.
  static let factCounts = "SELECT count(*) FILTER (candidate), count(*) FILTER (NOT candidate) FROM fact"

  /// The cells of one perimeter and of some of the communes, one statement each: no cell has more than one commune.
  ///
  /// What no perimeter may let in has the perimeter `*`: the same denominator for all.
  func cells(candidates: Int, others: Int) -> [String] {
    let dimensions = "commune, kind, division, mapping, size, year, exact"
    let sums = ["establishments", "low", "high", "unbounded"] + Self.summed
    func statements(_ perimeter: String, _ facts: String, count: Int) -> [String] {
      let parts = max(1, (count + Self.factsAtOnce - 1) / Self.factsAtOnce)
      return (0..<parts).map { part in
        statement(perimeter, parts == 1 ? facts : "\(facts) AND abs(f.commune) % \(parts) = \(part)")
      }
    }
    func statement(_ perimeter: String, _ facts: String) -> String {
      let ranks = Self.ranked.map {
        "row_number() OVER (PARTITION BY \(dimensions) ORDER BY \($0) DESC NULLS LAST, country, unit) AS rank_\($0)"
      }
      let seconds = Self.ranked.map { "max(\($0)) FILTER (WHERE rank_\($0) = 2) AS second_\($0)" }
      return """
        CREATE OR REPLACE TEMP TABLE contribution AS
          SELECT \(dimensions), country, unit, count(*) AS establishments,
            \((sums.dropFirst().map { "sum(\($0))::BIGINT AS \($0)" } + Self.partial.map { "count(\($0)) AS known_\($0)" }).joined(separator: ", "))
          FROM (\(facts)) GROUP BY ALL;
        CREATE OR REPLACE TEMP TABLE total AS
          SELECT \(dimensions), count(*) AS units, \(sums.map { "sum(\($0))::BIGINT AS \($0)" }.joined(separator: ", ")),
            \(Self.partial.map { "sum(known_\($0))::BIGINT AS known_\($0), count(\($0)) AS units_\($0)" }.joined(separator: ", ")),
            \(Self.ranked.map { "max(\($0)) AS largest_\($0)" }.joined(separator: ", "))
          FROM contribution GROUP BY ALL;
        -- Most cells hold one unit: only the others have a second one.
        INSERT INTO cell BY NAME
          SELECT '\(perimeter)' AS perimeter, t.*, \(Self.ranked.map { "coalesce(second_\($0), 0) AS second_\($0)" }.joined(separator: ", "))
          FROM total t LEFT JOIN (
            SELECT \(dimensions), \(seconds.joined(separator: ", ")) FROM (
              SELECT \(dimensions), \((Self.ranked + ranks).joined(separator: ", "))
              FROM contribution SEMI JOIN (SELECT * FROM total WHERE units > 1) USING (\(dimensions)))
            GROUP BY ALL) USING (\(dimensions));
        """
    }
    return perimeters.flatMap { perimeter in
      statements(
        perimeter.id,
        """
        SELECT f.*, k.index AS kind FROM fact f
          JOIN decision d ON d.perimeter = '\(perimeter.id)'
            AND d.profile = f.\(perimeter.level == .unit ? "unit_profile" : "own_profile")
          JOIN kind k ON k.family = coalesce(d.family, f.sector, 'F0') AND k.subfamily = coalesce(d.subfamily, '')
        WHERE f.candidate
        """, count: candidates)
    }
      + statements(
        "*",
        """
        SELECT f.*, k.index AS kind FROM fact f
          JOIN kind k ON k.family = coalesce(f.sector, 'F0') AND k.subfamily = '' WHERE NOT f.candidate
        """, count: others)
  }

  /// The cells in their order, and the view that unfolds each into one row a measure: sorted once, not once a
  /// measure.
  ///
  /// Names are enumerations, in the order of their text: writing thirty million rows, each text would be hashed again
  /// for the dictionary of its column.
  var cube: String {
    let measures = (["establishments"] + Self.summed).map { "'\($0)'" }.joined(separator: ", ")
    return """
      CREATE TYPE perimeter_name AS ENUM (SELECT DISTINCT perimeter FROM cell ORDER BY perimeter);
      CREATE TYPE territory_name AS ENUM (SELECT code FROM commune ORDER BY code);
      CREATE TYPE family_name AS ENUM (SELECT DISTINCT family FROM kind ORDER BY family);
      CREATE TYPE subfamily_name AS ENUM (SELECT DISTINCT subfamily FROM kind ORDER BY subfamily);
      CREATE TYPE division_name AS ENUM (SELECT code FROM division ORDER BY code);
      CREATE TYPE size_name AS ENUM (SELECT code FROM size_class ORDER BY code);
      CREATE TYPE measure_name AS ENUM (\(measures));
      CREATE TYPE mapping_name AS ENUM (\(Self.qualities.map { "'\($0)'" }.joined(separator: ", ")));
      CREATE TYPE basis_name AS ENUM ('estimated', 'exact');
      CREATE TABLE named_commune AS SELECT index, code::territory_name AS territory FROM commune;
      CREATE TABLE named_kind AS
        SELECT index, family::family_name AS family, subfamily::subfamily_name AS subfamily FROM kind;
      CREATE TABLE named_division AS SELECT index, code::division_name AS a88 FROM division;
      CREATE TABLE named_size AS SELECT index, code::size_name AS size FROM size_class;
      CREATE TABLE sorted_cell AS
        SELECT perimeter::perimeter_name AS perimeter, m.territory, k.family, k.subfamily, v.a88,
          [\(Self.qualities.map { "'\($0)'" }.joined(separator: ", "))][1 + c.mapping]::mapping_name AS mapping, s.size, c.year,
          CASE WHEN exact THEN 'exact'::basis_name ELSE 'estimated'::basis_name END AS basis,
          c.* EXCLUDE (perimeter, commune, kind, division, mapping, size, year)
        FROM cell c JOIN named_commune m ON m.index = c.commune JOIN named_kind k ON k.index = c.kind
          JOIN named_division v ON v.index = c.division JOIN named_size s ON s.index = c.size
        ORDER BY c.perimeter, m.territory, k.family, k.subfamily, v.a88, c.mapping, s.size, c.year, c.exact;
      DROP TABLE cell;
      CREATE VIEW cube AS
        SELECT perimeter, territory, family, subfamily, a88, mapping, size, year, m.measure, basis, m.value, m.low, m.high,
          m.unbounded, m.contributors, m.units, m.largest, m.second
        FROM (SELECT perimeter, territory, family, subfamily, a88, mapping, size, year, basis,
          unnest([\(measureStructs)]) AS m FROM sorted_cell)
        WHERE m.value IS NOT NULL;
      """
  }

  private static let qualities = ActivityMapping.Quality.allCases.map(\.rawValue)

  /// One structure a measure. Largest and second are null where they are not kept.
  private var measureStructs: String {
    func structure(
      _ measure: String, value: String, low: String, high: String, unbounded: String, largest: String, second: String,
      contributors: String = "establishments", units: String = "units"
    ) -> String {
      "{'measure': '\(measure)'::measure_name, 'value': (\(value))::DOUBLE, 'low': (\(low))::DOUBLE, 'high': (\(high))::DOUBLE, "
        + "'unbounded': \(unbounded), 'contributors': \(contributors), 'units': \(units), 'largest': (\(largest))::DOUBLE, 'second': (\(second))::DOUBLE}"
    }
    let establishments = structure(
      "establishments", value: "establishments", low: "establishments", high: "establishments", unbounded: "0::BIGINT",
      largest: "largest_establishments", second: "second_establishments")
    let jobs = structure(
      "jobs", value: "CASE WHEN exact THEN jobs ELSE (low + high) / 2.0 END", low: "low", high: "high",
      unbounded: "unbounded", largest: "largest_high", second: "second_high")
    let others = Self.partial.map { measure in
      let value = measure == "fte" ? "fte / 10.0" : measure
      let scale = measure == "fte" ? " / 10.0" : ""
      let isRanked = Self.ranked.contains(measure)
      return structure(
        measure, value: value, low: value, high: value, unbounded: "0::BIGINT",
        largest: isRanked ? "largest_\(measure)\(scale)" : "NULL",
        second: isRanked ? "second_\(measure)\(scale)" : "NULL",
        contributors: "known_\(measure)", units: "units_\(measure)")
    }
    return ([establishments, jobs] + others).joined(separator: ", ")
  }
}
