import Diagnostics
import Tabular
import TestSupport
import Testing

@Suite("Declared tables") struct DeclaredTableTests {
  private static func table(
    _ text: String, columns: [String] = ["code", "label"], properties: [String] = []
  ) throws -> DeclaredTable {
    try DeclaredTable(utf8(text), path: "share/rules.csv", columns: columns, properties: properties)
  }

  private static let good = """
    # id: naf
    # source: INSEE, https://insee.fr/nomenclature
    # option: first
    # a remark without a value
    # option: second
    #valid from :  2008-01-01\u{20}
    code,label
    A,Agriculture
    B,"Industries
    extractives"

    C,"Industrie ""manufacturière\"""

    """

  @Test func `properties stand before the header, the last of a key counting`() throws {
    let table = try Self.table(Self.good, properties: ["id", "option"])
    #expect(table["id"] == "naf")
    #expect(table["source"] == "INSEE, https://insee.fr/nomenclature")
    #expect(table["valid from"] == "2008-01-01")
    #expect(table["option"] == "second")
    #expect(table["nothing"] == "")
    #expect(table.properties.count == 4)
    #expect(table.path == "share/rules.csv")
  }

  @Test func `repeated keys are kept in order`() throws {
    let repeated = try Self.table(Self.good).repeated
    #expect(repeated.map(\.key) == ["id", "source", "option", "option", "valid from"])
    #expect(repeated.filter { $0.key == "option" }.map(\.value) == ["first", "second"])
  }

  @Test func `entries have their values and the lines on which they start`() throws {
    let table = try Self.table(Self.good)
    #expect(table.columns == ["code", "label"])
    #expect(table.entries.map { $0["code"] } == ["A", "B", "C"])
    #expect(
      table.entries.map { $0["label"] } == ["Agriculture", "Industries\nextractives", "Industrie \"manufacturière\""])
    #expect(table.entries.map(\.line) == [8, 9, 12])
    #expect(table.entries.map { $0["no such column"] } == ["", "", ""])
  }

  @Test func `columns are lent row after row in the order asked for`() throws {
    var rows: [[String]] = []
    try withFile("rules.csv", utf8("code,label\nA,x\nB,y\n")) { path in
      try DeclaredTable.forEachRow(path, columns: ["label", "code"]) { rows.append($0) }
    }
    #expect(rows == [["x", "A"], ["y", "B"]])
  }

  @Test func `a table without properties, or with line ends of Windows, is read`() throws {
    #expect(try Self.table("code,label\nA,x\n").entries.map(\.line) == [2])
    let table = try Self.table("# id: naf\r\ncode,label\r\nA,x\r\n", properties: ["id"])
    #expect(table["id"] == "naf")
    #expect(table.entries.map { $0["label"] } == ["x"])
    #expect(table.entries.map(\.line) == [3])
  }

  @Test func `a header alone is a table without entries`() throws {
    #expect(try Self.table("# id: naf\ncode,label\n").entries.isEmpty)
    #expect(try Self.table("# id: naf\ncode,label").entries.isEmpty)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let id: String
    let text: String
    let code: String
    let line: Int?
    var facts: [String: String] = [:]
    var testDescription: String { id }
  }

  @Test(arguments: [
    Refusal(
      id: "a missing property", text: "# source: INSEE\ncode,label\n", code: "share.no_property", line: 1,
      facts: ["key": "id"]),
    Refusal(
      id: "a missing column", text: "# id: naf\n# x: y\ncode,name\nA,x\n", code: "share.no_column", line: 3,
      facts: ["column": "label", "columns": "code, name"]),
    Refusal(
      id: "a column twice", text: "# id: naf\n# x: y\ncode,label,x,x\n", code: "table.repeated_column", line: 3,
      facts: ["column": "x"]),
    Refusal(
      id: "too few fields", text: "# id: naf\ncode,label\nA,x\nB\n", code: "share.ragged", line: 4,
      facts: ["fields": "1", "expected": "2"]),
    Refusal(
      id: "too many fields, behind a line end in quotes", text: "# id: naf\ncode,label\nA,\"x\ny\"\nB,y,z\n",
      code: "share.ragged", line: 5, facts: ["fields": "3", "expected": "2"]),
    Refusal(id: "an open quote", text: "# id: naf\ncode,label\nA,x\nB,\"y\n", code: "table.open_quote", line: 4),
    Refusal(
      id: "an open quote in the header", text: "# id: naf\n\"code,label\nA,x\n", code: "table.open_quote", line: 2),
    Refusal(id: "a NUL", text: "# id: naf\ncode,label\nA,x\n\u{0},y\n", code: "table.nul", line: 4),
    Refusal(id: "a NUL in the header", text: "# id: naf\n# x: y\ncode,\u{0}\nA,x\n", code: "table.nul", line: 3),
    Refusal(id: "no header", text: "# id: naf\n", code: "table.empty", line: nil),
    Refusal(id: "properties to the end of the file", text: "# id: naf", code: "table.empty", line: nil),
    Refusal(id: "a web page", text: "# id: naf\n<html>\n", code: "file.html", line: nil),
  ])
  func `a table of rules that is not in order is refused with its line`(_ refusal: Refusal) {
    let problem = expectProblem(refusal.code, line: refusal.line) {
      _ = try Self.table(refusal.text, properties: ["id"])
    }
    #expect(problem?.place.file == "share/rules.csv")
    #expect(problem?.facts == refusal.facts)
  }

  @Test(
    arguments: [
      ("", "\n", 1), ("# id: é\n# x: ", "\ncode,label\n", 2), ("code,label\nA,€\nB,", "", 3),
      ("code,label\nA,\"x\ny\"\n", "\n\n", 4),
    ])
  func `what is not in UTF-8 is refused with its line`(before: String, after: String, line: Int) {
    for wrong: [UInt8] in [[0xe9], [0xc3], [0xff, 0x0a, 0xff]] {
      expectProblem("share.not_utf8", line: line) {
        _ = try DeclaredTable(utf8(before) + wrong + utf8(after), path: "share/rules.csv", columns: [])
      }
    }
  }

  @Test func `the problem of an entry names its line`() throws {
    let table = try Self.table("# id: naf\ncode,label\nA,x\n")
    let problem = table.problem("share.duplicate", table.entries[0], ["code": "A"])
    #expect(problem == Problem("share.duplicate", at: Place(file: "share/rules.csv", line: 3), ["code": "A"]))
  }

  @Test func `a table is read from its file`() throws {
    try withFile("rules.csv", utf8(Self.good)) { path in
      let table = try DeclaredTable(path, columns: ["code"], properties: ["id"])
      #expect(table.path == path)
      #expect(table.entries.count == 3)
    }
    try withTemporaryFolder { folder in
      expectProblem("file.missing") { _ = try DeclaredTable("\(folder)/rules.csv", columns: []) }
    }
  }

  @Test(arguments: [("", ""), (" ", ""), (" a ", "a"), ("\ta b\r\n", "a b"), ("\u{a0}é\u{a0}", "é")])
  func `white space around is taken off`(text: String, expected: String) {
    #expect(trimmed(text) == expected)
  }
}
