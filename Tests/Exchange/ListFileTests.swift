import Diagnostics
import DuckStore
import Filesystem
import Foundation
import Tabular
import TestSupport
import Testing
import Wording

@testable import Exchange

/// Lists have rows without figures: the same columns in every format.
@Suite("Lists as files")
struct ListFileTests {
  private static let rows = [
    ["FR", "100000001", "ASS \"LES AMIS\", RURALE", "true", "1987", "3"],
    ["BE", "0200000002", "\u{1b}[31mROUGE", "false", "", "1204"],
  ]

  private func list(_ count: Int = Self.rows.count, release: String? = "2025-01-01-eedd7e3c") throws -> ListDocument {
    let words = try SizeTable.words()
    let kinds: [(String, ListDocument.Kind)] = [
      ("country", .text), ("id", .text), ("name", .text), ("active", .truth), ("created", .year),
      ("establishments", .count),
    ]
    return ListDocument(
      id: "organisations", title: SizeTable.label("Organisations – Nord"),
      columns: try kinds.map { try ListDocument.Column($0.0, words, $0.1) }, key: ["country", "id"],
      source: Label(fr: "Version : 2025.", nl: "Uitgave: 2025.", en: "Release: 2025."),
      notes: [SizeTable.label("2 organisations.")], release: release, program: "Essor 0.7", isSimulated: true,
      count: count
    ) { Self.rows[$0 % Self.rows.count] }
  }

  private func bytes(_ list: ListDocument, _ format: ExchangeFormat, _ language: Language = .fr) throws -> [UInt8] {
    try Library.open(Checkout.installation, environment: [:])
    var bytes: [UInt8] = []
    try ListExport(list, SizeTable.words(language)).write(as: format, file: "nord.csv") { bytes += $0 }
    return bytes
  }

  @Test func `as CSV, whatever its length`() throws {
    let read = try readTable(bytes(list(), .csv))
    #expect(read.columns == ["country", "id", "name", "active", "created", "establishments"])
    #expect(read.rows.count == 2 && read.rows[0] == Self.rows[0])
    #expect(read.rows[1][2] == "\u{fffd}[31mROUGE")
    let long = try readTable(bytes(list(4_001), .csv))
    #expect(long.faults.isEmpty && long.rows.count == 4_001 && long.rows[4_000] == Self.rows[0])
    #expect(try readTable(bytes(list(0), .csv)).rows.isEmpty)
  }

  @Test func `what describes the CSV`() throws {
    let text = try bytes(list(), .csvw, .nl)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    #expect(json["url"] as? String == "nord.csv" && json["schema:version"] as? String == "2025-01-01-eedd7e3c")
    let schema = try #require(json["tableSchema"] as? [String: Any])
    #expect(schema["primaryKey"] as? [String] == ["country", "id"])
    let columns = try #require(schema["columns"] as? [[String: Any]])
    #expect(try columns.compactMap { $0["name"] as? String } == list().columns.map(\.name))
    #expect(
      columns.compactMap { $0["datatype"] as? String }
        == ["string", "string", "string", "boolean", "gYear", "integer"])
    #expect(columns.compactMap { $0["required"] as? Bool } == [true, true, false, false, false, false])
    let titles = try #require(columns[5]["titles"] as? [String: String])
    #expect(titles["nl"] == "Vestigingen" && titles["en"] == "Establishments")
  }

  @Test func `as Parquet, with types and nothing where nothing is`() throws {
    try withFile("list.parquet", bytes(list(), .parquet)) { path in
      let store = try Store()
      let rows = try store.rows("SELECT * EXCLUDE (name, active), active::VARCHAR, name FROM '\(path)'")
      #expect(rows.map { $0.map(\.text) }[0] == ["FR", "100000001", "1987", "3", "true", "ASS \"LES AMIS\", RURALE"])
      #expect(rows[1][2] == .null && rows[1][3].number == 1204 && rows[1][5].text == "\u{fffd}[31mROUGE")
      let types = try store.rows("SELECT column_type FROM (DESCRIBE SELECT * FROM '\(path)')")
      #expect(
        types.map { $0[0].text } == ["VARCHAR", "VARCHAR", "VARCHAR", "BOOLEAN", "INTEGER", "INTEGER"])
      let facts = try store.rows(
        """
        SELECT decode(value) FROM parquet_kv_metadata('\(path)')
        WHERE decode(key) IN ('identifier', 'release', 'simulated') ORDER BY decode(key)
        """)
      #expect(facts.map { $0[0].text } == ["organisations", "2025-01-01-eedd7e3c", "true"])
    }
  }

  @Test(arguments: Language.allCases)
  func `as a workbook, with what it is`(language: Language) throws {
    var parts: [String: String] = [:]
    try withFile("list.xlsx", bytes(list(), .xlsx, language)) { path in
      let archive = try ZipArchive(ReadableFile(path))
      for entry in archive.entries {
        parts[entry.name] = String(decoding: try readAll(archive.stream(entry)), as: UTF8.self)
      }
    }
    let words = try SizeTable.words(language)
    let rows = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(rows.contains("<v>1204</v>") && rows.contains("<v>1987</v>") && rows.contains("<t>100000001</t>"))
    #expect(rows.contains("<t>\(words("export.yes"))</t>") && rows.contains("Organisations – Nord"))
    #expect(rows.contains("state=\"frozen\"") && rows.contains(words("column.establishments")))
    #expect(rows.contains(words("simulated")) && !rows.contains("\u{1b}"))
    let about = try #require(parts["xl/worksheets/sheet2.xml"])
    #expect(about.contains("2025-01-01-eedd7e3c") && about.contains("<t>establishments</t>"))
    #expect(parts["xl/workbook.xml"]?.contains("name=\"organisations\"") == true)
    #expect(parts["docProps/core.xml"]?.contains("2025-01-01T00:00:00Z</dcterms:created>") == true)
  }

  @Test func `the same list gives the same bytes, of a release or of none`() throws {
    for format in ExchangeFormat.lists {
      #expect(try bytes(list(), format) == bytes(list(), format), "\(format)")
      #expect(try !bytes(list(release: nil), format).isEmpty)
    }
  }

  @Test func `what no sheet can hold is refused before it is made`() throws {
    let long = try list(1_048_570)
    let problem = #expect(throws: Problem.self) { try bytes(long, .xlsx) }
    #expect(problem?.code == "list.too_long" && problem?.facts["count"] == "#1048570")
    let told = try SizeTable.words().describe(#require(problem))
    #expect(told.contains("--format parquet") && told.contains("1\u{202f}048\u{202f}570 lignes"), "\(told)")
  }
}
