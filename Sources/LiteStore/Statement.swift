internal import CSQLite
package import Diagnostics

/// A value as SQLite keeps it.
package enum LiteValue: Sendable, Equatable {
  case null
  case integer(Int)
  case number(Double)
  case text(String)
  case blob([UInt8])

  /// As text, whatever it is; a blob and a null are nothing.
  package var text: String {
    switch self {
    case .null, .blob: ""
    case .integer(let value): String(value)
    case .number(let value): Int(exactly: value).map(String.init) ?? String(value)
    case .text(let value): value
    }
  }

  package var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    case .text(let value): Int(value)
    default: nil
    }
  }
}

/// A prepared statement; it keeps its database open.
package final class LiteStatement {
  private let database: LiteDatabase
  private let handle: OpaquePointer
  private let sql: String

  init(_ database: LiteDatabase, _ sql: String) throws(Problem) {
    var handle: OpaquePointer?
    let status = sqlite3_prepare_v2(database.handle, sql, -1, &handle, nil)
    guard status == SQLITE_OK, let handle else {
      throw LiteDatabase.problem(status, database.handle, database.path, sql: sql)
    }
    self.database = database
    self.handle = handle
    self.sql = sql
  }

  deinit { sqlite3_finalize(handle) }

  /// Gives the parameters their values, the first to `?1`, and begins anew.
  package func bind(_ values: [LiteValue]) throws(Problem) {
    sqlite3_reset(handle)
    for (offset, value) in values.enumerated() {
      let position = Int32(offset + 1)
      let status =
        switch value {
        case .null: sqlite3_bind_null(handle, position)
        case .integer(let value): sqlite3_bind_int64(handle, position, Int64(value))
        case .number(let value): sqlite3_bind_double(handle, position, value)
        case .text(let value):
          sqlite3_bind_text(handle, position, value, Int32(value.utf8.count), essor_sqlite_transient())
        case .blob(let bytes):
          bytes.withUnsafeBytes {
            sqlite3_bind_blob(handle, position, $0.baseAddress, Int32($0.count), essor_sqlite_transient())
          }
        }
      guard status == SQLITE_OK else { throw LiteDatabase.problem(status, database.handle, database.path, sql: sql) }
    }
  }

  /// Goes to the next row; false after the last.
  package func step() throws(Problem) -> Bool {
    let status = sqlite3_step(handle)
    switch status {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw LiteDatabase.problem(status, database.handle, database.path, sql: sql)
    }
  }

  package var columnCount: Int { Int(sqlite3_column_count(handle)) }
  package var columns: [String] {
    (0..<columnCount).map { sqlite3_column_name(handle, Int32($0)).map { String(cString: $0) } ?? "" }
  }

  /// A field of the present row.
  package func value(_ column: Int) -> LiteValue {
    let column = Int32(column)
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(handle, column)))
    case SQLITE_FLOAT: return .number(sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      let count = Int(sqlite3_column_bytes(handle, column))
      guard let start = sqlite3_column_text(handle, column) else { return .text("") }
      return .text(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      // The pointer first: asking for the length must not come before, says the library.
      guard let start = sqlite3_column_blob(handle, column) else { return .blob([]) }
      return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))))
    default: return .null
    }
  }
}
