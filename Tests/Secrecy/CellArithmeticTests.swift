import TestSupport
import Testing

@testable import Secrecy

/// What may be computed from cells: nothing comes out of what is hidden, and bounds hold whatever lies between them.
@Suite("Arithmetic of cells")
struct CellArithmeticTests {
  private static let missing: [Cell] = [.suppressed, .notAvailable, .notComparable]
  private static let examples: [Cell] = missing + [.zero, Cell(.published, value: 4, low: 4, high: 4)]

  private static func pairs(_ one: Cell, _ other: Cell) -> [(name: String, cell: Cell)] {
    [
      ("+", one + other), ("-", one - other), ("*", one * other), ("/", one / other),
      ("combined", Cell.combined([one, other]) { _ in 1 }), ("sum", Cell.sum([one, other])),
      ("gini of values", Cell.gini([one, other], weights: [.constant(1), .constant(2)])),
      ("gini of weights", Cell.gini([.constant(1), .constant(2)], weights: [one, other])),
    ]
  }

  /// What cannot be compared is told before what is hidden, and that before what is not there.
  private static func reason(_ cells: [Cell]) -> Cell.Status? {
    let order: [Cell.Status] = [.notComparable, .suppressed, .notAvailable]
    return order.first { status in cells.contains { $0.status == status } }
  }

  @Test func `nothing comes out of anything hidden or missing, by whatever way`() {
    for one in Self.examples {
      for other in Self.examples {
        guard let reason = Self.reason([one, other]) else { continue }
        for (name, cell) in Self.pairs(one, other) {
          #expect(cell == Cell(reason, basis: .missing), "\(one.status) \(name) \(other.status)")
        }
      }
      if let reason = Self.reason([one]) { #expect((-one) == Cell(reason, basis: .missing)) }
    }
    // Not even what a factor of nothing would make of it.
    #expect((Cell.suppressed * .zero).status == .suppressed)
    #expect((Cell.suppressed - .suppressed).status == .suppressed)
    #expect((Cell.suppressed / .suppressed).status == .suppressed)
  }

  @Test func `the strongest of three reasons is told, in any order`() {
    for one in Self.examples {
      for other in Self.examples {
        for third in Self.examples {
          let cells = [one, other, third]
          let found = Cell.sum(cells)
          #expect(found.status == Self.reason(cells) ?? (found.value == 0 ? .zero : .published))
          #expect(found.status.hasValue == (found.value != nil))
        }
      }
    }
  }

  @Test func `what is counted adds up, and is as exact as its parts`() {
    let (four, five) = (Cell.constant(4), Cell.constant(5))
    #expect(four + five == Cell(.published, value: 9, low: 9, high: 9))
    #expect(four - four == .zero)
    #expect(four * .zero == .zero)
    #expect(-four == Cell(.published, value: -4, low: -4, high: -4))
    #expect(five / four == Cell(.published, value: 1.25, low: 1.25, high: 1.25))
    #expect(Cell.sum([four, five, .zero]).value == 9)
    #expect(Cell.sum([]) == .notAvailable)
  }

  @Test func `a division by zero has no result`() {
    #expect(Cell.constant(1) / .zero == .notAvailable)
    #expect(Cell.zero / .zero == .notAvailable)
    #expect(Cell.constant(1) / (.constant(3) - .constant(3)) == .notAvailable)
  }

  @Test func `a result is no better known than what it is made of`() {
    let exact = Cell.constant(10)
    let estimated = Cell(.published, value: 5, low: 4, high: 6, basis: .estimated)
    let partial = Cell(.published, value: 5, low: 5, high: 5, basis: .partial, unbounded: 2)
    let approximated = Cell(.published, value: 5, basis: .approximated)
    let banded = Cell(.published, value: 50, low: 40, high: 60, basis: .banded)
    #expect((exact + estimated).basis == .estimated)
    #expect((exact + partial).basis == .partial)
    #expect((exact + partial).unbounded == 2)
    #expect((exact + approximated).basis == .approximated)
    #expect((approximated + partial).basis == .approximatedPartial)
    #expect((approximated + estimated).basis == .approximatedEstimated)
    #expect((exact + banded).basis == .estimated)
    #expect(exact + estimated == Cell(.published, value: 15, low: 14, high: 16, basis: .estimated))
    #expect(exact / estimated == Cell(.published, value: 2, low: 10.0 / 6, high: 2.5, basis: .estimated))
    // A least has no upper bound, and neither has what is made of it.
    #expect((exact + partial).upperBound == nil)
    #expect((exact - partial).low == nil)
    #expect((exact + approximated).low == nil)
    // A denominator that may be none: anything is possible.
    let perhapsNone = Cell(.published, value: 1, low: 0, high: 2, basis: .estimated)
    #expect((exact / perhapsNone).value == 10)
    #expect((exact / perhapsNone).high == nil)
  }

  private static func estimate(_ random: inout SplitMix64, _ range: ClosedRange<Int>) -> Cell {
    let bounds = [random.number(range), random.number(range)].sorted().map(Double.init)
    return Cell(
      .published, value: (bounds[0] + bounds[1]) / 2, low: bounds[0], high: bounds[1], basis: .estimated)
  }

  private static func inside(_ random: inout SplitMix64, _ cell: Cell) -> Double {
    let (low, high) = (cell.low ?? 0, cell.high ?? 0)
    return low + (high - low) * Double(random.number(0...8)) / 8
  }

  private static func holds(_ cell: Cell, _ value: Double) -> Bool {
    guard let low = cell.low, let high = cell.high else { return true }
    return low - 1e-9 <= value && value <= high + 1e-9
  }

  @Test func `bounds hold for all that lies between those of the parts`() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<300 {
      let (one, other) = (Self.estimate(&random, -20...20), Self.estimate(&random, 1...30))
      for _ in 0..<20 {
        let (x, y) = (Self.inside(&random, one), Self.inside(&random, other))
        #expect(Self.holds(one + other, x + y))
        #expect(Self.holds(one - other, x - y))
        #expect(Self.holds(one * other, x * y))
        #expect(Self.holds(one / other, x / y))
        #expect(Self.holds(-one, -x))
        #expect(Self.holds(Cell.combined([one, other]) { max($0[0], $0[1]) }, max(x, y)))
        #expect(Self.holds(Cell.combined([one, other]) { min($0[0], $0[1]) }, min(x, y)))
      }
    }
  }

  /// A quotient has no bounds where its denominator may be of either sign.
  @Test func `bounds hold where a denominator may be none`() {
    let one = Cell.constant(1)
    let around = Cell(.published, value: 1, low: -1, high: 2, basis: .estimated)
    #expect(Self.holds(one / around, 1 / 0.25))
    #expect(Self.holds(one / around, 1 / -0.25))
  }

  @Test func `the bounds of a sum are the sums of bounds`() {
    var random = SplitMix64(seed: 12)
    for _ in 0..<200 {
      let cells = (0..<random.number(1...12)).map { _ in Self.estimate(&random, 0...40) }
      let sum = Cell.sum(cells)
      #expect(sum.low == cells.compactMap(\.low).reduce(0, +))
      #expect(sum.high == cells.compactMap(\.high).reduce(0, +))
      #expect(sum.value == cells.compactMap(\.value).reduce(0, +))
      #expect(sum.basis == .estimated)
      for _ in 0..<10 {
        var total = 0.0
        for cell in cells { total += Self.inside(&random, cell) }
        #expect(Self.holds(sum, total))
      }
    }
    let least = Cell(.published, value: 5, low: 5, high: 5, basis: .partial, unbounded: 1)
    #expect(Cell.sum([least, least, .constant(1)]).unbounded == 2)
    #expect(Cell.sum([least, .constant(1)]).upperBound == nil)
    let unbounded = Cell(.published, value: 5, basis: .approximated)
    #expect(Cell.sum([unbounded, .constant(1)]).low == nil)
  }

  @Test func `Gini: equal values, one who has all, and two by hand`() {
    func gini(_ values: [Double], _ weights: [Double]) -> Double {
      Cell.gini(values.map(Cell.constant), weights: weights.map(Cell.constant)).value ?? .infinity
    }
    #expect(abs(gini([3, 3, 3], [1, 5, 2])) < 1e-12)
    // One of four has all: 3/4.
    #expect(abs(gini([0, 0, 0, 8], [1, 1, 1, 1]) - 0.75) < 1e-12)
    // 1 and 3: the mean gap of all pairs is (2 + 2)/4 = 1; half of it over the mean 2 is 1/4.
    #expect(abs(gini([3, 1], [1, 1]) - 0.25) < 1e-12)
    // Weights are people: two who have 1 and one who has 4 are three people, (4·3)/9/2/2 = 1/3.
    #expect(abs(gini([1, 4], [2, 1]) - 1.0 / 3) < 1e-12)
    #expect(abs(gini([1, 1, 4, 9], [1, 1, 1, 0]) - 1.0 / 3) < 1e-12)
    #expect(Cell.gini([.zero, .zero], weights: [.constant(1), .constant(1)]) == .notAvailable)
    #expect(Cell.gini([.constant(1), .constant(2)], weights: [.zero, .zero]) == .notAvailable)
    #expect(Cell.gini([], weights: []) == .notAvailable)
  }
}
