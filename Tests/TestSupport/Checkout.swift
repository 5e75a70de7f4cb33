import Foundation
package import Filesystem
package import Nomenclature
package import Perimeter
package import Territory

/// The project's own rules and data, as the tests find them.
package enum Checkout {
  /// The folder of the checkout: this file stands in Tests/TestSupport.
  package static let root: String = {
    var path = #filePath
    for _ in 0..<3 { path = Folder.parent(of: path) }
    return path
  }()

  package static let installation = Installation(share: "\(root)/share", libraries: "\(root)/.deps")

  private static let nomenclatureResult = Result { try NomenclatureBook(share: installation.share) }
  private static let territoryResult = Result { try TerritoryBook(installation) }

  /// Loaded once for all tests.
  package static var nomenclatures: NomenclatureBook { get throws { try nomenclatureResult.get() } }
  package static var territories: TerritoryBook { get throws { try territoryResult.get() } }

  package static var perimeters: [Perimeter] {
    get throws { try PerimeterBook(share: installation.share, nomenclatures).perimeters }
  }

  /// Real files of publishers, where a tester has them: ESSOR_REAL_DATA, or ../shared/data.
  package static func realData(_ environment: [String: String]) -> String? {
    let path = environment["ESSOR_REAL_DATA"] ?? "\(root)/../shared/data"
    return Folder.exists(path) ? path : nil
  }
}

/// Files that publishers really sent: ESSOR_REAL_DATA, or ../shared/data. Tests that need them are skipped elsewhere.
package enum RealData {
  private static let folder = Checkout.realData(ProcessInfo.processInfo.environment)

  package static func has(_ file: String) -> Bool { folder.map { Folder.fileExists("\($0)/\(file)") } ?? false }
  package static func path(_ file: String) -> String { "\(folder ?? "")/\(file)" }
}
