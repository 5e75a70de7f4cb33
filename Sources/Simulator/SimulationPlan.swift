import Diagnostics
import Tabular
import Territory

/// What to simulate.
package struct SimulationPlan: Sendable {
  /// `hdf-wallonia`, or codes of countries, regions, départements, provinces or communes joined by
  /// `+` (`FR-REG-32+BE-REG-03000`); `FR-BE` is both countries.
  package let territory: String
  /// 1 is the size of the real registers.
  package var scale: Double
  package var seed: UInt64
  /// The years whose jobs are told; the register is that of 1 January after the last.
  package var years: ClosedRange<Int>
  /// How many stocks of the registers: the newest, and those of 1 January of the years before.
  package var vintages: Int

  package init(territory: String, scale: Double, seed: UInt64, years: ClosedRange<Int>, vintages: Int = 1) {
    self.territory = Self.written(territory)
    self.scale = scale
    self.seed = seed
    self.years = years
    self.vintages = vintages
  }

  /// From a handful of organisations to twice the real registers.
  package static let scales = 0.0001...2.0
  package static let usualScale = 0.1
  static let yearsKnown = 1995...2050
  static let mostYears = 30

  /// The codes as the territories have them, which are in capitals: `fr-dep-59` is taken as everywhere else, and
  /// gives the same bytes.
  private static func written(_ territory: String) -> String {
    territory.split(separator: "+").map { part in
      let code = trimmed(part)
      return code.lowercased() == bothRegions ? bothRegions : code.uppercased()
    }.joined(separator: "+")
  }

  private static let bothRegions = "hdf-wallonia"

  /// The day of the registers.
  var today: Int { DayTable.day(years.upperBound + 1, 1, 1) }

  /// The years whose 1 January the stocks are of, the newest first.
  var stockYears: [Int] { (0..<vintages).map { years.upperBound + 1 - $0 } }

  /// Refuses what cannot be simulated.
  func check() throws(Problem) {
    guard Self.scales.contains(scale) else {
      throw Problem(
        "simulate.bad_scale", status: .commandLine,
        [
          "scale": "#\(scale)", "smallest": "#\(Self.scales.lowerBound)",
          "largest": "#\(Self.scales.upperBound)",
        ])
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
    // A stock tells the staff of the year before it.
    guard 1...years.count ~= vintages else {
      throw Problem(
        "simulate.bad_vintages", status: .commandLine,
        ["vintages": "#\(vintages)", "most": "#\(years.count)", "years": "\(years.lowerBound)-\(years.upperBound)"])
    }
  }

  /// The codes that the territory stands for.
  var codes: [String] {
    territory.split(separator: "+").flatMap { part -> [String] in
      switch String(part) {
      case Self.bothRegions: ["FR-REG-32", "BE-REG-03000"]
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
