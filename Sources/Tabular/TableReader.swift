package import Diagnostics

/// Reads a delimited table from a stream: header first, then batches of records.
///
/// The separator and the encoding are found by looking at the first block. Nothing is decoded or copied
/// until a field is asked for. A table that is broken as a whole (an open quote, a NUL byte, no header)
/// throws; a record that is broken alone is handed over in `Batch.faults`.
package final class TableReader {
  /// Tells which of the first lines, cut into their cells, is the header; what is above it is skipped.
  package typealias HeaderChoice = @Sendable (_ lines: [[String]]) -> Int

  package struct Options: Sendable {
    /// Nil: found in the header.
    package var separator: UInt8?
    package var room: ReadAhead.Room
    /// Nil: the first line is the header.
    package var header: HeaderChoice?

    package init(
      separator: UInt8? = nil, room: ReadAhead.Room = ReadAhead.Room(), header: HeaderChoice? = nil
    ) {
      (self.separator, self.room, self.header) = (separator, room, header)
    }
  }

  /// The column names, in order.
  package let columns: [String]
  package let separator: UInt8
  package let encoding: TextEncoding
  package let place: Place
  /// The line of the header.
  package let headerLine: Int
  /// How many lines above the header were skipped by choice.
  package let linesAbove: Int
  /// Bytes of text taken in so far, for progress.
  package private(set) var bytesRead = 0

  private let ahead: ReadAhead
  private var block: ReadAhead.Block?
  private var start: UnsafeMutablePointer<UInt8>
  private var count: Int
  private var line = 1
  private var ended = false
  /// The last line had no end of its own.
  private var isOpenEnded = false
  private var index: RecordIndex
  private let carriageReturnsOnly: Bool
  private let cursor: UnsafeMutablePointer<LineCursor>

  package init(_ source: any ByteStream, _ options: Options = Options()) throws(Problem) {
    place = source.place
    ahead = ReadAhead(source, options.room)
    guard let first = try ahead.next(), first.count > 0 else {
      throw Problem("table.empty", at: source.place)
    }
    var begin = first.memory + options.room.headroom
    var count = first.count
    if count >= 3, begin[0] == 0xef, begin[1] == 0xbb, begin[2] == 0xbf {
      begin += 3
      count -= 3
    }
    let sniffed = try HeaderSniffer(
      UnsafeBufferPointer(start: begin, count: count), isWhole: first.count < options.room.blockSize,
      separator: options.separator, choice: options.header, at: source.place)
    columns = sniffed.columns
    separator = sniffed.separator
    encoding = sniffed.encoding
    headerLine = sniffed.headerLine
    linesAbove = sniffed.linesAbove
    carriageReturnsOnly = sniffed.carriageReturnsOnly
    block = first
    start = begin
    self.count = count
    bytesRead = first.count
    index = RecordIndex(bytes: options.room.blockSize * 2)
    cursor = .allocate(capacity: 1)
    if carriageReturnsOnly { turnReturnsIntoLineFeeds() }
    endLastLineIfLast(first)
    let header = min(sniffed.length, self.count)
    line += lineEnds(in: start, count: header)
    start += header
    self.count -= header
  }

  deinit {
    index.deallocate()
    cursor.deallocate()
  }

  /// The position of a column, or −1. A name that two columns bear is refused: which one is meant, nobody can tell.
  package func position(_ name: String) throws(Problem) -> Int {
    guard let first = columns.firstIndex(of: name) else { return -1 }
    guard columns.lastIndex(of: name) == first else { throw repeated(name) }
    return first
  }

  package func positions(_ names: [String]) throws(Problem) -> [Int] {
    try names.map { name throws(Problem) in try position(name) }
  }

  /// The problem with a column that was asked for and stands in the header more than once.
  package func repeated(_ name: String) -> Problem {
    Self.repeated(name, among: columns, at: at(headerLine))
  }

  /// Columns without a name are those of a title, or of cells that a spreadsheet had merged.
  package static func repeated(_ name: String, among columns: [String], at place: Place) -> Problem {
    guard name.isEmpty else { return Problem("table.repeated_column", at: place, ["column": name]) }
    return Problem("table.unnamed_columns", at: place, ["count": "#\(columns.count(where: \.isEmpty))"])
  }

  /// Lends the records, batch after batch, until the end or until the closure throws.
  package func forEachBatch(_ body: (borrowing Batch) throws -> Void) throws {
    while true {
      if count > 0 {
        try scan()
        let batch = Batch(
          text: start, index: index, fields: columns.count, firstLine: line, cursor: cursor, faults: faults(),
          isOpenEnded: isOpenEnded)
        if batch.count > 0 || !batch.faults.isEmpty { try body(batch) }
        if isOpenEnded { try refuseCut() }
        line += index.lines
        start += index.consumed
        count -= index.consumed
      }
      guard try fetch() else { break }
    }
    if count > 0 {
      // Every whole record is gone and the last line was ended: what is left is an open quote.
      throw Problem("table.open_quote", at: at(line))
    }
  }

  /// A last line that lacks both fields and its end is where a download was broken off.
  private func refuseCut() throws(Problem) {
    guard let last = index.irregular.last, last.fields < columns.count, last.end >= count - 1 else { return }
    throw Problem(
      "table.cut", at: at(line + lineEnds(in: start, count: last.start)),
      ["found": String(last.fields), "expected": String(columns.count)])
  }

  private func scan() throws(Problem) {
    let fast =
      columns.count > 1
      && index.scanFast(start, count: count, separator: separator, fields: columns.count)
    if !fast { index.scanCarefully(start, count: count, separator: separator, fields: columns.count) }
    if let nul = index.nul {
      throw Problem("table.nul", at: at(line + lineEnds(in: start, count: nul)))
    }
  }

  private func faults() -> [RowFault] {
    var lines = LineCursor(line)
    return index.irregular.map { record in
      RowFault(
        line: lines.line(at: record.start, in: start), fields: record.fields,
        expected: columns.count,
        source: TextEncoding.decode(
          UnsafeBufferPointer(start: start + record.start, count: min(record.end - record.start, 4096))
        ).text)
    }
  }

  /// Takes the next block, with the unfinished record before it; false at the end.
  private func fetch() throws(Problem) -> Bool {
    guard !ended else { return false }
    guard let next = try ahead.next() else {
      ended = true
      return try closeLastRecord()
    }
    guard count <= ahead.room.headroom else { throw Problem("table.record_too_long", at: at(line)) }
    let begin = next.memory + ahead.room.headroom - count
    begin.update(from: start, count: count)
    if let block { ahead.recycle(block) }
    block = next
    start = begin
    count += next.count
    bytesRead += next.count
    if carriageReturnsOnly { turnReturnsIntoLineFeeds() }
    return true
  }

  /// The last line may have no end: it gets one.
  private func closeLastRecord() throws(Problem) -> Bool {
    guard count > 0, start[count - 1] != UInt8(ascii: "\n") else { return false }
    start[count] = UInt8(ascii: "\n")
    count += 1
    isOpenEnded = true
    return true
  }

  private func endLastLineIfLast(_ block: ReadAhead.Block) {
    // A header without a line end: the whole table is its header.
    if !UnsafeBufferPointer(start: start, count: count).contains(UInt8(ascii: "\n")),
      count < ahead.room.blockSize
    {
      start[count] = UInt8(ascii: "\n")
      count += 1
    }
  }

  private func turnReturnsIntoLineFeeds() {
    for offset in 0..<count where start[offset] == UInt8(ascii: "\r") { start[offset] = UInt8(ascii: "\n") }
  }

  private func at(_ line: Int) -> Place {
    var place = place
    place.line = line
    return place
  }
}
