import Indicators
import Secrecy
import Wording

/// The columns of the first sheet: names of what varies, then figures.
struct SpreadsheetColumns {
  /// What a column before the figures tells.
  enum LabelColumn {
    case code(axis: Int)
    case name(axis: Int)
  }

  let labels: [LabelColumn]
  let heads: [String]
  let units: [String]
  /// In characters.
  let widths: [Double]
  private let table: StatisticalTable
  private let language: Language
  /// The last axis that is no place and no time: its totals are the totals of the table.
  private let innermost: Int?
  /// The longest marks of each column: room is kept for them, so that digits stand below digits.
  private let marks: [String]

  init(_ table: StatisticalTable, _ shown: [Int], _ words: Words) {
    let language = words.language
    self.table = table
    self.language = language
    innermost = shown.last { table.axes[$0].role == .classification }
    var labels: [LabelColumn] = []
    for axis in shown {
      // Two territories may have one name: their codes tell them apart, and are what people join on.
      if table.axes[axis].role == .area { labels.append(.code(axis: axis)) }
      labels.append(.name(axis: axis))
    }
    self.labels = labels
    var heads: [String] = []
    var units: [String] = []
    var widths: [Double] = []
    for label in labels {
      switch label {
      case .code(let axis):
        heads.append(words("export.code"))
        widths.append(Self.width(table.axes[axis].members.map(\.code), 8...20))
      case .name(let axis):
        let name = table.axes[axis].label[language]
        heads.append(name)
        let members = table.axes[axis].members.map { String(repeating: "  ", count: $0.depth) + $0.label[language] }
        widths.append(Self.width(members + [name], 8...60))
      }
      units.append("")
    }
    var marks: [String] = []
    for (position, column) in table.columns.enumerated() {
      heads.append(column.short[language])
      units.append(column.unit.symbol.isEmpty ? column.unit.label[language] : column.unit.symbol)
      var longest = ""
      var largest = 0.0
      for row in 0..<table.rowCount {
        let figure = table.figure(row, position)
        if let value = figure.value {
          largest = max(largest, value.magnitude)
          if figure.cell.basis.marks.count > longest.count { longest = figure.cell.basis.marks }
        }
      }
      marks.append(longest)
      let digits = Numbers.decimal(largest, decimals: column.decimals, language) + " -" + longest
      widths.append(Self.width([digits, units.last ?? ""] + heads.suffix(1).flatMap(Self.parts), 9...26))
    }
    self.heads = heads
    self.units = units
    self.widths = widths
    self.marks = marks
  }

  private static func width(_ texts: [String], _ range: ClosedRange<Double>) -> Double {
    let longest = Double(texts.map(\.count).max() ?? 0) + 2
    return min(max(longest, range.lowerBound), range.upperBound)
  }

  /// The words of a head, which may stand below each other.
  private static func parts(_ head: String) -> [String] { head.split(separator: " ").map(String.init) }

  // MARK: - A row

  func write(_ index: Int, on sheet: Spreadsheet.Sheet, at row: Int) {
    let members = table.members(of: index)
    let isTotal = innermost.map { table.axes[$0].members[members[$0]].isTotal } ?? false
    for (place, label) in labels.enumerated() {
      switch label {
      case .code(let axis):
        sheet.write(table.axes[axis].members[members[axis]].code, row, place, style(isTotal, .quiet))
      case .name(let axis):
        let member = table.axes[axis].members[members[axis]]
        if table.axes[axis].role == .time, let year = Int(member.label[language]) {
          sheet.write(Double(year), row, place, style(isTotal, .init(number: "0")))
        } else {
          sheet.write(member.label[language], row, place, style(isTotal, .init(indent: member.depth)))
        }
      }
    }
    for position in table.columns.indices {
      let figure = table.figure(index, position)
      let place = labels.count + position
      if let value = figure.value {
        let number = Self.format(figure.precision, figure.cell.basis.marks, room: marks[position])
        sheet.write(value, row, place, style(isTotal, .init(number: number, isRight: true)))
      } else {
        // A text, so that no sum takes it for a zero.
        sheet.write(figure.cell.flag, row, place, style(isTotal, .init(color: 0x80_8080, isRight: true)))
      }
    }
  }

  private func style(_ isTotal: Bool, _ style: Spreadsheet.Style) -> Spreadsheet.Style {
    guard isTotal else { return style }
    var style = style
    style.isBold = true
    style.hasLineAbove = true
    return style
  }

  /// `#,##0.0" p"`, and the width of the marks that others in the column have and this one has not: `#,##0.0_ _p`.
  static func format(_ decimals: Int, _ marks: String, room: String) -> String {
    var format = "#,##0"
    if decimals > 0 { format += "." + String(repeating: "0", count: decimals) }
    if !marks.isEmpty { format += "\" \(marks)\"" }
    guard room.count > marks.count else { return format }
    if marks.isEmpty { format += "_ " }
    for mark in room.dropFirst(marks.count) { format += "_\(mark)" }
    return format
  }
}
