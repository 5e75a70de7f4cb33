import Diagnostics
import Filesystem

/// Where a result goes: standard output, or a file that is never seen half written.
struct ResultTarget {
  private let path: String?

  init(_ path: String?) { self.path = path }

  /// A text, with the end of its last line.
  func write(_ text: String) throws {
    try write { try $0(Array(text.utf8) + (text.hasSuffix("\n") ? [] : [UInt8(ascii: "\n")])) }
  }

  /// `body` writes piece by piece.
  func write(_ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    guard let path else {
      try body { try Output.write($0) }
      return
    }
    try Folder.write(to: path) { (file) throws(Problem) in
      do {
        try body { try file.write($0) }
      } catch let problem as Problem {
        throw problem
      } catch {
        throw Problem("internal", status: .machine, ["system": "\(error)"])
      }
    }
  }
}
