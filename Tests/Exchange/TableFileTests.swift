import DuckStore
import Filesystem
import Indicators
import Tabular
import TestSupport
import Testing
import Wording

@testable import Exchange
@testable import Secrecy

/// Formats that libraries write.
@Suite("Tables as workbooks and Parquet")
struct TableFileTests {
  private func export(_ language: Language = .fr) throws -> TableExport {
    try Library.open(Checkout.installation, environment: [:])
    return try TableExport(SizeTable.words(language))
  }

  // MARK: - Parquet

  @Test func `Parquet holds what CSV holds`() throws {
    let table = SizeTable.table(territories: 2, years: [2023, 2024])
    let export = try export()
    try withTemporaryFolder { folder in
      let bytes = try export.bytes(of: table, as: .parquet)
      try save(bytes, to: "\(folder)/T02.parquet")
      let store = try Store()
      let columns = LongForm(table).columns.map(\.name)
      let rows = try store.rows("SELECT * FROM '\(folder)/T02.parquet'")
      let read = try readTable(TableCSV(table, .fr).bytes)
      #expect(rows.count == read.rows.count)
      for (row, line) in zip(rows, read.rows) {
        for ((value, text), column) in zip(zip(row, line), columns) {
          if ["value", "low", "high"].contains(column) {
            #expect(value.number == Double(text))
          } else {
            // A name that begins like a formula is one to no program.
            #expect(value.text == (text == " =10 à 49" ? "=10 à 49" : text))
          }
        }
      }
      let types = try store.rows(
        """
        SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '\(folder)/T02.parquet')
        WHERE column_type <> 'VARCHAR'
        """)
      #expect(
        types.map { $0.map(\.text) } == [
          ["year", "INTEGER"], ["value", "DOUBLE"], ["low", "DOUBLE"], ["high", "DOUBLE"],
        ])
      let facts = try store.rows(
        """
        SELECT decode(value) FROM parquet_kv_metadata('\(folder)/T02.parquet')
        WHERE decode(key) IN ('identifier', 'release', 'simulated') ORDER BY decode(key)
        """)
      #expect(facts.map { $0.map(\.text) } == [["T02"], ["2025-01-01-eedd7e3c"], ["true"]])
    }
  }

  @Test func `the same table gives the same bytes`() throws {
    let table = SizeTable.table(territories: 2)
    let (one, other) = (try export(), try export())
    // One that has written others before, and one that has not.
    _ = try one.bytes(of: SizeTable.table(), as: .xlsx)
    _ = try one.bytes(of: SizeTable.table(), as: .parquet)
    for format in ExchangeFormat.files {
      let bytes = try one.bytes(of: table, as: format)
      #expect(!bytes.isEmpty)
      #expect(try other.bytes(of: table, as: format) == bytes, "\(format)")
    }
  }

  // MARK: - Workbooks

  /// The parts of a workbook, by name.
  private func parts(_ table: StatisticalTable, _ language: Language = .fr) throws -> [String: String] {
    let bytes = try export(language).bytes(of: table, as: .xlsx)
    var parts: [String: String] = [:]
    try withFile("T02.xlsx", bytes) { path in
      let archive = try ZipArchive(ReadableFile(path))
      for entry in archive.entries {
        parts[entry.name] = String(decoding: try readAll(archive.stream(entry)), as: UTF8.self)
      }
    }
    return parts
  }

  private func texts(_ parts: [String: String]) -> [String] {
    (parts["xl/sharedStrings.xml"] ?? "").matches(of: /<t(?: xml:space="preserve")?>([^<]*)<\/t>/).map { String($0.1) }
  }

  @Test func `figures are numbers, whatever mark they bear`() throws {
    let parts = try parts(SizeTable.table())
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("<v>18708</v>"))
    #expect(sheet.contains("<v>84.4"))
    #expect(sheet.contains("<v>22155</v>"))
    let styles = try #require(parts["xl/styles.xml"])
    #expect(styles.contains("formatCode=\"#,##0&quot; p&quot;\""))
    #expect(styles.contains("formatCode=\"#,##0&quot; e&quot;\""))
    #expect(styles.contains("formatCode=\"#,##0.0\""))
  }

  @Test func `symbols stand where there is no figure`() throws {
    let parts = try parts(SizeTable.table())
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    let found = texts(parts)
    for (symbol, count) in [("c", 2), (":", 1), ("x", 1)] {
      let place = try #require(found.firstIndex(of: symbol))
      #expect(sheet.ranges(of: "t=\"s\"><v>\(place)</v>").count == count, "\(symbol)")
    }
  }

  @Test func `a sheet that can be read and printed`() throws {
    let parts = try parts(SizeTable.table())
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(sheet.contains("state=\"frozen\""))
    #expect(sheet.contains("orientation=\"landscape\""))
    #expect(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"))
    let book = try #require(parts["xl/workbook.xml"])
    #expect(book.contains("_xlnm.Print_Titles"))
    let properties = try #require(parts["docProps/core.xml"])
    #expect(properties.contains("2025-01-01T00:00:00Z</dcterms:created>"))
    let found = texts(parts)
    #expect(found.first == "T02  Économie sociale et solidaire par famille")
    #expect(found.contains("Hauts-de-France, 2024"))
    // The note of the table explains `p`; nothing else explains `e`.
    #expect(found.contains { $0.hasPrefix("e = ") })
    #expect(found.contains("p : partiel."))
  }

  @Test func `a row for each territory and year, with the codes of territories`() throws {
    let table = SizeTable.table(territories: 2, years: [2023, 2024])
    let parts = try parts(table)
    let sheet = try #require(parts["xl/worksheets/sheet1.xml"])
    #expect(sheet.matches(of: /<v>2023<\/v>/).count == 8)
    #expect(sheet.matches(of: /<v>22155<\/v>/).count == 4)
    #expect(texts(parts).contains("FR-1"))
  }

  @Test func `the second sheet tells where figures come from`() throws {
    for language in Language.allCases {
      let parts = try parts(SizeTable.table(), language)
      let words = try SizeTable.words(language)
      let book = try #require(parts["xl/workbook.xml"])
      #expect(book.contains("name=\"\(words("export.metadata"))\""))
      let found = texts(parts)
      #expect(found.contains("ab12"))
      #expect(found.contains("fr-2024, be-2024"))
      #expect(found.contains(words("simulated")))
      #expect(found.contains(words("symbol.suppressed")))
    }
  }

  @Test(
    arguments: [
      (0, "", "", "#,##0"), (1, "p", "p", "#,##0.0\" p\""), (0, "", "pa", "#,##0_ _p_a"),
      (2, "p", "pa", "#,##0.00\" p\"_a"),
    ])
  func `room for the marks of others`(decimals: Int, marks: String, room: String, format: String) {
    #expect(SpreadsheetColumns.format(decimals, marks, room: room) == format)
  }
}
