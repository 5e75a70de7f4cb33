import Diagnostics
import Filesystem
import Glibc

/// What earlier builds made of files and rules that have not changed since.
///
/// A build is made of pieces: each is a folder of files whose name says what it was made of. A piece made of the same
/// things is taken again, to the byte; the others are made anew, and those that no longer serve are removed.
final class PieceStore {
  struct Piece {
    let name: String
    let folder: String
    let isReused: Bool
    /// What it was made of, for the pieces that are made of it.
    let key: String

    func path(_ file: String) -> String { "\(folder)/\(file)" }
  }

  private let folder: String
  /// The program itself and its engine are among the things that pieces are made of.
  private let program: String
  private(set) var pieces: [Piece] = []

  init(_ folder: String, engine: String) throws {
    self.folder = folder
    program = "\((try? Fingerprint.of(file: "/proc/self/exe")) ?? "") \(engine)"
    try Folder.make(folder)
    // What builds that were killed left: the lock of the observatory says that none is running.
    for name in try Folder.names(in: folder) where name.hasPrefix(".") { try Folder.remove("\(folder)/\(name)") }
  }

  /// The piece made of these things, made now if it is not there or no longer what it was.
  func piece(_ name: String, of things: [String], make: (String) throws -> Void) throws -> Piece {
    let fingerprint = try Fingerprint()
    for thing in [program, name] + things { fingerprint.add("\(thing.utf8.count):\(thing)") }
    let key = fingerprint.finish()
    let target = "\(folder)/\(name)-\(key.prefix(16))"
    if isWhole(target) {
      return note(Piece(name: name, folder: target, isReused: true, key: key))
    }
    let making = "\(folder)/.making-\(getpid())-\(name)"
    try Folder.make(making)
    do {
      try make(making)
      try Folder.write(seal(making), to: "\(making)/\(Self.sealName)")
      try Folder.replace(target, by: making)
    } catch {
      try? Folder.remove(making)  // the first error is the one to tell; a full disk needs the room
      throw error
    }
    return note(Piece(name: name, folder: target, isReused: false, key: key))
  }

  private func note(_ piece: Piece) -> Piece {
    pieces.append(piece)
    return piece
  }

  private static let sealName = "SHA256SUMS"

  /// The fingerprints of the files, as `sha256sum` writes them.
  private func seal(_ folder: String) throws -> [UInt8] {
    let names = try Folder.names(in: folder).filter { $0 != Self.sealName }
    return Array(try names.map { "\(try Fingerprint.of(file: "\(folder)/\($0)"))  \($0)\n" }.joined().utf8)
  }

  private func isWhole(_ folder: String) -> Bool {
    guard Folder.fileExists("\(folder)/\(Self.sealName)"),
      let there = try? Folder.contents(of: "\(folder)/\(Self.sealName)"), let now = try? seal(folder)
    else { return false }
    return there == now
  }

  /// Removes what this build had no use for.
  func prune() throws {
    let kept = Set(pieces.map { Folder.name(of: $0.folder) })
    for name in try Folder.names(in: folder) where !kept.contains(name) { try Folder.remove("\(folder)/\(name)") }
  }
}
