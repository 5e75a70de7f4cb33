import Filesystem
import Tabular
import TestSupport
import Testing

@Suite("What is written is read again") struct RoundTripTests {
  private static let pieces = [
    "a", "é", "\"", "\"\"", ",", ";", "\n", "\r", "\r\n", " ", "'", "0", "|", "\t", "🐓", "\u{a0}",
  ]

  private static func field(_ random: inout SplitMix64) -> String {
    (0..<random.pick([0, 0, 1, 2, 5, 40])).map { _ in random.pick(pieces) }.joined()
  }

  @Test(arguments: 0..<12)
  func `the fields given to CSVText come back from a reader`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<10 {
      let columns = (0..<random.number(1...6)).map { "c\($0)" }
      let separator = random.pick([Character(","), ";", "\t", "|"])
      let rows = (0..<random.number(0...30)).map { _ in columns.map { _ in Self.field(&random) } }
      var text = CSVText(columns, separator: separator)
      for row in rows { text.add(row) }
      let contents = try readTable(text.bytes, separator: separator.asciiValue)
      #expect(contents.columns == columns)
      #expect(contents.rows == rows)
      #expect(contents.faults.isEmpty)
    }
  }

  @Test func `CSVText quotes only where it must`() {
    var text = CSVText(["a", "b"], separator: ";")
    text.add(["plain, with a comma", ""])
    text.add(["semi;colon", "quo\"te"])
    #expect(String(decoding: text.bytes, as: UTF8.self) == "a;b\nplain, with a comma;\n\"semi;colon\";\"quo\"\"te\"\n")
  }

  @Test func `a lone empty field is written as a record, not as an empty line`() {
    var text = CSVText(["a"])
    text.add([""])
    #expect(text.bytes == utf8("a\n\"\"\n"))
  }

  @Test(arguments: 20..<26)
  func `numbers that CSVWriter writes are those it was given`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let edges = [0, 1, 9, 10, 99, 100, -1, -10, Int.max, Int.min, 999_999_999_999_999_999, 1_000_000_000_000_000_000]
    let numbers =
      edges + (0..<2_000).map { _ in Int(truncatingIfNeeded: random.next() >> UInt64(random.number(0...63))) }
    let rows = try withTemporaryFolder { folder in
      let path = "\(folder)/numbers.csv"
      try Self.write(numbers, to: path)
      return try readTable(Container.open(path).stream()).rows
    }
    #expect(rows.map { $0[0] } == numbers.map(String.init))
    #expect(rows.map { $0[1] } == numbers.map { Self.padded(abs($0 % 100_000)) })
  }

  private static func padded(_ number: Int) -> String {
    String(repeating: "0", count: 5 - String(number).count) + String(number)
  }

  private static func write(_ numbers: [Int], to path: String) throws {
    var writer = CSVWriter(to: try WritableFile(path))
    try writer.header("number,digits")
    for number in numbers {
      writer.number(number)
      writer.comma()
      writer.digits(abs(number % 100_000), 5)
      try writer.endRow()
    }
    #expect(writer.rows == numbers.count)
    try writer.flush()
  }
}
