package import Diagnostics
import Tabular
package import Wording

/// Rows without figures: organisations, territories, what there is to ask for. One row a thing, one text a column; a
/// country has a million, and each is made when it is written.
package struct ListDocument {
  /// What the texts of a column are: `true` and `false`, a number of things, a year. All may be empty.
  package enum Kind: Sendable { case text, truth, count, year }

  package struct Column: Sendable {
    package let name: String
    package let label: Label
    package let kind: Kind

    /// Named in the words that every list has.
    package init(_ name: String, _ words: Words, _ kind: Kind = .text) throws(Problem) {
      self.name = name
      label = try words.label("column.\(name)")
      self.kind = kind
    }
  }

  /// Of the file, and of its sheet: `organisations`.
  package let id: String
  package let title: Label
  package let columns: [Column]
  /// The columns that tell one row from another.
  package let key: [String]
  package let source: Label
  package let notes: [Label]
  /// What the rows are of; nil: of no release.
  package let release: String?
  package let program: String
  package let isSimulated: Bool
  package let count: Int
  /// The row at a position, with a text for each column.
  package let row: (Int) throws(Problem) -> [String]

  package init(
    id: String, title: Label, columns: [Column], key: [String], source: Label, notes: [Label] = [],
    release: String? = nil, program: String, isSimulated: Bool = false, count: Int,
    row: @escaping (Int) throws(Problem) -> [String]
  ) {
    self.id = id
    self.title = title
    self.columns = columns
    self.key = key
    self.source = source
    self.notes = notes
    self.release = release
    self.program = program
    self.isSimulated = isSimulated
    self.count = count
    self.row = row
  }
}

extension ListDocument {
  /// The row without what commands a terminal: names come from files. CSV has its own way.
  func harmlessRow(_ position: Int) throws(Problem) -> [String] {
    try row(position).map(\.printable)
  }
}

extension ExchangeFormat {
  /// Those that hold a list: the others are made of figures.
  package static let lists: [ExchangeFormat] = [.csv, .csvw, .xlsx, .parquet]
}
