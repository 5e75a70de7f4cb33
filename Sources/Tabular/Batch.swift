/// Some hundreds of records of a table, lent to the reader's closure while they are in memory.
///
/// It cannot be copied, so it cannot be kept: the block below it is used again for the records that follow.
package struct Batch: ~Copyable {
  @usableFromInline let text: UnsafePointer<UInt8>
  @usableFromInline let starts: UnsafePointer<UInt32>
  @usableFromInline let ends: UnsafePointer<UInt32>
  @usableFromInline let fields: Int
  /// How many records.
  @usableFromInline package let count: Int
  /// Records that could not be read as rows of this table, with their lines.
  package let faults: [RowFault]
  /// Lines that are no record of their own: inside quotes, or empty. A quote that nobody closed makes many.
  package let extraLines: Int
  /// It ends the table, and its last line has no end of its own: a download that was cut may stop in a last field.
  package let isOpenEnded: Bool
  /// Trivial, as all that a batch holds: the reader owns it.
  private let cursor: UnsafeMutablePointer<LineCursor>

  init(
    text: UnsafePointer<UInt8>, index: borrowing RecordIndex, fields: Int, firstLine: Int,
    cursor: UnsafeMutablePointer<LineCursor>, faults: [RowFault], isOpenEnded: Bool
  ) {
    self.isOpenEnded = isOpenEnded
    self.text = text
    self.starts = UnsafePointer(index.starts)
    self.ends = UnsafePointer(index.ends)
    self.fields = fields
    self.count = index.recordCount
    self.cursor = cursor
    cursor.pointee = LineCursor(firstLine)
    self.faults = faults
    extraLines = max(0, index.lines - index.recordCount - faults.count)
  }

  @inlinable @inline(__always)
  package subscript(record: Int) -> Row {
    Row(text: text, start: starts[record], ends: ends + record * fields, last: fields - 1)
  }

  /// The line of the file on which a record starts. Counted when asked: only messages need it.
  package func line(of record: Int) -> Int { cursor.pointee.line(at: Int(starts[record]), in: text) }

  /// The lines of all records, for tables small enough to want them.
  package func lines() -> [Int] {
    var lines: [Int] = []
    for record in 0..<count { lines.append(line(of: record)) }
    return lines
  }

  /// The record as it stands in the file, for the list of rejected rows.
  package func source(of record: Int) -> String {
    let start = Int(starts[record])
    let end = Int(ends[record * fields + fields - 1])
    return TextEncoding.decode(UnsafeBufferPointer(start: text + start, count: end - start)).text
  }
}

/// Where line numbers have been counted to in a batch: asking for record after record counts each line once.
struct LineCursor {
  private let firstLine: Int
  private var offset = 0
  private var line: Int

  init(_ firstLine: Int) {
    self.firstLine = firstLine
    line = firstLine
  }

  mutating func line(at wanted: Int, in text: UnsafePointer<UInt8>) -> Int {
    if wanted < offset { (offset, line) = (0, firstLine) }
    line += lineEnds(in: text + offset, count: wanted - offset)
    offset = wanted
    return line
  }
}

/// A record that is not a row: the wrong number of fields.
package struct RowFault: Sendable, Equatable {
  package let line: Int
  package let fields: Int
  package let expected: Int
  package let source: String
}

/// One record of a batch. As short-lived as the batch.
package struct Row {
  @usableFromInline let text: UnsafePointer<UInt8>
  @usableFromInline let start: UInt32
  @usableFromInline let ends: UnsafePointer<UInt32>
  @usableFromInline let last: Int

  @inlinable @inline(__always)
  init(text: UnsafePointer<UInt8>, start: UInt32, ends: UnsafePointer<UInt32>, last: Int) {
    self.text = text
    self.start = start
    self.ends = ends
    self.last = last
  }

  /// The field at a position of the header. A negative position, a column the file has not, is empty.
  @inlinable @inline(__always)
  package subscript(column: Int) -> Field {
    guard column >= 0 else { return Field(start: text, count: 0) }
    let from = column == 0 ? Int(start) : Int(ends[column - 1]) + 1
    var count = Int(ends[column]) - from
    var begin = text + from
    if column == last, count > 0, begin[count - 1] == UInt8(ascii: "\r") { count -= 1 }
    if count > 1, begin[0] == UInt8(ascii: "\""), begin[count - 1] == UInt8(ascii: "\"") {
      begin += 1
      count -= 2
    }
    return Field(start: begin, count: count)
  }
}

/// The bytes of a field, without its quotes (doubled quotes inside are still doubled).
package struct Field {
  @usableFromInline package let start: UnsafePointer<UInt8>
  @usableFromInline package let count: Int

  @inlinable @inline(__always)
  init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }

  @inlinable @inline(__always) package var isEmpty: Bool { count == 0 }

  @inlinable @inline(__always) package subscript(position: Int) -> UInt8 { start[position] }

  /// Without the spaces and tabs around, which people leave in tables made by hand.
  @inlinable
  package var trimmed: Field {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var (from, to) = (0, count)
    while from < to, isBlank(start[from]) { from += 1 }
    while to > from, isBlank(start[to - 1]) { to -= 1 }
    return Field(start: start + from, count: to - from)
  }

  /// True where the field is this one ASCII character.
  @inlinable @inline(__always)
  package func isOnly(_ byte: UInt8) -> Bool { count == 1 && start[0] == byte }

  @inlinable
  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  @inlinable @inline(__always)
  package func equals(_ text: StaticString) -> Bool {
    guard text.utf8CodeUnitCount == count else { return false }
    for i in 0..<count where start[i] != text.utf8Start[i] { return false }
    return true
  }

  /// The field, or an empty one where it is this ASCII text.
  @inlinable @inline(__always)
  package func unless(_ text: StaticString) -> Field { equals(text) ? Field(start: start, count: 0) : self }

  /// Up to eight bytes as one number, first byte highest: short codes compared and grouped at once.
  @inlinable @inline(__always)
  package var packed: UInt64? {
    guard count <= 8 else { return nil }
    var value: UInt64 = 0
    for i in 0..<count { value = value << 8 | UInt64(start[i]) }
    return value
  }

  /// The field as text: quotes undoubled, Windows-1252 where it is not UTF-8.
  package var text: String {
    if isEmpty { return "" }
    if bytes.contains(UInt8(ascii: "\"")) { return undoubled }
    return TextEncoding.decode(bytes).text
  }

  private var undoubled: String {
    var clean: [UInt8] = []
    clean.reserveCapacity(count)
    var position = 0
    while position < count {
      let byte = start[position]
      clean.append(byte)
      let doubled = byte == UInt8(ascii: "\"") && position + 1 < count && start[position + 1] == byte
      position += doubled ? 2 : 1
    }
    return clean.withUnsafeBufferPointer { TextEncoding.decode($0).text }
  }
}
