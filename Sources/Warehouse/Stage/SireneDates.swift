import Nomenclature

/// The dates of SIRENE's two files where they are too far apart to be of one stock: establishments lack their unit,
/// and units have begun or ceased in between.
package struct SireneDates: Codable, Sendable, Equatable {
  package let units: String
  package let establishments: String

  /// Both come out each month, and a month or two between them does little harm.
  private static let mostMonths = 2

  /// Nil where they are of about the same time, or one does not tell its own.
  init?(units: String, establishments: String) {
    guard let one = Self.months(units), let other = Self.months(establishments),
      max(one.lowerBound - other.upperBound, other.lowerBound - one.upperBound) > Self.mostMonths
    else { return nil }
    (self.units, self.establishments) = (units, establishments)
  }

  /// The months that a vintage can mean, in one count: a year alone can mean any of its twelve.
  private static func months(_ vintage: String) -> ClosedRange<Int>? {
    let parts = vintage.split(separator: "-").compactMap { Int($0) }
    guard let year = parts.first, year >= 1900 else { return nil }
    return parts.count > 1 ? year * 12 + parts[1]...year * 12 + parts[1] : year * 12 + 1...year * 12 + 12
  }
}

extension SireneDates {
  /// Of the stock that is built from; nil for that of another register.
  init?(_ stocks: [Stock]) {
    guard let items = stocks.first(where: { $0.country == .fr })?.items, items.count == 2 else { return nil }
    self.init(units: items[0].receipt.vintage, establishments: items[1].receipt.vintage)
  }
}
