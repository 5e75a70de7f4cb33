internal import CDuckDB

/// Some two thousand rows of a result, lent while they are in memory.
package struct Chunk: ~Copyable {
  package let count: Int
  package let columns: Int
  private let vectors: [Column]

  private struct Column {
    let type: duckdb_type
    let data: UnsafeMutableRawPointer?
    let validity: UnsafeMutablePointer<UInt64>?
  }

  init(_ chunk: duckdb_data_chunk, types: [duckdb_type]) {
    count = Int(duckdb_data_chunk_get_size(chunk))
    columns = types.count
    vectors = types.enumerated().map { column, type in
      let vector = duckdb_data_chunk_get_vector(chunk, idx_t(column))
      return Column(
        type: type, data: duckdb_vector_get_data(vector), validity: duckdb_vector_get_validity(vector))
    }
  }

  package func value(_ row: Int, _ column: Int) -> Value {
    let vector = vectors[column]
    if let validity = vector.validity, validity[row / 64] >> UInt64(row % 64) & 1 == 0 { return .null }
    guard let data = vector.data else { return .null }
    func load<T>(_: T.Type) -> T { data.assumingMemoryBound(to: T.self)[row] }
    switch vector.type {
    case DUCKDB_BOOLEAN: return .boolean(load(Bool.self))
    case DUCKDB_TINYINT: return .integer(Int(load(Int8.self)))
    case DUCKDB_SMALLINT: return .integer(Int(load(Int16.self)))
    case DUCKDB_INTEGER: return .integer(Int(load(Int32.self)))
    case DUCKDB_BIGINT: return .integer(Int(load(Int64.self)))
    case DUCKDB_UTINYINT: return .integer(Int(load(UInt8.self)))
    case DUCKDB_USMALLINT: return .integer(Int(load(UInt16.self)))
    case DUCKDB_UINTEGER: return .integer(Int(load(UInt32.self)))
    case DUCKDB_UBIGINT: return .integer(Int(truncatingIfNeeded: load(UInt64.self)))
    case DUCKDB_FLOAT: return .number(Double(load(Float.self)))
    case DUCKDB_DOUBLE: return .number(load(Double.self))
    case DUCKDB_VARCHAR: return .text(Self.text(data.assumingMemoryBound(to: duckdb_string_t.self) + row))
    default: preconditionFailure("a query gave a column of type \(vector.type): cast it in the SQL")
    }
  }

  private static func text(_ string: UnsafePointer<duckdb_string_t>) -> String {
    let length = Int(string.pointee.inlined.length)
    if length <= 12 {
      return UnsafeRawPointer(string).advanced(by: 4).withMemoryRebound(to: UInt8.self, capacity: 12) {
        String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
      }
    }
    guard let pointer = string.pointee.pointer.pointer else { return "" }
    return pointer.withMemoryRebound(to: UInt8.self, capacity: length) {
      String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
    }
  }
}
