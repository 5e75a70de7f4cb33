import Diagnostics
import DuckStore
import Filesystem
import Matching
import Nomenclature
import Perimeter

/// What the units of the ESS were in each stock that was imported: changes through time are read from two of them.
///
/// The newest stock is in the stage already. An older one gets a stage of its own, for as long as it takes to write what
/// its units were; communes are those of today, so that a merger moves nobody.
struct StockStates {
  /// A stock of a country: SIRENE's two files, or the KBO.
  struct Stock {
    let country: Country
    let vintage: String
    let items: [SourceArchive.Item]
  }

  let stage: Stage
  let rules: MatchingRules
  let review: String
  let work: String

  static let schema = """
    CREATE TABLE state(country UTINYINT, vintage VARCHAR, id BIGINT, form VARCHAR, activity_scheme VARCHAR, activity VARCHAR,
      lists VARCHAR, created INTEGER, commune INTEGER, employer BOOLEAN)
    """

  /// Active units, with the commune of their head office where the register says which establishment that is.
  private static func query(_ country: Country, _ vintage: String) -> String {
    """
    SELECT u.country, \(sqlText(vintage)) AS vintage, u.id, u.form, u.activity_scheme, u.activity, u.lists, u.created,
      coalesce(min(e.commune) FILTER (e.head), min(e.commune), -2) AS commune, coalesce(bool_or(e.employer), false) AS employer
    FROM unit u LEFT JOIN establishment e ON e.country = u.country AND e.unit = u.id AND e.active
    WHERE u.active AND u.country = \(Stage.index(country)) GROUP BY ALL
    """
  }

  /// The states of the stock that the stage holds.
  func addNewest(_ country: Country, _ vintage: String) throws {
    try stage.store.run("INSERT INTO state \(Self.query(country, vintage))")
  }

  /// Reads an older stock into a stage of its own and takes its states over.
  func add(_ stock: Stock, _ archive: SourceArchive, _ progress: SourceReading.Progress) throws {
    let path = "\(work)/older.duckdb"
    let file = "\(work)/state.parquet"
    try Folder.remove(path)
    do {
      let store = try Store(path, .init(memoryLimit: "250MB", temporaryFolder: "\(work)/spill"))
      let older = try Stage(store, stage.books)
      var reading = SourceReading(archive, older, rules, review: review)
      try reading.read(stock, progress)
      try store.run("COPY (\(Self.query(stock.country, stock.vintage))) TO \(sqlText(file)) (FORMAT parquet)")
    }
    try stage.store.run("INSERT INTO state SELECT * FROM read_parquet(\(sqlText(file)))")
    try Folder.remove(path)
    try Folder.remove(file)
  }
}

extension SourceArchive {
  /// The dated stocks of a country, the oldest first. SIRENE's two files count where they are of one vintage.
  func stocks(of country: Country) -> [StockStates.Stock] {
    let units = country == .fr ? all(.sireneUnits) : all(.kbo)
    return units.filter { $0.receipt.vintage != Importer.undated }.compactMap { item in
      let vintage = item.receipt.vintage
      guard country == .fr else { return .init(country: country, vintage: vintage, items: [item]) }
      guard let places = all(.sireneEstablishments).first(where: { $0.receipt.vintage == vintage }) else { return nil }
      return .init(country: country, vintage: vintage, items: [item, places])
    }.sorted { $0.vintage < $1.vintage }
  }
}
