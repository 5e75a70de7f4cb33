import DuckStore
import Perimeter
import Secrecy

/// What every file of facts needs beside its rows: classes of what perimeters look at, what each perimeter says of them,
/// units, communes.
///
/// Its input is a table `row_class(country, candidate, unit_profile, own_profile, sector)` and one `row_unit(country, unit)`.
struct FactSQL {
  let perimeters: [Perimeter]

  static let tables = [
    "ordered_fact", "fact_class", "fact_decision", "fact_band", "fact_unit", "fact_commune", "row_class", "row_unit",
  ]

  var statements: [String] {
    [
      """
      CREATE TABLE fact_commune AS
        SELECT (row_number() OVER (ORDER BY code) - 1)::UINTEGER AS position, index, code FROM commune
      """,
      """
      CREATE TABLE fact_unit AS
        SELECT (row_number() OVER (ORDER BY country, unit) - 1)::UINTEGER AS index, country, unit FROM row_unit
      """,
      // Employers that no perimeter may let in have neither form nor activity here: only their sector counts.
      """
      CREATE TABLE fact_class AS
        SELECT (row_number() OVER (ORDER BY c.country, candidate, unit_profile, own_profile, sector) - 1)::UINTEGER AS index,
          c.*, coalesce(p.form, '') AS form, coalesce(p.activity_scheme, '') AS scheme, coalesce(p.activity, '') AS activity,
          coalesce(p.lists, '') AS lists
        FROM row_class c LEFT JOIN profile p ON p.profile = c.unit_profile
      """,
      """
      CREATE TABLE fact_decision AS
        SELECT b.position AS perimeter, c.index AS class, coalesce(k.index, o.index)::INTEGER AS kind,
          coalesce(d.rule, -1)::INTEGER AS rule
        FROM fact_class c CROSS JOIN (\(positions)) b(position, id, own)
          LEFT JOIN decision d ON d.perimeter = b.id AND c.candidate
            AND d.profile = CASE WHEN b.own THEN c.own_profile ELSE c.unit_profile END
          LEFT JOIN kind k ON k.family = d.family AND k.subfamily = coalesce(d.subfamily, '')
          JOIN kind o ON o.family = c.sector AND o.subfamily = ''
      """,
    ]
  }

  private var positions: String {
    let rows = perimeters.enumerated().map { position, perimeter in
      "(\(position), \(sqlText(perimeter.id)), \(perimeter.level == .establishment))"
    }
    return "VALUES \(rows.joined(separator: ", "))"
  }

  static func orderedTable(_ measures: [FactMeasure]) -> String {
    """
    CREATE TABLE ordered_fact(year INTEGER, candidate BOOLEAN, unit_index UINTEGER, commune UINTEGER, seat UINTEGER,
      class UINTEGER, division UTINYINT, mapping UTINYINT, size UTINYINT, trait UTINYINT, band UTINYINT,
      \(measures.map { "\($0.name) BIGINT" }.joined(separator: ", ")))
    """
  }

  /// Facts that have no size bands.
  static let noBands = "CREATE TABLE fact_band AS SELECT 0 AS index, 0 AS low, 0 AS high, 0 AS unbounded"
}
