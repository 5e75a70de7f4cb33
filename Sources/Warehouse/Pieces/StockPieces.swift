import Diagnostics
import DuckStore
import Filesystem
import Matching
import Nomenclature
import Perimeter
import Registers

/// The pieces made of the files themselves: headcounts, stocks, what units were in older stocks, publishers' tables.
///
/// Each is read into a stage of its own, for as long as that takes, and kept as Parquet.
struct StockPieces {
  let archive: SourceArchive
  let books: RuleBooks
  let lists: MemberLists
  let rules: MatchingRules
  let layouts: AggregateLayouts
  /// The fingerprint of the rules that files are read by.
  let fingerprint: String
  let store: PieceStore
  let progress: StockReading.Progress

  // MARK: - Headcounts

  func headcounts() throws -> [(item: SourceArchive.Item, piece: PieceStore.Piece)] {
    try archive.all(.workforce).map { item in
      let piece = try store.piece(
        "workforce-\(item.receipt.vintage)", of: [item.sha256, "\(item.receipt.wantedYear ?? 0)"]
      ) { folder in
        try progress(item.receipt.files.first?.file ?? item.source.rawValue, 0)
        try staged(in: folder) { stage in
          let appender = try stage.store.appender(
            "workforce",
            [.integer8, .integer64, .integer32] + Array(repeating: .integer64, count: Workforce.measures.count))
          _ = try Workforce(item.open()).read(expectedYear: item.receipt.wantedYear.map(Int32.init)) { line in
            appender.add(Stage.index(line.isFrench ? .fr : .be))
            appender.add(Int64(line.establishment))
            appender.add(line.year)
            for value in line.values { appender.add(value) }
            try appender.endRow()
          }
          try appender.finish()
          try keep("SELECT * FROM workforce ORDER BY country, establishment, year", "workforce", stage, folder)
        }
      }
      return (item, piece)
    }
  }

  // MARK: - Stocks

  /// The newest stock of a country, with the establishments that some headcount gives jobs to.
  func newest(_ stock: Stock, _ headcounts: [(item: SourceArchive.Item, piece: PieceStore.Piece)]) throws
    -> PieceStore.Piece
  {
    let own = headcounts.filter { $0.item.countries.contains(stock.country) }.map(\.piece)
    let things =
      try [fingerprint, listFingerprint(stock.country)] + stock.items.map { "\($0.receipt.vintage) \($0.sha256)" }
      + own.map(\.key)
    return try store.piece("stock-\(stock.country.rawValue.lowercased())", of: things) { folder in
      try staged(in: folder) { stage in
        let index = HeadcountIndex()
        for piece in own {
          try stage.store.run(
            "INSERT INTO workforce SELECT * FROM read_parquet(\(sqlText(piece.path("workforce.parquet"))))")
        }
        try stage.store.query(
          """
          SELECT establishment FROM workforce WHERE country = \(Stage.index(stock.country))
            AND (jobs > 0 OR fte > 0 OR gross_pay > 0) ORDER BY establishment
          """
        ) { chunk in
          for row in 0..<chunk.count { index.note(UInt64(chunk.value(row, 0).integer ?? 0)) }
        }
        let facts = try StockReading(stage: stage, lists: lists, rules: rules).read(stock, index, progress)
        try stage.writeForms()
        try keep("SELECT * FROM unit ORDER BY id", "unit", stage, folder)
        try keep("SELECT * FROM door ORDER BY ALL", "door", stage, folder)
        try keep("SELECT * FROM seat ORDER BY unit", "seat", stage, folder)
        try keep("SELECT id FROM living ORDER BY id", StockStates.living, stage, folder)
        try keep(
          "SELECT e.* REPLACE (f.code AS form) FROM establishment e JOIN form f ON f.index = e.form ORDER BY e.id",
          "establishment", stage, folder)
        try Folder.write(JSON.encode(facts), to: "\(folder)/facts.json")
      }
    }
  }

  /// What the units of an older stock were.
  func older(_ stock: Stock) throws -> PieceStore.Piece {
    let things =
      try [fingerprint, listFingerprint(stock.country)] + stock.items.map { "\($0.receipt.vintage) \($0.sha256)" }
    return try store.piece("state-\(stock.country.rawValue.lowercased())-\(stock.vintage)", of: things) { folder in
      try staged(in: folder) { stage in
        _ = try StockReading(stage: stage, lists: lists, isOlder: true, rules: rules)
          .read(stock, HeadcountIndex(), progress)
        try keep("SELECT id FROM living ORDER BY id", StockStates.living, stage, folder)
        try keep(StockStates.query(stock.country, stock.vintage) + " ORDER BY id", "state", stage, folder)
      }
    }
  }

  /// The lists that name organisations of a country, and what people decided of them.
  private func listFingerprint(_ country: Country) throws(Problem) -> String {
    let own = lists.items.filter { lists.mayName(country, on: $0.list) }
    // The day of the newest stock counts where a list says since or until when.
    let dates = [ListField.since, .until].map(\.rawValue)
    let ends = own.contains { item in dates.contains { item.receipt.columns?[$0] != nil } }
    var said: [String] = []
    for item in own {
      said.append("\(MemberLists.fingerprint(item)) \(try lists.reviews[item.list]?.fingerprint ?? "")")
    }
    said.sort()
    return (said + (ends ? ["\(lists.day(of: country))"] : [])).joined(separator: "\n")
  }

  // MARK: - Publishers' tables

  func aggregates() throws -> [(item: SourceArchive.Item, piece: PieceStore.Piece)] {
    try Source.aggregates.flatMap(archive.all).map { item in
      let piece = try store.piece(
        "\(item.source.rawValue)-\(item.receipt.vintage)",
        of: [fingerprint, item.sha256, "\(item.receipt.wantedYear ?? 0)"]
      ) {
        folder in
        try progress(item.receipt.files.first?.file ?? item.source.rawValue, 0)
        try staged(in: folder) { stage in
          try StageAggregates(stage: stage, layouts: layouts).read(item)
          try keep("SELECT * FROM aggregate ORDER BY ALL", "aggregate", stage, folder)
        }
      }
      return (item, piece)
    }
  }

  /// All of them as one table of the release, in a fixed order; and as the index that tables read.
  func published(_ tables: [PieceStore.Piece]) throws -> PieceStore.Piece {
    try store.piece("aggregates", of: tables.map(\.key)) { folder in
      let work = "\(folder)/work"
      try Folder.make(work)
      do {
        let engine = try Store(":memory:", .init(memoryLimit: "640MB", threads: 1, temporaryFolder: work))
        try engine.run(StageAggregates.schema)
        // Each is in order, and of one source, layout and vintage: one after the other they are in order too, and twenty
        // million rows need no sorting.
        var parts: [(head: [String], query: String)] = []
        for piece in tables {
          let file = "read_parquet(\(sqlText(piece.path("aggregate.parquet"))))"
          let first = try engine.rows("SELECT source, layout, vintage FROM \(file) LIMIT 1").first ?? []
          parts.append((first.map(\.text), "SELECT * FROM \(file)"))
        }
        parts.sort { $0.head.lexicographicallyPrecedes($1.head) }
        let queries = ["SELECT * FROM aggregate"] + parts.map(\.query)
        try engine.run(
          """
          COPY (SELECT source, layout, vintage, territory, year, quarter, field, family, classification, activity, measure,
              value / 1000.0 AS value, secret FROM (\(queries.joined(separator: " UNION ALL "))))
            TO \(sqlText("\(folder)/aggregates.parquet")) (FORMAT parquet, COMPRESSION zstd)
          """)
      }
      do {
        let engine = try Store(":memory:", .init(memoryLimit: "250MB", threads: 1, temporaryFolder: work))
        try PublishedIndexWriter("\(folder)/aggregates.parquet", engine)
          .write(to: "\(folder)/\(PublishedIndex.fileName)")
      }
      try Folder.remove(work)
    }
  }

  // MARK: - A stage for one piece

  private func staged(in folder: String, _ body: (Stage) throws -> Void) throws {
    let work = "\(folder)/work"
    try Folder.make(work)
    do {
      let engine = try Store(
        "\(work)/stage.duckdb", .init(memoryLimit: "250MB", temporaryFolder: "\(work)/spill"))
      try engine.run("SET preserve_insertion_order = false")
      try body(try Stage(engine, books))
    }
    try Folder.remove(work)
  }

  /// In a fixed order: the same rows give the same bytes.
  private func keep(_ query: String, _ name: String, _ stage: Stage, _ folder: String) throws {
    try stage.store.run("SET preserve_insertion_order = true")
    try stage.store.run(
      "COPY (\(query)) TO \(sqlText("\(folder)/\(name).parquet")) (FORMAT parquet, COMPRESSION zstd)")
    try stage.store.run("SET preserve_insertion_order = false")
  }
}
