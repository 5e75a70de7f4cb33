import Diagnostics
package import Directory
import Filesystem

/// A release as it lies on the disk: its manifest and its files, not opened yet.
package struct ReleaseFolder: Sendable {
  package let manifest: Manifest
  package let path: String

  /// The tables of every release, in the order in which they are written.
  static let tables = [
    "cube", "units", "establishments", "profiles", "decisions", "employers", "associations", "accounts", "matches",
    "aggregates", "states",
  ]

  /// What is read without an engine; the directory, which only `find` reads, is not among them.
  static let indexes = FactTables.files + [PublishedIndex.fileName]

  func file(of table: String) -> String { "\(path)/\(table).parquet" }

  /// The release that `current` points at, or one by its name or the beginning of it.
  package init(_ observatory: Observatory, named name: String? = nil) throws {
    path = try Self.path(observatory, named: name)
    manifest = try JSON.decode(Manifest.self, file: "\(path)/manifest.json")
  }

  /// Where it lies; its manifest is not read.
  private static func path(_ observatory: Observatory, named name: String?) throws(Problem) -> String {
    if let name {
      let all = Folder.exists(observatory.releases) ? try Folder.names(in: observatory.releases) : []
      let known = all.filter { !$0.hasPrefix(".") }
      let meant = known.contains(name) ? [name] : known.filter { !name.isEmpty && $0.hasPrefix(name) }
      guard meant.count == 1 else {
        throw Problem(
          "release.unknown", status: .commandLine, at: Place(file: observatory.path),
          ["release": name, "known": (meant.isEmpty ? known : meant).sorted().joined(separator: ", ")])
      }
      return "\(observatory.releases)/\(meant[0])"
    }
    guard Folder.target(ofLink: observatory.currentLink) != nil, Folder.exists(observatory.currentLink) else {
      throw Problem("release.none", at: Place(file: observatory.path))
    }
    return observatory.currentLink
  }

  /// The directory of organisations of a release. Opened without its manifest, which only an error is worth reading.
  package static func directory(
    _ observatory: Observatory, named name: String? = nil
  ) throws -> (directory: OrganisationDirectory, release: String) {
    let path = try path(observatory, named: name)
    let file = "\(path)/\(OrganisationDirectory.fileName)"
    if !Folder.fileExists(file) {
      let folder = try ReleaseFolder(observatory, named: name)
      let isListed = folder.manifest.files.contains { $0.file == OrganisationDirectory.fileName }
      throw isListed
        ? folder.damaged(file)
        : Problem("find.no_directory", at: Place(file: path), ["release": folder.manifest.name])
    }
    let release = Folder.name(of: Folder.target(ofLink: path) ?? path)
    return (try OrganisationDirectory(file), release)
  }

  /// The current release, or nil where nothing was built yet.
  package static func current(_ observatory: Observatory, named name: String? = nil) throws -> ReleaseFolder? {
    if name == nil, Folder.target(ofLink: observatory.currentLink) == nil { return nil }
    return try ReleaseFolder(observatory, named: name)
  }

  /// Is the manifest the one that was sealed when the release was made?
  var isSealed: Bool {
    get throws {
      let seal = "\(path)/manifest.sha256"
      guard Folder.fileExists(seal) else { return false }
      let expected = String(decoding: try Folder.contents(of: seal), as: UTF8.self)
      return expected == "\(try Fingerprint.of(file: "\(path)/manifest.json"))  manifest.json\n"
    }
  }

  /// Refuses a release that is not the one that was built: its manifest as sealed, its files there and as long as
  /// they were (`essor check` takes their fingerprints too).
  func verify() throws {
    guard try isSealed else { throw damaged("\(path)/manifest.json") }
    for name in Self.tables.map({ "\($0).parquet" }) + Self.indexes {
      let file = "\(path)/\(name)"
      guard let entry = manifest.files.first(where: { $0.file == name }), Folder.fileExists(file),
        try ReadableFile(file).size == entry.bytes
      else { throw damaged(file) }
    }
  }

  func damaged(_ file: String) -> Problem {
    Problem("release.damaged", at: Place(file: file), ["release": manifest.name])
  }
}
