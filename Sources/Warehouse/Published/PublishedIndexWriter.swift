import DuckStore
import Filesystem

/// Packs the rows of `aggregates.parquet`, so that they can be read without an engine (`PublishedIndex`).
struct PublishedIndexWriter {
  private let store: Store
  private let rows: String

  init(_ parquet: String, _ store: Store) {
    self.store = store
    rows = "read_parquet(\(sqlText(parquet)))"
  }

  /// How many rows are asked of the engine at a time: it has its answer in memory as a whole.
  private static let most = 500_000

  /// Some territories of a table that follow one another.
  private struct Span {
    let table: [String]
    let first: String
    var last: String
    var rows: Int
  }

  func write(to path: String) throws {
    for statement in lists { try store.run(statement) }
    var writer = PackedFileWriter(PublishedParts.format)
    func add(_ number: UInt32, _ sql: String) throws -> [String] {
      let texts = try store.rows(sql).map { $0[0].text }
      var builder = TextsBuilder()
      for text in texts { builder.add(text) }
      writer.add(number, builder)
      return texts
    }
    _ = try add(PublishedParts.territories, "SELECT territory FROM place ORDER BY index")
    _ = try add(PublishedParts.classifications, "SELECT classification FROM scheme ORDER BY index")
    _ = try add(PublishedParts.activities, "SELECT activity FROM activity ORDER BY index")
    _ = try add(
      PublishedParts.slots, "SELECT concat(quarter, '|', field, '|', family, '|', measure) FROM slot ORDER BY index")
    let measures = try add(PublishedParts.measures, "SELECT DISTINCT measure FROM slot ORDER BY measure")
    precondition(measures.count <= PublishedIndex.Measures.bitWidth, "a bit a measure")
    let kinds = try store.rows(
      "SELECT slot::BIGINT, scheme::BIGINT, activity_index::BIGINT, measure FROM kind ORDER BY index")
    writer.add(PublishedParts.kinds, kinds.flatMap { $0[..<3].map { UInt32($0.integer ?? 0) } })
    let bits = kinds.map { kind in
      PublishedIndex.Measures(1) << PublishedIndex.Measures(measures.firstIndex(of: kind[3].text) ?? 0)
    }
    var columns = Columns()
    var tables = TextsBuilder()
    var last: [String] = []
    for span in try spans() {
      if span.table != last {
        tables.add(span.table.joined(separator: "|"))
        columns.beginTable()
        last = span.table
      }
      try read(span, bits, into: &columns)
    }
    writer.add(PublishedParts.tables, tables)
    columns.add(to: &writer)
    try writer.write(to: path)
  }

  /// The small tables, each in the order of its texts.
  private var lists: [String] {
    [
      """
      CREATE TABLE part AS SELECT source, layout, vintage, territory, count(*)::BIGINT AS rows FROM \(rows) GROUP BY ALL
      """,
      """
      CREATE TABLE place AS
        SELECT territory, row_number() OVER (ORDER BY territory) - 1 AS index FROM (SELECT DISTINCT territory FROM part)
      """,
      """
      CREATE TABLE cell AS SELECT DISTINCT quarter, field, family, measure, classification, activity FROM \(rows)
      """,
      """
      CREATE TABLE slot AS
        SELECT *, row_number() OVER (ORDER BY field, family, measure, quarter) - 1 AS index
        FROM (SELECT DISTINCT field, family, measure, quarter FROM cell)
      """,
      """
      CREATE TABLE scheme AS
        SELECT classification, row_number() OVER (ORDER BY classification) - 1 AS index
        FROM (SELECT DISTINCT classification FROM cell)
      """,
      """
      CREATE TABLE activity AS
        SELECT activity, row_number() OVER (ORDER BY activity) - 1 AS index FROM (SELECT DISTINCT activity FROM cell)
      """,
      """
      CREATE TABLE kind AS
        SELECT c.quarter, c.field, c.family, c.measure, c.classification, c.activity,
          s.index AS slot, h.index AS scheme, a.index AS activity_index,
          row_number() OVER (ORDER BY s.index, h.index, a.index) - 1 AS index
        FROM cell c JOIN slot s USING (field, family, measure, quarter) JOIN scheme h USING (classification)
          JOIN activity a USING (activity)
      """,
    ]
  }

  private func spans() throws -> [Span] {
    var spans: [Span] = []
    try store.query("SELECT source, layout, vintage, territory, rows FROM part ORDER BY ALL") { chunk in
      for row in 0..<chunk.count {
        let table = (0..<3).map { chunk.value(row, $0).text }
        let (territory, rows) = (chunk.value(row, 3).text, chunk.value(row, 4).integer ?? 0)
        if let span = spans.last, span.table == table, span.rows + rows <= Self.most {
          spans[spans.count - 1].last = territory
          spans[spans.count - 1].rows += rows
        } else {
          spans.append(Span(table: table, first: territory, last: territory, rows: rows))
        }
      }
    }
    return spans
  }

  private func read(_ span: Span, _ bits: [PublishedIndex.Measures], into columns: inout Columns) throws {
    try store.query(
      """
      SELECT p.index, a.year::BIGINT, k.index, round(a.value * 1000)::BIGINT
      FROM \(rows) a JOIN place p ON p.territory = a.territory
        JOIN kind k ON k.quarter = a.quarter AND k.field = a.field AND k.family = a.family AND k.measure = a.measure
          AND k.classification = a.classification AND k.activity = a.activity
      WHERE a.source = \(sqlText(span.table[0])) AND a.layout = \(sqlText(span.table[1]))
        AND a.vintage = \(sqlText(span.table[2]))
        AND a.territory BETWEEN \(sqlText(span.first)) AND \(sqlText(span.last))
      ORDER BY 1, 2, 3, 4
      """
    ) { chunk in
      for row in 0..<chunk.count {
        let kind = chunk.value(row, 2).integer ?? 0
        columns.add(
          territory: chunk.value(row, 0).integer ?? 0, year: chunk.value(row, 1).integer ?? 0, kind: kind, bits[kind],
          thousandths: chunk.value(row, 3).integer)
      }
    }
  }
}

/// The columns of the file, while its rows come in their order.
private struct Columns {
  private var tableStarts: [UInt32] = []
  private var editions: [[Int: PublishedIndex.Measures]] = []
  private var territories: [UInt32] = []
  private var years: [UInt16] = []
  private var measures: [PublishedIndex.Measures] = []
  private var starts: [UInt32] = []
  private var kinds: [UInt32] = []
  private var values: [UInt32] = []
  private var wide: [Int64] = []

  mutating func beginTable() {
    tableStarts.append(UInt32(territories.count))
    editions.append([:])
  }

  mutating func add(
    territory: Int, year: Int, kind: Int, _ measure: PublishedIndex.Measures, thousandths: Int?
  ) {
    let isFirst = tableStarts.last == UInt32(territories.count)
    if isFirst || territories.last != UInt32(territory) || years.last != UInt16(clamping: year) {
      territories.append(UInt32(territory))
      years.append(UInt16(clamping: year))
      measures.append(0)
      starts.append(UInt32(kinds.count))
    }
    measures[measures.count - 1] |= measure
    editions[editions.count - 1][year, default: 0] |= measure
    kinds.append(UInt32(kind))
    values.append(written(thousandths))
  }

  private mutating func written(_ thousandths: Int?) -> UInt32 {
    guard let thousandths else { return PublishedParts.hidden }
    if (0..<Int(PublishedParts.wideMark)).contains(thousandths) { return UInt32(thousandths) }
    wide.append(Int64(thousandths))
    return PublishedParts.wideMark + UInt32(wide.count - 1)
  }

  func add(to writer: inout PackedFileWriter) {
    var triples: [UInt32] = []
    for (table, years) in editions.enumerated() {
      for (year, measures) in years.sorted(by: { $0.key < $1.key }) {
        triples += [UInt32(table), UInt32(year), measures]
      }
    }
    writer.add(PublishedParts.editions, triples)
    writer.add(PublishedParts.tableStarts, tableStarts + [UInt32(territories.count)])
    writer.add(PublishedParts.groupTerritory, territories)
    writer.add(PublishedParts.groupYear, years)
    writer.add(PublishedParts.groupMeasures, measures)
    writer.add(PublishedParts.groupStarts, starts + [UInt32(kinds.count)])
    writer.add(PublishedParts.rowKind, kinds)
    writer.add(PublishedParts.rowValue, values)
    writer.add(PublishedParts.wide, wide)
  }
}
