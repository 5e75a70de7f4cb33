package import Diagnostics
internal import Filesystem
package import Tabular

/// One table among those of a publisher's file.
package struct SourceTable {
  package let name: String
  let size: Int
  let place: Place
  let open: () throws(Problem) -> any ByteStream

  /// All its bytes, where it is a document and no larger than a document is.
  func bytes(atMost limit: Int) throws(Problem) -> [UInt8] {
    let stream = try open()
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let count = try stream.read(into: buffer)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw Problem("json.too_large", at: place, ["limit": "#\(limit >> 20)"])
      }
    }
  }
}

extension Container {
  /// The tables of a file that holds one or several, by the ends of their names; a file of its own is one whatever its
  /// name.
  package func tables(_ extensions: [String]) throws(Problem) -> [SourceTable] {
    func isWanted(_ name: String) -> Bool {
      !name.hasPrefix("__MACOSX/") && !Folder.name(of: name).hasPrefix(".")
        && extensions.contains { name.lowercased().hasSuffix(".\($0)") }
    }
    let found: [SourceTable]
    switch self {
    case .plain(let file), .gzip(let file):
      found = [
        SourceTable(
          name: Folder.name(of: file.path), size: file.size, place: Place(file: file.path),
          open: { () throws(Problem) in try self.stream() })
      ]
    case .zip(let archive):
      found = archive.entries.filter { isWanted($0.name) }.map { entry in
        SourceTable(
          name: entry.name, size: entry.packedSize, place: Place(file: archive.file.path, entry: entry.name),
          open: { () throws(Problem) in try archive.stream(entry) })
      }
    case .folder(let path, let names):
      found = names.filter(isWanted).map { name in
        SourceTable(
          name: name, size: size(name), place: Place(file: "\(path)/\(name)"),
          open: { () throws(Problem) in try Container.open("\(path)/\(name)").stream() })
      }
    }
    guard !found.isEmpty else {
      throw Problem(
        "container.no_table", at: Place(file: path),
        [
          "table": extensions.map { "*.\($0)" }.joined(separator: ", "),
          "found": tableNames.prefix(8).joined(separator: ", "),
        ])
    }
    return found
  }
}

/// The account of one table of a file.
package struct TableAccount: Sendable {
  package let table: String
  package let account: Reconciliation
}
