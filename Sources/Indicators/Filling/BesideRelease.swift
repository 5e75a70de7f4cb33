package import Filesystem
internal import Nomenclature
package import Registers
package import Territory
package import Warehouse

/// What some tables read beside the release that they are of.
package struct BesideRelease {
  package let layouts: AggregateLayouts
  /// Releases of the observatory before this one, the oldest first: what revisions are measured against.
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
      Self.names(in: try Folder.names(in: observatory.releases), before: release.manifest.name)
        .compactMap { try? Release(observatory, named: $0) }  // one of another format tells nothing here
    } typology: { areas in
      try TypologyArchive(installation, observatory, book).typology(of: Set(areas.flatMap(\.countries)))
    }
  }

  /// What a release of a later day says is no first figure of this one; some have a name of their own, without a day.
  static func names(in folder: [String], before release: String) -> [String] {
    func day(_ name: String) -> Substring? {
      let day = name.prefix(10)
      let isDay = day.split(separator: "-").map(\.count) == [4, 2, 2] && day.allSatisfy { $0.isNumber || $0 == "-" }
      return isDay ? day : nil
    }
    let own = day(release)
    return folder.sorted().filter { name in
      guard name != release, !name.hasPrefix(".") else { return false }
      guard let own, let other = day(name) else { return true }
      return other <= own
    }
  }
}
