package import Diagnostics
import Filesystem
import Glibc

/// The folder of a catalogue: made beside the one that is wanted, and put in its place when it is whole.
///
/// Files go in without waiting for the disk, each under a name that no other has; whoever uses it from several threads
/// writes each file once.
package final class CatalogueFolder: Sendable {
  /// What all files are, one a line, as `sha256sum -c` reads it: by it a catalogue that Essor made is known.
  package static let sumsName = "SHA256SUMS"

  /// Where the catalogue is wanted, without links.
  package let path: String
  private let making: String

  /// Refuses what is no folder and a folder that holds anything but a catalogue that Essor made. Nothing is written.
  package init(_ wanted: String) throws(Problem) {
    var name = wanted
    while name.utf8.count > 1, name.hasSuffix("/") { name.removeLast() }
    if let there = Folder.resolved(name) {
      path = there
    } else {
      guard let parent = Folder.resolved(Folder.parent(of: name)) else {
        throw Problem(
          "file.no_folder", status: .commandLine, at: Place(file: wanted), ["folder": Folder.parent(of: name)])
      }
      path = parent == "/" ? "/\(Folder.name(of: name))" : "\(parent)/\(Folder.name(of: name))"
    }
    making = "\(path).part-\(getpid())"
    guard Folder.resolved(path) != nil else { return }
    guard Folder.exists(path) else { throw Problem("file.not_folder", status: .commandLine, at: Place(file: wanted)) }
    if let stranger = try Self.stranger(in: path) {
      throw Problem(
        "catalogue.not_empty", status: .commandLine, at: Place(file: wanted), ["name": stranger])
    }
  }

  /// Something in a folder that is no file of a catalogue.
  private static func stranger(in path: String) throws(Problem) -> String? {
    let names = try Folder.names(in: path)
    guard names.contains(sumsName), Folder.fileExists("\(path)/\(sumsName)") else { return names.first }
    let lines = String(decoding: try Folder.contents(of: "\(path)/\(sumsName)"), as: UTF8.self).split(separator: "\n")
    let listed = Set(lines.map { String($0.dropFirst(66)) } + [sumsName])
    let known = listed.contains(Catalogue.fileName(page: 1, .turtle)) && listed.contains(SdmxStructures.fileName)
    return names.first { !known || !listed.contains($0) || !Folder.fileExists("\(path)/\($0)") }
  }

  /// Makes the folder in which files are written, empty.
  func begin() throws(Problem) {
    try told { () throws(Problem) in
      try Folder.remove(making)
      try Folder.make(making)
    }
  }

  /// Writes a file and tells what it is.
  func write(_ bytes: [UInt8], to name: String) throws(Problem) -> (size: Int, sha256: String) {
    let fingerprint = try Fingerprint()
    bytes.withUnsafeBytes { fingerprint.add($0) }
    try told { () throws(Problem) in try WritableFile("\(making)/\(name)").write(bytes) }
    return (bytes.count, fingerprint.finish())
  }

  /// Puts the folder where it is wanted, in one step.
  func finish() throws(Problem) {
    try told { () throws(Problem) in try Folder.replace(path, by: making) }
  }

  func giveUp() { try? Folder.remove(making) }  // what stopped the work is told

  /// The name of the folder that is being made is ours: who asked knows it by its own.
  private func told(_ body: () throws(Problem) -> Void) throws(Problem) {
    do throws(Problem) {
      try body()
    } catch {
      var problem = error
      if let file = problem.place.file, file.hasPrefix(making) {
        problem.place.file = path + file.dropFirst(making.count)
      }
      throw problem
    }
  }
}
