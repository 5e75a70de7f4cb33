package import DuckStore
internal import Filesystem

/// Writes a file of facts from tables of a build.
///
/// What it reads: `ordered_fact` (columns below, rows in their order), `fact_class`, `fact_decision`, `fact_band`,
/// `fact_unit`, and the small lists that it is given.
package struct FactFileWriter {
  private let store: Store
  private let measures: [FactMeasure]

  package init(_ store: Store, measures: [FactMeasure]) {
    self.store = store
    self.measures = measures
  }

  package struct Lists {
    package let communes: [String]
    package let divisions: [String]
    package let sizes: [String]
    /// What the column `trait` counts: size classes of employers, years of birth, models of accounts.
    package let traits: [String]
    package let perimeters: [String]

    package init(communes: [String], divisions: [String], sizes: [String], traits: [String], perimeters: [String]) {
      self.communes = communes
      self.divisions = divisions
      self.sizes = sizes
      self.traits = traits
      self.perimeters = perimeters
    }
  }

  package func write(to path: String, _ lists: Lists) throws {
    var writer = PackedFileWriter(FactParts.format)
    func add(_ number: UInt32, _ texts: [String]) {
      var builder = TextsBuilder()
      for text in texts { builder.add(text) }
      writer.add(number, builder)
    }
    add(FactParts.communes, lists.communes)
    add(FactParts.divisions, lists.divisions)
    add(FactParts.sizes, lists.sizes)
    add(FactParts.traits, lists.traits)
    add(FactParts.perimeters, lists.perimeters)
    add(FactParts.measures, measures.map(\.written))
    add(FactParts.kinds, try texts("SELECT family || '|' || subfamily FROM kind ORDER BY index"))
    let classes = try texts(
      "SELECT concat_ws('|', country, form, scheme, activity, lists) FROM fact_class ORDER BY index")
    add(FactParts.classes, classes)
    writer.add(
      FactParts.decisions, try numbers("SELECT kind FROM fact_decision ORDER BY perimeter, class", UInt16.self))
    writer.add(FactParts.rules, try numbers("SELECT rule FROM fact_decision ORDER BY perimeter, class", Int32.self))
    writer.add(
      FactParts.bands,
      try numbers(
        "SELECT unnest([low, high, unbounded]) FROM (FROM fact_band ORDER BY index)", Int32.self))
    writer.add(FactParts.units, try numbers("SELECT unit FROM fact_unit ORDER BY index", Int64.self))
    writer.add(
      FactParts.segments,
      try numbers(
        """
        SELECT unnest([year, CASE WHEN candidate THEN 1 ELSE 0 END, first, rows]) FROM (
          SELECT year, candidate, sum(rows) OVER (ORDER BY year, candidate DESC) - rows AS first, rows
          FROM (SELECT year, candidate, count(*) AS rows FROM ordered_fact GROUP BY ALL) ORDER BY year, candidate DESC)
        """, Int64.self))
    let count = lists.communes.count
    writer.add(
      FactParts.presence,
      try numbers(
        """
        SELECT coalesce(n, 0) FROM (SELECT DISTINCT year FROM ordered_fact) y
          CROSS JOIN (SELECT range AS commune FROM range(\(count))) c
          LEFT JOIN (SELECT year, commune, count(*) AS n FROM ordered_fact GROUP BY ALL) f USING (year, commune)
        ORDER BY year, commune
        """, UInt32.self))
    let rows = try store.rows("SELECT count(*)::BIGINT FROM ordered_fact").first?.first?.integer ?? 0
    addColumn(&writer, FactParts.unit, "unit_index", UInt32.self, rows)
    addColumn(&writer, FactParts.commune, "commune", UInt32.self, rows)
    addColumn(&writer, FactParts.seat, "seat", UInt32.self, rows)
    addColumn(&writer, FactParts.rowClass, "class", UInt32.self, rows)
    addColumn(&writer, FactParts.division, "division", UInt8.self, rows)
    addColumn(&writer, FactParts.mapping, "mapping", UInt8.self, rows)
    addColumn(&writer, FactParts.size, "size", UInt8.self, rows)
    addColumn(&writer, FactParts.trait, "trait", UInt8.self, rows)
    addColumn(&writer, FactParts.band, "band", UInt8.self, rows)
    for (position, measure) in measures.enumerated() {
      let number = FactParts.firstMeasure + UInt32(position)
      let most = try store.rows("SELECT max(abs(\(measure.name)))::BIGINT FROM ordered_fact").first?.first?.integer
      switch most ?? 0 {
      case ...Int(Int16.max): addColumn(&writer, number, measure.name, Int16.self, rows)
      case ...Int(Int32.max): addColumn(&writer, number, measure.name, Int32.self, rows)
      default: addColumn(&writer, number, measure.name, Int64.self, rows)
      }
    }
    try writer.write(to: path)
  }

  /// A column is read when it is written: none of them is in memory as a whole.
  private func addColumn<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ writer: inout PackedFileWriter, _ number: UInt32, _ column: String, _: Element.Type, _ rows: Int
  ) {
    writer.add(number, Element.self, count: rows) { [store] put in
      try store.query("SELECT \(column) FROM ordered_fact") { chunk in
        var block: [Element] = []
        block.reserveCapacity(chunk.count)
        for row in 0..<chunk.count {
          block.append(Element(truncatingIfNeeded: chunk.value(row, 0).integer ?? Int(clamping: Element.min)))
        }
        try put(block)
      }
    }
  }

  private func texts(_ sql: String) throws -> [String] { try store.rows(sql).map { $0[0].text } }

  private func numbers<Element: FixedWidthInteger>(_ sql: String, _: Element.Type) throws -> [Element] {
    var found: [Element] = []
    // Sums are wider than any column here.
    try store.query("SELECT (value)::BIGINT FROM (\(sql)) AS list(value)") { chunk in
      for row in 0..<chunk.count { found.append(Element(truncatingIfNeeded: chunk.value(row, 0).integer ?? 0)) }
    }
    return found
  }
}
