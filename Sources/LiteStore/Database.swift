internal import CSQLite
package import Diagnostics
import Glibc

/// An SQLite database of somebody else's: nothing of it is changed. One connection, used by one thread at a time.
package final class LiteDatabase {
  let handle: OpaquePointer
  package let path: String

  /// Refuses one whose last changes are still in the journal beside it: read without them, it would be half of a file.
  package init(_ path: String) throws(Problem) {
    var journal = stat()
    if stat(path + "-wal", &journal) == 0, journal.st_size > 0 { throw Problem("sqlite.in_use", at: Place(file: path)) }
    var handle: OpaquePointer?
    let status = sqlite3_open_v2(
      Self.address(path) + "?mode=ro&immutable=1", &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
    guard status == SQLITE_OK, let handle else {
      let problem = Self.problem(status, handle, path)
      sqlite3_close_v2(handle)
      throw problem
    }
    self.handle = handle
    self.path = path
    // A question may be made to last for ever, by a view that goes round: Ctrl-C is heard meanwhile.
    sqlite3_progress_handler(handle, 100_000, { _ in Interruption.isRequested ? 1 : 0 }, nil)
    // What the file brings along, views above all, calls no function that could do harm.
    _ = try rows("PRAGMA trusted_schema = OFF")
    // A file is opened without a look at it: the first question tells whether it is a database.
    _ = try rows("SELECT count(*) FROM sqlite_master")
  }

  deinit { sqlite3_close_v2(handle) }

  package func statement(_ sql: String) throws(Problem) -> LiteStatement { try LiteStatement(self, sql) }

  /// Runs a query and lends its rows to the closure, one after the other.
  package func query(_ sql: String, _ values: [LiteValue] = [], _ body: (LiteStatement) throws -> Void) throws {
    let statement = try statement(sql)
    try statement.bind(values)
    while try statement.step() { try body(statement) }
  }

  /// All rows of a small result.
  package func rows(_ sql: String, _ values: [LiteValue] = []) throws(Problem) -> [[LiteValue]] {
    let statement = try statement(sql)
    try statement.bind(values)
    var rows: [[LiteValue]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map { statement.value($0) }) }
    return rows
  }

  /// The path as a URI: question marks and the like are letters of it.
  private static func address(_ path: String) -> String {
    let plain = Set("/._-~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    return "file:"
      + path.utf8.map { byte in
        guard !plain.contains(byte) else { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count < 2 ? "0" : "") + digits
      }.joined()
  }

  static func problem(_ status: Int32, _ handle: OpaquePointer?, _ path: String, sql: String = "") -> Problem {
    let text = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(status))
    switch status & 0xff {
    case SQLITE_INTERRUPT: return Problem("interrupted", status: .interrupted)
    case SQLITE_NOTADB: return Problem("sqlite.not_database", at: Place(file: path))
    case SQLITE_CORRUPT, SQLITE_IOERR: return Problem("sqlite.damaged", at: Place(file: path), ["system": text])
    case SQLITE_CANTOPEN: return Problem("file.missing", at: Place(file: path))
    default: return Problem("sqlite.failed", at: Place(file: path), ["system": text, "sql": String(sql.prefix(400))])
    }
  }
}

/// A name as SQL writes it, whatever letters it has.
package func liteName(_ name: String) -> String {
  "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
