package import Diagnostics
import DuckStore
package import Indicators
import Secrecy
package import Wording

/// Writes tables as Parquet: the columns of the CSV, typed, and in the file itself what it is and where it comes from.
///
/// One engine for as many tables as there are; `Library.open` must have succeeded before. Used by one thread at a time.
package final class ParquetTables {
  private let writer: ParquetWriter

  package init() throws(Problem) {
    writer = try ParquetWriter()
  }

  /// Writes into the file itself: who wants it whole or not at all gives the path of one that nobody looks for.
  package func write(
    _ table: StatisticalTable, _ language: Language, terms: ReuseTerms = .openLicence, to path: String
  ) throws(Problem) {
    let form = LongForm(table)
    let columns = form.columns.map { (name: $0.name, type: Self.columnType($0, table)) }
    try writer.write(columns, facts: Self.facts(table, language, terms), to: path) { appender throws(Problem) in
      try Self.fill(appender, table, form, language)
    }
  }

  private static func fill(
    _ appender: Appender, _ table: StatisticalTable, _ form: LongForm, _ language: Language
  ) throws(Problem) {
    func add(_ value: Double?) { if let value { appender.add(value) } else { appender.addNull() } }
    func addWord(_ word: String) { if word.isEmpty { appender.addNull() } else { appender.add(word) } }
    let areYears = table.axes.map(LongForm.isYears)
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      for position in table.columns.indices {
        let figure = table.figure(row, position)
        let (cell, column) = (figure.cell, figure.column)
        for place in form.columns {
          switch place.content {
          case .table: appender.add(table.id)
          case .code(let axis):
            let code = table.axes[axis].members[members[axis]].code
            if areYears[axis], let year = Int32(code) { appender.add(year) } else { appender.add(code) }
          case .measure: appender.add(column.id)
          case .value: add(figure.value)
          case .low: add(figure.low)
          case .high: add(figure.high)
          case .flag: addWord(cell.flag)
          case .status: appender.add(cell.status.rawValue)
          case .basis: addWord(cell.status.hasValue ? cell.basis.rawValue : "")
          case .unit: appender.add(figure.unit.code)
          case .label(let axis): appender.add(table.axes[axis].members[members[axis]].label[language])
          case .measureLabel: appender.add(column.label[language])
          }
        }
        try appender.endRow()
      }
    }
  }

  private static func columnType(_ column: LongForm.Column, _ table: StatisticalTable) -> ColumnType {
    switch column.content {
    case .value, .low, .high: .double
    case .code(let axis) where LongForm.isYears(table.axes[axis]): .integer32
    default: .text
    }
  }

  /// What goes into the file beside the rows: keys without a prefix are those of Dublin Core.
  private static func facts(
    _ table: StatisticalTable, _ language: Language, _ terms: ReuseTerms
  ) -> [(String, String)] {
    let origin = table.origin
    var facts = [
      ("identifier", table.id), ("title", table.title[language]), ("description", table.description[language]),
      ("language", language.rawValue), ("source", origin.sources.map(\.cited).joined(separator: ", ")),
      ("release", origin.release), ("program", origin.program),
      ("perimeter", "\(origin.perimeter) \(origin.perimeterVersion)"),
      ("simulated", String(origin.isSimulated)), ("unprotected", String(origin.isUnprotected)),
      ("secrecy", origin.secrecy.joined(separator: ", ")),
      ("notes", table.notes.map { $0.text[language] }.joined(separator: "\n")),
    ]
    if !origin.isUnprotected { facts.append(("license", terms.address)) }
    return facts
  }
}
