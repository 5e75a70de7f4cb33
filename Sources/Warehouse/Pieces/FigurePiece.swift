import Diagnostics
import Directory
import DuckStore
import Filesystem
import Matching
import NameIndex
import Nomenclature
import Perimeter

/// The tables of a release that rest on units, made in one go: whatever one of their inputs is, all of them are.
struct FigurePiece {
  /// What the manifest says of them.
  struct Facts: Codable {
    var use: Manifest.Use
    var coverage: [Manifest.Coverage]
    var matching: [Manifest.Matching]
    var accounts: Manifest.Accounts?
    var years: [Int]
    var directory: Manifest.OutputFile
    /// By name of the list, the records of which a person is to decide.
    var reviews: [String: [ReviewFile.Row]]
  }

  /// Publishers' tables have a piece each: they change nothing here.
  static let tables = ReleaseFolder.tables.filter { $0 != "aggregates" }

  let archive: SourceArchive
  let books: RuleBooks
  let lists: MemberLists
  let rules: MatchingRules
  let review: String
  let said: Int?
  /// Words of legal forms, which tell no name from another.
  let forms: WordForms
  let perimeter: String
  let isSimulated: Bool
  let progress: StockReading.Progress

  /// The years of the registers, as each says its own, or as somebody says; that of the headcounts where nobody does.
  func stockYears(_ stocks: [Stock], _ years: [Int]) -> [String: Int] {
    let own = Self.ownYears(stocks)
    let codes = stocks.map(\.country.rawValue)
    return Dictionary(uniqueKeysWithValues: codes.map { ($0, said ?? own[$0] ?? years.last ?? 0) })
  }

  static func ownYears(_ stocks: [Stock]) -> [String: Int] {
    var found: [String: Int] = [:]
    for stock in stocks {
      guard let receipt = stock.items.last?.receipt, let year = receipt.year else { continue }
      // An extract of 1 January tells of the year before.
      let isOfYearBefore = stock.country == .be && receipt.vintage.hasSuffix("-01-01")
      found[stock.country.rawValue] = isOfYearBefore ? year - 1 : year
    }
    return found
  }

  func make(
    in folder: String, headcounts: [PieceStore.Piece], stocks: [(stock: Stock, piece: PieceStore.Piece)],
    older: [(stock: Stock, piece: PieceStore.Piece)]
  ) throws {
    let work = "\(folder)/work"
    try Folder.make(work)
    do {
      let store = try Store("\(work)/stage.duckdb", .init(memoryLimit: "250MB", temporaryFolder: "\(work)/spill"))
      try store.run("SET preserve_insertion_order = false")  // every table that is written out is sorted
      let stage = try Stage(store, books)
      var reading = SourceReading(archive, stage)
      try reading.run(
        headcounts: headcounts, stocks: stocks, older: older, lists, rules, review: review, progress)
      try stage.mapActivities()
      try stage.writeForms()
      let years = try store.rows("SELECT DISTINCT year::INTEGER FROM workforce ORDER BY year").compactMap(\.[0].integer)
      let cube = CubeSQL(
        perimeters: books.perimeters, sizes: books.nomenclatures.sizes,
        stockYears: stockYears(stocks.map(\.stock), years))
      try progress("cube", 0)
      for sql in [cube.decisions, cube.facts, cube.cellTable] {
        try Interruption.check()
        try store.run(sql)
      }
      try FactTables(store, books).write(
        to: folder, stocks: (older + stocks).compactMap { StockYear($0.stock.country, $0.stock.vintage) })
      let counts = try store.rows(CubeSQL.factCounts).first?.map { $0.integer ?? 0 } ?? [0, 0]
      let steps = cube.cells(candidates: counts[0], others: counts[1]) + [cube.cube]
      for (step, sql) in steps.enumerated() {
        try Interruption.check()
        try progress("cube", (0.2 + Double(step) / Double(steps.count) * 0.8) * 0.7)
        try store.run(sql)
      }
      var use = reading.use
      try count(&use, store)
      try progress("cube", 0.75)
      try ReleaseWriter(store: store, folder: folder).write(Self.tables)
      let directory = DirectoryTable(
        store: store, books: books, forms: forms, perimeter: perimeter, lists: lists.items.map(\.list),
        isSimulated: isSimulated)
      let facts = Facts(
        use: use, coverage: try store.rows(cube.coverage).map(cube.coverage), matching: reading.matching,
        accounts: reading.accounts, years: years, directory: try directory.write(to: folder),
        reviews: Dictionary(
          uniqueKeysWithValues: reading.reviews.map { (Folder.name(of: $0.path), $0.rows.filter { !$0.isDecided }) }))
      try Folder.write(JSON.encode(facts), to: "\(folder)/facts.json")
    }
    try Folder.remove(work)
  }

  private func count(_ use: inout Manifest.Use, _ store: Store) throws {
    func number(_ sql: String) throws -> Int { try store.rows(sql).first?.first?.integer ?? 0 }
    use.units = try number("SELECT count(*) FROM unit")
    use.establishments = try number("SELECT count(*) FROM establishment")
    use.withoutCommune = try number("SELECT count(*) FROM establishment WHERE commune < 0")
    use.closedSince = try number("SELECT count(*) FROM establishment WHERE NOT active")
    use.employers = try number("SELECT count(*) FROM establishment WHERE employer")
    use.workforceRows = try number("SELECT count(*) FROM workforce")
    use.workforceMatched = try number(
      "SELECT count(*) FROM workforce w SEMI JOIN establishment e ON e.country = w.country AND e.id = w.establishment")
  }
}
