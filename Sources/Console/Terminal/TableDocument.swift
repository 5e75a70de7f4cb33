import Indicators
import Secrecy
import Wording

/// A table as JSON: stable, and documented in docs/guide.md.
struct TableDocument: Encodable {
  private struct Head: Encodable {
    let table: String
    let title: String
    let territory: String
    let territories: [String]
    let year: Int
    let years: [Int]
    let perimeter: String
    let options: [String: String]
    let provisional: Bool
    let release: String
    let simulated: Bool
    let secrecy: [String]
    let unprotected: Bool
    let dimensions: [String]
    let notes: [String]
  }

  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    init(_ text: String) { stringValue = text }
  }

  private let table: StatisticalTable
  private let language: Language

  init(_ table: StatisticalTable, _ language: Language) {
    self.table = table
    self.language = language
  }

  func encode(to encoder: any Encoder) throws {
    let origin = table.origin
    let years = table.axes[1].members.compactMap { Int($0.code) }
    let shown = table.axes.filter { $0.role == .classification }.map(\.id)
    try Head(
      table: table.id, title: table.title[language], territory: table.axes[0].members.last?.code ?? "",
      territories: table.axes[0].members.map(\.code), year: years.last ?? 0, years: years, perimeter: origin.perimeter,
      options: origin.options, provisional: origin.isProvisional, release: origin.release,
      simulated: origin.isSimulated, secrecy: origin.secrecy, unprotected: origin.isUnprotected,
      dimensions: ["area", "year"] + shown + ["measure"], notes: table.notes.map { $0.text[language] }
    ).encode(to: encoder)
    var container = encoder.container(keyedBy: Name.self)
    var cells = container.nestedUnkeyedContainer(forKey: Name("cells"))
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      for column in table.columns.indices {
        var cell = cells.nestedContainer(keyedBy: Name.self)
        for (axis, member) in zip(table.axes, members) {
          let code = axis.members[member].code
          if axis.role == .time, let year = Int(code) {
            try cell.encode(year, forKey: Name(axis.id))
          } else {
            try cell.encode(code, forKey: Name(axis.id))
          }
        }
        try encode(table[row, column], table.columns[column], in: &cell)
      }
    }
  }

  private func encode(
    _ figure: Cell, _ column: StatisticalTable.Column, in cell: inout KeyedEncodingContainer<Name>
  ) throws {
    try cell.encode(column.id, forKey: Name("measure"))
    try cell.encode(figure.status.rawValue, forKey: Name("status"))
    try cell.encodeIfPresent(figure.value, forKey: Name("value"))
    guard figure.status.hasValue else { return }
    try cell.encode(figure.basis.rawValue, forKey: Name("basis"))
    if figure.basis != .exact {
      try cell.encodeIfPresent(figure.low, forKey: Name("low"))
      try cell.encodeIfPresent(figure.upperBound, forKey: Name("high"))
    }
    if figure.unbounded > 0 { try cell.encode(figure.unbounded, forKey: Name("unbounded")) }
    if let mapping = figure.mapping, mapping.exact < 1 {
      try cell.encode(
        ["exact": mapping.exact, "approximate": mapping.approximate, "none": mapping.none], forKey: Name("activities"))
    }
    try cell.encode(column.unit.code, forKey: Name("unit"))
  }
}
