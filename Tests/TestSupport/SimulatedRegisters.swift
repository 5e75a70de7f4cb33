internal import Diagnostics
import Filesystem
import Simulator
import Territory

/// Small simulated registers of two départements and provinces, written once for all tests of a process.
package enum SimulatedRegisters {
  private static let result = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    let plan = SimulationPlan(
      territory: "FR-DEP-59+BE-PRO-50000", scale: 0.02, seed: 5, years: 2023...2024)
    try Simulation(plan, communes: Checkout.territories.communes, share: Checkout.installation.share)
      .write(to: folder.path) { _, _ in }
    return folder
  }

  package static var folder: String { get throws { try result.get().path } }

  /// Source and path of each file, in the order of import.
  package static var files: [(source: String, path: String)] {
    get throws {
      let folder = try folder
      return [
        ("sirene-units", "\(folder)/fr/StockUniteLegale_utf8.zip"),
        ("sirene-establishments", "\(folder)/fr/StockEtablissement_utf8.zip"),
        ("kbo", "\(folder)/be/KboOpenData_Full.zip"),
        ("workforce", "\(folder)/fr/workforce_2023.csv"), ("workforce", "\(folder)/fr/workforce_2024.csv"),
        ("workforce", "\(folder)/be/workforce_2023.csv"), ("workforce", "\(folder)/be/workforce_2024.csv"),
      ]
    }
  }
}
