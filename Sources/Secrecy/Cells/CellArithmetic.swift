internal import Glibc

/// What can be computed from cells, and from nothing else: a result of anything hidden is hidden.
extension Cell {
  /// A number that the formula itself brings.
  package static func constant(_ value: Double) -> Cell { Cell(.published, value: value, low: value, high: value) }

  /// Of several reasons for there being no figure, the one that a reader must know first: what cannot be compared is so
  /// even if it were shown, what is hidden is there.
  private static let precedence: [Status] = [.notComparable, .suppressed, .notAvailable]

  private static func without(_ cells: [Cell]) -> Cell? {
    for status in precedence where cells.contains(where: { $0.status == status }) {
      return Cell(status, basis: .missing)
    }
    return nil
  }

  private static func basis(of cells: [Cell]) -> Basis {
    Basis(
      isPartial: cells.contains(where: \.basis.isPartial),
      isEstimated: cells.contains { $0.basis.isEstimated || $0.basis == .banded },
      isApproximated: cells.contains(where: \.basis.isApproximated))
  }

  /// A result that has a value where all of its parts have one and the function gives a number for them; bounds where
  /// all parts have some, as far as the corners of their intervals tell.
  package static func combined(_ cells: [Cell], _ function: ([Double]) -> Double) -> Cell {
    if let missing = without(cells) { return missing }
    let value = function(cells.map { $0.value ?? 0 })
    guard value.isFinite else { return notAvailable }
    let basis = basis(of: cells)
    var bounds: (low: Double, high: Double)? = (value, value)
    if basis != .exact {
      bounds = cells.count <= 8 ? corners(cells, function) : nil
    }
    return Cell(
      value == 0 ? .zero : .published, value: value, low: bounds?.low, high: bounds?.high, basis: basis,
      unbounded: cells.map(\.unbounded).max() ?? 0, mapping: nil)
  }

  private static func corners(_ cells: [Cell], _ function: ([Double]) -> Double) -> (low: Double, high: Double)? {
    var low = Double.infinity
    var high = -Double.infinity
    for corner in 0..<(1 << cells.count) {
      var values: [Double] = []
      for (index, cell) in cells.enumerated() {
        guard let bound = corner >> index & 1 == 0 ? cell.low : cell.upperBound else { return nil }
        values.append(bound)
      }
      let value = function(values)
      guard value.isFinite else { return nil }
      low = min(low, value)
      high = max(high, value)
    }
    return (low, high)
  }

  /// A sum of any number of cells: their bounds add up too.
  package static func sum(_ cells: [Cell]) -> Cell {
    if cells.isEmpty { return notAvailable }
    if let missing = without(cells) { return missing }
    func total(_ bound: (Cell) -> Double?) -> Double? {
      cells.allSatisfy { bound($0) != nil } ? cells.compactMap(bound).reduce(0, +) : nil
    }
    let value = total(\.value) ?? 0
    return Cell(
      value == 0 ? .zero : .published, value: value, low: total(\.low), high: total(\.high), basis: basis(of: cells),
      unbounded: cells.map(\.unbounded).reduce(0, +))
  }

  /// How unequally values are spread over weights: the Gini coefficient, the weights as people who have these values.
  package static func gini(_ values: [Cell], weights: [Cell]) -> Cell {
    let cells = values + weights
    guard !values.isEmpty else { return notAvailable }
    if let missing = without(cells) { return missing }
    let pairs = zip(values, weights).map { (value: $0.value ?? 0, weight: $1.value ?? 0) }.filter { $0.weight > 0 }
      .sorted { $0.value < $1.value }
    let people = pairs.map(\.weight).reduce(0, +)
    let whole = pairs.map { $0.value * $0.weight }.reduce(0, +)
    guard people > 0, whole > 0 else { return notAvailable }
    var below = 0.0
    var area = 0.0
    for pair in pairs {
      let above = below + pair.value * pair.weight
      area += pair.weight / people * (below + above) / whole
      below = above
    }
    return Cell(.published, value: 1 - area, basis: basis(of: cells))
  }

  package static func + (one: Cell, other: Cell) -> Cell { combined([one, other]) { $0[0] + $0[1] } }
  package static func - (one: Cell, other: Cell) -> Cell { combined([one, other]) { $0[0] - $0[1] } }
  package static func * (one: Cell, other: Cell) -> Cell { combined([one, other]) { $0[0] * $0[1] } }

  /// Nothing bounds a quotient whose denominator may be nothing.
  package static func / (one: Cell, other: Cell) -> Cell {
    let quotient = combined([one, other]) { $0[0] / $0[1] }
    guard quotient.status.hasValue, quotient.low != nil, let low = other.low, let high = other.upperBound,
      low <= 0, high >= 0
    else { return quotient }
    return Cell(
      quotient.status, value: quotient.value, basis: quotient.basis, unbounded: quotient.unbounded)
  }

  package var magnitude: Cell {
    let magnitude = Cell.combined([self]) { $0[0].magnitude }
    guard magnitude.status.hasValue, let low, let high = upperBound, low < 0, high > 0 else { return magnitude }
    return Cell(
      magnitude.status, value: magnitude.value, low: 0, high: magnitude.high, basis: magnitude.basis,
      unbounded: magnitude.unbounded)
  }

  package static prefix func - (cell: Cell) -> Cell { combined([cell]) { -$0[0] } }
}
