import Diagnostics
import Filesystem
import Glibc

/// The files of a simulation until all of them are whole.
///
/// Each is written under a temporary name beside its own. The names change at the very end, in the
/// order in which the files were begun: what stops before leaves an older simulation as it was.
final class Draft {
  let folder: String
  private var names: [String] = []

  init(_ folder: String) throws(Problem) {
    try Folder.make(folder)
    self.folder = folder
  }

  /// The path under which a file is written for now. Two simulations at once do not share it.
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

  /// Gives all files their names, then removes those of an older simulation that this one has not.
  func publish(insteadOf older: [String]) throws(Problem) {
    let published = Set(names)
    while let name = names.first {
      try Folder.rename(path(name), to: "\(folder)/\(name)")
      names.removeFirst()
    }
    for name in older where !published.contains(name) { try Folder.remove("\(folder)/\(name)") }
  }

  /// Removes what was not published.
  func discard() {
    for name in names { try? Folder.remove(path(name)) }  // what stopped the simulation is the thing to tell
    names = []
  }
}
