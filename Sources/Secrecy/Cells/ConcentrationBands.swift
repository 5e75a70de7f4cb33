internal import Glibc

/// How unequally units share a quantity, in bands wide enough that no unit can be read from them.
///
/// The share of the four largest says much about each of them: it is told in steps of twenty points, the others in
/// steps of their own, and none of them for fewer than ten units.
package struct ConcentrationBands: Sendable {
  package let c4: Cell
  package let c10: Cell
  package let first: Cell
  package let hhi: Cell
  package let gini: Cell

  package static let fewestUnits = 10

  /// By the names that formulas have for them.
  package static let names: Set<String> = ["c4", "c10", "first_share", "hhi", "gini"]

  package subscript(name: String) -> Cell? {
    switch name {
    case "c4": c4
    case "c10": c10
    case "first_share": first
    case "hhi": hhi
    case "gini": gini
    default: nil
    }
  }

  private init(_ all: Cell) { self.init(c4: all, c10: all, first: all, hhi: all, gini: all) }

  private init(c4: Cell, c10: Cell, first: Cell, hhi: Cell, gini: Cell) {
    self.c4 = c4
    self.c10 = c10
    self.first = first
    self.hhi = hhi
    self.gini = gini
  }

  init() { self.init(.notAvailable) }

  init(of contributions: [Int64]) {
    let total = Double(contributions.reduce(0, +))
    guard total > 0 else {
      self.init(.notAvailable)
      return
    }
    guard contributions.count >= Self.fewestUnits else {
      self.init(.suppressed)
      return
    }
    let ordered = contributions.sorted(by: >).map { Double($0) / total }
    func top(_ count: Int) -> Double { ordered.prefix(count).reduce(0, +) * 100 }
    self.init(
      c4: Self.band(top(4), step: 20, most: 100), c10: Self.band(top(10), step: 20, most: 100),
      first: Self.band(top(1), step: 20, most: 100),
      hhi: Self.band(ordered.map { $0 * $0 }.reduce(0, +), step: 0.1, most: 1),
      gini: Self.band(Self.gini(ordered.reversed()), step: 0.1, most: 1))
  }

  /// The Gini coefficient of numbers in ascending order.
  static func gini(_ ascending: some Collection<Double>) -> Double {
    let total = ascending.reduce(0, +)
    guard total > 0, !ascending.isEmpty else { return 0 }
    let count = Double(ascending.count)
    let weighted = ascending.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    return 2 * weighted / (count * total) - (count + 1) / count
  }

  /// The step that holds a number, told by its bounds; its middle stands for it.
  static func band(_ value: Double, step: Double, most: Double) -> Cell {
    let steps = (most / step).rounded()
    // A coefficient of equal shares is nothing but for its rounding.
    let position = max(0, min((value / step).rounded(.down), steps - 1))
    let (low, high) = (position / steps * most, (position + 1) / steps * most)
    return Cell(.published, value: (low + high) / 2, low: low, high: high, basis: .banded)
  }
}
