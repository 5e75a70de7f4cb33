internal import Filesystem
internal import Testing

/// A copy of a declared file with one thing changed in it.
package struct SpoiledCopy {
  package let path: String
  /// Where the change is.
  package let line: Int
  private let folder: TemporaryFolder

  package init(of path: String, _ old: String, _ new: String) throws {
    let text = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    let found = try #require(text.firstRange(of: old), "\(old) in \(path)")
    line = 1 + text[..<found.lowerBound].count { $0 == "\n" }
    folder = try TemporaryFolder()
    var changed = text
    changed.replaceSubrange(found, with: new)
    self.path = try folder.write(Folder.name(of: path), changed)
  }
}
