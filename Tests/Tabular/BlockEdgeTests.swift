import TestSupport
import Testing

@testable import Tabular

@Suite("Nothing depends on where blocks end") struct BlockEdgeTests {
  /// The edge of the first block falls `distance` bytes behind the start of `body`; one long row comes before.
  private static func placed(_ header: [UInt8], _ body: [UInt8], distance: Int, fields: Int, separator: UInt8)
    -> [UInt8]
  {
    let row = [UInt8](repeating: separator, count: fields - 1) + utf8("\n")
    let filler = ReadAhead.Room().blockSize - header.count - row.count - distance
    return header + [UInt8](repeating: UInt8(ascii: "f"), count: filler) + row + body
  }

  /// Without the row that pushed the others to the edge.
  private static func unplaced(_ contents: TableContents) -> TableContents {
    var contents = contents
    contents.rows.removeFirst()
    contents.lines.removeFirst()
    contents.lines = contents.lines.map { $0 - 1 }
    contents.faults = contents.faults.map {
      RowFault(line: $0.line - 1, fields: $0.fields, expected: $0.expected, source: $0.source)
    }
    return contents
  }

  @Test(arguments: 0..<6)
  func `rows across the edge of a block read like rows elsewhere`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let table = RandomTable(&random, rows: 6)
    #expect(try readTable(table.bytes, separator: table.separator) == table.contents)
    for distance in stride(from: 0, through: min(table.body.count, 160), by: 3) {
      let bytes = Self.placed(
        table.header, table.body, distance: distance, fields: table.contents.columns.count, separator: table.separator)
      let contents = try readTable(bytes, separator: table.separator)
      #expect(Self.unplaced(contents) == table.contents, "the edge \(distance) bytes in")
    }
  }

  @Test(arguments: 10..<14)
  func `careless text across the edge of a block reads like elsewhere`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let body = carelessText(&random, pieces: 20)
    let header = utf8("x,y\n")
    let expected = try readTable(header + body)
    for distance in 0...body.count {
      let contents = try readTable(
        Self.placed(header, body, distance: distance, fields: 2, separator: UInt8(ascii: ",")))
      #expect(Self.unplaced(contents) == expected, "the edge \(distance) bytes in")
    }
  }

  @Test(arguments: 20..<24)
  func `rows read alike in blocks of any size`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let table = RandomTable(&random, rows: 30)
    let longest = table.body.count
    for size in table.header.count...table.header.count + 70 {
      let room = ReadAhead.Room(blockSize: size, headroom: longest, blocks: random.number(2...4))
      #expect(try readTable(table.bytes, separator: table.separator, room: room) == table.contents, "blocks of \(size)")
    }
  }

  @Test func `a record longer than the room before a block is refused`() throws {
    let text = "x,y\n1,2\n\(String(repeating: "l", count: 40)),3\n4,5\n"
    for headroom in 0...60 {
      let room = ReadAhead.Room(blockSize: 16, headroom: headroom, blocks: 2)
      // Forty-two bytes begin eight bytes in: at an edge behind, at most forty of them wait.
      if headroom >= 40 {
        #expect(try readTable(utf8(text), room: room).rows.count == 3)
      } else {
        expectProblem("table.record_too_long", line: 3) { _ = try readTable(utf8(text), room: room) }
      }
    }
  }

  @Test(arguments: [1, 7, 64, 4_096, 100_000, .max])
  func `a table of several blocks is the same however few bytes a stream gives at once`(step: Int) throws {
    var random = SplitMix64(seed: 77)
    var table = RandomTable(&random, rows: 3_000, fields: 6)
    table.dropLastLineEnd()
    #expect(table.bytes.count > 2 * ReadAhead.Room().blockSize / 3)
    let twice = table.bytes + utf8("\n") + table.body
    var expected = table.contents
    expected.rows += table.contents.rows
    let linesBetween = table.bytes.count { $0 == UInt8(ascii: "\n") }
    expected.lines += table.contents.lines.map { $0 + linesBetween }
    #expect(try readTable(twice, step: step) == expected)
  }

  @Test(arguments: [1, 3, 4_096])
  func `faults and problems are the same however few bytes a stream gives at once`(step: Int) throws {
    var random = SplitMix64(seed: 5)
    let text = utf8("x,y\n") + carelessText(&random, pieces: 300)
    #expect(try readTable(text, step: step) == readTable(text))
    expectProblem("table.open_quote", line: 3) { _ = try readTable("x,y\n1,2\n\"3,4\n5,6\n", step: step) }
    expectProblem("table.nul", line: 4) { _ = try readTable("x,y\n1,2\n\"3\n\0\",4\n", step: step) }
  }

  @Test func `a record may fill the room before a block, and no more`() throws {
    // The second record starts right before the edge of the first block and lasts two blocks longer.
    let header = utf8("x,y\n")
    let first =
      utf8("\"") + [UInt8](repeating: UInt8(ascii: "l"), count: ReadAhead.Room().headroom - 20) + utf8("\",z\n")
    let bytes = Self.placed(header, first + utf8("1,2\n"), distance: 1, fields: 2, separator: UInt8(ascii: ","))
    let contents = try readTable(bytes)
    #expect(contents.rows.count == 3)
    #expect(contents.rows[1][0].utf8.count == ReadAhead.Room().headroom - 20)
    #expect(contents.rows[2] == ["1", "2"])
  }

  @Test func `a table that ends with its block ends well`() throws {
    for missing in 0...2 {
      for ending in ["", "\n", "\r\n"] {
        let header = utf8("x,y\n")
        let filler = ReadAhead.Room().blockSize - header.count - 2 - ending.utf8.count - missing
        let bytes = header + [UInt8](repeating: UInt8(ascii: "f"), count: filler) + utf8(",1\(ending)")
        let contents = try readTable(bytes)
        #expect(contents.rows.count == 1)
        #expect(contents.rows.first?.last == "1")
        #expect(contents.faults.isEmpty)
      }
    }
  }
}
