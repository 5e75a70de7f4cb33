import Diagnostics
import TestSupport
import Tabular
import Testing

/// A table as publishers and spreadsheets write it, and what must be read.
struct TableCase: Sendable, CustomTestStringConvertible {
  let id: String
  let text: String
  var columns = ["a", "b"]
  var rows: [[String]]
  var lines: [Int]
  var faults: [(line: Int, fields: Int)] = []

  init(
    _ id: String, _ text: String, columns: [String] = ["a", "b"], rows: [[String]], lines: [Int],
    faults: [(line: Int, fields: Int)] = []
  ) {
    (self.id, self.text, self.columns, self.rows, self.lines, self.faults) = (id, text, columns, rows, lines, faults)
  }

  var testDescription: String { id }

  static let good: [TableCase] = [
    TableCase("plain", "a,b\n1,2\n3,4\n", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase("byte order mark", "\u{feff}a,b\n1,2\n", rows: [["1", "2"]], lines: [2]),
    TableCase("byte order mark, quoted header", "\u{feff}\"a\",\"b\"\n1,2\n", rows: [["1", "2"]], lines: [2]),
    TableCase("semicolons", "a;b\n1,5;2\n", rows: [["1,5", "2"]], lines: [2]),
    TableCase("tabulators", "a\tb\n1\t2\n", rows: [["1", "2"]], lines: [2]),
    TableCase("bars", "a|b\n1|2\n", rows: [["1", "2"]], lines: [2]),
    TableCase(
      "separator inside header quotes", "\"a,,,\";b\n1;2\n", columns: ["a,,,", "b"], rows: [["1", "2"]], lines: [2]),
    TableCase("one column", "a\n1\n2\n", columns: ["a"], rows: [["1"], ["2"]], lines: [2, 3]),
    TableCase(
      "one column, empty field in quotes", "a\n\"\"\n2\n", columns: ["a"], rows: [[""], ["2"]], lines: [2, 3]),
    TableCase("white space around column names", " a , b \n1,2\n", rows: [["1", "2"]], lines: [2]),
    TableCase("quoted header", "\"a\",\"b\"\n1,2\n", rows: [["1", "2"]], lines: [2]),
    TableCase(
      "doubled quotes in the header", "\"a\"\"b\",c\n1,2\n", columns: ["a\"b", "c"], rows: [["1", "2"]], lines: [2]),
    TableCase("no final line end", "a,b\n1,2", rows: [["1", "2"]], lines: [2]),
    TableCase("no final line end, quoted", "a,b\n1,\"2\"", rows: [["1", "2"]], lines: [2]),
    TableCase("no final line end, empty field", "a,b\n1,", rows: [["1", ""]], lines: [2]),
    TableCase("final CR", "a,b\r\n1,2\r", rows: [["1", "2"]], lines: [2]),
    TableCase("CR LF", "a,b\r\n1,2\r\n3,4\r\n", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase("CR LF after quotes", "a,b\r\n1,\"2\"\r\n", rows: [["1", "2"]], lines: [2]),
    TableCase(
      "mixed line ends", "a,b\r\n1,2\n3,4\r\n5,6\n", rows: [["1", "2"], ["3", "4"], ["5", "6"]], lines: [2, 3, 4]),
    TableCase("CR only", "a,b\r1,2\r3,4\r", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase("CR only, no final one", "a,b\r1,2\r3,4", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase("CR only, quoted", "a,b\r\"1\",2\r3,\"4\"\r", rows: [["1", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase(
      "CR only, line feed in quotes", "a,b\r\"1\n1\",2\r3,4\r", rows: [["1\n1", "2"], ["3", "4"]], lines: [2, 4]),
    TableCase("empty lines", "a,b\n\n1,2\n\r\n\n3,4\n\n", rows: [["1", "2"], ["3", "4"]], lines: [3, 6]),
    TableCase("header only", "a,b\n", rows: [], lines: []),
    TableCase("header only, no line end", "a,b", rows: [], lines: []),
    TableCase("header only, CR", "a,b\r", rows: [], lines: []),
    TableCase("header and empty lines", "a,b\n\n\n", rows: [], lines: []),
    TableCase("empty fields", "a,b\n,\n\"\",\n,\"\"\n", rows: [["", ""], ["", ""], ["", ""]], lines: [2, 3, 4]),
    TableCase("white space is kept in fields", "a,b\n 1 ,\t2\n", rows: [[" 1 ", "\t2"]], lines: [2]),
    TableCase("line end in quotes", "a,b\n\"1\n2\",3\n4,5\n", rows: [["1\n2", "3"], ["4", "5"]], lines: [2, 4]),
    TableCase(
      "CR LF in quotes", "a,b\r\n\"1\r\n2\",3\r\n4,5\r\n", rows: [["1\r\n2", "3"], ["4", "5"]], lines: [2, 4]),
    TableCase("separator in quotes", "a,b\n\"1,1\",2\n", rows: [["1,1", "2"]], lines: [2]),
    TableCase("doubled quotes", "a,b\n\"\"\"x\"\" y\",\"\"\"\"\n", rows: [["\"x\" y", "\""]], lines: [2]),
    TableCase("names repeated in the header", "a,a\n1,2\n", columns: ["a", "a"], rows: [["1", "2"]], lines: [2]),
  ]

  static let lenient: [TableCase] = [
    TableCase(
      "quote inside an unquoted field", "a,b\n5\" pipe,2\n3,4\n", rows: [["5\" pipe", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase(
      "two quotes inside an unquoted field", "a,b\nle \"bon\" lieu,2\n3,4\n",
      rows: [["le \"bon\" lieu", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase(
      "text behind a closing quote", "a,b\n\"1\"x,2\n3,4\n", rows: [["\"1\"x", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase("lone CR in a field", "a,b\n1\r1,2\n3,4\n", rows: [["1\r1", "2"], ["3", "4"]], lines: [2, 3]),
    TableCase(
      "lone CRs that cut records", "a,b\n1,2\r3,4\r5,6\n7,8\n",
      rows: [["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]], lines: [2, 2, 2, 3]),
    TableCase("lone CRs that cut badly", "a,b\n1,2\r3,4,5\n7,8\n", rows: [["7", "8"]], lines: [3], faults: [(2, 4)]),
    TableCase("too few fields", "a,b\n1\n3,4\n", rows: [["3", "4"]], lines: [3], faults: [(2, 1)]),
    TableCase("too many fields", "a,b\n1,2,3\n3,4\n", rows: [["3", "4"]], lines: [3], faults: [(2, 3)]),
    TableCase(
      "too many, then too few", "a,b\n1,2,3\n4\n5,6\n", rows: [["5", "6"]], lines: [4], faults: [(2, 3), (3, 1)]),
    TableCase("a fault without a final line end", "a,b\n1,2\n3,4,5", rows: [["1", "2"]], lines: [2], faults: [(3, 3)]),
    TableCase("faults only", "a,b\n1\n2\n", rows: [], lines: [], faults: [(2, 1), (3, 1)]),
    TableCase(
      "a stray quote in the header", "a,b\"c\n1,2\n3,4\n", columns: ["a", "b\"c"], rows: [["1", "2"], ["3", "4"]],
      lines: [2, 3]),
    TableCase(
      "a stray quote in the header before the separators", "5\" pipe;b;c\n1;2;3\n", columns: ["5\" pipe", "b", "c"],
      rows: [["1", "2", "3"]], lines: [2]),
    TableCase(
      "a stray quote in the header and one below", "a,b\"c\n1,2\"x\n3,4\n", columns: ["a", "b\"c"],
      rows: [["1", "2\"x"], ["3", "4"]], lines: [2, 3]),
  ]
}

@Suite("Tables") struct TableCaseTests {
  private func check(_ example: TableCase) throws {
    let contents = try readTable(example.text)
    #expect(contents.columns == example.columns)
    #expect(contents.rows == example.rows)
    #expect(contents.lines == example.lines)
    #expect(contents.faults.map(\.line) == example.faults.map(\.line))
    #expect(contents.faults.map(\.fields) == example.faults.map(\.fields))
    #expect(contents.faults.allSatisfy { $0.expected == example.columns.count })
  }

  @Test(arguments: TableCase.good) func `a well-formed table is read`(_ example: TableCase) throws {
    try check(example)
  }

  @Test(arguments: TableCase.lenient)
  func `a careless table is read as far as it can be`(_ example: TableCase) throws { try check(example) }

  @Test func `positions of columns are found by name, and −1 where there is none`() throws {
    let reader = try TableReader(MemoryStream(utf8("a,b,A\n1,2,3\n")))
    #expect(try reader.position("a") == 0)
    #expect(try reader.position("b") == 1)
    #expect(try reader.position("c") == -1)
    #expect(try reader.positions(["b", "d", "A"]) == [1, -1, 2])
    try reader.forEachBatch { batch in
      let missing = try reader.position("c")
      #expect(batch[0][missing].isEmpty)
      #expect(batch[0][missing].text == "")
    }
  }

  @Test func `a column that is asked for may not stand twice in the header, another may`() throws {
    let reader = try TableReader(MemoryStream(utf8("a,b,a,\"b \",,\n1,2,3,4,5,6\n"), name: "stock.csv"))
    let unnamed = expectProblem("table.unnamed_columns", line: 1) { _ = try reader.position("") }
    #expect(unnamed?.facts["count"] == "#2")
    for name in ["a", "b"] {
      let problem = expectProblem("table.repeated_column", line: 1) { _ = try reader.position(name) }
      #expect(problem?.facts["column"] == name)
      #expect(problem?.place.file == "stock.csv")
      expectProblem("table.repeated_column", line: 1) { _ = try reader.positions(["c", name]) }
    }
    #expect(try reader.position("c") == -1)
    #expect(try readTable("a,b,a\n1,2,3\n").rows == [["1", "2", "3"]])
  }

  @Test(arguments: ["sep=;\n", "sep=;\r\n"])
  func `the separator that a spreadsheet tells is no header`(told: String) throws {
    let reader = try TableReader(MemoryStream(utf8("\(told)a,b;c\n1;2\n")))
    #expect(reader.columns == ["a,b", "c"] && reader.headerLine == 2 && reader.linesAbove == 0)
    try reader.forEachBatch { batch in
      let (lines, text) = (batch.lines(), batch[0][1].text)
      #expect(lines == [3] && text == "2")
    }
  }

  @Test func `the header may be chosen among the first lines`() throws {
    let text = utf8("A title, of the table\n\n\"a\nb\";c\n1;2\n")
    let reader = try TableReader(MemoryStream(text), .init(header: { $0.firstIndex { $0.contains("c") } ?? 0 }))
    #expect(reader.columns == ["a\nb", "c"] && reader.headerLine == 3 && reader.linesAbove == 2)
    try reader.forEachBatch { batch in
      let (lines, text) = (batch.lines(), batch[0][0].text)
      #expect(lines == [5] && text == "1")
    }
  }

  @Test func `a field answers without being copied`() throws {
    try TableReader(MemoryStream(utf8("a,b\nNN,\"12345678\"\n"))).forEachBatch { batch in
      let row = batch[0]
      #expect(row[0].equals("NN") && !row[0].equals("N") && !row[0].equals("NO"))
      #expect(row[0].packed == 0x4e4e)
      #expect(row[1].packed == 0x3132_3334_3536_3738)
      #expect(!row[0].isOnly(UInt8(ascii: "N")))
      #expect(row[1][7] == UInt8(ascii: "8"))
    }
    #expect(try eachField(["123456789", "N", ""]) { $0.packed } == [nil, 0x4e, 0])
    #expect(try eachField(["NN", "N", ""]) { $0.isOnly(UInt8(ascii: "N")) } == [false, true, false])
  }

  @Test func `a closure that throws stops the reading with its own error`() throws {
    struct Enough: Error {}
    let reader = try TableReader(MemoryStream(utf8("a,b\n1,2\n")))
    #expect(throws: Enough.self) { try reader.forEachBatch { _ in throw Enough() } }
  }

  @Test func `the bytes taken in are counted for progress`() throws {
    let text = utf8("a,b\n") + Array(repeatElement(utf8("1,2\n"), count: 300_000).joined())
    let reader = try TableReader(MemoryStream(text))
    var rows = 0
    try reader.forEachBatch { rows += $0.count }
    #expect(rows == 300_000)
    #expect(reader.bytesRead == text.count)
  }
}
