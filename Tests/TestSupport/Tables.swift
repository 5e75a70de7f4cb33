package import Tabular

/// All that a reader tells of a table, copied out of its batches.
package struct TableContents: Sendable, Equatable {
  package var columns: [String] = []
  package var rows: [[String]] = []
  /// The line of each row.
  package var lines: [Int] = []
  package var faults: [RowFault] = []

  package init() {}

  package init(columns: [String], rows: [[String]], lines: [Int]) {
    (self.columns, self.rows, self.lines) = (columns, rows, lines)
  }
}

/// Reads a whole table; `step` is how many bytes the stream gives at once.
package func readTable(
  _ bytes: [UInt8], step: Int = .max, separator: UInt8? = nil, room: ReadAhead.Room = ReadAhead.Room()
) throws -> TableContents {
  try readTable(MemoryStream(bytes, name: "table.csv", step: step), separator: separator, room: room)
}

package func readTable(_ text: String, step: Int = .max, separator: UInt8? = nil) throws -> TableContents {
  try readTable(utf8(text), step: step, separator: separator)
}

package func readTable(
  _ stream: any ByteStream, separator: UInt8? = nil, room: ReadAhead.Room = ReadAhead.Room()
) throws -> TableContents {
  let reader = try TableReader(stream, .init(separator: separator, room: room))
  var contents = TableContents()
  contents.columns = reader.columns
  try reader.forEachBatch { batch in
    for record in 0..<batch.count {
      let row = batch[record]
      contents.rows.append(reader.columns.indices.map { row[$0].text })
    }
    contents.lines += batch.lines()
    contents.faults += batch.faults
  }
  return contents
}

/// What a function of fields makes of each value, the values being lent as the fields of a table.
package func eachField<Value>(_ values: [String], _ body: (Field) -> Value) throws -> [Value] {
  var text = CSVText(["value"])
  for value in values { text.add([value]) }
  let reader = try TableReader(MemoryStream(text.bytes))
  var results: [Value] = []
  results.reserveCapacity(values.count)
  try reader.forEachBatch { batch in
    for record in 0..<batch.count { results.append(body(batch[record][0])) }
  }
  return results
}

/// All the bytes of a stream, asked for in pieces of `piece`.
package func readAll(_ stream: any ByteStream, piece: Int = 1 << 16) throws -> [UInt8] {
  var all: [UInt8] = []
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 1)
  defer { buffer.deallocate() }
  while true {
    let count = try stream.read(into: buffer)
    if count == 0 { return all }
    all += buffer[..<count]
  }
}
