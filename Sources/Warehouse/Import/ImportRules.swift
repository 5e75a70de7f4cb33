internal import Diagnostics
package import Filesystem
internal import Matching
internal import Nomenclature
internal import Registers
internal import Tabular
package import Territory

/// The rule books against which some readers check codes: loaded when the first of them asks, and kept for the next
/// file.
package final class ImportRules {
  private let installation: Installation
  private let loadTerritories: () throws -> TerritoryBook

  package init(_ installation: Installation, territories: @escaping () throws -> TerritoryBook) {
    self.installation = installation
    loadTerritories = territories
  }

  package convenience init(_ installation: Installation, _ observatory: Observatory) {
    self.init(installation) { try TerritoryBook(installation, observatory) }
  }

  private lazy var nomenclatureResult = Result { try NomenclatureBook(share: installation.share) }
  private lazy var layoutResult = Result { try AggregateLayouts(share: installation.share) }
  private lazy var territoryResult = Result { try loadTerritories() }
  private lazy var columnResult = Result {
    try ListColumns(share: installation.share, NameReading(share: installation.share))
  }

  var nomenclatures: NomenclatureBook { get throws { try nomenclatureResult.get() } }
  /// How columns of lists are recognised.
  var columns: ListColumns { get throws { try columnResult.get() } }
  var places: AddressPlaces { get throws { AddressPlaces(try territoryResult.get()) } }

  /// Reads which commune is in which class.
  func typology(_ container: Container, column: String?) throws -> TypologyFile {
    try TypologyFile(container, column: column, territoryResult.get(), TypologyLabels(share: installation.share))
  }

  /// Opens a publisher's table.
  func aggregates(_ container: Container, _ source: Source) throws -> AggregateTable {
    try AggregateTable(
      { try Self.tableStream(container) }, source: source.rawValue, layoutResult.get(), nomenclatures,
      territoryResult.get())
  }

  /// The zips of INSEE hold the data and what explains them.
  static func tableStream(_ container: Container) throws(Problem) -> any ByteStream {
    let data = container.tableNames.filter { $0.lowercased().hasSuffix("_data.csv") }
    return try container.stream(data.count == 1 ? Folder.name(of: data[0]) : nil)
  }
}
