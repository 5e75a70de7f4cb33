package import Indicators
import Secrecy
import Tabular
package import Wording

/// A table as CSV, one figure a line: RFC 4180, UTF-8, line feeds; codes, then names in one language.
///
/// Where there is no figure `value` is empty and `value_status` says why.
package struct TableCSV: Sendable {
  package let bytes: [UInt8]

  package init(_ table: StatisticalTable, _ language: Language) {
    let form = LongForm(table)
    // What repeats is written once, with its comma; a line is then a few copies.
    let id = Self.before(table.id)
    let codes = table.axes.map { axis in axis.members.map { Self.before($0.code) } }
    let measures = table.columns.map { Self.before($0.id) }
    let units = table.columns.map { Self.after($0.unit.code) }
    let labels = form.labelled.map { axis in
      table.axes[axis].members.map { Self.after(Self.harmless($0.label[language])) }
    }
    let labelsOfMeasures = table.columns.map { Self.after(Self.harmless($0.label[language])) }

    let comma = UInt8(ascii: ",")
    var bytes = CSVText(form.columns.map(\.name)).bytes
    bytes.reserveCapacity(bytes.count + table.cells.count * 160)
    var start: [UInt8] = []
    var end: [UInt8] = []
    for row in 0..<table.rowCount {
      let members = table.members(of: row)
      start.removeAll(keepingCapacity: true)
      start += id
      for (axis, member) in members.enumerated() { start += codes[axis][member] }
      end.removeAll(keepingCapacity: true)
      for (place, axis) in form.labelled.enumerated() { end += labels[place][members[axis]] }
      for position in table.columns.indices {
        let figure = table.figure(row, position)
        let cell = figure.cell
        bytes += start
        bytes += measures[position]
        if let value = figure.value { bytes.append(published: value) }
        bytes.append(comma)
        if let low = figure.low { bytes.append(published: low) }
        bytes.append(comma)
        if let high = figure.high { bytes.append(published: high) }
        bytes.append(comma)
        bytes.append(contentsOf: cell.flag.utf8)
        bytes.append(comma)
        bytes.append(contentsOf: cell.status.rawValue.utf8)
        bytes.append(comma)
        // What nothing rests on has no basis.
        if cell.status.hasValue { bytes.append(contentsOf: cell.basis.rawValue.utf8) }
        bytes += units[position]
        bytes += end
        bytes += labelsOfMeasures[position]
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    self.bytes = bytes
  }

  /// A field, quoted where it must be, and the comma after it: a line of two fields of which the other is empty.
  private static func before(_ text: String) -> [UInt8] { Array(CSVText([text, ""]).bytes.dropLast()) }

  /// The comma before a field, and the field.
  private static func after(_ text: String) -> [UInt8] { Array(CSVText(["", text]).bytes.dropLast()) }

  /// A name that a spreadsheet would take for a formula (people name the territories that they make) begins with a
  /// space. Codes are ours and numbers are numbers: they stay as they are.
  static func harmless(_ name: String) -> String {
    guard let first = name.utf8.first, "=+-@\t\r".utf8.contains(first) else { return name }
    return " " + name
  }
}
