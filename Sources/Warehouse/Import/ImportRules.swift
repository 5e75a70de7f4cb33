internal import Diagnostics
package import Filesystem
internal import Nomenclature
internal import Registers
internal import Tabular
internal import Territory

/// The rule books against which some readers check codes: loaded when the first of them asks, and kept for the next
/// file.
package final class ImportRules {
  private let installation: Installation
  private let observatory: Observatory

  package init(_ installation: Installation, _ observatory: Observatory) {
    (self.installation, self.observatory) = (installation, observatory)
  }

  private(set) lazy var nomenclatures = Result { try NomenclatureBook(share: installation.share) }
  private(set) lazy var layouts = Result { try AggregateLayouts(share: installation.share) }
  private(set) lazy var territories = Result { try TerritoryBook(installation, observatory) }

  /// Opens a publisher's table.
  func aggregates(_ container: Container, _ source: Source) throws -> AggregateTable {
    try AggregateTable(
      Self.tableStream(container), source: source.rawValue, layouts.get(), nomenclatures.get(), territories.get())
  }

  /// The zips of INSEE hold the data and what explains them.
  static func tableStream(_ container: Container) throws(Problem) -> any ByteStream {
    let data = container.tableNames.filter { $0.lowercased().hasSuffix("_data.csv") }
    return try container.stream(data.count == 1 ? Folder.name(of: data[0]) : nil)
  }
}
