import Tabular
import TestSupport
import Testing

@Suite("Lines of records") struct LineNumberTests {
  @Test(arguments: 0..<8)
  func `the line of a record counts the line ends inside quotes before it`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<20 {
      let table = RandomTable(&random, rows: 20)
      #expect(try readTable(table.bytes, separator: table.separator).lines == table.contents.lines)
    }
  }

  @Test(arguments: 10..<14)
  func `asking one by one and asking for all give the same lines`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let texts = [RandomTable(&random, rows: 200).bytes, utf8("x,y\n") + carelessText(&random, pieces: 200)]
    for text in texts {
      try TableReader(MemoryStream(text)).forEachBatch { batch in
        let each = (0..<batch.count).map { batch.line(of: $0) }
        #expect(batch.lines() == each)
      }
    }
  }

  @Test func `a header on several lines counts them`() throws {
    let contents = try readTable("\"a\nb\",c\n1,2\n")
    #expect(contents.columns == ["a\nb", "c"])
    #expect(contents.lines == [3])
  }

  @Test func `a byte order mark is no line`() throws {
    #expect(try readTable([0xef, 0xbb, 0xbf] + utf8("a,b\n1,2\n")).lines == [2])
  }

  @Test func `empty lines are counted though they are passed over`() throws {
    #expect(try readTable("a,b\n\n1,2\r\n\r\n\n3,4\n").lines == [3, 6])
  }

  @Test func `faults have the lines on which their records start`() throws {
    let faults = try readTable("a,b\n1,2\n3\n\"4\n\",5,6\n7,8\n9,10,11").faults
    #expect(faults.map(\.line) == [3, 4, 7])
    #expect(faults.map(\.fields) == [1, 3, 3])
    #expect(faults.map(\.expected) == [2, 2, 2])
    #expect(faults.map(\.source) == ["3", "\"4\n\",5,6", "9,10,11"])
  }

  @Test func `a record is shown as it stands in the file`() throws {
    var sources: [String] = []
    try TableReader(MemoryStream(utf8("a,b\n1,\"x \"\"y\"\"\"\ncaf\u{e9},2\n"))).forEachBatch { batch in
      sources += (0..<batch.count).map { batch.source(of: $0) }
    }
    #expect(sources == ["1,\"x \"\"y\"\"\"", "café,2"])
  }
}
