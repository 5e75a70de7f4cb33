import Indicators
import Territory
import Warehouse
import Wording

/// The tables that are declared: a list, or one whole.
struct TableCatalogue {
  private let book: TableBook
  private let words: Words

  init(_ book: TableBook, _ words: Words) {
    self.book = book
    self.words = words
  }

  var text: String {
    book.tables.map { "\($0.id)  \($0.title[words.language])" }.joined(separator: "\n")
  }

  func text(of table: TableDeclaration) -> String {
    let language = words.language
    var lines = ["\(table.id)  \(table.title[language])", "", "  " + table.description[language], ""]
    let dimensions = table.dimensions.map { words("dimension.\($0)") + " (\($0))" }
    lines.append(words("tables.dimensions", ["list": dimensions.isEmpty ? "–" : dimensions.joined(separator: ", ")]))
    if !table.choices.isEmpty {
      lines.append(words("tables.choices", ["list": table.choices.joined(separator: ", ")]))
    }
    lines.append(words("tables.sources", ["list": table.sources.joined(separator: ", ")]))
    lines.append("")
    var drawn = TextTable(
      header: [words("tables.column"), words("tables.label"), words("tables.unit")], textColumns: 3)
    for column in table.columns {
      drawn.lines.append(
        .init(cells: [column.column.id, column.column.label[language], column.column.unit.label[language]]))
    }
    return (lines + [drawn.drawn(), ""] + table.notes.map { "  " + $0[language] }).joined(separator: "\n")
  }

  private struct Document: Encodable {
    let id: String
    let title: [String: String]
    let subject: String
    let dimensions: [String]
    let choices: [String]
    let areas: [String]
    let sources: [String]
    let columns: [String]
  }

  func json(of tables: [TableDeclaration]) throws -> String {
    try JSON.text(
      tables.map { table in
        Document(
          id: table.id, title: table.title.byLanguage, subject: table.subject.rawValue, dimensions: table.dimensions,
          choices: table.choices, areas: table.areas.map(\.rawValue), sources: table.sources,
          columns: table.columns.map(\.column.id))
      })
  }
}
