internal import CDuckDB
package import Diagnostics

package enum ColumnType: Sendable {
  case integer8, integer16, integer32, integer64, double, text, boolean

  var code: duckdb_type {
    switch self {
    case .integer8: DUCKDB_UTINYINT
    case .integer16: DUCKDB_USMALLINT
    case .integer32: DUCKDB_INTEGER
    case .integer64: DUCKDB_BIGINT
    case .double: DUCKDB_DOUBLE
    case .text: DUCKDB_VARCHAR
    case .boolean: DUCKDB_BOOLEAN
    }
  }
}

/// Adds rows to a table by whole column chunks. `finish()` must be called: it says whether all went in.
package final class Appender {
  private static let capacity = 2048
  private var handle: duckdb_appender?
  private var chunk: duckdb_data_chunk?
  private let path: String
  private var data: [UnsafeMutableRawPointer] = []
  private var vectors: [duckdb_vector] = []
  private let columns: [ColumnType]
  private var row = 0
  private var column = 0
  /// Rows handed over so far.
  package private(set) var count = 0

  init(_ handle: duckdb_appender, _ columns: [ColumnType], path: String) {
    self.handle = handle
    self.path = path
    self.columns = columns
    var types = columns.map { duckdb_create_logical_type($0.code) as duckdb_logical_type? }
    defer { for index in types.indices { duckdb_destroy_logical_type(&types[index]) } }
    chunk = duckdb_create_data_chunk(&types, idx_t(columns.count))
    prepare()
  }

  deinit {
    if chunk != nil { duckdb_destroy_data_chunk(&chunk) }
    if handle != nil { duckdb_appender_destroy(&handle) }
  }

  private func prepare() {
    vectors.removeAll(keepingCapacity: true)
    data.removeAll(keepingCapacity: true)
    for column in columns.indices {
      guard let vector = duckdb_data_chunk_get_vector(chunk, idx_t(column)),
        let memory = duckdb_vector_get_data(vector)
      else { preconditionFailure("a chunk has its vectors") }
      vectors.append(vector)
      data.append(memory)
    }
  }

  package func add(_ value: UInt8) { store(value, .integer8) }
  package func add(_ value: UInt16) { store(value, .integer16) }
  package func add(_ value: Int32) { store(value, .integer32) }
  package func add(_ value: Int64) { store(value, .integer64) }
  package func add(_ value: Double) { store(value, .double) }
  package func add(_ value: Bool) { store(value, .boolean) }

  private func store<T>(_ value: T, _ type: ColumnType) {
    assert(columns[column] == type)
    data[column].assumingMemoryBound(to: T.self)[row] = value
    column += 1
  }

  package func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    assert(columns[column] == .text)
    let (vector, row) = (vectors[column], idx_t(row))
    if bytes.isEmpty {
      duckdb_vector_assign_string_element_len(vector, row, "", 0)
    } else {
      bytes.withMemoryRebound(to: CChar.self) {
        duckdb_vector_assign_string_element_len(vector, row, $0.baseAddress, idx_t($0.count))
      }
    }
    column += 1
  }

  package func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  package func addNull() {
    duckdb_vector_ensure_validity_writable(vectors[column])
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vectors[column]), idx_t(row))
    column += 1
  }

  package func endRow() throws(Problem) {
    precondition(column == columns.count, "a row has as many values as its table has columns")
    column = 0
    row += 1
    count += 1
    if row == Self.capacity { try flush() }
  }

  private func flush() throws(Problem) {
    guard row > 0 else { return }
    duckdb_data_chunk_set_size(chunk, idx_t(row))
    guard duckdb_append_data_chunk(handle, chunk) == DUCKDB_SUCCESS else { throw failure() }
    duckdb_data_chunk_reset(chunk)
    prepare()
    row = 0
  }

  package func finish() throws(Problem) {
    try flush()
    guard duckdb_appender_close(handle) == DUCKDB_SUCCESS else { throw failure() }
  }

  private func failure() -> Problem {
    let text = duckdb_appender_error(handle).map { String(cString: $0) } ?? "?"
    return Store.problem(text, sql: nil, path: path)
  }
}
