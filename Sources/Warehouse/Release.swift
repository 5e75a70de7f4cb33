package import Diagnostics
package import DuckStore
internal import Filesystem
internal import Nomenclature
package import Perimeter
import Registers

/// A release open for reading.
package final class Release {
  package let manifest: Manifest
  package let folder: String
  package let store: Store

  /// The release that `current` points at, or one by its name.
  package init(_ observatory: Observatory, named name: String? = nil) throws {
    if let name {
      folder = "\(observatory.releases)/\(name)"
      guard Folder.exists(folder) else {
        let known = Folder.exists(observatory.releases) ? try Folder.names(in: observatory.releases) : []
        throw Problem(
          "release.unknown", status: .commandLine, at: Place(file: observatory.path),
          ["release": name, "known": known.filter { !$0.hasPrefix(".") }.joined(separator: ", ")])
      }
    } else {
      guard Folder.target(ofLink: observatory.currentLink) != nil, Folder.exists(observatory.currentLink) else {
        throw Problem("release.none", at: Place(file: observatory.path))
      }
      folder = observatory.currentLink
    }
    manifest = try JSON.decode(Manifest.self, file: "\(folder)/manifest.json")
    store = try Store()
    for file in manifest.files {
      let name = String(file.file.dropLast(".parquet".count))
      try store.run("CREATE VIEW \(name) AS SELECT * FROM read_parquet(\(sqlText("\(folder)/\(file.file)")))")
    }
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
