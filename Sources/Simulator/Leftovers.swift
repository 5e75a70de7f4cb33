import Diagnostics
import Filesystem

/// What a simulation that was killed left behind.
///
/// Only for the holder of the folder's lock: what another is still writing looks the same.
struct Leftovers {
  /// Files under their temporary names; the accounts come first.
  private let unfinished: [String]
  /// Files that had been given their names already when the one that gives them was killed. No account tells of
  /// them: it comes last.
  let orphans: [String]
  private let folder: String

  /// `known` are the files that the account of the folder names.
  init(in folder: String, known: Set<String>) throws(Problem) {
    var unfinished: [String] = []
    var orphans: [String] = []
    for name in try Folder.names(in: folder) {
      guard let writer = Self.writer(of: name, SimulationReport.name) else { continue }
      unfinished.append(name)
      for file in SimulationReport.files(of: folder, in: name)
      where !known.contains(file) && !Folder.fileExists("\(folder)/\(file).part-\(writer)") {
        orphans.append(file)
      }
    }
    for part in try Draft.parts(of: folder) {
      for name in try Folder.names(in: "\(folder)/\(part)") {
        let path = "\(part)/\(name)"
        let end = path.firstRange(of: ".part-")?.lowerBound ?? path.startIndex
        guard let file = SimulatedFile(String(path[..<end])), Self.writer(of: path, file.name) != nil else { continue }
        unfinished.append(path)
      }
    }
    self.unfinished = unfinished
    self.orphans = orphans
    self.folder = folder
  }

  /// Removes them, and the folders that held nothing else. The accounts go after the files that they alone
  /// explain and before those whose being there says that they were not yet named: one may be killed here too.
  func remove() throws(Problem) {
    for name in orphans + unfinished { try Folder.remove("\(folder)/\(name)") }
    guard !orphans.isEmpty || !unfinished.isEmpty else { return }
    for part in try Draft.parts(of: folder) { Folder.removeIfEmpty("\(folder)/\(part)") }
  }

  /// The process that wrote under a temporary name of that file; nil if it is none.
  private static func writer(of path: String, _ name: String) -> Substring? {
    let start = "\(name).part-"
    guard path.hasPrefix(start) else { return nil }
    let process = path.dropFirst(start.count)
    return !process.isEmpty && process.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } ? process : nil
  }
}
