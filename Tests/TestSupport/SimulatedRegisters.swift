internal import Diagnostics
import Filesystem
import Simulator
import Territory

/// Small simulated registers of a département and of Wallonia, written once for all tests of a process.
package enum SimulatedRegisters {
  private static let result = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    let plan = SimulationPlan(
      territory: "FR-DEP-59+BE-REG-03000", scale: 0.02, seed: 5, years: 2023...2024)
    try Simulation(plan, communes: Checkout.territories.communes, share: Checkout.installation.share)
      .write(to: folder.path) { _, _ in }
    return folder
  }

  package static var folder: String { get throws { try result.get().path } }

  package struct File: Sendable {
    package let source: String
    package let path: String
    /// The name of the list, where the file is one.
    package var list: String?

    init(_ source: String, _ path: String, list: String? = nil) {
      self.source = source
      self.path = path
      self.list = list
    }
  }

  /// In the order of import; the lists come last.
  package static var files: [File] {
    get throws {
      let folder = try folder
      let lists = try ["fr", "be"].flatMap { country in
        // Local actors have no numbers.
        try Folder.names(in: "\(folder)/\(country)").compactMap { name -> File? in
          guard case .list(let list) = SimulatedFile("\(country)/\(name)")?.content else { return nil }
          return File("list", "\(folder)/\(country)/\(name)", list: list)
        }
      }
      return [
        File("sirene-units", "\(folder)/fr/StockUniteLegale_utf8.zip"),
        File("sirene-establishments", "\(folder)/fr/StockEtablissement_utf8.zip"),
        File("kbo", "\(folder)/be/KboOpenData_Full.zip"),
        File("workforce", "\(folder)/fr/workforce_2023.csv"), File("workforce", "\(folder)/fr/workforce_2024.csv"),
        File("workforce", "\(folder)/be/workforce_2023.csv"), File("workforce", "\(folder)/be/workforce_2024.csv"),
      ] + lists
    }
  }
}
