import Filesystem
import Territory
import TestSupport
import Testing

@testable import Simulator

/// What a reader of the demonstration checks first: a sample, too, comes to the published figures.
@Suite("Figures of samples")
struct FiguresOfSamplesTests {
  private static let families = ["Associations", "Coopératives", "Mutuelles", "Fondations"]

  /// The figures of the whole, by family, that the simulated table of FLORES gives: of a region, far from the margins
  /// by département that the calibration sees.
  private static func flores(_ folder: String, _ measure: String, _ year: Int) throws -> [String: Double] {
    let rows = try Sample.rows("\(folder)/fr/flores_ess.csv", separator: UInt8(ascii: ";")).rows.filter {
      $0["GEO_OBJECT"] == "FRANCE" && $0["ACTIVITY"] == "_T" && $0["FLORES_MEASURE"] == measure
        && $0["TIME_PERIOD"] == String(year)
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["ESS_FAMILY"] ?? "", Double($0["OBS_VALUE"] ?? "") ?? 0) })
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `a tenth of a region has its jobs and its families`(seed: UInt64) throws {
    let scale = 0.1
    let plan = SimulationPlan(territory: "FR-REG-32", scale: scale, seed: seed, years: 2020...2024)
    let folder = try TemporaryFolder()
    _ = try Simulation(plan, communes: Checkout.territories.communes, share: Checkout.installation.share)
      .write(to: folder.path) { _, _ in }
    let jobs = try Self.flores(folder.path, "EMPL3112", 2020)
    let ofFour = Self.families.reduce(0) { $0 + (jobs[$1] ?? 0) }
    // The jobs of 2014, to which the nearest simulated year is brought.
    #expect((ofFour / scale / 208_100 - 1).magnitude < 0.02)
    #expect(((jobs["Associations"] ?? 0) / ofFour - 0.8405).magnitude < 0.01)
    let establishments = try Self.flores(folder.path, "UNIT_LOC", 2024)
    for (family, share) in zip(Self.families, [0.85, 0.08, 0.04, 0.01]) {
      let found = (establishments[family] ?? 0) / (establishments["_T"] ?? 0)
      #expect((found - share).magnitude < 0.015, "\(family)")
    }
  }
}
