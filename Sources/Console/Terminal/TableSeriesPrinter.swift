import Tabular
import Warehouse

/// One table for several years, one after the other: what all have to be told stands once, at the end.
struct TableSeriesPrinter: ResultPrinter {
  let years: [TablePrinter]

  var text: String {
    var notes: [String] = []
    for note in years.flatMap(\.notes) where !notes.contains(note) { notes.append(note) }
    return (years.map(\.body) + [TablePrinter.list(notes)]).joined(separator: "\n\n")
  }

  var csv: String {
    var text = CSVText(years.first?.header ?? [])
    for year in years { year.addRows(to: &text) }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// A list of what each year would be alone.
  var json: String { get throws { try JSON.text(years.map(\.document)) } }
}
