package import Diagnostics
package import Filesystem
import FoundationEssentials

/// The folder of an observatory: what was imported, what was built, and the settings in force.
package struct Observatory: Sendable {
  package let path: String
  package var settings: Settings

  /// essor.json
  package struct Settings: Codable, Sendable, Equatable {
    package var name = "Observatoire de l'économie sociale et solidaire"
    package var languages = ["fr", "nl", "en"]
    /// The territory that pages and tables show first.
    package var territory = "FR"
    /// The perimeter in force for tables.
    package var perimeter = "common-statutory"
    /// Options and level of each perimeter, where they differ from the file's own.
    package var options: [String: [String: String]] = [:]

    package init() {}

    /// What the file leaves out keeps its default.
    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      let usual = Settings()
      name = try values.decodeIfPresent(String.self, forKey: .name) ?? usual.name
      languages = try values.decodeIfPresent([String].self, forKey: .languages) ?? usual.languages
      territory = try values.decodeIfPresent(String.self, forKey: .territory) ?? usual.territory
      perimeter = try values.decodeIfPresent(String.self, forKey: .perimeter) ?? usual.perimeter
      options = try values.decodeIfPresent([String: [String: String]].self, forKey: .options) ?? usual.options
    }
  }

  /// Opens an observatory; with `create`, makes what is missing.
  package init(_ path: String, create: Bool = false) throws {
    // DuckDB takes a leading tilde for the home folder, as a shell does, even after `./`; the system takes it for
    // a name. From the root on there is no doubt.
    let path = path.hasPrefix("~") ? "\(FileManager.default.currentDirectoryPath)/\(path)" : path
    self.path = path
    let file = "\(path)/essor.json"
    if !Folder.exists(path) {
      guard create else { throw Problem("observatory.missing", at: Place(file: path)) }
      try Folder.make(path)
    }
    if Folder.fileExists(file) {
      settings = try JSON.decode(Settings.self, file: file)
    } else {
      guard create else { throw Problem("observatory.missing", at: Place(file: path)) }
      settings = Settings()
      try save()
    }
  }

  package func save() throws { try Folder.write(JSON.encode(settings), to: "\(path)/essor.json") }

  package var sources: String { "\(path)/sources" }
  package var warehouse: String { "\(path)/warehouse" }
  package var releases: String { "\(path)/warehouse/releases" }
  package var lists: String { "\(path)/lists" }
  /// Which column of a list holds what, for the next time.
  package var mappings: String { "\(path)/mappings" }
  /// Records of which a person decides what they are.
  package var review: String { "\(path)/review" }
  package var currentLink: String { "\(path)/current" }

  /// What an observatory keeps in its folder; whatever else is there is somebody's.
  private static let own = [
    "essor.json", ".lock", "sources", "warehouse", "review", "mappings", "outlines", "territories", "tables",
    "indicators",
    "current",
  ]

  /// Whether a file, told without links, is of those that the observatory of that folder keeps.
  package static func keeps(_ file: String, in folder: String) -> Bool {
    guard Folder.fileExists("\(folder)/essor.json"), let root = Folder.resolved(folder) else { return false }
    return own.contains { name in
      let path = "\(root)/\(name)"
      // Sources may well be a link to a larger disk.
      return [path, Folder.resolved(path) ?? path].contains { file == $0 || file.hasPrefix("\($0)/") }
    }
  }

  /// The right to change this observatory.
  package func lock() throws(Problem) -> FolderLock { try FolderLock(path) }
}
