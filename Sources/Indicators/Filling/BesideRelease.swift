package import Filesystem
internal import Nomenclature
package import Registers
package import Territory
package import Warehouse

/// What some tables read beside the release that they are of.
package struct BesideRelease {
  package let layouts: AggregateLayouts
  /// Other releases of the observatory, the oldest first: what revisions are measured against.
  let earlier: () throws -> [Release]
  /// The typology of the communes of some areas, where one is imported.
  let typology: ([Area]) throws -> Typology?

  package init(
    layouts: AggregateLayouts, earlier: @escaping () throws -> [Release],
    typology: @escaping ([Area]) throws -> Typology?
  ) {
    self.layouts = layouts
    self.earlier = earlier
    self.typology = typology
  }

  /// Of an observatory and its release in use.
  package init(
    _ installation: Installation, _ observatory: Observatory, _ release: Release, _ book: TerritoryBook
  ) throws {
    self.init(layouts: try AggregateLayouts(share: installation.share)) {
      try Folder.names(in: observatory.releases).sorted().filter { $0 != release.manifest.name && !$0.hasPrefix(".") }
        .compactMap { try? Release(observatory, named: $0) }  // one of another format tells nothing here
    } typology: { areas in
      try TypologyArchive(installation, observatory, book).typology(of: Set(areas.flatMap(\.countries)))
    }
  }
}
