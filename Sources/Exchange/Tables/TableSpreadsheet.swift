package import Diagnostics
package import Indicators
import Secrecy
package import Wording

/// A table as a workbook that a statistician is glad to receive: a sheet to read, print and compute with, and one that
/// says what every figure is and comes from.
///
/// Figures are numbers, whatever mark they bear: `12 p` is the number 12 in a format that shows the mark. The same
/// table gives the same bytes: the file is dated by its release.
package struct TableSpreadsheet {
  private let table: StatisticalTable
  private let words: Words
  private let terms: ReuseTerms
  private var language: Language { words.language }

  package init(_ table: StatisticalTable, _ words: Words, terms: ReuseTerms = .openLicence) {
    self.table = table
    self.words = words
    self.terms = terms
  }

  /// Can workbooks be written on this machine?
  package static func openLibrary() throws(Problem) { try Spreadsheet.openLibrary() }

  /// Writes into the file itself; `folder` is for what the library keeps aside.
  package func write(to path: String, folder: String) throws(Problem) {
    let book = try Spreadsheet(path, folder: folder)
    let title = "\(table.id)  \(table.title[language])"
    book.describe(
      title: title, subject: subtitle, author: table.origin.program,
      comments: (banners + [table.description[language]]).joined(separator: "\n"), created: table.origin.seconds)
    try writeFigures(on: book.sheet(Self.sheetName(table.id)), title)
    try MetadataSheet(table, words, terms, banners: banners).write(on: book.sheet(words("export.metadata")))
    try book.finish()
  }

  /// 31 characters, and none of those that formulas need.
  private static func sheetName(_ id: String) -> String {
    String(id.map { "[]:*?/\\'".contains($0) ? "-" : $0 }.prefix(31))
  }

  /// What must be seen before any figure.
  private var banners: [String] {
    var banners: [String] = []
    if table.origin.isSimulated { banners.append(words("simulated")) }
    if table.origin.isUnprotected { banners.append(words("note.unprotected")) }
    if table.origin.isProvisional { banners.append(words("note.provisional")) }
    return banners
  }

  // MARK: - What varies, and what does not

  /// The axes that have a column: those along which something varies, or the last one.
  private var shown: [Int] {
    let varying = table.axes.indices.filter { table.axes[$0].members.count > 1 }
    return varying.isEmpty ? Array(table.axes.indices.suffix(1)) : varying
  }

  /// The one territory, the one year, or how many there are.
  private var subtitle: String {
    let told = table.axes.indices.filter { !shown.contains($0) || table.axes[$0].role != .classification }
    return told.compactMap { axis -> String? in
      let members = table.axes[axis].members
      guard let first = members.first, let last = members.last else { return nil }
      if members.count == 1 { return first.label[language] }
      guard table.axes[axis].role == .time else { return nil }
      return "\(first.label[language])–\(last.label[language])"
    }.joined(separator: ", ")
  }

  // MARK: - The sheet

  private func writeFigures(on sheet: Spreadsheet.Sheet, _ title: String) {
    var row = 0
    func line(_ text: String, _ style: Spreadsheet.Style) {
      sheet.write(text, row, 0, style)
      row += 1
    }
    line(title, .init(size: 14, isBold: true))
    if !subtitle.isEmpty { line(subtitle, .init(size: 12)) }
    let origin = table.origin
    let options = origin.options.isEmpty ? "" : " " + words("note.options", ["options": origin.writtenOptions])
    let perimeter = words("note.perimeter", ["title": origin.perimeterTitle[language], "id": origin.perimeter])
    line(perimeter + options, .quiet)
    for banner in banners { line(banner, .init(color: 0xc0_0000, isBold: true)) }
    row += 1

    let head = row
    let columns = SpreadsheetColumns(table, shown, words)
    for (place, text) in columns.heads.enumerated() {
      let isFigure = place >= columns.labels.count
      sheet.write(text, head, place, .init(fill: 0xe8_eef4, isBold: true, wraps: true, isRight: isFigure))
      let ofUnit = Spreadsheet.Style(color: 0x60_6060, fill: 0xe8_eef4, isRight: isFigure, hasLineBelow: true)
      sheet.write(columns.units[place], head + 1, place, ofUnit)
      sheet.widen(place, to: columns.widths[place])
    }
    row = head + 2
    sheet.freeze(row, columns.labels.count)
    sheet.setUpPages(foot: "\(title) – \(origin.release)", repeating: head...(head + 1))

    for index in 0..<table.rowCount {
      columns.write(index, on: sheet, at: row)
      row += 1
    }
    writeNotes(on: sheet, from: row + 1, columns)
  }

  private func writeNotes(on sheet: Spreadsheet.Sheet, from first: Int, _ columns: SpreadsheetColumns) {
    // Notes are read in lines of some length, however narrow the table.
    var width = columns.widths.reduce(0, +)
    var last = columns.widths.count - 1
    while width < 90 {
      last += 1
      width += 8.43
    }
    // Marks and symbols that stand here, unless a note of the table explains them (`e: estimated…`).
    let texts = table.notes.map { $0.text[language] }
    let legend = table.cells.symbols.filter { symbol in !texts.contains { Self.explains($0, symbol) } }
    var row = first
    for text in legend.map({ "\($0.rawValue) = \($0.meaning(words))" }) + texts {
      sheet.write(text, row, over: 0...last, width: width, .quiet)
      row += 1
    }
    let sources = table.origin.sources.map(\.cited).joined(separator: ", ")
    let isCited = table.notes.contains { $0.kind == .source }
    if !isCited, !sources.isEmpty {
      let source = words("note.source", ["sources": sources, "release": table.origin.release])
      sheet.write(source, row, over: 0...last, width: width, .quiet)
    }
  }

  private static func explains(_ note: String, _ symbol: Symbol) -> Bool {
    note.hasPrefix(symbol.rawValue) && note.dropFirst().first { !$0.isWhitespace } == ":"
  }
}

extension Spreadsheet.Style {
  /// What is beside the figures.
  static let quiet = Spreadsheet.Style(color: 0x40_4040)
}
