internal import Diagnostics
internal import DuckStore
package import Nomenclature
package import Perimeter
package import Territory

/// What became of the units of a perimeter between two stocks of a register, by family.
///
/// Every row is an account: stock before + what came in − what went out = stock after, for a family and for the whole.
package struct Changes: Sendable {
  /// Why a unit came into a family of this territory, or left it.
  package enum Reason: String, Sendable, CaseIterable {
    /// Created since the stock before; there now without having been created since; gone.
    case creation, appearance, cessation
    /// From or to another commune; under another legal form; another activity; another list or rule alone.
    case move, form, activity, list
  }

  package struct Row: Sendable {
    /// A family of the ESS; empty for the whole.
    package let family: String
    package let before: Int
    package let after: Int
    package let came: [Reason: Int]
    package let went: [Reason: Int]

    package var isBalanced: Bool {
      before + came.values.reduce(0, +) - went.values.reduce(0, +) == after
    }
  }

  package let territory: Territory
  package let perimeter: Perimeter
  package let country: Country
  package let from: String
  package let to: String
  package let rows: [Row]
  /// Units that stayed in the family and changed their form, activity or commune inside of the territory.
  package let within: [Reason: Int]

  /// The dated stocks of each country that the release knows.
  package static func vintages(_ release: Release) throws -> [Country: [String]] {
    var found: [Country: [String]] = [:]
    for row in try release.store.rows("SELECT DISTINCT country, vintage FROM states ORDER BY ALL") {
      if let country = Country(rawValue: row[0].text) { found[country, default: []].append(row[1].text) }
    }
    return found
  }

  package init(
    _ release: Release, _ perimeter: Perimeter, _ territory: Territory, _ book: TerritoryBook, _ country: Country,
    from: String, to: String
  ) throws {
    (self.territory, self.perimeter, self.country) = (territory, perimeter, country)
    (self.from, self.to) = (from, to)
    try Self.lend(territory, book, to: release.store)
    let rows = try release.store.rows(Self.query(perimeter, country, from, to))
    var before: [String: Int] = [:]
    var after: [String: Int] = [:]
    var came: [String: [Reason: Int]] = [:]
    var went: [String: [Reason: Int]] = [:]
    var within: [Reason: Int] = [:]
    for row in rows {
      let (old, new, count) = (row[0].text, row[1].text, row[3].integer ?? 0)
      let reason = Reason(rawValue: row[2].text)
      if !old.isEmpty {
        before[old, default: 0] += count
        before["", default: 0] += count
      }
      if !new.isEmpty {
        after[new, default: 0] += count
        after["", default: 0] += count
      }
      guard let reason else { continue }
      if old == new { within[reason, default: 0] += count }
      if !new.isEmpty, old != new {
        came[new, default: [:]][reason, default: 0] += count
        if old.isEmpty { came["", default: [:]][reason, default: 0] += count }
      }
      if !old.isEmpty, old != new {
        went[old, default: [:]][reason, default: 0] += count
        if new.isEmpty { went["", default: [:]][reason, default: 0] += count }
      }
    }
    self.within = within
    let families = Set(before.keys).union(after.keys).subtracting([""]).sorted()
    self.rows = (families + [""]).map { family in
      Row(
        family: family, before: before[family] ?? 0, after: after[family] ?? 0, came: came[family] ?? [:],
        went: went[family] ?? [:])
    }
  }

  private static func lend(_ territory: Territory, _ book: TerritoryBook, to store: Store) throws {
    try store.run("CREATE OR REPLACE TEMP TABLE ground(territory VARCHAR)")
    let appender = try store.appender("ground", [.text])
    for commune in book.communes(of: territory.code) {
      appender.add(commune.code)
      try appender.endRow()
    }
    // What could not be placed stays in its country.
    for country in territory.wholeCountries {
      appender.add("\(country.rawValue)-COM-ZZZZZ")
      try appender.endRow()
    }
    try appender.finish()
  }

  /// The family of each unit in either stock, empty outside of the perimeter or of the territory, and why they differ.
  private static func query(_ perimeter: Perimeter, _ country: Country, _ from: String, _ to: String) -> String {
    func stock(_ vintage: String) -> String {
      """
      SELECT s.*, coalesce(d.family, '') AS judged, s.territory IN (FROM ground) AS here, coalesce(p.lists, '') <> '' AS listed
      FROM states s LEFT JOIN decisions d ON d.profile = s.profile AND d.perimeter = \(sqlText(perimeter.id))
        LEFT JOIN profiles p ON p.profile = s.profile
      WHERE s.country = '\(country.rawValue)' AND s.vintage = \(sqlText(vintage))
      """
    }
    let day = "\(from)-01-01".prefix(10).filter { $0 != "-" }
    return """
      WITH b AS (\(stock(from))), a AS (\(stock(to))),
      pair AS (
        SELECT coalesce(CASE WHEN b.here THEN b.judged END, '') AS old, coalesce(CASE WHEN a.here THEN a.judged END, '') AS new,
          CASE
            WHEN b.id IS NULL AND a.created >= \(day) THEN 'creation'
            WHEN b.id IS NULL THEN 'appearance'
            WHEN a.id IS NULL THEN 'cessation'
            -- In one of the stocks it is of no form that a perimeter lets in, and on no list.
            WHEN a.profile IS NULL THEN CASE WHEN b.listed THEN 'list' ELSE 'form' END
            WHEN b.profile IS NULL THEN CASE WHEN a.listed THEN 'list' ELSE 'form' END
            WHEN b.here <> a.here THEN 'move'
            WHEN b.form <> a.form THEN 'form'
            WHEN b.activity <> a.activity AND (b.activity_scheme = a.activity_scheme OR b.judged <> a.judged) THEN 'activity'
            WHEN b.judged <> a.judged THEN 'list'
            WHEN b.territory IS DISTINCT FROM a.territory THEN 'move'
          END AS reason
        FROM b FULL JOIN a ON a.id = b.id)
      SELECT old, new, coalesce(reason, ''), count(*)::BIGINT FROM pair WHERE old <> '' OR new <> '' GROUP BY ALL ORDER BY ALL
      """
  }
}
