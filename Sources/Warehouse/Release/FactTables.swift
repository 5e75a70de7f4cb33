import DuckStore
import Nomenclature
import Perimeter
import Registers
import Secrecy

/// The facts of a build in the form and the order of their file (`Secrecy.Facts`): one row an employer and year.
struct FactTables {
  private let store: Store
  private let books: RuleBooks

  init(_ store: Store, _ books: RuleBooks) {
    self.store = store
    self.books = books
  }

  static let fileName = "facts.index"

  /// Full-time equivalents come in tenths.
  static let measures = Workforce.measures.map { name in
    FactMeasure(
      name, name == "gross_pay" || name == "women_pay" || name.hasPrefix("pay_") ? .pay : .headcount,
      scale: name == "jobs" || name == "fte" ? 10 : 1)
  }

  func write(to folder: String) throws {
    try store.run("SET preserve_insertion_order = true")
    for statement in statements { try store.run(statement) }
    for year in try store.rows("SELECT DISTINCT year::INTEGER FROM fact ORDER BY year").compactMap(\.[0].integer) {
      for isCandidate in [true, false] { try store.run(ordered(year, isCandidate)) }
    }
    let communes = try store.rows("SELECT code FROM fact_commune ORDER BY position").map { $0[0].text }
    let divisions = try store.rows("SELECT code FROM division ORDER BY index").map { $0[0].text }
    let sizes = books.nomenclatures.sizes.common.map(\.code)
    let lists = FactFileWriter.Lists(
      communes: communes, divisions: divisions, sizes: sizes, traits: sizes,
      perimeters: books.perimeters.map(\.id))
    try FactFileWriter(store, measures: Self.measures).write(to: "\(folder)/\(Self.fileName)", lists)
    for table in ["ordered_fact", "fact_class", "fact_decision", "fact_band", "fact_unit", "fact_commune", "fact_seat"] {
      try store.run("DROP TABLE \(table)")
    }
    try store.run("SET preserve_insertion_order = false")
  }

  private var statements: [String] {
    [
      """
      CREATE TABLE fact_commune AS
        SELECT (row_number() OVER (ORDER BY code) - 1)::UINTEGER AS position, index, code FROM commune
      """,
      """
      CREATE TABLE fact_unit AS
        SELECT (row_number() OVER (ORDER BY country, unit) - 1)::UINTEGER AS index, country, unit
        FROM (SELECT DISTINCT country, unit FROM fact)
      """,
      // Employers that no perimeter may let in have neither form nor activity here: only their sector counts.
      """
      CREATE TABLE fact_class AS
        SELECT (row_number() OVER (ORDER BY c.country, unit_profile, own_profile, sector) - 1)::UINTEGER AS index, c.*,
          coalesce(p.form, '') AS form, coalesce(p.activity_scheme, '') AS scheme, coalesce(p.activity, '') AS activity,
          coalesce(p.lists, '') AS lists
        FROM (SELECT DISTINCT country_code(country) AS country, candidate, coalesce(unit_profile, 0) AS unit_profile,
            coalesce(own_profile, 0) AS own_profile, coalesce(sector, 'F0') AS sector FROM fact) c
          LEFT JOIN profile p ON p.profile = c.unit_profile
      """,
      """
      CREATE TABLE fact_decision AS
        SELECT b.position AS perimeter, c.index AS class, coalesce(k.index, o.index)::INTEGER AS kind,
          CASE WHEN d.family IS NULL AND d.rule IS NULL THEN -1 ELSE d.rule END::INTEGER AS rule
        FROM fact_class c CROSS JOIN (\(perimeters)) b(position, id, own)
          LEFT JOIN decision d ON d.perimeter = b.id AND c.candidate
            AND d.profile = CASE WHEN b.own THEN c.own_profile ELSE c.unit_profile END
          LEFT JOIN kind k ON k.family = d.family AND k.subfamily = coalesce(d.subfamily, '')
          JOIN kind o ON o.family = c.sector AND o.subfamily = ''
      """,
      """
      CREATE TABLE fact_band AS
        SELECT 0 AS index, 0 AS low, 0 AS high, 0 AS unbounded
        UNION ALL
        SELECT row_number() OVER (ORDER BY low, high, unbounded), low, high, unbounded
        FROM (SELECT DISTINCT low, high, unbounded FROM fact WHERE NOT exact)
      """,
      // Where the unit has its seat, if its seat is known.
      """
      CREATE TABLE fact_seat AS
        SELECT e.country, e.unit, m.position AS commune FROM (
          SELECT country, unit, arg_min(commune, id) AS commune FROM establishment WHERE head GROUP BY country, unit) e
        JOIN fact_commune m ON m.index = e.commune AND e.commune >= 0
      """,
      """
      CREATE TABLE ordered_fact(year INTEGER, candidate BOOLEAN, unit_index UINTEGER, commune UINTEGER, seat UINTEGER,
        class UINTEGER, division UTINYINT, mapping UTINYINT, size UTINYINT, trait UTINYINT, band UTINYINT,
        \(Self.measures.map { "\($0.name) BIGINT" }.joined(separator: ", ")))
      """,
    ]
  }

  private var perimeters: String {
    let rows = books.perimeters.enumerated().map { position, perimeter in
      "(\(position), \(sqlText(perimeter.id)), \(perimeter.level == .establishment))"
    }
    return "VALUES \(rows.joined(separator: ", "))"
  }

  /// The rows of one year: a sort at a time, so that memory does not depend on how many years there are.
  private func ordered(_ year: Int, _ isCandidate: Bool) -> String {
    let sizes = books.nomenclatures.sizes.common
    let unknown = sizes.firstIndex { $0.code == Sizes.unknown } ?? 0
    let cases = sizes.enumerated().compactMap { position, band in
      band.low.map { "WHEN total >= \($0)" + (band.high.map { " AND total < \($0 + 1)" } ?? "") + " THEN \(position)" }
    }
    return """
      INSERT INTO ordered_fact BY NAME
        WITH f AS (SELECT * FROM fact WHERE year = \(year) AND \(isCandidate ? "candidate" : "NOT candidate")),
        employer AS (
          SELECT country, unit, CASE WHEN bool_and(size = \(unknown)) THEN \(unknown)
            ELSE CASE \(cases.joined(separator: " ")) ELSE \(unknown) END END AS class
          FROM (SELECT country, unit, size, sum(coalesce(jobs, (low + high) / 2)) OVER (PARTITION BY country, unit) AS total FROM f)
          GROUP BY country, unit, total)
        SELECT f.year, f.candidate, u.index AS unit_index, m.position AS commune, coalesce(s.commune, 4294967295) AS seat,
          c.index AS class, f.division, f.mapping, f.size, e.class AS trait,
          CASE WHEN f.exact THEN 0 ELSE b.index END AS band,
          \(Self.measures.map { "f.\($0.name)" }.joined(separator: ", "))
        FROM f JOIN fact_unit u ON u.country = f.country AND u.unit = f.unit
          JOIN fact_commune m ON m.index = f.commune
          JOIN fact_class c ON c.country = country_code(f.country) AND c.unit_profile = coalesce(f.unit_profile, 0)
            AND c.own_profile = coalesce(f.own_profile, 0) AND c.sector = coalesce(f.sector, 'F0') AND c.candidate = f.candidate
          JOIN employer e ON e.country = f.country AND e.unit = f.unit
          LEFT JOIN fact_band b ON b.low = f.low AND b.high = f.high AND b.unbounded = f.unbounded AND b.index > 0
          LEFT JOIN fact_seat s ON s.country = f.country AND s.unit = f.unit
        ORDER BY u.index, f.id, f.exact
      """
  }
}
