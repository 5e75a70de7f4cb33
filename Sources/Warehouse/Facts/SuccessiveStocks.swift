import DuckStore
import Nomenclature
import Registers
import Secrecy

/// A stock of a register and the year at whose end it was taken.
struct StockYear {
  let country: Country
  let vintage: String
  let year: Int

  /// An extract of January tells of the end of the year before.
  init?(_ country: Country, _ vintage: String) {
    let parts = vintage.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first, year >= 1900 else { return nil }
    self.country = country
    self.vintage = vintage
    self.year = parts.count > 1 && parts[1] == 1 ? year - 1 : year
  }
}

/// The units of successive stocks: one row for what a unit is at the end of a year, and one for what it was at the end of
/// the year before, so that what came into any group and what went out of it can be told (`StockTabulation`).
struct SuccessiveStocks {
  private let tables: FactTables
  private let stocks: [StockYear]
  private var store: Store { tables.store }

  init(_ tables: FactTables, _ stocks: [StockYear]) {
    self.tables = tables
    // Of several stocks of one year, the last one tells of its end.
    var last: [String: StockYear] = [:]
    for stock in stocks.sorted(by: { $0.vintage < $1.vintage }) { last["\(stock.country) \(stock.year)"] = stock }
    self.stocks = last.values.sorted { ($0.country.rawValue, $0.year) < ($1.country.rawValue, $1.year) }
  }

  /// How many years of creation are told apart; those before are together.
  private static let mostCohorts = 60

  func write(to path: String) throws {
    let last = stocks.map(\.year).max() ?? 0
    let first = last - Self.mostCohorts + 1
    let cohorts = ["before"] + (stocks.isEmpty ? [] : (first...last).map(String.init))
    var rows: [String] = []
    for year in Set(stocks.map(\.year)).sorted() { rows.append(ordered(year, first: first, last: last)) }
    try tables.write(
      StockMeasure.all, traits: cohorts, to: path, inputs: inputs, rows: rows,
      others: ["stock_state", "stock_year", "stock_code"])
  }

  private var inputs: [String] {
    let years = stocks.map { "(\(Stage.index($0.country)), \(sqlText($0.vintage)), \($0.year))" }
    return [
      "CREATE TABLE stock_year(country UTINYINT, vintage VARCHAR, year INTEGER)",
      years.isEmpty ? "SELECT 1" : "INSERT INTO stock_year VALUES \(years.joined(separator: ", "))",
      """
      CREATE TABLE stock_state AS
        SELECT s.country, y.year, y.vintage, s.id AS unit, p.profile, s.form, s.activity_scheme, s.activity, s.lists,
          s.created, s.commune
        FROM state s JOIN stock_year y ON y.country = s.country AND y.vintage = s.vintage
          JOIN profile p ON p.country = country_code(s.country) AND p.form = s.form
            AND p.activity_scheme = s.activity_scheme AND p.activity = s.activity AND p.lists = s.lists
      """,
      """
      CREATE TABLE row_class AS
        SELECT DISTINCT country_code(country) AS country, true AS candidate, profile AS unit_profile,
          profile AS own_profile, 'F0' AS sector FROM stock_state
      """,
      "CREATE TABLE row_unit AS SELECT DISTINCT country, unit FROM stock_state", FactSQL.noBands,
      "CREATE TABLE stock_code(scheme VARCHAR, activity VARCHAR, division UTINYINT, mapping UTINYINT)",
    ] + divisions
  }

  /// The division of each activity that the units of the stocks have.
  private var divisions: [String] {
    let rows =
      (try? store.rows("SELECT DISTINCT activity_scheme, activity FROM state ORDER BY ALL")) ?? []
    let values = rows.map { row -> String in
      let scheme = ActivityScheme(rawValue: row[0].text)
      let (division, quality) =
        scheme.map { tables.books.nomenclatures.activities.division(of: Activity($0, row[1].text)) }
        ?? (Sectors.unclassified, .none)
      let index = Dimensions(tables.books.nomenclatures).index(ofDivision: division)
      return "(\(sqlText(row[0].text)), \(sqlText(row[1].text)), \(index), \(Dimensions.index(quality)))"
    }
    return values.isEmpty ? [] : ["INSERT INTO stock_code VALUES \(values.joined(separator: ", "))"]
  }

  /// What each unit is and was; `change` says what became of it in between (`StockMeasure.Change`).
  private func ordered(_ year: Int, first: Int, last: Int) -> String {
    let pairs = stocks.filter { $0.year == year }.map { stock -> String in
      // The stock before may be of some years ago: what came and went in between is told of this year.
      let before = stocks.last { $0.country == stock.country && $0.year < year }
      let country = Stage.index(stock.country)
      let changes = StockMeasure.Change.self
      guard let before else {
        return """
          SELECT country, unit, 1 AS side, \(changes.first.rawValue) AS change, 0 AS differs, profile, commune, created,
            activity_scheme, activity
          FROM stock_state WHERE country = \(country) AND year = \(year)
          """
      }
      let day = "\(before.vintage)-01-01".prefix(10).filter { $0 != "-" }
      let elsewhere = { (vintage: String) in
        "(SELECT id FROM elsewhere WHERE country = \(country) AND vintage = \(sqlText(vintage)))"
      }
      let differs = """
        (CASE WHEN a.form IS DISTINCT FROM b.form THEN 1 ELSE 0 END + CASE WHEN a.activity IS DISTINCT FROM b.activity THEN 2 ELSE 0 END
          + CASE WHEN a.lists IS DISTINCT FROM b.lists THEN 4 ELSE 0 END)
        """
      return """
        SELECT a.country, a.unit, 1 AS side,
          CASE WHEN b.unit IS NOT NULL THEN \(changes.both.rawValue)
            WHEN a.unit IN \(elsewhere(before.vintage)) THEN CASE WHEN a.lists <> '' THEN \(changes.list.rawValue) ELSE \(changes.form.rawValue) END
            WHEN a.created >= \(day) THEN \(changes.creation.rawValue) ELSE \(changes.appearance.rawValue) END AS change,
          \(differs) AS differs, a.profile, a.commune, a.created, a.activity_scheme, a.activity
        FROM (SELECT * FROM stock_state WHERE country = \(country) AND year = \(year)) a
          LEFT JOIN (SELECT * FROM stock_state WHERE country = \(country) AND year = \(before.year)) b ON b.unit = a.unit
        UNION ALL
        SELECT b.country, b.unit, 0,
          CASE WHEN a.unit IS NOT NULL THEN \(changes.both.rawValue)
            WHEN b.unit IN \(elsewhere(stock.vintage)) THEN CASE WHEN b.lists <> '' THEN \(changes.list.rawValue) ELSE \(changes.form.rawValue) END
            ELSE \(changes.cessation.rawValue) END,
          \(differs), b.profile, b.commune, b.created, b.activity_scheme, b.activity
        FROM (SELECT * FROM stock_state WHERE country = \(country) AND year = \(before.year)) b
          LEFT JOIN (SELECT * FROM stock_state WHERE country = \(country) AND year = \(year)) a ON a.unit = b.unit
        """
    }
    let created = "r.created // 10000"
    return """
      INSERT INTO ordered_fact BY NAME
        SELECT \(year) AS year, true AS candidate, u.index AS unit_index, m.position AS commune, m.position AS seat,
          c.index AS class, d.division, d.mapping, \(tables.unknownSize) AS size,
          CASE WHEN \(created) < \(first) OR \(created) > \(last) THEN 0 ELSE \(created) - \(first) + 1 END AS trait, 0 AS band,
          r.side, r.change, r.differs,
          CASE WHEN r.created > 0 AND \(created) <= \(year) - (1 - r.side) THEN \(year) - (1 - r.side) - \(created) END AS age
        FROM (\(pairs.joined(separator: "\nUNION ALL\n"))) r
          JOIN fact_unit u ON u.country = r.country AND u.unit = r.unit
          JOIN fact_commune m ON m.index = r.commune
          JOIN fact_class c ON c.country = country_code(r.country) AND c.unit_profile = r.profile
          JOIN stock_code d ON d.scheme = r.activity_scheme AND d.activity = r.activity
        ORDER BY u.index, r.side
      """
  }
}
