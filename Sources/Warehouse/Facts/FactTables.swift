import DuckStore
import Nomenclature
import Perimeter
import Registers
import Secrecy

/// The facts of a build in the form and the order of their files (`Secrecy.Facts`).
struct FactTables {
  let store: Store
  let books: RuleBooks

  init(_ store: Store, _ books: RuleBooks) {
    self.store = store
    self.books = books
  }

  /// The files of facts of a release: employers, units in successive stocks, filed accounts.
  static let employers = "facts.index"
  static let stocks = "stocks.index"
  static let accounts = "accounts.index"
  static let files = [employers, stocks, accounts]

  /// Full-time equivalents come in tenths.
  static let measures = Workforce.measures.map { name in
    FactMeasure(
      name, name == "gross_pay" || name == "women_pay" || name.hasPrefix("pay_") ? .pay : .headcount,
      scale: name == "jobs" || name == "fte" ? 10 : 1)
  }

  /// `stocks`: the year of each vintage that the states are of.
  func write(to folder: String, stocks: [StockYear]) throws {
    try store.run("SET preserve_insertion_order = true")
    try writeEmployers(to: "\(folder)/\(Self.employers)")
    try SuccessiveStocks(self, stocks).write(to: "\(folder)/\(Self.stocks)")
    try FiledAccounts(self).write(to: "\(folder)/\(Self.accounts)")
    try store.run("SET preserve_insertion_order = false")
  }

  /// Makes the small tables, then the rows, then the file; and leaves nothing behind.
  func write(
    _ measures: [FactMeasure], traits: [String], to path: String, inputs: [String], rows: [String],
    others: [String] = []
  ) throws {
    for statement in inputs + FactSQL(perimeters: books.perimeters).statements { try store.run(statement) }
    try store.run(FactSQL.orderedTable(measures))
    for statement in rows { try store.run(statement) }
    let communes = try store.rows("SELECT code FROM fact_commune ORDER BY position").map { $0[0].text }
    let divisions = try store.rows("SELECT code FROM division ORDER BY index").map { $0[0].text }
    let lists = FactFileWriter.Lists(
      communes: communes, divisions: divisions, sizes: sizes.map(\.code), traits: traits,
      perimeters: books.perimeters.map(\.id))
    try FactFileWriter(store, measures: measures).write(to: path, lists)
    for table in FactSQL.tables + others { try store.run("DROP TABLE \(table)") }
  }

  var sizes: [SizeBand] { books.nomenclatures.sizes.common }
  var unknownSize: Int { sizes.firstIndex { $0.code == Sizes.unknown } ?? 0 }

  private func writeEmployers(to path: String) throws {
    let years = try store.rows("SELECT DISTINCT year::INTEGER FROM fact ORDER BY year").compactMap(\.[0].integer)
    try write(
      Self.measures, traits: sizes.map(\.code), to: path,
      inputs: [
        """
        CREATE TABLE row_class AS
          SELECT DISTINCT country_code(country) AS country, candidate, coalesce(unit_profile, 0) AS unit_profile,
            coalesce(own_profile, 0) AS own_profile, coalesce(sector, 'F0') AS sector FROM fact
        """,
        "CREATE TABLE row_unit AS SELECT DISTINCT country, unit FROM fact",
        """
        CREATE TABLE fact_band AS
          SELECT 0 AS index, 0 AS low, 0 AS high, 0 AS unbounded
          UNION ALL
          SELECT row_number() OVER (ORDER BY low, high, unbounded), low, high, unbounded
          FROM (SELECT DISTINCT low, high, unbounded FROM fact WHERE NOT exact)
        """,
        // Where the unit has its seat, if its seat is known: by the register, else where its head establishment is.
        """
        CREATE TABLE fact_seat AS
          SELECT country, unit, coalesce(arg_min(s.commune, s.unit), arg_min(e.commune, e.id)) AS commune
          FROM (SELECT country, unit, id, commune FROM establishment WHERE head AND commune >= 0) e
            FULL JOIN seat s USING (country, unit)
          GROUP BY country, unit
        """,
      ],
      rows: years.flatMap { year in [true, false].map { ordered(year, isCandidate: $0) } }, others: ["fact_seat"])
  }

  /// The rows of one year: a sort at a time, so that memory does not depend on how many years there are.
  private func ordered(_ year: Int, isCandidate: Bool) -> String {
    let cases = sizes.enumerated().compactMap { position, band in
      band.low.map { "WHEN total >= \($0)" + (band.high.map { " AND total < \($0 + 1)" } ?? "") + " THEN \(position)" }
    }
    return """
      INSERT INTO ordered_fact BY NAME
        WITH f AS (SELECT * FROM fact WHERE year = \(year) AND \(isCandidate ? "candidate" : "NOT candidate")),
        -- The jobs of a unit are those of all its establishments, wherever they are.
        employer AS (
          SELECT country, unit, CASE WHEN known = 0 THEN \(unknownSize)
            ELSE CASE \(cases.joined(separator: " ")) ELSE \(unknownSize) END END AS class
          FROM (SELECT country, unit, sum(coalesce(jobs, (low + high) / 2)) AS total,
              count(*) FILTER (size <> \(unknownSize)) AS known FROM f GROUP BY country, unit))
        SELECT f.year, f.candidate, u.index AS unit_index, m.position AS commune, coalesce(s.position, 4294967295) AS seat,
          c.index AS class, f.division, f.mapping, f.size, e.class AS trait,
          CASE WHEN f.exact THEN 0 ELSE b.index END AS band,
          \(Self.measures.map { "f.\($0.name)" }.joined(separator: ", "))
        FROM f JOIN fact_unit u ON u.country = f.country AND u.unit = f.unit
          JOIN fact_commune m ON m.index = f.commune
          JOIN fact_class c ON c.country = country_code(f.country) AND c.unit_profile = coalesce(f.unit_profile, 0)
            AND c.own_profile = coalesce(f.own_profile, 0) AND c.sector = coalesce(f.sector, 'F0') AND c.candidate = f.candidate
          JOIN employer e ON e.country = f.country AND e.unit = f.unit
          LEFT JOIN fact_band b ON b.low = f.low AND b.high = f.high AND b.unbounded = f.unbounded AND b.index > 0
          LEFT JOIN fact_seat h ON h.country = f.country AND h.unit = f.unit
          LEFT JOIN fact_commune s ON s.index = h.commune
        ORDER BY u.index, f.id, f.exact
      """
  }
}
