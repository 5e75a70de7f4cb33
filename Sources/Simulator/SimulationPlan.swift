import Diagnostics
import Tabular
import Territory

/// What to simulate.
package struct SimulationPlan: Sendable {
  /// `hdf-wallonia`, or codes of countries, regions, départements, provinces or communes joined by
  /// `+` (`FR-REG-32+BE-REG-03000`); `FR-BE` is both countries.
  package var territory: String
  /// 1 is the size of the real registers.
  package var scale: Double
  package var seed: UInt64
  /// The years whose jobs are told; the register is that of 1 January after the last.
  package var years: ClosedRange<Int>

  package init(territory: String, scale: Double, seed: UInt64, years: ClosedRange<Int>) {
    self.territory = territory
    self.scale = scale
    self.seed = seed
    self.years = years
  }

  static let largestScale = 2.0
  static let yearsKnown = 1995...2050
  static let mostYears = 30

  /// The day of the registers.
  var today: Int { DayTable.day(years.upperBound + 1, 1, 1) }

  /// Refuses what cannot be simulated.
  func check() throws(Problem) {
    guard scale > 0, scale <= Self.largestScale else {
      throw Problem(
        "simulate.bad_scale", status: .commandLine,
        ["scale": String(scale), "largest": String(Int(Self.largestScale))])
    }
    guard Self.yearsKnown.contains(years.lowerBound), Self.yearsKnown.contains(years.upperBound),
      years.count <= Self.mostYears
    else {
      throw Problem(
        "simulate.bad_years", status: .commandLine,
        [
          "years": "\(years.lowerBound)-\(years.upperBound)",
          "first": String(Self.yearsKnown.lowerBound), "last": String(Self.yearsKnown.upperBound),
          "most": String(Self.mostYears),
        ])
    }
  }

  /// The codes that the territory stands for.
  var codes: [String] {
    territory.split(separator: "+").flatMap { part -> [String] in
      switch trimmed(part) {
      case "hdf-wallonia": ["FR-REG-32", "BE-REG-03000"]
      case "FR-BE": ["FR", "BE"]
      case let code: [code]
      }
    }
  }

  /// The communes of the territory, in the order given; each code must hold at least one.
  func communes(among all: [Commune]) throws(Problem) -> [Commune] {
    let wanted = Set(codes)
    var found = Set<String>()
    let chosen = all.filter { commune in
      let holders = wanted.intersection(commune.ancestors + [commune.code])
      found.formUnion(holders)
      return !holders.isEmpty
    }
    for code in codes where !found.contains(code) {
      let known = Set(all.flatMap { $0.ancestors + [$0.code] }).sorted()
      var facts = ["territory": code]
      facts["nearest"] = nearest(to: code, among: known)
      throw Problem("simulate.unknown_territory", status: .commandLine, facts)
    }
    guard chosen.contains(where: { $0.population > 0 }) else {
      throw Problem(
        "simulate.unknown_territory", status: .commandLine, ["territory": territory])
    }
    return chosen
  }
}
