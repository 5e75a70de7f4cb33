import Diagnostics
import Filesystem
import Glibc
import Nomenclature

/// The files of a simulation until all of them are whole.
///
/// Each is written under a temporary name beside its own. The names change at the very end, in the
/// order in which the files were begun: what stops before leaves an older simulation as it was. The
/// folder is locked meanwhile.
final class Draft {
  /// The folders that a simulation makes in its own: one a country, and in it one for each older stock.
  private static let parts = Country.allCases.map(\.folder)

  /// Those that are there, the inner ones first.
  static func parts(of folder: String) throws(Problem) -> [String] {
    var found: [String] = []
    for part in parts where Folder.exists("\(folder)/\(part)") {
      for name in try Folder.names(in: "\(folder)/\(part)").sorted()
      where SimulatedFile.year(name[...]) != nil && Folder.exists("\(folder)/\(part)/\(name)") {
        found.append("\(part)/\(name)")
      }
      found.append(part)
    }
    return found
  }

  let folder: String
  private let lock: FolderLock
  /// What the account of an older simulation says is its own.
  private let older: [String]
  private var names: [String] = []

  init(_ folder: String) throws(Problem) {
    try Folder.make(folder)
    lock = try FolderLock(folder)
    older = SimulationReport.files(of: folder)
    self.folder = folder
  }

  /// Refuses to take the place of a file that no simulation wrote, then clears away what one that was
  /// killed left.
  func claim(_ files: [SimulatedFile]) throws(Problem) {
    let leftovers = try Leftovers(in: folder, known: Set(older))
    let simulated = Set(older + leftovers.orphans)
    var present: Set<String> = []
    for part in try Self.parts(of: folder) {
      for name in try Folder.names(in: "\(folder)/\(part)") { present.insert("\(part)/\(name)") }
    }
    for file in files where present.contains(file.name) && !simulated.contains(file.name) {
      throw Problem("simulate.not_simulated", at: Place(file: "\(folder)/\(file.name)"))
    }
    if try Folder.names(in: folder).contains(SimulationReport.name), !SimulationReport.isThere(in: folder) {
      throw Problem("simulate.not_simulated", at: Place(file: "\(folder)/\(SimulationReport.name)"))
    }
    try leftovers.remove()
  }

  /// The path under which a file is written until all are whole; the number tells who wrote it.
  func path(_ name: String) -> String { "\(folder)/\(name).part-\(getpid())" }

  /// Where to write the file of that name; its folder is made.
  func begin(_ name: String) throws(Problem) -> String {
    let path = path(name)
    try Folder.make(Folder.parent(of: path))
    names.append(name)
    return path
  }

  /// Forgets a file that turned out to be needless.
  func drop(_ name: String) throws(Problem) {
    try Folder.remove(path(name))
    names.removeAll { $0 == name }
  }

  /// Gives all files their names, and removes those of an older simulation that this one has not. The last one
  /// begun, the account, changes last: as long as there is something to remove, the older one names it.
  func publish() throws(Problem) {
    let published = Set(names)
    while let name = names.first {
      if names.count == 1 {
        for name in older where !published.contains(name) { try Folder.remove("\(folder)/\(name)") }
      }
      try Folder.rename(path(name), to: "\(folder)/\(name)")
      names.removeFirst()
    }
    for part in try Self.parts(of: folder) { Folder.removeIfEmpty("\(folder)/\(part)") }
  }

  /// Removes what was not published, the account first, and the folders that were made for nothing.
  func discard() {
    for name in names.reversed() {
      try? Folder.remove(path(name))  // what stopped the simulation is the thing to tell
      // A file of an older stock lies two folders deep.
      var parent = Folder.parent(of: name)
      while parent != ".", parent != "", parent != "/" {
        Folder.removeIfEmpty("\(folder)/\(parent)")
        parent = Folder.parent(of: parent)
      }
    }
    names = []
  }
}
