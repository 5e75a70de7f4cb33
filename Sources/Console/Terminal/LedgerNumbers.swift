import Exchange
import Indicators
import Secrecy
import Wording

/// Figures and changes as a ledger writes them: amounts in thousands of euros, changes with their sign.
struct LedgerNumbers {
  let measure: MeasureBook.Measure
  let words: Words

  private var isInThousands: Bool { measure.unit.code == "eur" }

  var unit: String { isInThousands ? " (k€)" : "" }

  private func written(_ value: Double) -> String {
    isInThousands ? words.number(value / 1000, decimals: 0) : words.number(value, decimals: measure.decimals)
  }

  /// `12 p`; `12 c` where it is hidden from those who see what is published.
  func figure(_ cell: Cell, isHidden: Bool) -> String {
    guard cell.status.hasValue, let value = cell.value else { return missing(cell) }
    return ([written(value)] + cell.basis.marks.map { String($0) } + (isHidden ? ["c"] : [])).joined(separator: " ")
  }

  func change(_ cell: Cell, isThere: Bool = true) -> String {
    if !isThere { return "" }
    guard cell.status.hasValue, let value = cell.value else { return missing(cell) }
    return change(value)
  }

  func change(_ value: Double) -> String {
    let text = written(value)
    return value > 0 ? "+" + text : text
  }

  private func missing(_ cell: Cell) -> String { cell.status == .notAvailable ? "–" : cell.flag }

  /// For files: nothing where there is no figure.
  func exact(_ cell: Cell) -> String {
    guard let value = cell.value else { return "" }
    return Int(exactly: value).map(String.init) ?? String(value)
  }
}
