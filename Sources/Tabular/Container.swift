package import Diagnostics
package import Filesystem

/// A file or folder as a publisher sent it: what tables it holds, whatever the wrapping.
package enum Container: Sendable {
  case plain(ReadableFile)
  case gzip(ReadableFile)
  case zip(ZipArchive)
  case folder(path: String, names: [String])

  /// Looks at the first bytes, never at the name: a page of excuses saved as `.zip` is told apart here.
  package static func open(_ path: String) throws(Problem) -> Container {
    if Folder.exists(path) { return .folder(path: path, names: try Folder.names(in: path)) }
    let file = try ReadableFile(path)
    let head = try file.bytes(at: 0, count: 512)
    let place = Place(file: path)
    guard !head.isEmpty else { throw Problem("file.empty", at: place) }
    if head.starts(with: [0x50, 0x4b, 0x03, 0x04]) || head.starts(with: [0x50, 0x4b, 0x05, 0x06]) {
      return .zip(try ZipArchive(file))
    }
    if head.starts(with: [0x1f, 0x8b]) { return .gzip(file) }
    if looksLikeHTML(head) { throw Problem("file.html", at: place) }
    if path.lowercased().hasSuffix(".zip") { throw Problem("zip.not_zip", at: place) }
    if path.lowercased().hasSuffix(".gz") { throw Problem("gzip.not_gzip", at: place) }
    return .plain(file)
  }

  private static func looksLikeHTML(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head, as: UTF8.self).lowercased().drop { $0.isWhitespace || $0 == "\u{feff}" }
    return ["<!doctype html", "<html", "<head", "<?xml", "<body"].contains { text.hasPrefix($0) }
  }

  package var path: String {
    switch self {
    case .plain(let file), .gzip(let file): file.path
    case .zip(let archive): archive.file.path
    case .folder(let path, _): path
    }
  }

  /// The names of the tables inside; for a single file, its own name.
  package var tableNames: [String] {
    switch self {
    case .plain(let file), .gzip(let file): [Folder.name(of: file.path)]
    case .zip(let archive): archive.entries.map(\.name)
    case .folder(_, let names): names
    }
  }

  /// The stream of the only table, or of the table whose file name matches without regard to case.
  package func stream(_ name: String? = nil) throws(Problem) -> any ByteStream {
    switch self {
    case .plain(let file):
      return StoredStream(file)
    case .gzip(let file):
      return InflatingStream(StoredStream(file), .gzip, at: Place(file: file.path))
    case .zip(let archive):
      var tables = archive.entries.filter { name == nil || Self.same($0.name, name ?? "") }
      // A word of explanation or what a Mac adds may stand beside the one table.
      let likely = tables.filter { $0.name.lowercased().hasSuffix(".csv") && !$0.name.hasPrefix("__MACOSX/") }
      if tables.count > 1, likely.count == 1 { tables = likely }
      guard let entry = tables.first else { throw missing(name ?? "*.csv", in: archive.file.path) }
      guard tables.count == 1 else {
        throw Problem(
          "zip.several_tables", at: Place(file: archive.file.path),
          ["entries": tables.map(\.name).joined(separator: ", ")])
      }
      return try archive.stream(entry)
    case .folder(let path, let names):
      guard let found = names.first(where: { Self.same($0, name ?? "") }) else {
        throw missing(name ?? "*.csv", in: path)
      }
      return try Container.open("\(path)/\(found)").stream()
    }
  }

  /// How many bytes will be read from the disk for this table: the whole of a progress bar.
  package func size(_ name: String? = nil) -> Int {
    switch self {
    case .plain(let file), .gzip(let file): file.size
    case .zip(let archive):
      archive.entries.filter { name == nil || Self.same($0.name, name ?? "") }.map(\.size).reduce(0) { sum, size in
        // An archive may promise whatever it likes.
        let (next, overflow) = sum.addingReportingOverflow(size)
        return overflow ? .max : next
      }
    case .folder(let path, let names):
      names.first { Self.same($0, name ?? "") }.flatMap { try? ReadableFile("\(path)/\($0)").size } ?? 0
    }
  }

  package func holds(_ name: String) -> Bool {
    tableNames.contains { Self.same($0, name) }
  }

  private static func same(_ entry: String, _ name: String) -> Bool {
    Folder.name(of: entry).lowercased() == name.lowercased()
  }

  private func missing(_ name: String, in path: String) -> Problem {
    Problem(
      "container.no_table", at: Place(file: path),
      ["table": name, "found": tableNames.prefix(8).joined(separator: ", ")])
  }
}
