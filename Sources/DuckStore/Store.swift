internal import CDuckDB
package import Diagnostics

/// A DuckDB database and one connection to it, used by one thread at a time.
package final class Store {
  private var database: duckdb_database?
  private var connection: duckdb_connection?
  package let path: String

  package struct Settings: Sendable {
    package var memoryLimit: String
    package var threads: Int
    package var temporaryFolder: String?
    package init(memoryLimit: String = "512MB", threads: Int = 2, temporaryFolder: String? = nil) {
      self.memoryLimit = memoryLimit
      self.threads = threads
      self.temporaryFolder = temporaryFolder
    }
  }

  /// Opens a file, or a database in memory. `Library.open` must have succeeded before.
  package init(_ path: String = ":memory:", _ settings: Settings = Settings()) throws(Problem) {
    precondition(Library.isOpen, "Library.open comes before a store")
    self.path = path
    var config: duckdb_config?
    duckdb_create_config(&config)
    defer { duckdb_destroy_config(&config) }
    duckdb_set_config(config, "memory_limit", settings.memoryLimit)
    duckdb_set_config(config, "threads", String(settings.threads))
    // Results do not depend on what extension a machine happens to have, and nothing asks the network.
    duckdb_set_config(config, "autoinstall_known_extensions", "false")
    if let folder = settings.temporaryFolder { duckdb_set_config(config, "temp_directory", folder) }
    var message: UnsafeMutablePointer<CChar>?
    guard duckdb_open_ext(path, &database, config, &message) == DUCKDB_SUCCESS else {
      let text = message.map { String(cString: $0) } ?? "?"
      if let message { duckdb_free(message) }
      throw Self.problem(text, sql: nil, path: path)
    }
    guard duckdb_connect(database, &connection) == DUCKDB_SUCCESS else {
      duckdb_close(&database)
      throw Self.problem("no connection", sql: nil, path: path)
    }
  }

  deinit {
    if connection != nil { duckdb_disconnect(&connection) }
    if database != nil { duckdb_close(&database) }
  }

  /// Runs statements that give no rows.
  package func run(_ sql: String) throws(Problem) {
    var result = duckdb_result()
    defer { duckdb_destroy_result(&result) }
    guard duckdb_query(connection, sql, &result) == DUCKDB_SUCCESS else {
      throw Self.problem(Self.message(&result), sql: sql, path: path)
    }
  }

  /// Runs a query and gives its rows, chunk after chunk, to the closure.
  package func query(_ sql: String, _ body: (borrowing Chunk) throws -> Void) throws {
    var result = duckdb_result()
    defer { duckdb_destroy_result(&result) }
    guard duckdb_query(connection, sql, &result) == DUCKDB_SUCCESS else {
      throw Self.problem(Self.message(&result), sql: sql, path: path)
    }
    let types = (0..<duckdb_column_count(&result)).map { duckdb_column_type(&result, $0) }
    while let chunk = duckdb_fetch_chunk(result) {
      var handle: duckdb_data_chunk? = chunk
      defer { duckdb_destroy_data_chunk(&handle) }
      try body(Chunk(chunk, types: types))
    }
  }

  /// All rows of a small result.
  package func rows(_ sql: String) throws -> [[Value]] {
    var rows: [[Value]] = []
    try query(sql) { chunk in
      for row in 0..<chunk.count {
        rows.append((0..<chunk.columns).map { chunk.value(row, $0) })
      }
    }
    return rows
  }

  package func appender(_ table: String, _ columns: [ColumnType]) throws(Problem) -> Appender {
    var handle: duckdb_appender?
    guard duckdb_appender_create(connection, nil, table, &handle) == DUCKDB_SUCCESS, let handle else {
      let text = handle.flatMap { duckdb_appender_error($0) }.map { String(cString: $0) } ?? "?"
      if handle != nil { duckdb_appender_destroy(&handle) }
      throw Self.problem(text, sql: table, path: path)
    }
    return Appender(handle, columns, path: path)
  }

  private static func message(_ result: inout duckdb_result) -> String {
    duckdb_result_error(&result).map { String(cString: $0) } ?? "?"
  }

  static func problem(_ text: String, sql: String?, path: String) -> Problem {
    // The engine wraps the system's words; where it dies of a full disk it says only that it could not save.
    let full = ["No space left on device", "Disk quota", "File too large", "Failed to create checkpoint"]
    if full.contains(where: text.contains) {
      return Problem("disk.full", status: .machine, at: Place(file: path), ["attempt": "write", "system": text])
    }
    return Problem(
      "duckdb.failed", status: .machine, at: Place(file: path),
      ["system": text, "sql": sql.map { String($0.prefix(400)) } ?? ""])
  }
}

/// A text as an SQL literal.
package func sqlText(_ text: String) -> String {
  "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
}

/// A value of a small result.
package enum Value: Sendable, Equatable {
  case null
  case integer(Int)
  case number(Double)
  case text(String)
  case boolean(Bool)

  package var text: String {
    switch self {
    case .null: ""
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .text(let value): value
    case .boolean(let value): String(value)
    }
  }

  package var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  package var isNull: Bool { self == .null }
}
