import Diagnostics
import DuckStore
import Nomenclature
import Registers
import Territory

/// The BCE/KBO into the stage. Its tables refer to each other, so they are loaded first and joined in SQL.
struct StageBelgium {
  let stage: Stage
  let lists: [UInt64: String]
  /// How the addresses were placed: by name, by postal code, by the range of postal codes, not at all.
  private(set) var placed: [String: Int] = [:]

  init(_ stage: Stage, lists: [UInt64: String]) {
    self.stage = stage
    self.lists = lists
  }

  /// Loads all tables; the accounts are in the order of `KBO.tables`.
  mutating func read(_ kbo: KBO, progress: (Double) throws -> Void) throws -> [Reconciliation] {
    var accounts: [Reconciliation] = []
    for (index, step) in [enterprises, establishments, activities, addresses, denominations].enumerated() {
      try progress(Double(index) / 6)
      accounts.append(try step(kbo))
    }
    placed = try placements()
    try progress(5.0 / 6)
    try join()
    try progress(1)
    return accounts
  }

  private func enterprises(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run(
      "CREATE TABLE kbo_enterprise(number BIGINT, form VARCHAR, form_index USMALLINT, candidate BOOLEAN, started INTEGER, lists VARCHAR)"
    )
    let appender = try stage.store.appender(
      "kbo_enterprise", [.integer64, .text, .integer16, .boolean, .integer32, .text])
    var forms: [String: (UInt16, Bool)] = [:]
    let account = try kbo.enterprises { enterprise in
      let known =
        forms[enterprise.form] ?? (stage.form(enterprise.form, .be), stage.books.mayLetIn(enterprise.form, .be))
      forms[enterprise.form] = known
      let list = lists[enterprise.number]
      appender.add(Int64(enterprise.number))
      appender.add(enterprise.form)
      appender.add(known.0)
      appender.add(known.1 || list != nil)
      appender.add(enterprise.started ?? 0)
      appender.add(list ?? "")
      try appender.endRow()
    }
    try appender.finish()
    return account
  }

  private func establishments(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run("CREATE TABLE kbo_establishment(number BIGINT, enterprise BIGINT, started INTEGER)")
    let appender = try stage.store.appender("kbo_establishment", [.integer64, .integer64, .integer32])
    let account = try kbo.establishments { establishment in
      appender.add(Int64(establishment.number))
      appender.add(Int64(establishment.enterprise))
      appender.add(establishment.started ?? 0)
      try appender.endRow()
    }
    try appender.finish()
    return account
  }

  private func activities(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run(
      "CREATE TABLE kbo_activity(entity BIGINT, version USMALLINT, code VARCHAR, activity_group UTINYINT, main BOOLEAN)"
    )
    let appender = try stage.store.appender(
      "kbo_activity", [.integer64, .integer16, .text, .integer8, .boolean])
    let account = try kbo.activities { activity in
      appender.add(Int64(activity.entity))
      appender.add(UInt16(activity.version) ?? 0)
      appender.add(activity.code)
      appender.add(UInt8(activity.group) ?? 0)
      appender.add(activity.isMain)
      try appender.endRow()
    }
    try appender.finish()
    return account
  }

  private func addresses(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run("CREATE TABLE kbo_address(entity BIGINT, commune INTEGER, method VARCHAR)")
    let appender = try stage.store.appender("kbo_address", [.integer64, .integer32, .text])
    let places = BelgianPlaces(stage.books.territories)
    let account = try kbo.addresses { address in
      guard !address.isAbroad else { return }
      let found = places.find(zip: address.zip, french: address.placeFR, dutch: address.placeNL)
      appender.add(Int64(address.entity))
      appender.add(found.map { Int32($0.commune) } ?? -2)
      appender.add(found?.method.rawValue ?? "none")
      try appender.endRow()
    }
    try appender.finish()
    return account
  }

  private func denominations(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run("CREATE TABLE kbo_name(entity BIGINT, rank UTINYINT, name VARCHAR)")
    let appender = try stage.store.appender("kbo_name", [.integer64, .integer8, .text])
    let account = try kbo.denominations { name in
      // The name before the abbreviation and the commercial name; French, then Dutch, then the others.
      let language: UInt8 = [1, 2, 3, 4].contains(name.language) ? name.language : 5
      appender.add(Int64(name.entity))
      appender.add(min(name.kind, 9) * 10 + language)
      appender.add(name.name)
      try appender.endRow()
    }
    try appender.finish()
    return account
  }

  private func placements() throws -> [String: Int] {
    let rows = try stage.store.rows("SELECT method, count(*)::BIGINT FROM kbo_address GROUP BY method")
    return Dictionary(
      rows.map { ($0[0].text, $0[1].integer ?? 0) }, uniquingKeysWith: { first, _ in first })
  }

  /// One row an entity and its main activity: NACE-BEL 2008 before the others, main before secondary, that of
  /// the ONSS (006) before VAT (001). A place without an establishment of its own is that of the enterprise.
  private func join() throws {
    let divisions = stage.books.nomenclatures.sectors.divisions.count
    try stage.store.run(
      """
      CREATE TABLE kbo_main AS
        SELECT entity, bool_or(activity_group = 6) AS employs,
          arg_min(code, rank) AS code, arg_min(version, rank) AS version
        FROM (SELECT *, (CASE version WHEN 2008 THEN 0 WHEN 2025 THEN 1 WHEN 2003 THEN 2 ELSE 3 END) * 1000000000::BIGINT
            + (CASE WHEN main THEN 0 ELSE 1 END) * 100000000
            + (CASE activity_group WHEN 6 THEN 0 WHEN 1 THEN 1 ELSE 2 + activity_group END) * 10000000::BIGINT
            + coalesce(try_cast(left(code, 5) AS BIGINT), 99999) AS rank FROM kbo_activity)
        GROUP BY entity;
      CREATE TABLE kbo_place AS SELECT entity, arg_min(commune, commune < 0) AS commune FROM kbo_address GROUP BY entity;
      CREATE TABLE kbo_best_name AS SELECT entity, arg_min(name, rank) AS name FROM kbo_name GROUP BY entity;

      INSERT INTO unit
        SELECT 1, e.number, e.form, coalesce('nacebel-' || m.version, ''), coalesce(left(m.code, 5), ''), '',
          e.started, false, coalesce(n.name, ''), '', '', e.lists
        FROM kbo_enterprise e LEFT JOIN kbo_main m ON m.entity = e.number
          LEFT JOIN kbo_best_name n ON n.entity = e.number
        WHERE e.candidate ORDER BY e.number;

      INSERT INTO establishment
        SELECT 1, s.number, s.enterprise, coalesce(e.form_index, 0), coalesce(p.commune, q.commune, -2),
          coalesce(d.index, \(divisions)), coalesce('nacebel-' || a.version, ''), coalesce(left(a.code, 5), ''),
          0, s.employs, s.position = 1, s.started, false, coalesce(n.name, '')
        FROM (
          SELECT k.*, coalesce(m.employs, false) OR (coalesce(o.employs, false) AND count(*) OVER (PARTITION BY k.enterprise) = 1) AS employs,
            row_number() OVER (PARTITION BY k.enterprise ORDER BY k.number) AS position
          FROM kbo_establishment k LEFT JOIN kbo_main m ON m.entity = k.number
            LEFT JOIN kbo_main o ON o.entity = k.enterprise) s
        LEFT JOIN kbo_enterprise e ON e.number = s.enterprise
        LEFT JOIN kbo_place p ON p.entity = s.number
        LEFT JOIN kbo_place q ON q.entity = s.enterprise
        LEFT JOIN (
          SELECT k.number AS entity, coalesce(m.code, o.code) AS code, coalesce(m.version, o.version) AS version
          FROM kbo_establishment k LEFT JOIN kbo_main m ON m.entity = k.number
            LEFT JOIN kbo_main o ON o.entity = k.enterprise) a ON a.entity = s.number
        LEFT JOIN division d ON a.version = 2008 AND d.code = left(a.code, 2)
        LEFT JOIN kbo_best_name n ON n.entity = s.number
        WHERE s.employs OR coalesce(e.candidate, false)
          OR EXISTS (SELECT 1 FROM workforce w WHERE w.country = 1 AND w.establishment = s.number)
        ORDER BY s.number;
      DROP TABLE kbo_activity; DROP TABLE kbo_address; DROP TABLE kbo_name; DROP TABLE kbo_main;
      DROP TABLE kbo_place; DROP TABLE kbo_best_name; DROP TABLE kbo_enterprise; DROP TABLE kbo_establishment;
      """)
  }
}
