import Nomenclature
import Perimeter
import Registers

/// The SQL between the stage and the release: judgements, facts a year, cells.
struct CubeSQL {
  let perimeters: [Perimeter]
  let sizes: Sizes
  /// The year for which the registers' own size bands speak.
  let stockYear: Int

  /// Every distinct combination that perimeters look at, and what each perimeter says of it.
  var decisions: String {
    """
    CREATE TABLE profile AS
      SELECT (row_number() OVER (ORDER BY country, form, activity_scheme, activity, lists))::INTEGER AS profile, *
      FROM (
        SELECT country_code(country) AS country, form, activity_scheme, activity, lists FROM unit
        UNION
        SELECT country_code(e.country), u.form, e.activity_scheme, e.activity, u.lists
        FROM establishment e JOIN unit u ON u.country = e.country AND u.id = e.unit);
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

  private var sizeClass: String {
    let cases = sizes.common.compactMap { band in
      band.low.map { "WHEN jobs >= \($0)" + (band.high.map { " AND jobs <= \($0)" } ?? "") + " THEN '\(band.code)'" }
    }
    return "CASE \(cases.joined(separator: " ")) ELSE '\(Sizes.unknown)' END"
  }

  /// One row an employer establishment and year: exact where a unit-level file gives the headcount,
  /// otherwise the bounds of its size band. The two never stand in one row.
  var facts: String {
    let others = Workforce.measures.dropFirst()
    return """
      CREATE TABLE fact AS
        SELECT e.country, e.id, e.unit, e.commune, e.division, e.unit_profile, e.own_profile, e.sector, e.candidate,
          w.year, 'exact' AS basis, \(sizeClass) AS size, 1 AS establishments,
          jobs, jobs AS low, jobs AS high, 0 AS unbounded,
          \(others.map { "nullif(w.\($0), -1) AS \($0)" }.joined(separator: ", "))
        FROM establishment_judged e JOIN workforce w ON w.country = e.country AND w.establishment = e.id
        WHERE w.jobs > 0
        UNION ALL
        SELECT e.country, e.id, e.unit, e.commune, e.division, e.unit_profile, e.own_profile, e.sector, e.candidate,
          \(stockYear), 'estimated', b.class, 1,
          NULL, coalesce(b.low, 0), coalesce(b.high, b.low, 0), CASE WHEN b.high IS NULL THEN 1 ELSE 0 END,
          \(others.map { _ in "NULL" }.joined(separator: ", "))
        FROM establishment_judged e JOIN band b ON b.index = e.band
        WHERE e.employer AND NOT EXISTS (
          SELECT 1 FROM workforce w WHERE w.country = e.country AND w.establishment = e.id AND w.year = \(stockYear));
      """
  }

  /// Long cells: commune x family x sub-family x division x size x year x measure, with who contributes.
  ///
  /// What no perimeter may let in has the perimeter `*`: the same denominator for all.
  var cube: String {
    let measures = Workforce.measures
    let dimensions = "perimeter, commune, family, subfamily, a88, size, year, basis"
    return """
      CREATE TABLE judged_fact AS
        SELECT d.perimeter, coalesce(d.family, f.sector, 'F0') AS family, coalesce(d.subfamily, '') AS subfamily, f.*
        FROM fact f JOIN decision d
          ON d.profile = CASE d.judged_at WHEN 'unit' THEN f.unit_profile ELSE f.own_profile END
        WHERE f.candidate
        UNION ALL
        SELECT '*', coalesce(f.sector, 'F0'), '', f.* FROM fact f WHERE NOT f.candidate;
      CREATE TABLE contribution AS
        SELECT perimeter, c.code AS commune, family, subfamily, v.code AS a88, size, year, basis, f.country, unit,
          sum(establishments) AS establishments, sum(low) AS low, sum(high) AS high, sum(unbounded) AS unbounded,
          \(measures.map { "sum(\($0)) AS \($0)" }.joined(separator: ", "))
        FROM judged_fact f JOIN commune c ON c.index = f.commune JOIN division v ON v.index = f.division
        GROUP BY ALL;
      CREATE TABLE cube AS
        SELECT \(dimensions), 'establishments' AS measure, sum(establishments)::DOUBLE AS value,
          sum(establishments)::DOUBLE AS low, sum(establishments)::DOUBLE AS high, 0::BIGINT AS unbounded,
          sum(establishments)::BIGINT AS contributors, count(*)::BIGINT AS units,
          max(establishments)::DOUBLE AS largest, coalesce(max(establishments, 2)[2], 0)::DOUBLE AS second
        FROM contribution GROUP BY ALL
        UNION ALL
        SELECT \(dimensions), 'jobs', (sum(low) + sum(high)) / 2.0, sum(low), sum(high), sum(unbounded), sum(establishments), count(*),
          max(high), coalesce(max(high, 2)[2], 0)
        FROM contribution WHERE basis = 'estimated' GROUP BY ALL
        UNION ALL
        \(measures.map { measure in
          let value = measure == "fte" ? "fte / 10.0" : measure
          return "SELECT \(dimensions), '\(measure)', sum(\(value))::DOUBLE, sum(\(value))::DOUBLE, sum(\(value))::DOUBLE, 0, sum(establishments), count(*), max(\(value))::DOUBLE, coalesce(max(\(value), 2)[2], 0)::DOUBLE FROM contribution WHERE basis = 'exact' AND \(measure) IS NOT NULL GROUP BY ALL"
        }.joined(separator: "\n        UNION ALL\n        "));
      """
  }
}
