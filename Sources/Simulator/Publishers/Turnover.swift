import Diagnostics
import Tabular

/// What enterprises declare for VAT: `turnover.csv` by division, and the rates of `publishers.csv`.
struct Turnover {
  private let perJob: [Double]
  private let alone: [Double]
  private let shares: [Double]
  private let investment: Double
  private let growth: Double

  init(_ folder: String, rates: Constants, constants: Constants) throws {
    let table = try DeclaredTable(
      "\(folder)/turnover.csv", columns: ["division", "per_job", "alone"], properties: ["id", "source", "confidence"])
    var known: [String: (perJob: Double, alone: Double)] = [:]
    for entry in table.entries {
      known[entry["division"]] = (try entry.number("per_job", in: table), try entry.number("alone", in: table))
    }
    guard let other = known["*"] else {
      throw Problem("simulate.no_profile", at: Place(file: table.path), ["group": "*"])
    }
    let divisions = (0..<100).map { known[PublishedActivities.code($0)] ?? other }
    perJob = divisions.map(\.perJob)
    alone = divisions.map(\.alone)
    shares = [
      try rates.value("vat_first"), try rates.value("vat_second"), try rates.value("vat_third"),
      try rates.value("vat_fourth"),
    ]
    investment = try rates.value("vat_investment")
    growth = try constants.value("pay_growth")
  }

  /// The turnover of a year, from its mean number of jobs.
  func year(_ year: Int, of enterprise: Enterprise, division: Int, jobs: Double) -> Double {
    var habits = Draws(key: enterprise.key, 11_000)
    var draws = Draws(key: enterprise.key, 11_000 + year)
    // A product of three: few enterprises are far above the others, none below nothing.
    let size = max(0.05, 1 + 0.28 * habits.spread())
    let level = (size * size * size) * max(0.5, 1 + 0.1 * draws.spread())
    return (alone[division] + perJob[division] * jobs) * level * max(0.5, 1 + growth * Double(year - 2020))
  }

  /// What of it is declared in a quarter, and the investments with it.
  func quarter(_ quarter: Int, of turnover: Double, _ draws: inout Draws) -> (turnover: Int, investment: Int) {
    let declared = turnover * shares[quarter] * (1 + 0.06 * draws.spread())
    return (Int(declared), Int(declared * investment * 2 * draws.share()))
  }
}
