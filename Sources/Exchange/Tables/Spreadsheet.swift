internal import CXlsxWriter
import Diagnostics

/// A workbook being written through libxlsxwriter, which is opened when the first one is. Used by one thread.
final class Spreadsheet {
  /// How cells look.
  struct Style: Hashable {
    /// As spreadsheets write it, with points and commas whatever the language: `#,##0.0`.
    var number = ""
    var size = 0.0
    var color: Int32 = -1
    var fill: Int32 = -1
    var indent = 0
    var isBold = false
    var isItalic = false
    var wraps = false
    var isRight = false
    var hasLineAbove = false
    var hasLineBelow = false

    fileprivate var flags: Int32 {
      let flags: [(Bool, Int32)] = [
        (isBold, Int32(ESSOR_XLSX_BOLD)), (isItalic, Int32(ESSOR_XLSX_ITALIC)), (wraps, Int32(ESSOR_XLSX_WRAP)),
        (isRight, Int32(ESSOR_XLSX_RIGHT)), (hasLineAbove, Int32(ESSOR_XLSX_LINE_ABOVE)),
        (hasLineBelow, Int32(ESSOR_XLSX_LINE_BELOW)),
      ]
      return flags.reduce(0) { $1.0 ? $0 | $1.1 : $0 }
    }
  }

  private static let library = "libxlsxwriter.so.4"
  /// Opens the library, once; what the system says where it cannot be.
  private static let failure: String? = essor_xlsx_load(library).map { String(cString: $0) }

  private let path: String
  private var book: OpaquePointer?
  private var formats: [Style: OpaquePointer] = [:]
  /// The first thing that did not go in: told when the file is closed.
  private var error: Int32 = 0

  static func openLibrary() throws(Problem) {
    guard let failure else { return }
    throw Problem("xlsx.missing", status: .machine, at: Place(file: library), ["system": failure])
  }

  /// As many rows as a sheet has.
  static let mostRows = 1_048_576

  /// `folder` is for what the library keeps aside while it writes. One that is long keeps no more than a row of each
  /// sheet in memory: rows must come in their order.
  init(_ path: String, folder: String, isLong: Bool = false) throws(Problem) {
    try Self.openLibrary()
    self.path = path
    book = essor_xlsx_book_new(path, folder, isLong ? 1 : 0)
    guard book != nil else {
      throw Problem("xlsx.failed", status: .machine, at: Place(file: path), ["system": "memory"])
    }
  }

  /// The library frees a workbook by writing it: one that was given up goes into its file all the same.
  deinit { if let book { _ = essor_xlsx_close(book) } }

  func describe(title: String, subject: String, author: String, comments: String, created: Int64) {
    keep(essor_xlsx_properties(book, title, subject, author, comments, created))
  }

  func sheet(_ name: String) throws(Problem) -> Sheet {
    guard let sheet = essor_xlsx_sheet_new(book, name) else {
      throw Problem("xlsx.failed", at: Place(file: path), ["system": name])
    }
    return Sheet(self, sheet)
  }

  /// Writes the file.
  func finish() throws(Problem) {
    let closed = essor_xlsx_close(book)
    book = nil
    keep(closed)
    guard error == 0 else {
      let system = essor_xlsx_error(error).map { String(cString: $0) } ?? String(error)
      throw Problem("xlsx.failed", status: .machine, at: Place(file: path), ["system": system])
    }
  }

  fileprivate func keep(_ number: Int32) { if error == 0 { error = number } }

  fileprivate func format(_ style: Style) -> OpaquePointer? {
    if let format = formats[style] { return format }
    let format = essor_xlsx_format_new(
      book, style.number, style.size, style.color, style.fill, Int32(style.indent), style.flags)
    formats[style] = format
    return format
  }

  /// One sheet; rows and columns count from 0.
  struct Sheet {
    private let book: Spreadsheet
    private let sheet: OpaquePointer

    fileprivate init(_ book: Spreadsheet, _ sheet: OpaquePointer) {
      self.book = book
      self.sheet = sheet
    }

    func write(_ value: Double, _ row: Int, _ column: Int, _ style: Style) {
      book.keep(essor_xlsx_number(sheet, Int32(row), Int32(column), value, book.format(style)))
    }

    func write(_ text: String, _ row: Int, _ column: Int, _ style: Style = Style()) {
      book.keep(essor_xlsx_text(sheet, Int32(row), Int32(column), Self.fitting(text), book.format(style)))
    }

    /// Over several columns, in as many lines as it takes when they are so many characters wide together.
    func write(_ text: String, _ row: Int, over columns: ClosedRange<Int>, width: Double, _ style: Style = Style()) {
      var style = style
      style.wraps = true
      let (first, last) = (Int32(columns.lowerBound), Int32(columns.upperBound))
      book.keep(essor_xlsx_wide_text(sheet, Int32(row), first, last, Self.fitting(text), book.format(style)))
      // A spreadsheet finds the height of a row by itself, but not of cells that are merged.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0.0) {
        $0 + max(1, (Double($1.count) * 1.05 / width).rounded(.up))
      }
      book.keep(essor_xlsx_height(sheet, Int32(row), lines * 15))
    }

    func widen(_ column: Int, to characters: Double) { book.keep(essor_xlsx_width(sheet, Int32(column), characters)) }

    func freeze(_ row: Int, _ column: Int) { essor_xlsx_freeze(sheet, Int32(row), Int32(column)) }

    /// On paper: A4, landscape, as wide as the page, a line at the foot and the page of how many.
    func setUpPages(foot: String, repeating rows: ClosedRange<Int>? = nil) {
      // `&` begins a code; the library takes no more than 255 characters.
      let safe = foot.prefix(120).split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
      book.keep(essor_xlsx_print(sheet, "&L\(safe)&R&P / &N"))
      if let rows { book.keep(essor_xlsx_repeat_rows(sheet, Int32(rows.lowerBound), Int32(rows.upperBound))) }
    }

    /// A cell holds 32 767 characters.
    private static func fitting(_ text: String) -> String {
      text.utf16.count <= 32_000 ? text : "\(text.prefix(16_000))…"
    }
  }
}
