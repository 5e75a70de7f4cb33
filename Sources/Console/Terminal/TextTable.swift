import Tabular

/// A table drawn with characters: text to the left, numbers to the right, totals under a line.
struct TextTable {
  struct Line {
    var cells: [String]
    var isTotal = false
  }

  let header: [String]
  var lines: [Line] = []
  /// How many columns from the left hold text.
  var textColumns = 1

  func drawn() -> String {
    let lines = lines.map { Line(cells: $0.cells.map(\.printable), isTotal: $0.isTotal) }
    let widths = header.indices.map { column in
      max(header[column].count, lines.map { $0.cells[column].count }.max() ?? 0)
    }
    func row(_ cells: [String]) -> String {
      let parts = cells.enumerated().map { column, text in
        column < textColumns ? text.padded(to: widths[column]) : text.paddedLeft(to: widths[column])
      }
      return parts.joined(separator: "  ").trimmedRight
    }
    let rule = String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
    var text = [Terminal.bold(row(header)), rule]
    for (index, line) in lines.enumerated() {
      if line.isTotal, index > 0 { text.append(rule) }
      text.append(line.isTotal ? Terminal.bold(row(line.cells)) : row(line.cells))
    }
    return text.joined(separator: "\n")
  }
}

extension String {
  var trimmedRight: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
