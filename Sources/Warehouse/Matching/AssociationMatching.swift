import Diagnostics
import DuckStore
import Matching
import Nomenclature
import Registers
import Tabular
import Territory

/// The register of associations into the stage, each association with its unit of SIRENE where there is one.
struct AssociationMatching {
  static let source = "rna"

  let stage: Stage
  let rules: MatchingRules
  let decisions: [String: ReviewFile.Decision]
  let table: MatchTable
  /// Units that are staged for their names alone, and may go again.
  private static let provisional = "SELECT id FROM provisional_unit"
  /// In the older register and in the newer one: the newer counts.
  private(set) var superseded = 0
  /// Several candidates of the doubtful: the table has the best alone.
  private var candidates: [Int32: [Scored]] = [:]

  init(
    _ stage: Stage, _ rules: MatchingRules, _ decisions: [String: ReviewFile.Decision], _ table: MatchTable,
    provisional: [UInt64]
  ) throws {
    (self.stage, self.rules, self.decisions, self.table) = (stage, rules, decisions, table)
    try stage.store.run(
      """
      CREATE TABLE association(row INTEGER, layout VARCHAR, number VARCHAR, title VARCHAR, commune INTEGER,
        created INTEGER, purpose VARCHAR, siren BIGINT, unit BIGINT, method VARCHAR, confidence DOUBLE, status VARCHAR);
      CREATE TEMP TABLE provisional_unit(id BIGINT)
      """)
    let appender = try stage.store.appender("provisional_unit", [.integer64])
    for unit in provisional {
      appender.add(Int64(unit))
      try appender.endRow()
    }
    try appender.finish()
  }

  /// Reads the two registers, the newer one first.
  mutating func read(_ items: [SourceArchive.Item], progress: (String, Double) throws -> Void) throws {
    let appender = try stage.store.appender(
      "association",
      [
        .integer32, .text, .text, .text, .integer32, .integer32, .text, .integer64, .integer64, .text, .double, .text,
      ])
    let communes = PlaceIndex(stage.books.territories.french)
    let places = AddressPlaces(stage.books.territories)
    var known = IdentifierSet(capacity: 1 << 16)
    var row: Int32 = 0
    for item in items {
      let file = item.receipt.files.first?.file ?? Self.source
      _ = try AssociationRegister(item.open()).read(
        progress: { try progress(file, $0) }, gone: { _ = known.insert($0.packed) }
      ) { association in
        if let number = association.number, !known.insert(number.packed) {
          superseded += 1
          return
        }
        var commune = communes[association.commune]
        if commune < 0 {
          let found = places.communes(.fr, postcode: association.postcode.text, place: association.place)
          commune = found.count == 1 ? Int32(found[0]) : -1
        }
        appender.add(row)
        appender.add(item.receipt.vintage.hasPrefix("import") ? "import" : "waldec")
        appender.add(association.number?.description ?? association.id)
        appender.add(association.title)
        appender.add(commune)
        appender.add(association.created ?? 0)
        appender.add(association.purpose)
        if let siren = association.siren { appender.add(Int64(siren)) } else { appender.addNull() }
        appender.addNull()
        appender.add(Verdict.Method.none.rawValue)
        appender.add(0.0)
        appender.add(Verdict.Status.none.rawValue)
        try appender.endRow()
        row += 1
      }
    }
    try appender.finish()
  }

  /// By the W number that a unit bears, by the SIRET of the register, then by name and commune.
  mutating func run() throws {
    try matchNumbers()
    try applyDecisions()
    try matchNames()
    try tell()
  }

  private func matchNumbers() throws {
    try stage.store.run(
      """
      -- A W that two active units bear is an error of one of them: a person says of which.
      UPDATE association SET unit = m.unit, method = 'rna', confidence = 1,
          status = CASE WHEN m.units = 1 THEN 'sure' ELSE 'doubtful' END
        FROM (SELECT association AS number, min(id) AS unit, count(*) AS units FROM unit
          WHERE country = 0 AND active AND association <> '' AND id NOT IN (\(Self.provisional)) GROUP BY association) m
        WHERE m.number = association.number;
      -- A SIRET whose unit has a W of its own, and another one, leads to somebody else. Of a unit that may not be told,
      -- nobody knows whether it has one; and a name beside its number would tell it.
      UPDATE association SET unit = u.id, method = 'siret', confidence = \(rules.numberSIRET),
          status = CASE WHEN u.association = '' THEN 'sure' ELSE 'doubtful' END
        FROM unit u WHERE association.unit IS NULL AND u.country = 0 AND u.active AND NOT u.restricted
          AND u.id = association.siren AND u.id NOT IN (\(Self.provisional));
      -- The sections of a federation that all bear its SIRET are not all the federation.
      UPDATE association SET status = 'doubtful' WHERE method = 'siret' AND status = 'sure'
        AND unit IN (SELECT unit FROM association WHERE status = 'sure' GROUP BY unit HAVING count(*) > 1);
      """)
  }

  private func applyDecisions() throws {
    try stage.store.run("CREATE TEMP TABLE decided(number VARCHAR, unit BIGINT)")
    let appender = try stage.store.appender("decided", [.text, .integer64])
    for (record, decision) in decisions.sorted(by: { $0.key < $1.key }) {
      appender.add(record)
      if case .number(let member) = decision { appender.add(Int64(member.number)) } else { appender.addNull() }
      try appender.endRow()
    }
    try appender.finish()
    try stage.store.run(
      """
      UPDATE association SET unit = d.unit, confidence = CASE WHEN d.unit IS NULL THEN 0 ELSE 1 END,
          status = CASE WHEN d.unit IS NULL THEN 'rejected' ELSE 'accepted' END, method = 'decision'
        FROM decided d WHERE d.number = association.number AND association.status <> 'sure';
      DROP TABLE decided
      """)
    // Decisions outlive units: a number that the register no longer has is nobody's, and is told to the person.
    try stage.store.run(
      """
      UPDATE association SET confidence = 0, status = 'none' WHERE status = 'accepted'
        AND unit NOT IN (SELECT id FROM unit WHERE country = 0 AND id NOT IN (\(Self.provisional)))
      """)
  }

  private struct Open {
    let row: Int32
    let name: NormalName
  }

  /// Associations of which no unit is known, and whose place is.
  private static let isOpen = "status = 'none' AND method <> 'decision' AND commune >= 0 AND title <> ''"

  /// The open ones of some communes, by commune, in the order of the register; never of all of France at once, for their
  /// titles are millions of words.
  private func titles(in communes: Range<Int32>) throws -> [Int32: [Open]] {
    var byCommune: [Int32: [Open]] = [:]
    try stage.store.query(
      """
      SELECT row, title, commune FROM association WHERE \(Self.isOpen) AND commune >= \(communes.lowerBound)
        AND commune < \(communes.upperBound) ORDER BY row
      """
    ) { chunk in
      for row in 0..<chunk.count {
        byCommune[Int32(chunk.value(row, 2).integer ?? -1), default: []].append(
          Open(row: Int32(chunk.value(row, 0).integer ?? 0), name: rules.words(chunk.value(row, 1).text)))
      }
    }
    return byCommune
  }

  private mutating func matchNames() throws {
    let communes = try stage.store.rows("SELECT DISTINCT commune FROM association WHERE \(Self.isOpen)")
    let wanted = Set(communes.map { Int32($0[0].integer ?? -1) })
    guard !wanted.isEmpty else { return }
    var rows: [Int32] = []
    var keys: [UInt64] = []
    var verdicts: [Verdict] = []
    // A unit that bears a W, or that a SIRET leads to, is an association that is known already.
    let condition = """
      u.country = 0 AND u.form LIKE '92%' AND u.association = '' AND u.id NOT IN (\(Self.provisional))
        AND NOT EXISTS (SELECT 1 FROM association a WHERE a.unit = u.id AND a.status IN ('sure', 'accepted'))
      """
    var here: [Int32: [Open]] = [:]
    let pool = UnitPool(stage: stage, rules: rules)
    try pool.forEachBlock(wanted, where: condition, entering: { here = try titles(in: $0) }) { commune, block in
      try Interruption.check()
      for open in here[commune] ?? [] {
        let verdict = rules.verdict(block.best(open.name))
        guard verdict.status != .none else { continue }
        rows.append(open.row)
        keys.append(open.name.key)
        verdicts.append(verdict)
      }
    }
    rules.settle(&verdicts, names: keys)
    try write(rows, verdicts)
  }

  private mutating func write(_ rows: [Int32], _ verdicts: [Verdict]) throws {
    try stage.store.run(
      "CREATE TEMP TABLE named(row INTEGER, unit BIGINT, method VARCHAR, confidence DOUBLE, status VARCHAR)")
    let appender = try stage.store.appender("named", [.integer32, .integer64, .text, .double, .text])
    for (row, verdict) in zip(rows, verdicts) {
      appender.add(row)
      appender.add(Int64(verdict.candidates.first?.number ?? 0))
      appender.add(verdict.method.rawValue)
      appender.add((verdict.confidence * 1000).rounded() / 1000)
      appender.add(verdict.status.rawValue)
      try appender.endRow()
      if verdict.status == .doubtful { candidates[row] = verdict.candidates }
    }
    try appender.finish()
    try stage.store.run(
      """
      UPDATE association SET unit = n.unit, method = n.method, confidence = n.confidence, status = n.status
        FROM named n WHERE n.row = association.row;
      DROP TABLE named
      """)
  }

  /// What is matched, waits or was decided goes among the matches; an association that has no unit is only that.
  private func tell() throws {
    let communes = stage.books.territories.communes
    try stage.store.query(
      """
      SELECT row, number, title, commune, unit, method, confidence, status FROM association
      WHERE status <> 'none' OR method = 'decision' ORDER BY row
      """
    ) { chunk in
      for index in 0..<chunk.count {
        let row = Int32(chunk.value(index, 0).integer ?? 0)
        let unit = chunk.value(index, 4).integer.map { Scored(UInt64($0), chunk.value(index, 6).number ?? 0) }
        let commune = chunk.value(index, 3).integer ?? -1
        try table.add(
          Self.source, chunk.value(index, 1).text, name: chunk.value(index, 2).text,
          place: communes.indices.contains(commune) ? communes[commune].name : "", isFrench: true,
          Verdict(
            Verdict.Status(rawValue: chunk.value(index, 7).text) ?? .none,
            Verdict.Method(rawValue: chunk.value(index, 5).text) ?? .none,
            candidates[row] ?? (unit.map { [$0] } ?? [])))
      }
    }
  }
}
