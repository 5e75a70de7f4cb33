import Diagnostics
import DuckStore
import Matching
import Nomenclature
import Registers
import Territory

/// The BCE/KBO into the stage. Its tables refer to each other, so they are loaded first and joined in SQL.
struct StageBelgium {
  let stage: Stage
  let lists: [UInt64: String]
  /// Names that a record without a number bears.
  let names: NameSieve
  /// Enterprises that are no candidates but for their name.
  private(set) var provisional: [UInt64] = []
  /// How the addresses were placed: by name, by postal code, by the range of postal codes, not at all.
  private(set) var placed: [String: Int] = [:]
  private(set) var unplaced: [Manifest.UnplacedAddress] = []

  init(_ stage: Stage, lists: [UInt64: String], names: NameSieve) {
    self.stage = stage
    self.lists = lists
    self.names = names
  }

  /// Loads all tables; the accounts are in the order of `KBO.tables`.
  mutating func read(_ kbo: KBO, progress: (Double) throws -> Void) throws -> [Reconciliation] {
    var accounts: [Reconciliation] = []
    for (index, step) in [enterprises, establishments, activities, addresses].enumerated() {
      try progress(Double(index) / 6)
      accounts.append(try step(kbo))
    }
    accounts.append(try denominations(kbo))
    unplaced = try addressesUnplaced()
    placed = try placements()
    try progress(5.0 / 6)
    try join()
    try progress(1)
    return accounts
  }

  private func enterprises(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run(
      "CREATE TABLE kbo_enterprise(number BIGINT, form VARCHAR, form_index USMALLINT, candidate BOOLEAN, person BOOLEAN, started INTEGER, lists VARCHAR)"
    )
    let appender = try stage.store.appender(
      "kbo_enterprise", [.integer64, .text, .integer16, .boolean, .boolean, .integer32, .text])
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
      appender.add(enterprise.isPerson)
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
      "CREATE TABLE kbo_activity(entity BIGINT, rank BIGINT, employs BOOLEAN)"
    )
    let appender = try stage.store.appender("kbo_activity", [.integer64, .integer64, .boolean])
    let account = try kbo.activities { activity in
      appender.add(Int64(activity.entity))
      appender.add(Int64(activity.rank))
      appender.add(activity.employs)
      try appender.endRow()
    }
    try appender.finish()
    return account
  }

  private func addresses(_ kbo: KBO) throws -> Reconciliation {
    try stage.store.run(
      """
      CREATE TABLE kbo_address(entity BIGINT, commune INTEGER, method VARCHAR);
      CREATE TABLE kbo_unplaced(entity BIGINT, postcode VARCHAR, place VARCHAR)
      """)
    let appender = try stage.store.appender("kbo_address", [.integer64, .integer32, .text])
    let others = try stage.store.appender("kbo_unplaced", [.integer64, .text, .text])
    let doors = try stage.store.appender("door", [.integer8, .integer64, .text])
    let places = BelgianPlaces(stage.books.territories)
    let account = try kbo.addresses { address in
      guard !address.isAbroad else { return }
      let found = places.find(zip: address.zip, french: address.placeFR, dutch: address.placeNL)
      if found == nil {
        others.add(Int64(address.entity))
        others.add(address.zip)
        others.add(address.placeFR.isEmpty ? address.placeNL : address.placeFR)
        try others.endRow()
      }
      appender.add(Int64(address.entity))
      appender.add(found.map { Int32($0.commune) } ?? -2)
      appender.add(found?.method.rawValue ?? "none")
      try appender.endRow()
      if !names.isEmpty {
        doors.add(Stage.index(.be))
        doors.add(Int64(address.entity))
        doors.add(address.street)
        try doors.endRow()
      }
    }
    try others.finish()
    try doors.finish()
    try appender.finish()
    return account
  }

  private mutating func denominations(_ kbo: KBO) throws -> Reconciliation {
    var namesakes: Set<UInt64> = []
    try stage.store.run("CREATE TABLE kbo_name(entity BIGINT, rank UTINYINT, name VARCHAR)")
    let appender = try stage.store.appender("kbo_name", [.integer64, .integer8, .text])
    let account = try kbo.denominations { name in
      appender.add(Int64(name.entity))
      appender.add(name.rank)
      appender.add(name.name)
      try appender.endRow()
      if !names.isEmpty, !Identifiers.isBelgianEstablishment(name.entity), names.holds(name.name) {
        namesakes.insert(name.entity)
      }
    }
    try appender.finish()
    provisional = try makeCandidates(namesakes)
    return account
  }

  /// Those that were none, and are no natural persons.
  private func makeCandidates(_ enterprises: Set<UInt64>) throws -> [UInt64] {
    guard !enterprises.isEmpty else { return [] }
    let numbers = enterprises.sorted().map(String.init).joined(separator: ", ")
    let wanted = "number IN (\(numbers)) AND NOT candidate AND NOT person"
    let found = try stage.store.rows("SELECT number FROM kbo_enterprise WHERE \(wanted) ORDER BY number")
    try stage.store.run("UPDATE kbo_enterprise SET candidate = true WHERE \(wanted)")
    return found.compactMap { $0[0].integer.map { UInt64($0) } }
  }

  private func addressesUnplaced() throws -> [Manifest.UnplacedAddress] {
    try stage.store.rows(
      """
      SELECT entity, postcode, place FROM kbo_unplaced ORDER BY ALL LIMIT \(Manifest.UnplacedAddress.mostListed)
      """
    ).map { row in
      .init(
        entity: Identifiers.printedBelgian(UInt64(row[0].integer ?? 0)), postcode: row[1].text, place: row[2].text)
    }
  }

  private func placements() throws -> [String: Int] {
    let rows = try stage.store.rows("SELECT method, count(*)::BIGINT FROM kbo_address GROUP BY method")
    return Dictionary(
      rows.map { ($0[0].text, $0[1].integer ?? 0) }, uniquingKeysWith: { first, _ in first })
  }

  /// One row an entity and its main activity (`ActivityLine.rank`). A place without an address or an activity of its
  /// own has those of its enterprise; where the enterprise employs and no place of it says so, its first place does.
  private func join() throws {
    let divisions = stage.books.nomenclatures.sectors.divisions.count
    let statements = """
      -- One number says it all, and its digits give back the version and the code: no text in the grouping.
      CREATE TABLE kbo_main AS
        SELECT entity, employs, [2008, 2025, 2003, 0][1 + rank // 1000000000] AS version,
          CASE WHEN rank % 100000 = 99999 THEN '' ELSE lpad((rank % 100000)::VARCHAR, 5, '0') END AS code
        FROM (SELECT entity, bool_or(employs) AS employs, min(rank) AS rank FROM kbo_activity GROUP BY entity);
      CREATE TABLE kbo_place AS SELECT entity, coalesce(min(commune) FILTER (WHERE commune >= 0), -2) AS commune FROM kbo_address GROUP BY entity;
      CREATE TABLE kbo_best_name AS SELECT entity, arg_min(name, struct_pack(rank := rank, name := name)) AS name
        FROM kbo_name SEMI JOIN (
          SELECT number AS entity FROM kbo_enterprise WHERE candidate
          UNION ALL
          SELECT k.number FROM kbo_establishment k SEMI JOIN kbo_enterprise e ON e.number = k.enterprise AND e.candidate)
        USING (entity) GROUP BY entity;

      INSERT INTO unit
        SELECT 1, e.number, e.form, coalesce('nacebel-' || m.version, ''), coalesce(left(m.code, 5), ''), '', true,
          e.started, e.person, CASE WHEN e.person THEN '' ELSE coalesce(n.name, '') END, '', '', e.lists
        FROM kbo_enterprise e LEFT JOIN kbo_main m ON m.entity = e.number
          LEFT JOIN kbo_best_name n ON n.entity = e.number
        WHERE e.candidate;
      INSERT INTO \(StockStates.living) SELECT number FROM kbo_enterprise WHERE NOT candidate;

      -- A step at a time: each join holds one table in memory, and what is left out early is joined no more.
      CREATE TABLE place_1 AS
        SELECT k.*, coalesce(m.employs, false) AS employs, m.code, m.version
        FROM kbo_establishment k LEFT JOIN kbo_main m ON m.entity = k.number;
      CREATE TABLE place_2 AS
        SELECT p.number, p.enterprise, p.started, coalesce(p.code, o.code) AS code, coalesce(p.version, o.version) AS version,
          p.employs OR (coalesce(o.employs, false) AND NOT s.known AND p.number = s.first) AS employs, p.number = s.first AS head
        FROM place_1 p JOIN (
            SELECT enterprise, bool_or(employs) AS known, min(number) AS first FROM place_1 GROUP BY enterprise) s
            USING (enterprise)
          LEFT JOIN kbo_main o ON o.entity = p.enterprise;
      CREATE TABLE place_3 AS
        SELECT p.*, coalesce(e.form_index, 0) AS form, coalesce(e.person, false) AS person FROM place_2 p LEFT JOIN kbo_enterprise e ON e.number = p.enterprise
        WHERE p.employs OR coalesce(e.candidate, false)
          OR p.number IN (SELECT establishment FROM workforce WHERE country = 1);
      CREATE TABLE place_4 AS
        SELECT p.*, coalesce(a.commune, b.commune, -2) AS commune
        FROM place_3 p LEFT JOIN kbo_place a ON a.entity = p.number LEFT JOIN kbo_place b ON b.entity = p.enterprise;
      INSERT INTO establishment
        SELECT 1, p.number, p.enterprise, p.form, p.commune, coalesce(d.index, \(divisions)),
          coalesce('nacebel-' || p.version, ''), coalesce(p.code, ''), 0, true, p.employs, p.head, p.started, p.person,
          CASE WHEN p.person THEN '' ELSE coalesce(n.name, '') END,
          CASE WHEN d.index IS NULL THEN \(Dimensions.index(.none)) ELSE \(Dimensions.index(.exact)) END
        FROM place_4 p LEFT JOIN division d ON p.version = 2008 AND d.code = left(p.code, 2)
          LEFT JOIN kbo_best_name n ON n.entity = p.number;
      -- The home of a person is nobody's business.
      INSERT INTO seat
        SELECT 1, e.number, p.commune, k.enterprise IS NULL
        FROM kbo_enterprise e JOIN kbo_place p ON p.entity = e.number
          LEFT JOIN (SELECT DISTINCT enterprise FROM kbo_establishment) k ON k.enterprise = e.number
        WHERE e.candidate AND NOT e.person AND p.commune >= 0;
      DROP TABLE place_1; DROP TABLE place_2; DROP TABLE place_3; DROP TABLE place_4;
      DROP TABLE kbo_activity; DROP TABLE kbo_address; DROP TABLE kbo_name; DROP TABLE kbo_main;
      DROP TABLE kbo_place; DROP TABLE kbo_best_name; DROP TABLE kbo_enterprise; DROP TABLE kbo_establishment
      """
    for statement in statements.split(separator: ";").map(String.init) {
      try Interruption.check()
      try stage.store.run(statement)
    }
  }
}
