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

  /// One structure a measure, unfolded into rows: the cells are sorted once, not once a measure.
  private var measureStructs: String {
    func structure(
      _ measure: String, value: String, low: String, high: String, unbounded: String, top: String
    ) -> String {
      "{'measure': '\(measure)', 'value': (\(value))::DOUBLE, 'low': (\(low))::DOUBLE, 'high': (\(high))::DOUBLE, "
        + "'unbounded': \(unbounded), 'largest': (\(top)[1])::DOUBLE, 'second': (\(top)[2])::DOUBLE}"
    }
    let isExact = "basis = 'exact'"
    let jobs = structure(
      "jobs", value: "CASE WHEN \(isExact) THEN jobs ELSE (low + high) / 2.0 END", low: "low", high: "high",
      unbounded: "unbounded", top: "top_high")
    let establishments = structure(
      "establishments", value: "establishments", low: "establishments", high: "establishments", unbounded: "0",
      top: "top_establishments")
    let others = Workforce.measures.dropFirst().map { measure in
      let scale = measure == "fte" ? " / 10.0" : ""
      return structure(
        measure, value: "\(measure)\(scale)", low: "\(measure)\(scale)", high: "\(measure)\(scale)", unbounded: "0",
        top: measure == "fte" ? "list_transform(top_fte, lambda x: x / 10.0)" : "top_\(measure)")
    }
    return ([establishments, jobs] + others).joined(separator: ", ")
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
      CREATE TABLE cell AS
        SELECT \(dimensions), count(*)::BIGINT AS units, sum(low) AS low, sum(high) AS high, sum(unbounded)::BIGINT AS unbounded,
          max(high, 2) AS top_high, \((["establishments"] + measures).map { "sum(\($0)) AS \($0), max(\($0), 2) AS top_\($0)" }.joined(separator: ", "))
        FROM contribution GROUP BY ALL ORDER BY ALL;
      CREATE VIEW cube AS
        SELECT perimeter, commune AS territory, family, subfamily, a88, size, year, m.measure, basis, m.value, m.low, m.high,
          m.unbounded, establishments::BIGINT AS contributors, units, m.largest, coalesce(m.second, 0) AS second
        FROM (SELECT \(dimensions), establishments, units, unnest([\(measureStructs)]) AS m FROM cell)
        WHERE m.value IS NOT NULL;
      """
  }
}
