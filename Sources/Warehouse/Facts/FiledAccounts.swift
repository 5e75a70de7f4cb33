import DuckStore
import Nomenclature
import Secrecy

/// The accounts that units filed: one row a deposit, its rubrics in cents, where the unit has its seat.
struct FiledAccounts {
  private let tables: FactTables

  init(_ tables: FactTables) { self.tables = tables }

  /// The measures that formulas name, and the rubric of each.
  static let rubrics = [
    ("income", "70/76A"), ("turnover", "70"), ("grants", "73"), ("other_income", "74"), ("purchases", "60"),
    ("services", "61"), ("staff_cost", "62"), ("depreciation", "630"), ("operating_result", "9901"), ("result", "9904"),
    ("equity", "10/15"), ("balance", "10/49"), ("debts_long", "17"), ("cash", "54/58"), ("accounts_fte", "9087"),
  ]

  private static let measures = rubrics.map { FactMeasure($0.0, .account, scale: 100) }

  func write(to path: String) throws {
    let models = tables.books.nomenclatures.accounts.models
    let traits = models + ["other"]
    let cases = models.enumerated().map { "WHEN \(sqlText($1)) THEN \($0)" }.joined(separator: " ")
    let model = cases.isEmpty ? "0" : "CASE d.model \(cases) ELSE \(models.count) END"
    let wanted = Self.rubrics.map { name, code in "max(v.value) FILTER (r.code = \(sqlText(code))) AS \(name)" }
    let division = Dimensions(tables.books.nomenclatures).unclassified
    try tables.write(
      Self.measures, traits: traits, to: path,
      inputs: [
        """
        CREATE TABLE filed AS
          SELECT u.country, u.id AS unit, u.profile, d.index, d.ended // 10000 AS year, \(model) AS model
          FROM deposit d JOIN unit_judged u ON u.country = 1 AND u.id = d.enterprise
        """,
        // The seat by the register, else where the head establishment is, else where any is.
        """
        CREATE TABLE filed_place AS
          SELECT f.unit, coalesce(min(s.commune), min(e.commune) FILTER (e.head AND e.commune >= 0),
              min(e.commune) FILTER (e.commune >= 0), -2) AS commune, min(e.division) FILTER (e.head) AS division, min(e.mapping) FILTER (e.head) AS mapping
          FROM (SELECT DISTINCT country, unit FROM filed) f
            LEFT JOIN establishment e ON e.country = f.country AND e.unit = f.unit AND e.active
            LEFT JOIN seat s ON s.country = f.country AND s.unit = f.unit
          GROUP BY f.unit
        """,
        """
        CREATE TABLE row_class AS
          SELECT DISTINCT 'BE' AS country, true AS candidate, profile AS unit_profile, profile AS own_profile, 'F0' AS sector
          FROM filed
        """,
        "CREATE TABLE row_unit AS SELECT DISTINCT country, unit FROM filed", FactSQL.noBands,
      ],
      rows: [
        """
        INSERT INTO ordered_fact BY NAME
          SELECT f.year, true AS candidate, u.index AS unit_index, m.position AS commune, m.position AS seat,
            c.index AS class, coalesce(p.division, \(division)) AS division, coalesce(p.mapping, 2) AS mapping,
            \(tables.unknownSize) AS size, f.model AS trait, 0 AS band, w.* EXCLUDE (deposit)
          FROM filed f JOIN filed_place p ON p.unit = f.unit
            JOIN (SELECT v.deposit, \(wanted.joined(separator: ", "))
              FROM account_value v JOIN rubric r ON r.index = v.rubric GROUP BY v.deposit) w ON w.deposit = f.index
            JOIN fact_unit u ON u.country = f.country AND u.unit = f.unit
            JOIN fact_commune m ON m.index = p.commune
            JOIN fact_class c ON c.unit_profile = f.profile
          ORDER BY f.year, u.index, f.index
        """
      ], others: ["filed", "filed_place"])
  }
}
