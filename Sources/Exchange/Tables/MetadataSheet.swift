import Diagnostics
import Indicators
import Secrecy
import Wording

/// The second sheet of a workbook: where the figures come from, what each column is, what each symbol means.
struct MetadataSheet {
  private let table: StatisticalTable
  private let words: Words
  private let terms: ReuseTerms
  private let banners: [String]
  private var language: Language { words.language }

  init(_ table: StatisticalTable, _ words: Words, _ terms: ReuseTerms, banners: [String]) {
    self.table = table
    self.words = words
    self.terms = terms
    self.banners = banners
  }

  func write(on sheet: Spreadsheet.Sheet) {
    sheet.setUpPages(foot: "\(table.id) – \(table.origin.release)")
    var writing = MetadataRows(sheet, banners: banners)
    writeTable(&writing)
    writeOrigin(&writing)
    writeColumns(&writing)
    writeSymbols(&writing)
    writeCodes(&writing)
  }

  private func writeTable(_ writing: inout MetadataRows) {
    writing.heading([words("export.table"), "", "", ""])
    writing.fact(words("export.code"), table.id)
    writing.fact(words("export.title"), table.title[language])
    writing.fact(words("export.description"), table.description[language])
    for axis in table.axes where axis.role != .classification {
      writing.fact(axis.label[language], axis.members.map { $0.label[language] }.joined(separator: ", "))
    }
    for (position, note) in table.notes.enumerated() {
      writing.fact(position == 0 ? words("export.notes") : "", note.text[language])
    }
  }

  private func writeOrigin(_ writing: inout MetadataRows) {
    let origin = table.origin
    func answer(_ isSo: Bool) -> String { words(isSo ? "export.yes" : "export.no") }
    writing.heading([words("export.origin"), "", "", ""])
    writing.fact(words("export.release"), origin.release)
    writing.fact(words("export.program"), origin.program)
    writing.fact(words("export.perimeter"), "\(origin.perimeterTitle[language]) (\(origin.perimeter))")
    writing.fact(words("export.perimeter_version"), origin.perimeterVersion)
    writing.fact(words("export.provisional"), answer(origin.isProvisional))
    writing.fact(words("export.options"), origin.writtenOptions)
    writing.fact(words("export.secrecy"), origin.secrecy.joined(separator: ", "))
    writing.fact(words("export.protected"), answer(!origin.isUnprotected))
    writing.fact(words("export.simulated"), answer(origin.isSimulated))
    // What is for internal use has no terms.
    if !origin.isUnprotected { writing.fact(words("export.licence"), "\(terms.title), \(terms.address)") }

    writing.heading(["export.source", "export.publisher", "export.vintage", "export.sha256"].map { words($0) })
    for source in origin.sources {
      writing.line([source.name, source.publisher, source.vintage, source.sha256.joined(separator: "\n")])
    }
  }

  private func writeColumns(_ writing: inout MetadataRows) {
    writing.heading(["export.measure", "export.label", "export.unit", "export.decimals"].map { words($0) })
    for column in table.columns {
      let symbol = column.unit.symbol.isEmpty ? "" : " (\(column.unit.symbol))"
      writing.line([
        column.id, column.label[language], column.unit.label[language] + symbol, String(column.decimals),
      ])
    }
  }

  private func writeSymbols(_ writing: inout MetadataRows) {
    writing.heading([words("export.flag"), words("export.meaning"), "", ""])
    for symbol in Symbol.allCases { writing.fact(symbol.rawValue, symbol.meaning(words)) }
  }

  /// The codes that machines know the rows by.
  private func writeCodes(_ writing: inout MetadataRows) {
    for axis in table.axes where axis.role != .time {
      writing.heading([axis.label[language], words("export.label"), "", ""])
      for member in axis.members { writing.line([member.code, member.label[language]]) }
    }
  }
}
