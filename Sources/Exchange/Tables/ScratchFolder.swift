import Diagnostics
import Filesystem
import Glibc

/// A folder of our own for what libraries can only write into a file; gone with all it holds.
final class ScratchFolder {
  let path: String

  init() throws(Problem) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(folder.isEmpty ? "/tmp" : folder)/essor-export-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw systemProblem("mkdir", folder.isEmpty ? "/tmp" : folder) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? Folder.remove(path) }  // what could not be removed harms nobody

  /// What the body writes into the file whose path it is given.
  func lend(_ body: (String) throws(Problem) -> Void) throws(Problem) -> [UInt8] {
    let file = "\(path)/table"
    try body(file)
    let bytes = try Folder.contents(of: file)
    try Folder.remove(file)
    return bytes
  }

  private static let piece = 1 << 20

  /// The same piece by piece, for what need not stand in memory.
  func lend(_ body: (String) throws(Problem) -> Void, to write: ([UInt8]) throws -> Void) throws {
    let path = "\(path)/table"
    try body(path)
    let file = try ReadableFile(path)
    for start in stride(from: 0, to: file.size, by: Self.piece) {
      try write(file.bytes(at: start, count: Self.piece))
    }
    try Folder.remove(path)
  }
}
