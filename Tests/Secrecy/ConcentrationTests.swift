import TestSupport
import Testing

@testable import Secrecy

@Suite("Concentration, in bands")
struct ConcentrationTests {
  /// 100 jobs in ten units.
  private static let ten: [Int64] = [41, 12, 8, 8, 7, 7, 6, 5, 4, 2]

  private static func bounds(_ cell: Cell) -> [Double] { [cell.low ?? .nan, cell.value ?? .nan, cell.high ?? .nan] }

  private static func isNear(_ one: [Double], _ other: [Double]) -> Bool {
    zip(one, other).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  @Test func `Gini of equal shares is nothing; where one has all, (n−1)/n`() {
    #expect(abs(ConcentrationBands.gini([5, 5, 5, 5])) < 1e-12)
    for count in 2...20 {
      let ascending = Array(repeating: 0.0, count: count - 1) + [7]
      #expect(abs(ConcentrationBands.gini(ascending) - Double(count - 1) / Double(count)) < 1e-12)
    }
    // 1, 2, 3, 4: 2·(1 + 4 + 9 + 16)/(4·10) − 5/4 = 1.5 − 1.25.
    #expect(abs(ConcentrationBands.gini([1, 2, 3, 4]) - 0.25) < 1e-12)
    #expect(ConcentrationBands.gini([]) == 0)
    #expect(ConcentrationBands.gini([0, 0]) == 0)
  }

  @Test func `ten units by hand`() {
    let bands = ConcentrationBands(of: Self.ten)
    // 41 of 100.
    #expect(Self.isNear(Self.bounds(bands.first), [40, 50, 60]))
    // 41 + 12 + 8 + 8 = 69.
    #expect(Self.isNear(Self.bounds(bands.c4), [60, 70, 80]))
    // All of it: the last band holds its upper end.
    #expect(Self.isNear(Self.bounds(bands.c10), [80, 90, 100]))
    // (1681 + 144 + 64 + 64 + 49 + 49 + 36 + 25 + 16 + 4)/10 000 = 0.2132.
    #expect(Self.isNear(Self.bounds(bands.hhi), [0.2, 0.25, 0.3]))
    // In ascending order 2, 4, 5, 6, 7, 7, 8, 8, 12, 41: 2·764/(10·100) − 11/10 = 0.428.
    #expect(Self.isNear(Self.bounds(bands.gini), [0.4, 0.45, 0.5]))
    let shuffled = ConcentrationBands(of: Self.ten.reversed())
    for name in ConcentrationBands.names { #expect(shuffled[name] == bands[name], "\(name)") }
    // Twenty of five each: the ten largest have half, and each has 5 %.
    let equal = ConcentrationBands(of: Array(repeating: 5, count: 20))
    #expect(Self.isNear(Self.bounds(equal.c10), [40, 50, 60]))
    #expect(Self.isNear(Self.bounds(equal.first), [0, 10, 20]))
    #expect(Self.isNear(Self.bounds(equal.hhi), [0, 0.05, 0.1]))
    #expect(Self.isNear(Self.bounds(equal.gini), [0, 0.05, 0.1]))
  }

  @Test func `fewer than ten units are hidden, and none is nothing to tell`() {
    let nine = ConcentrationBands(of: Array(Self.ten.prefix(9)))
    let none = ConcentrationBands(of: [])
    let empty = ConcentrationBands(of: Array(repeating: 0, count: 12))
    for name in ConcentrationBands.names {
      #expect(nine[name] == .suppressed, "\(name)")
      #expect(none[name] == .notAvailable, "\(name)")
      #expect(empty[name] == .notAvailable, "\(name)")
    }
    #expect(nine["other"] == nil)
  }

  /// Whatever the units have, a figure is one of five or ten: never the number itself.
  @Test func `bands are wide, fixed, and hold what they stand for`() {
    var random = SplitMix64(seed: 21)
    for _ in 0..<300 {
      let most = random.pick([3, 50, 100_000])
      let units = (0..<random.number(10...40)).map { _ in Int64(random.number(1...most)) }
      let bands = ConcentrationBands(of: units)
      let total = Double(units.reduce(0, +))
      let shares = units.sorted(by: >).map { Double($0) / total }
      let truth = [
        "first_share": shares[0] * 100, "c4": shares.prefix(4).reduce(0, +) * 100,
        "c10": shares.prefix(10).reduce(0, +) * 100, "hhi": shares.map { $0 * $0 }.reduce(0, +),
        "gini": ConcentrationBands.gini(shares.reversed()),
      ]
      for (name, value) in truth {
        let step = name == "hhi" || name == "gini" ? 0.1 : 20
        guard let cell = bands[name], let low = cell.low, let high = cell.high else {
          Issue.record("\(name) of \(units)")
          continue
        }
        #expect(cell.status == .published && cell.basis == .banded)
        #expect(abs(high - low - step) < 1e-9)
        #expect(abs((low / step).rounded() * step - low) < 1e-9)
        #expect(abs((cell.value ?? .nan) - (low + high) / 2) < 1e-9)
        #expect(low - 1e-9 <= value && value <= high + 1e-9, "\(name) \(value) of \(units)")
      }
    }
  }
}
