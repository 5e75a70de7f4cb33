import Diagnostics
import Filesystem

/// Lends a new folder of its own to the body; it is removed afterwards.
@discardableResult
package func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder()
  return try withExtendedLifetime(folder) { try body(folder.path) }
}

/// Writes the bytes to a file of a new folder and lends its path.
@discardableResult
package func withFile<Result>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  try withTemporaryFolder { folder in
    try save(bytes, to: "\(folder)/\(name)")
    return try body("\(folder)/\(name)")
  }
}

/// Writes a file as it is, without the care of `Folder.write` and its waiting for the disk.
package func save(_ bytes: [UInt8], to path: String) throws {
  let file = try WritableFile(path)
  try file.write(bytes)
}

/// The words of a text as bytes.
package func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
