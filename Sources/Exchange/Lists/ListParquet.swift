import Diagnostics
import DuckStore
import Wording

extension ListExport {
  /// The columns of the CSV, typed; what is empty is NULL. What is more than memory should hold goes to the folder.
  func writeParquet(to path: String, folder: String) throws(Problem) {
    let writer = try ParquetWriter(folder: folder)
    let columns = list.columns.map { (name: $0.name, type: Self.columnType($0.kind)) }
    try writer.write(columns, facts: facts, to: path) { appender throws(Problem) in
      for position in 0..<list.count {
        for (text, column) in try zip(list.harmlessRow(position), columns) { Self.add(text, column.type, to: appender) }
        try appender.endRow()
      }
    }
  }

  private static func add(_ text: String, _ type: ColumnType, to appender: Appender) {
    guard !text.isEmpty else { return appender.addNull() }
    switch type {
    case .boolean: appender.add(text == "true")
    case .integer32:
      if let number = Int32(text) { appender.add(number) } else { appender.addNull() }
    default: appender.add(text)
    }
  }

  private static func columnType(_ kind: ListDocument.Kind) -> ColumnType {
    switch kind {
    case .text: .text
    case .truth: .boolean
    case .count, .year: .integer32
    }
  }

  private var facts: [(String, String)] {
    let language = words.language
    return [
      ("identifier", list.id), ("title", list.title[language]), ("language", language.rawValue),
      ("source", list.source[language]), ("release", list.release ?? ""), ("program", list.program),
      ("simulated", String(list.isSimulated)), ("notes", list.notes.map { $0[language] }.joined(separator: "\n")),
    ]
  }
}
