@testable import Indicators
@testable import Secrecy

/// A country of two regions and three sectors.
enum TwoRegions {
  /// Jobs of the ESS in three sectors of a north and a south, in two years; the country is both.
  ///
  ///     2023   A    B    C          2024   A    B    C
  ///     north  100  50   0    150          120  45   10   175
  ///     south  200  150  100  450          210  165  90   465
  ///            300  200  100  600          330  210  100  640
  static func cube() throws -> HandCube {
    let jobs: [Int: [[Double]]] = [
      2023: [[100, 50, 0], [200, 150, 100]], 2024: [[120, 45, 10], [210, 165, 90]],
    ]
    return try HandCube(
      years: [2023, 2024], places: 3, axes: ["who": ["ess", "total"], "a10": ["A", "B", "C", "total"]], ["jobs"],
      reference: 2
    ) { spot, _ in
      let rows = jobs[spot.year] ?? []
      let sectors = ["A": [0], "B": [1], "C": [2]][spot["a10"]] ?? [0, 1, 2]
      let parts = (spot.place == 2 ? rows : [rows[spot.place]]).map { row in sectors.map { row[$0] }.reduce(0, +) }
      return .constant(parts.reduce(0, +))
    }
  }

  static let sectors = ["A", "B", "C"]
}
