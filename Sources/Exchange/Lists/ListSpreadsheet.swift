import Diagnostics
import Indicators
import Wording

/// A list as a workbook: a sheet to read, sort and filter, and one that says what it is. Written row by row.
struct ListSpreadsheet {
  private let list: ListDocument
  private let words: Words
  private var language: Language { words.language }

  init(_ list: ListDocument, _ words: Words) {
    self.list = list
    self.words = words
  }

  /// Above the rows: what the list is and where it comes from.
  private var above: [(String, Spreadsheet.Style)] {
    let warning = Spreadsheet.Style(color: 0xc0_0000, isBold: true)
    let head = [(title, Spreadsheet.Style(size: 14, isBold: true)), (list.source[language], Spreadsheet.Style.quiet)]
    return head + banners.map { ($0, warning) }
  }
  private var title: String { list.title[language] }
  private var banners: [String] { list.isSimulated ? [words("simulated")] : [] }

  /// Refuses what no sheet can hold, before anything is made.
  func check() throws(Problem) {
    let most = Spreadsheet.mostRows - above.count - 3 - list.notes.count
    guard list.count <= most else {
      throw Problem(
        "list.too_long", status: .commandLine, ["count": "#\(list.count)", "most": "#\(most)"])
    }
  }

  func write(to path: String, folder: String) throws(Problem) {
    let book = try Spreadsheet(path, folder: folder, isLong: true)
    book.describe(
      title: title, subject: list.source[language], author: list.program,
      comments: (banners + list.notes.map { $0[language] }).joined(separator: "\n"),
      created: StatisticalTable.Origin.seconds(ofRelease: list.release ?? ""))
    try writeRows(on: book.sheet(list.id))
    try writeMetadata(on: book.sheet(words("export.metadata")))
    try book.finish()
  }

  // MARK: - The rows

  /// Widths are set before rows are known: by the first ones.
  private static let measured = 200

  private func writeRows(on sheet: Spreadsheet.Sheet) throws(Problem) {
    var widths = list.columns.map { $0.label[language].count }
    for position in 0..<min(list.count, Self.measured) {
      for (column, text) in try list.harmlessRow(position).enumerated() {
        widths[column] = max(widths[column], text.count)
      }
    }
    for (column, width) in widths.enumerated() { sheet.widen(column, to: Double(min(max(width + 2, 8), 60))) }
    var row = 0
    for (text, style) in above {
      sheet.write(text, row, 0, style)
      row += 1
    }
    row += 1
    for (place, column) in list.columns.enumerated() {
      let style = Spreadsheet.Style(fill: 0xe8_eef4, isBold: true, isRight: column.kind.isNumber, hasLineBelow: true)
      sheet.write(column.label[language], row, place, style)
    }
    sheet.freeze(row + 1, 0)
    sheet.setUpPages(foot: [title, list.release].compactMap(\.self).joined(separator: " – "), repeating: row...row)
    for position in 0..<list.count {
      row += 1
      for (place, text) in try list.harmlessRow(position).enumerated() where !text.isEmpty {
        write(text, list.columns[place].kind, on: sheet, row, place)
      }
    }
    row += 1
    for note in list.notes {
      row += 1
      sheet.write(note[language], row, 0, .quiet)
    }
  }

  private func write(
    _ text: String, _ kind: ListDocument.Kind, on sheet: Spreadsheet.Sheet, _ row: Int, _ column: Int
  ) {
    switch kind {
    case .truth: sheet.write(words(text == "true" ? "export.yes" : "export.no"), row, column)
    case .count, .year:
      guard let number = Double(text) else { return sheet.write(text, row, column) }
      sheet.write(number, row, column, .init(number: kind == .count ? "#,##0" : "0", isRight: true))
    case .text: sheet.write(text, row, column)
    }
  }

  // MARK: - What it is

  private func writeMetadata(on sheet: Spreadsheet.Sheet) {
    sheet.setUpPages(foot: title)
    var rows = MetadataRows(sheet, banners: banners)
    rows.heading([words("export.title"), "", "", ""])
    rows.fact(words("export.code"), list.id)
    rows.fact(words("export.title"), title)
    rows.fact(words("export.source"), list.source[language])
    rows.fact(words("export.release"), list.release ?? "")
    rows.fact(words("export.program"), list.program)
    rows.fact(words("export.simulated"), words(list.isSimulated ? "export.yes" : "export.no"))
    for (position, note) in list.notes.enumerated() {
      rows.fact(position == 0 ? words("export.notes") : "", note[language])
    }
    rows.heading([words("column.column"), words("export.label"), "", ""])
    for column in list.columns { rows.line([column.name, column.label[language]]) }
  }
}

extension ListDocument.Kind {
  fileprivate var isNumber: Bool { self == .count || self == .year }
}
