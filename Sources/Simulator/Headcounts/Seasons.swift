import Diagnostics
import Tabular

/// What the ends of the first three quarters are to that of the year, by division of activities: `seasons.csv`.
struct Seasons {
  private let shares: UnsafePointer<SIMD4<Double>>

  init(_ path: String, arena: Arena) throws {
    let columns = ["first", "second", "third"]
    let table = try DeclaredTable(path, columns: ["division"] + columns, properties: ["id", "source", "confidence"])
    var known: [String: SIMD4<Double>] = [:]
    for entry in table.entries {
      let shares = try columns.map { column throws(Problem) in try entry.number(column, in: table) }
      known[entry["division"]] = SIMD4(shares[0], shares[1], shares[2], 1)
    }
    guard let other = known["*"] else {
      throw Problem("simulate.no_profile", at: Place(file: table.path), ["group": "*"])
    }
    shares = arena.keep((0..<100).map { known[PublishedActivities.code($0)] ?? other })
  }

  /// Jobs on the last day of a quarter; those of the fourth are those of the year. Of a small staff, the fraction is
  /// the chance of one more.
  func jobs(_ staff: Int, of employer: Employer, year: Int, quarter: Int) -> Int {
    guard quarter < 3 else { return staff }
    var draws = Draws(key: employer.key, 40_000 + 4 * year + quarter)
    return draws.rounded(Double(staff) * shares[employer.division][quarter])
  }
}
