/// Units of a group at the end of a year, those before, and what happened in between.
struct StockCounts {
  static let mostAge = 5

  var stock = 0
  var before = 0
  var creations = 0
  var appearances = 0
  var cessations = 0
  /// By move, form, activity, list.
  var came = [0, 0, 0, 0]
  var went = [0, 0, 0, 0]
  /// By age in whole years: those that were there, and those of them that were gone a year later.
  var atRisk = [Int](repeating: 0, count: mostAge)
  var ceased = [Int](repeating: 0, count: mostAge)

  private static let reasons = ["move", "form", "activity", "list"]

  func cell(_ measure: String, isPartial: Bool) -> Cell {
    func count(_ value: Int) -> Cell {
      let number = Double(value)
      return Cell(
        value == 0 ? .zero : .published, value: number, low: number, high: number, basis: isPartial ? .partial : .exact)
    }
    switch measure {
    case "stock", "structures": return count(stock)
    case "stock_before": return count(before)
    case "creations": return count(creations)
    case "appearances": return count(appearances)
    case "cessations": return count(cessations)
    // Those that were created in their year and were there at its end.
    case "cohort_size": return atRisk[0] > 0 ? count(atRisk[0]) : .notAvailable
    default: break
    }
    let parts = measure.split(separator: "_").map(String.init)
    if let reason = parts.last.flatMap({ Self.reasons.firstIndex(of: $0) }) {
      return count(parts[0] == "came" ? came[reason] : went[reason])
    }
    guard parts.count >= 2, parts[0] == "survival", let years = Int(parts[1]), 1...Self.mostAge ~= years,
      let survival = Survival(atRisk: Array(atRisk[..<years]), ceased: Array(ceased[..<years]))
    else { return .notAvailable }
    let value = 100 * (parts.count == 2 ? survival.share : survival.error)
    return Cell(
      value == 0 ? .zero : .published, value: value, low: value, high: value, basis: isPartial ? .partial : .exact)
  }
}

/// How many of those who were there at the beginning are there at the end, by Kaplan and Meier, with the variance of
/// Greenwood. Units that came late into sight count from then on.
package struct Survival: Sendable, Equatable {
  package let share: Double
  package let error: Double

  /// Nil where some age was never seen.
  package init?(atRisk: [Int], ceased: [Int]) {
    var share = 1.0
    var variance = 0.0
    for (there, gone) in zip(atRisk, ceased) {
      guard there > 0 else { return nil }
      share *= 1 - Double(gone) / Double(there)
      if gone < there { variance += Double(gone) / (Double(there) * Double(there - gone)) }
    }
    self.share = share
    error = share * variance.squareRoot()
  }
}
