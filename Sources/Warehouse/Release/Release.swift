package import Diagnostics
package import DuckStore
package import Perimeter

/// A release open for reading.
package final class Release {
  package let manifest: Manifest
  package let store: Store

  package init(_ folder: ReleaseFolder) throws {
    try folder.verify()
    manifest = folder.manifest
    store = try Store()
    for table in ReleaseFolder.tables {
      let path = folder.file(of: table)
      do throws(Problem) {
        try store.run("CREATE VIEW \(table) AS SELECT * FROM read_parquet(\(sqlText(path)))")
      } catch {
        throw folder.damaged(path)
      }
    }
  }

  /// The release that `current` points at, or one by its name.
  package convenience init(_ observatory: Observatory, named name: String? = nil) throws {
    try self.init(ReleaseFolder(observatory, named: name))
  }

  /// A perimeter as it was when the release was built, options included; the one of the release where none is named.
  ///
  /// One that the release was not judged by has no figures there: zeros would be a lie.
  package func perimeter(_ id: String?, _ book: PerimeterBook) throws(Problem) -> Perimeter {
    let perimeter = try book.perimeter(id ?? manifest.perimeter)
    guard let judged = manifest.ruleSets.first(where: { $0.id == perimeter.id }) else {
      throw Problem(
        "perimeter.not_judged", status: .commandLine,
        [
          "perimeter": perimeter.id, "release": manifest.name,
          "known": manifest.ruleSets.map(\.id).joined(separator: ", "),
        ])
    }
    return try perimeter.with(judged.settings)
  }

  /// The perimeters as they were when the release was built, options included.
  package static func perimeters(_ book: PerimeterBook, _ settings: [String: [String: String]]) throws(Problem)
    -> [Perimeter]
  {
    var perimeters: [Perimeter] = []
    for perimeter in book.perimeters { perimeters.append(try perimeter.with(settings[perimeter.id] ?? [:])) }
    return perimeters
  }
}
