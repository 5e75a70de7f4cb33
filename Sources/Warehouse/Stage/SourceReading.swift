import Diagnostics
import DuckStore
import Filesystem
import Matching
import Nomenclature
import Registers

/// Puts the pieces together in the stage of a build: headcounts, units and establishments, states, and the records of
/// other sources matched with them.
struct SourceReading {
  private let archive: SourceArchive
  private let stage: Stage
  private(set) var use = Manifest.Use()
  private(set) var matching: [Manifest.Matching] = []
  private(set) var accounts: Manifest.Accounts?
  private(set) var reviews: [ReviewFile] = []

  init(_ archive: SourceArchive, _ stage: Stage) {
    self.archive = archive
    self.stage = stage
  }

  /// `stocks`: the newest of each country with its piece; `older`: the states of those before.
  mutating func run(
    headcounts: [PieceStore.Piece], stocks: [(stock: Stock, piece: PieceStore.Piece)],
    older: [(stock: Stock, piece: PieceStore.Piece)],
    _ lists: MemberLists, _ rules: MatchingRules, review: String, _ progress: StockReading.Progress
  ) throws {
    for piece in headcounts { try load("workforce", piece) }
    try refuseOverlaps(headcounts)
    var provisional: [Country: [UInt64]] = [:]
    for (stock, piece) in stocks {
      try load("unit", piece)
      try load("door", piece)
      try load("seat", piece)
      try loadEstablishments(stock.country, piece)
      let facts = try JSON.decode(StockFacts.self, file: piece.path("facts.json"))
      provisional[stock.country] = facts.provisional
      use.withoutUnit += facts.withoutUnit
      use.addressesPlaced.merge(facts.addressesPlaced) { $1 }
      use.unplacedAddresses += facts.unplacedAddresses
    }
    try stage.store.run("SET memory_limit = '640MB'")
    var sources = SourceMatching(archive, stage, rules, review: review)
    try sources.run(lists, provisional: provisional, progress)
    (matching, accounts, reviews) = (sources.matching, sources.accounts, sources.reviews)
    // What matching held is free again: the states of some millions of units need it.
    try stage.store.run("SET memory_limit = '1GB'")
    for (stock, _) in stocks where stock.vintage != Importer.undated {
      try stage.store.run("INSERT INTO state \(StockStates.query(stock.country, stock.vintage))")
    }
    for (_, piece) in older { try load("state", piece) }
    try DatedMembership(stage: stage, lists: lists).apply(to: older.map(\.stock))
    try dropStrangers()
    for (stock, piece) in older + stocks where stock.vintage != Importer.undated {
      try stage.store.run(
        StockStates.elsewhere(stock.country, stock.vintage, living: piece.path("\(StockStates.living).parquet")))
    }
  }

  private func load(_ table: String, _ piece: PieceStore.Piece) throws {
    try stage.store.run("INSERT INTO \(table) SELECT * FROM read_parquet(\(sqlText(piece.path("\(table).parquet"))))")
  }

  /// Units of older stocks that were looked at for their name alone, and that no list has.
  private func dropStrangers() throws {
    for row in try stage.store.rows("SELECT DISTINCT country::INTEGER, form FROM state WHERE lists = '' ORDER BY ALL") {
      let country: Country = row[0].integer == 0 ? .fr : .be
      guard !stage.books.mayLetIn(row[1].text, country) else { continue }
      try stage.store.run(
        """
        DELETE FROM state WHERE lists = '' AND country = \(Stage.index(country)) AND form = \(sqlText(row[1].text))
        """)
    }
  }

  /// Legal forms are small numbers in a stage, given as they come: a piece has their codes.
  private func loadEstablishments(_ country: Country, _ piece: PieceStore.Piece) throws {
    let file = "read_parquet(\(sqlText(piece.path("establishment.parquet"))))"
    try stage.store.run("CREATE TEMP TABLE form_of(code VARCHAR, index USMALLINT)")
    let appender = try stage.store.appender("form_of", [.text, .integer16])
    for row in try stage.store.rows("SELECT DISTINCT form FROM \(file) ORDER BY form") {
      appender.add(row[0].text)
      appender.add(row[0].text.isEmpty ? 0 : stage.form(row[0].text, country))
      try appender.endRow()
    }
    try appender.finish()
    try stage.store.run(
      """
      INSERT INTO establishment SELECT e.* REPLACE (f.index AS form) FROM \(file) e JOIN form_of f ON f.code = e.form;
      DROP TABLE form_of
      """)
  }

  /// Two files that give jobs to one establishment and year would count it twice.
  private func refuseOverlaps(_ headcounts: [PieceStore.Piece]) throws {
    let twice = try stage.store.rows(
      """
      SELECT year::INTEGER, count(*)::BIGINT, arg_min(country, (country, establishment))::INTEGER,
        arg_min(establishment, (country, establishment))::BIGINT
      FROM (SELECT country, establishment, year FROM workforce GROUP BY ALL HAVING count(*) > 1)
      GROUP BY year ORDER BY year LIMIT 1
      """)
    guard let first = twice.first, let country = first[2].integer, let establishment = first[3].integer else { return }
    // The files that have the first of them: the others are good as they are.
    let items = try zip(archive.all(.workforce), headcounts).filter { _, piece in
      try !stage.store.rows(
        """
        SELECT 1::INTEGER FROM read_parquet(\(sqlText(piece.path("workforce.parquet"))))
        WHERE country = \(country) AND establishment = \(establishment) AND year = \(first[0].text) LIMIT 1
        """
      ).isEmpty
    }.map { $0.0 }
    let digits = String(establishment)
    let width = country == Int(Stage.index(.fr)) ? 14 : 10
    throw Problem(
      "build.workforce_twice", at: Place(file: items.first.map { Folder.parent(of: $0.folder) }),
      [
        "year": first[0].text, "count": first[1].text, "files": items.map(\.receipt.vintage).joined(separator: ", "),
        "establishment": String(repeating: "0", count: max(0, width - digits.count)) + digits,
      ])
  }
}
