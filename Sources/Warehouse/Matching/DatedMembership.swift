import DuckStore
import Nomenclature
import Registers

/// Who was on which list at the day of an older stock: by the dates that a list gives, and where it gives none, by
/// today's list, so that nobody comes in for want of a date alone.
struct DatedMembership {
  let stage: Stage
  let lists: MemberLists

  /// Once records are matched and the states of these stocks are loaded.
  func apply(to stocks: [Stock]) throws {
    guard !stocks.isEmpty else { return }
    try stage.store.run(
      """
      CREATE TEMP TABLE membership(country UTINYINT, unit BIGINT, list VARCHAR, since INTEGER, until INTEGER);
      CREATE TEMP TABLE dated_record(source VARCHAR, record VARCHAR, list VARCHAR, since INTEGER, until INTEGER)
      """)
    try addNumbered()
    try addFound()
    for stock in stocks {
      let day = MemberLists.day(ofVintage: stock.vintage) ?? 0
      let here = "state.country = \(Stage.index(stock.country)) AND state.vintage = \(sqlText(stock.vintage))"
      try stage.store.run(
        """
        UPDATE state SET lists = '' WHERE lists <> '' AND \(here);
        UPDATE state SET lists = m.lists FROM (
            SELECT unit, '|' || string_agg(list, '|' ORDER BY list) || '|' AS lists FROM (
              SELECT DISTINCT unit, list FROM membership
              WHERE country = \(Stage.index(stock.country)) AND since <= \(day) AND until >= \(day))
            GROUP BY unit) m
          WHERE \(here) AND state.id = m.unit
        """)
    }
    try stage.store.run("DROP TABLE membership; DROP TABLE dated_record")
  }

  private func addNumbered() throws {
    let appender = try stage.store.appender("membership", [.integer8, .integer64, .text, .integer32, .integer32])
    for record in lists.records {
      guard let member = record.member else { continue }
      for period in record.periods {
        appender.add(Stage.index(member.country))
        appender.add(Int64(member.number))
        appender.add(record.list)
        Self.add(period, to: appender)
        try appender.endRow()
      }
    }
    try appender.finish()
  }

  /// Those that were found by name, place or the number of an association.
  private func addFound() throws {
    let appender = try stage.store.appender("dated_record", [.text, .text, .text, .integer32, .integer32])
    for record in lists.records where record.isOpen {
      for period in record.periods {
        appender.add("list/\(record.list)")
        appender.add(record.id)
        appender.add(record.list)
        Self.add(period, to: appender)
        try appender.endRow()
      }
    }
    try appender.finish()
    try stage.store.run(
      """
      INSERT INTO membership SELECT m.country, m.unit, r.list, r.since, r.until
      FROM match m JOIN dated_record r ON r.source = m.source AND r.record = m.record
      WHERE m.unit IS NOT NULL AND m.status IN ('sure', 'accepted')
      """)
  }

  private static func add(_ period: ListFile.Period, to appender: Appender) {
    appender.add(period.since ?? 0)
    appender.add(period.until ?? Int32.max)
  }
}
