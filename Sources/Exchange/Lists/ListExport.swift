internal import Diagnostics
import Tabular
package import Wording

/// Makes files of a list, in the language of its words, without ever holding all of it.
package struct ListExport {
  let list: ListDocument
  let words: Words
  private static let rowsAtOnce = 2000

  package init(_ list: ListDocument, _ words: Words) {
    self.list = list
    self.words = words
  }

  /// Hands the file over piece by piece. `file` is the name of the CSV that CSVW describes; for Parquet,
  /// `Library.open` must have succeeded before.
  package func write(as format: ExchangeFormat, file: String, _ write: ([UInt8]) throws -> Void) throws {
    switch format {
    case .csv: try writeCSV(write)
    case .csvw: try write(metadata(file: file))
    case .xlsx:
      let sheet = ListSpreadsheet(list, words)
      try sheet.check()
      let folder = try ScratchFolder()
      try folder.lend({ path throws(Problem) in try sheet.write(to: path, folder: folder.path) }, to: write)
    case .parquet:
      let folder = try ScratchFolder()
      try folder.lend({ path throws(Problem) in try writeParquet(to: path, folder: folder.path) }, to: write)
    case .text, .jsonStat, .sdmxCSV, .sdmxXML: preconditionFailure("a list has no such form")
    }
  }

  private func writeCSV(_ write: ([UInt8]) throws -> Void) throws {
    var text = CSVText(list.columns.map(\.name))
    for position in 0..<list.count {
      text.add(try list.row(position))
      if position % Self.rowsAtOnce == Self.rowsAtOnce - 1 { try write(text.take()) }
    }
    try write(text.take())
  }

  // MARK: - CSV on the Web

  private func metadata(file: String) -> [UInt8] {
    let columns = list.columns.map { column in
      CSVWColumn(
        name: column.name, title: column.label, type: Self.csvType(column.kind),
        isRequired: list.key.contains(column.name))
    }
    var json = JSONOutput(spread: true)
    json.object { json in
      json.csvwContext(words.language)
      json.member("url", file)
      json.translated("dc:title", list.title)
      json.member("dc:identifier", list.id)
      json.member("dc:language", words.language.rawValue)
      if let release = list.release { json.member("schema:version", release) }
      json.translated("dc:source", list.source)
      json.array("notes") { json in
        for note in list.notes { json.object { $0.translated("dc:description", note) } }
      }
      json.csvDialect()
      json.tableSchema(columns, key: list.key, words.language)
    }
    return json.bytes
  }

  private static func csvType(_ kind: ListDocument.Kind) -> String {
    switch kind {
    case .text: "string"
    case .truth: "boolean"
    case .count: "integer"
    case .year: "gYear"
    }
  }
}
