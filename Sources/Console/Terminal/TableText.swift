import Exchange
import Indicators
import Secrecy
import Wording

/// A statistical table drawn for a terminal: aligned, with its totals, marks, notes and source.
struct TableText {
  let table: StatisticalTable
  let words: Words

  /// `T02  Économie sociale et solidaire par famille – Hauts-de-France, 2024`
  var title: String {
    var parts: [String] = []
    for axis in table.axes where axis.role != .classification {
      // Rows of territories are of the one that holds them all.
      let whole = axis.members.count == 1 ? axis.members : axis.members.filter(\.isTotal)
      if whole.count == 1 { parts.append(whole[0].label[words.language]) }
    }
    let years = table.axes[1].members
    if years.count > 1, let first = years.first, let last = years.last { parts.append("\(first.code)–\(last.code)") }
    return "\(table.id)  \(table.title[words.language])" + (parts.isEmpty ? "" : " – " + parts.joined(separator: ", "))
  }

  var text: String { Terminal.bold(title) + "\n\n" + body + "\n\n" + Terminal.notes(notes) }

  var notes: [String] { table.notes.map { $0.text[words.language] } }

  /// The axes that have something to tell apart, each in a column of its own.
  private var axes: [Int] {
    let several = table.axes.indices.filter { table.axes[$0].members.count > 1 }
    return several.isEmpty ? [table.axes.count - 1] : several
  }

  private var body: String {
    let axes = axes
    var header = axes.map { table.axes[$0].label[words.language] }
    for column in table.columns {
      header.append(column.short[words.language] + (Self.isInThousands(column) ? " (k€)" : ""))
    }
    var drawn = TextTable(header: header, textColumns: axes.count)
    var before: [Int] = []
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      var cells: [String] = []
      var isNew = before.isEmpty
      for (position, axis) in axes.enumerated() {
        let member = table.axes[axis].members[members[axis]]
        // What has not changed since the row above is not said again.
        isNew = isNew || before[axis] != members[axis] || position == axes.count - 1
        cells.append(isNew ? String(repeating: "  ", count: member.depth) + member.label[words.language] : "")
      }
      for column in table.columns.indices { cells.append(written(table.figure(row, column))) }
      let last = axes.last.map { table.axes[$0].members[members[$0]] }
      drawn.lines.append(.init(cells: cells, isTotal: last?.isTotal ?? false))
      before = members
    }
    return drawn.drawn()
  }

  /// Amounts are read in thousands of euros; the files have them to the euro.
  private static func isInThousands(_ column: StatisticalTable.Column) -> Bool { column.unit.code == "eur" }

  private func written(_ figure: Figure) -> String {
    let cell = figure.cell
    switch cell.status {
    case .suppressed, .notComparable: return cell.flag
    case .notAvailable: return "–"
    case .published, .zero: break
    }
    let scale = Self.isInThousands(figure.column) ? 1000.0 : 1
    func number(_ value: Double) -> String {
      words.number(value / scale, decimals: scale > 1 ? 0 : figure.precision)
    }
    if cell.basis == .banded, let low = cell.low, let high = cell.high { return "\(number(low))–\(number(high))" }
    // A figure may be a least, or estimated, and a part in proportion at once: `12 p a`, `12 e a`.
    return ([number(cell.value ?? 0)] + cell.basis.marks.map { String($0) }).joined(separator: " ")
  }
}
