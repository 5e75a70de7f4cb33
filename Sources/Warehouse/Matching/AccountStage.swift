import DuckStore
import Nomenclature
import Registers

/// Belgian annual accounts into the stage: of several deposits of one enterprise and year end, the last one filed.
struct AccountStage {
  let stage: Stage
  private(set) var deposits = 0
  private(set) var replaced = 0

  init(_ stage: Stage) throws {
    self.stage = stage
    try stage.store.run(
      """
      CREATE TABLE deposit(index INTEGER, enterprise BIGINT, started INTEGER, ended INTEGER, filed INTEGER, model VARCHAR,
        reference VARCHAR, previous BIGINT, assets BIGINT);
      CREATE TABLE account_value(deposit INTEGER, rubric UTINYINT, value BIGINT);
      CREATE TABLE rubric(index UTINYINT, code VARCHAR);
      """)
    let appender = try stage.store.appender("rubric", [.integer8, .text])
    for (index, rubric) in stage.books.nomenclatures.accounts.rubrics.enumerated() {
      appender.add(UInt8(index))
      appender.add(rubric.code)
      try appender.endRow()
    }
    try appender.finish()
  }

  mutating func read(_ items: [SourceArchive.Item], progress: (String, Double) throws -> Void) throws {
    let rubrics = stage.books.nomenclatures.accounts
    let heads = try stage.store.appender(
      "deposit",
      [.integer32, .integer64, .integer32, .integer32, .integer32, .text, .text, .integer64, .integer64])
    let values = try stage.store.appender("account_value", [.integer32, .integer8, .integer64])
    for item in items {
      let name = item.receipt.files.first?.file ?? AnnualAccounts.source
      let found = try AnnualAccounts(item.open(), rubrics).read(year: item.receipt.wantedYear.map(Int32.init)) {
        try progress(name, $0)
      }
      for deposit in found.deposits {
        heads.add(Int32(deposits))
        heads.add(Int64(deposit.enterprise))
        heads.add(deposit.start)
        heads.add(deposit.end)
        heads.add(deposit.filed)
        heads.add(deposit.model)
        heads.add(deposit.reference)
        if let previous = deposit.previousAssets { heads.add(previous) } else { heads.addNull() }
        if let assets = deposit.values[Int32(rubrics.assets)] { heads.add(assets) } else { heads.addNull() }
        try heads.endRow()
        for (rubric, value) in deposit.values.sorted(by: { $0.key < $1.key }) {
          values.add(Int32(deposits))
          values.add(UInt8(rubric))
          values.add(value)
          try values.endRow()
        }
        deposits += 1
      }
    }
    try heads.finish()
    try values.finish()
    try stage.store.run(
      """
      CREATE TEMP TABLE replaced AS SELECT index FROM (
        SELECT index, row_number() OVER (PARTITION BY enterprise, ended ORDER BY filed DESC, reference DESC, index) AS rank
        FROM deposit) WHERE rank > 1;
      DELETE FROM account_value WHERE deposit IN (SELECT index FROM replaced);
      DELETE FROM deposit WHERE index IN (SELECT index FROM replaced);
      """)
    replaced = try number("SELECT count(*) FROM replaced")
    try stage.store.run("DROP TABLE replaced")
  }

  /// What the accounts are worth, for the manifest.
  func report() throws -> Manifest.Accounts? {
    guard deposits > 0 else { return nil }
    // The total that a deposit gives again for the year before, against the last deposit of that year.
    let again = """
      FROM deposit d JOIN (
          SELECT enterprise, ended // 10000 AS year, arg_max(assets, ended) AS assets FROM deposit GROUP BY ALL) b
        ON b.enterprise = d.enterprise AND b.year = d.ended // 10000 - 1
      WHERE d.previous IS NOT NULL AND b.assets IS NOT NULL
      """
    return Manifest.Accounts(
      deposits: deposits - replaced, replaced: replaced,
      enterprises: try number("SELECT count(DISTINCT enterprise) FROM deposit"),
      matched: try number(
        "SELECT count(DISTINCT enterprise) FROM deposit d SEMI JOIN unit u ON u.country = 1 AND u.id = d.enterprise"),
      yearsCompared: try number("SELECT count(*) \(again)"),
      yearsDiffering: try number("SELECT count(*) \(again) AND abs(d.previous - b.assets) > 100"))
  }

  private func number(_ sql: String) throws -> Int { try stage.store.rows(sql).first?.first?.integer ?? 0 }
}
