/// Rows of texts, one below the other: what a workbook says of itself.
struct MetadataRows {
  private static let widths = [26.0, 44, 22, 70]

  private let sheet: Spreadsheet.Sheet
  private var row = 0

  /// What must be seen before anything else stands above.
  init(_ sheet: Spreadsheet.Sheet, banners: [String]) {
    self.sheet = sheet
    for (column, width) in Self.widths.enumerated() { sheet.widen(column, to: width) }
    for banner in banners {
      sheet.write(banner, row, 0, .init(color: 0xc0_0000, isBold: true))
      row += 1
    }
  }

  mutating func heading(_ texts: [String]) {
    if row > 0 { row += 1 }
    for (column, text) in texts.enumerated() {
      sheet.write(text, row, column, .init(fill: 0xe8_eef4, isBold: true, hasLineBelow: true))
    }
    row += 1
  }

  mutating func line(_ texts: [String]) {
    for (column, text) in texts.enumerated() where !text.isEmpty {
      sheet.write(text, row, column, .init(wraps: true))
    }
    row += 1
  }

  /// A name and what is said of it, over the rest of the row.
  mutating func fact(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    sheet.write(name, row, 0, .init(wraps: true))
    sheet.write(text, row, over: 1...3, width: Self.widths.dropFirst().reduce(0, +))
    row += 1
  }
}
