import Diagnostics
import Tabular
import TestSupport
import Testing

@Suite("Tables that are refused") struct TableProblemTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let id: String
    let bytes: [UInt8]
    let code: String
    var line: Int?

    init(_ id: String, _ text: String, _ code: String, line: Int? = nil) {
      self.init(id, utf8(text), code, line: line)
    }

    init(_ id: String, _ bytes: [UInt8], _ code: String, line: Int? = nil) {
      (self.id, self.bytes, self.code, self.line) = (id, bytes, code, line)
    }

    var testDescription: String { id }

    private static let long = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000)

    static let all: [Refusal] = [
      Refusal("nothing", "", "table.empty"),
      Refusal("a byte order mark and nothing", [0xef, 0xbb, 0xbf], "table.empty"),
      Refusal("an empty line", "\n", "table.blank_header", line: 1),
      Refusal("white space", " \t \r\n", "table.blank_header", line: 1),
      Refusal("blank lines", "\r\n \n\n", "table.blank_header", line: 1),
      Refusal("blank lines before the header", "\r\n \na,b\n1,2\n", "table.blank_header", line: 1),
      Refusal("an open quote", "a,b\n1,2\n\"3,4\n5,6\n", "table.open_quote", line: 3),
      Refusal("an open quote at the end", "a,b\n1,2\n3,\"", "table.open_quote", line: 3),
      Refusal("an open quote in the last line, not ended", "a,b\n1,2\n3,\"4", "table.open_quote", line: 3),
      Refusal("an open quote behind line ends in quotes", "a,b\n\"1\n1\",2\n3,\"4\n5,6\n", "table.open_quote", line: 4),
      Refusal("an open quote in a CR-only table", "a,b\r1,2\r\"3,4\r", "table.open_quote", line: 3),
      Refusal("an open quote in the first row", "a,b\n\"1,2\n3,4\n", "table.open_quote", line: 2),
      Refusal("an open quote in the header", "\"a,b\n1,2\n3,4\n", "table.open_quote", line: 1),
      Refusal("an open quote in a header alone", "a,\"b", "table.open_quote", line: 1),
      Refusal("an open quote and ten million bytes", utf8("a,b\n1,2\n\"") + long, "table.record_too_long", line: 3),
      Refusal(
        "a field of ten million bytes", utf8("a,b\n1,2\n3,4\n") + long + utf8(",2\n"), "table.record_too_long", line: 4),
      Refusal("a header of ten million bytes", long + utf8(",b\n1,2\n"), "table.record_too_long", line: 1),
      Refusal(
        "a header longer than a block", long.prefix(700_000) + utf8(",b\n1,2\n"), "table.record_too_long", line: 1),
      Refusal("a download that was broken off", "a,b,c\n1,2,3\n4,5", "table.cut", line: 3),
      Refusal("broken off in a quoted field that holds line ends", "a,b,c\n\"1\n1\",2,3\n4", "table.cut", line: 4),
      Refusal("a NUL in a row", "a,b\n1,2\n3,\u{0}4\n", "table.nul", line: 3),
      Refusal("a NUL in quotes, behind a line end", "a,b\n1,2\n\"3\n\u{0}\",4\n", "table.nul", line: 4),
      Refusal("a NUL in a row without a line end", "a,b\n1,2\n3\u{0}", "table.nul", line: 3),
      Refusal("a NUL in the header", "a,\u{0}\n1,2\n", "table.nul", line: 1),
      Refusal("a NUL in the only column", "a\n1\n\u{0}\n", "table.nul", line: 3),
      Refusal("a NUL in a ragged row", "a,b\n1\n2,3,\u{0}\n", "table.nul", line: 3),
      Refusal("UTF-16, little-endian", [0xff, 0xfe] + utf8("a\u{0},\u{0}b\u{0}\n\u{0}"), "table.utf16"),
      Refusal("UTF-16, big-endian", [0xfe, 0xff] + utf8("\u{0}a\u{0},\u{0}b\u{0}\n"), "table.utf16"),
      Refusal("UTF-16 without a mark", "a\u{0},\u{0}b\u{0}\n\u{0}1\u{0}", "table.nul", line: 1),
      Refusal("an HTML page", "<!DOCTYPE html>\n<html><body>503</body></html>\n", "file.html"),
      Refusal("an HTML page in capitals", "<HTML>\n<BODY>503</BODY></HTML>\n", "file.html"),
      Refusal("an HTML page behind a mark and spaces", "\u{feff}  <html lang=\"fr\">\n", "file.html"),
      Refusal("an XML message", "<?xml version=\"1.0\"?>\n<Error>gone</Error>\n", "file.html"),
    ]
  }

  @Test(arguments: Refusal.all)
  func `a table that cannot be read says why and where`(_ refusal: Refusal) {
    let problem = expectProblem(refusal.code, line: refusal.line) { _ = try readTable(refusal.bytes) }
    #expect(problem?.place.file == "table.csv")
    #expect(problem?.status == .data)
  }

  @Test func `a last line without its end is whole where it has all its fields, or too many`() throws {
    #expect(try readTable(utf8("a,b\n1,2\n3,4")).rows.count == 2)
    #expect(try readTable(utf8("a,b\n1,2\n3,4,5")).rows.count == 1)
  }

  @Test func `rows before an open quote are handed over first`() throws {
    var rows = 0
    let reader = try TableReader(MemoryStream(utf8("a,b\n1,2\n3,4\n\"5,6\n")))
    expectProblem("table.open_quote", line: 4) { try reader.forEachBatch { rows += $0.count } }
    #expect(rows == 2)
  }

  @Test(arguments: 0..<8)
  func `every text of a few special characters is read or refused, and all its line ends are accounted for`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<400 {
      let text = random.bytes(random.number(0...24), from: utf8("a,;\"\n\r\r"))
      var contents = TableContents()
      let problem = try problem { contents = try readTable(text) }
      if let problem {
        #expect(
          ["table.empty", "table.blank_header", "table.open_quote", "table.cut"].contains(problem.code), "\(text)")
        continue
      }
      // Whatever the table, each byte of a field stands in the text: nothing is invented.
      let shown = contents.rows.joined().reduce(0) { $0 + $1.utf8.count }
      #expect(shown <= text.count)
      #expect(contents.lines == contents.lines.sorted())
      #expect(contents.rows.allSatisfy { $0.count == contents.columns.count })
    }
  }
}
