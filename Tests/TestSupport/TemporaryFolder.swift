internal import Diagnostics
import Filesystem
import Glibc

/// A folder for one test, removed with all it holds when the test lets go of it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    var template = Array("\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/essor-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Problem("file.system", status: .machine, ["attempt": "mkdtemp"]) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? Folder.remove(path) }  // a test that failed to clean up has nothing more to say

  /// Writes a file in the folder and returns its path.
  @discardableResult
  package func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  @discardableResult
  package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try Folder.make(Folder.parent(of: file))
    try Folder.write(bytes, to: file)
    return file
  }

  package subscript(name: String) -> String { "\(path)/\(name)" }
}
