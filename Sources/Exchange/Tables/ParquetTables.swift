package import Diagnostics
import DuckStore
package import Indicators
import Secrecy
package import Wording

/// Writes tables as Parquet: the columns of the CSV, typed, and in the file itself what it is and where it comes from.
///
/// One engine for as many tables as there are; `Library.open` must have succeeded before. Used by one thread at a time.
package final class ParquetTables {
  private let store: Store

  package init() throws(Problem) {
    // With one thread rows stay in their order whatever the machine.
    store = try Store(":memory:", .init(memoryLimit: "512MB", threads: 1))
  }

  /// Writes into the file itself: who wants it whole or not at all gives the path of one that nobody looks for.
  package func write(
    _ table: StatisticalTable, _ language: Language, terms: ReuseTerms = .openLicence, to path: String
  ) throws(Problem) {
    let form = LongForm(table)
    let columns = form.columns.map { "\(Self.quoted($0.name)) \(Self.columnType($0, table).sql)" }
    try store.run("CREATE OR REPLACE TABLE exported (\(columns.joined(separator: ", ")))")
    try fill(table, form, language)
    let facts = Self.facts(table, language, terms).map { "\(Self.quoted($0.0)): \(sqlText($0.1))" }
    try store.run(
      """
      COPY exported TO \(sqlText(path)) (FORMAT parquet, COMPRESSION zstd,
        KV_METADATA {\(facts.joined(separator: ", "))})
      """)
    try store.run("DROP TABLE exported")
  }

  private func fill(_ table: StatisticalTable, _ form: LongForm, _ language: Language) throws(Problem) {
    let appender = try store.appender("exported", form.columns.map { Self.columnType($0, table) })
    func add(_ value: Double?) { if let value { appender.add(value) } else { appender.addNull() } }
    func addWord(_ word: String) { if word.isEmpty { appender.addNull() } else { appender.add(word) } }
    let areYears = table.axes.map(LongForm.isYears)
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      for (position, column) in table.columns.enumerated() {
        let cell = table[row, position]
        let numbers = column.numbers(of: cell)
        for place in form.columns {
          switch place.content {
          case .table: appender.add(table.id)
          case .code(let axis):
            let code = table.axes[axis].members[members[axis]].code
            if areYears[axis], let year = Int32(code) { appender.add(year) } else { appender.add(code) }
          case .measure: appender.add(column.id)
          case .value: add(numbers.value)
          case .low: add(numbers.low)
          case .high: add(numbers.high)
          case .flag: addWord(cell.flag)
          case .status: appender.add(cell.status.rawValue)
          case .basis: addWord(cell.status.hasValue ? cell.basis.rawValue : "")
          case .unit: appender.add(column.unit.code)
          case .label(let axis): appender.add(table.axes[axis].members[members[axis]].label[language])
          case .measureLabel: appender.add(column.label[language])
          }
        }
        try appender.endRow()
      }
    }
    try appender.finish()
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

  /// A name as SQL takes any.
  private static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

extension ColumnType {
  fileprivate var sql: String {
    switch self {
    case .double: "DOUBLE"
    case .integer32: "INTEGER"
    default: "VARCHAR"
    }
  }
}
