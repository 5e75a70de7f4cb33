import Diagnostics
import DuckStore

/// Writes rows as Parquet, and in the file itself what it is. `Library.open` must have succeeded before.
final class ParquetWriter {
  private let store: Store

  /// `folder` is for what is more than memory should hold; without one all rows stay in memory.
  init(folder: String? = nil) throws(Problem) {
    // With one thread rows stay in their order whatever the machine.
    store = try Store(
      folder.map { "\($0)/rows.duckdb" } ?? ":memory:",
      .init(memoryLimit: "512MB", threads: 1, temporaryFolder: folder))
  }

  /// Writes into the file itself: who wants it whole or not at all gives the path of one that nobody looks for.
  func write(
    _ columns: [(name: String, type: ColumnType)], facts: [(String, String)], to path: String,
    rows: (Appender) throws(Problem) -> Void
  ) throws(Problem) {
    let declared = columns.map { "\(Self.quoted($0.name)) \($0.type.sql)" }
    try store.run("CREATE OR REPLACE TABLE exported (\(declared.joined(separator: ", ")))")
    let appender = try store.appender("exported", columns.map(\.type))
    try rows(appender)
    try appender.finish()
    let facts = facts.map { "\(Self.quoted($0.0)): \(sqlText($0.1))" }
    try store.run(
      """
      COPY exported TO \(sqlText(path)) (FORMAT parquet, COMPRESSION zstd,
        KV_METADATA {\(facts.joined(separator: ", "))})
      """)
    try store.run("DROP TABLE exported")
  }

  /// A name as SQL takes any.
  private static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

extension ColumnType {
  fileprivate var sql: String {
    switch self {
    case .double: "DOUBLE"
    case .integer32: "INTEGER"
    case .boolean: "BOOLEAN"
    default: "VARCHAR"
    }
  }
}
