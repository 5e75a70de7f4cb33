import Diagnostics
import Filesystem
import Tabular

/// A file of outlines, in whatever format: GeoJSON, shapefile (alone or in a zip), GeoPackage, and what ogr2ogr reads.
package struct LayerFile: Sendable {
  package let path: String
  private let environment: [String: String]

  /// `environment` says where programs and temporary folders are.
  package init(_ path: String, environment: [String: String]) {
    self.path = path
    self.environment = environment
  }

  /// The file and those that go with it: all must be kept for it to be read again.
  package var files: [String] {
    let companions = isShapefile ? Shapefile.extensions : ForeignFormat.companions[Self.ending(path)] ?? []
    guard !companions.isEmpty, let stem = Self.stem(path) else { return [path] }
    let folder = Folder.parent(of: path)
    let beside = ((try? Folder.names(in: folder)) ?? []).filter { name in
      Self.stem(name)?.lowercased() == Folder.name(of: stem).lowercased()
        && companions.contains(Self.ending(name)) && name != Folder.name(of: path)
    }
    return [path] + beside.map { folder == "." && !path.hasPrefix("./") ? $0 : "\(folder)/\($0)" }
  }

  /// The layer of the file; `name` says which, where there are several.
  package func read(layer name: String? = nil) throws -> Layer {
    let file = try ReadableFile(path)
    let head = try file.bytes(at: 0, count: 512)
    guard !head.isEmpty else { throw Problem("file.empty", at: Place(file: path)) }
    // Such a file holds nothing itself, and what it names is not kept with it.
    guard !ForeignFormat.isReference(head) else { throw Problem("layer.reference", at: Place(file: path)) }
    let layer: Layer
    if GeoPackage.isDatabase(head) {
      layer = try GeoPackage.read(path, table: name)
    } else if Shapefile.isShapefile(head) {
      _ = try LayerChoice.position(of: name, among: [Self.layerName(path)], in: path)
      layer = try Shapefile.read(parts())
    } else if let first = Self.firstLetter(head), first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      try LayerChoice.none(but: name, in: path)
      layer = try GeoJSON.read(Folder.contents(of: path), path: path)
    } else if Self.isMarkup(head) {
      layer = try foreign(name)  // GML, KML: a container would take it for a page of the web
    } else if ["csv", "txt", "geojson", "json"].contains(Self.ending(path)), !Self.isPacked(head) {
      throw Problem("layer.unknown_format", at: Place(file: path))
    } else {
      layer = try wrapped(name)
    }
    guard !layer.features.isEmpty else { throw Problem("layer.empty", at: Place(file: path)) }
    // One that cannot be used costs itself; a file of nothing else is another one than was meant.
    if let fault = layer.fault, layer.features.allSatisfy({ $0.shape == nil }) { throw fault }
    return layer
  }

  /// Zips and gzips are opened; anything else is for ogr2ogr.
  private func wrapped(_ name: String?) throws -> Layer {
    switch try Container.open(path) {
    case .gzip(let file):
      try LayerChoice.none(but: name, in: path)
      return try GeoJSON.read(
        contents(InflatingStream(StoredStream(file), .gzip, at: Place(file: path))), path: path)
    case .zip(let archive):
      let entries = archive.entries.filter { !$0.name.hasPrefix("__MACOSX/") }
      let shapes = entries.filter { Self.ending($0.name) == "shp" }
      let layers = shapes.isEmpty ? entries.filter { ["geojson", "json"].contains(Self.ending($0.name)) } : shapes
      guard !layers.isEmpty else { break }
      let position = try LayerChoice.position(of: name, among: layers.map { Self.layerName($0.name) }, in: path)
      let layer = layers[position]
      if shapes.isEmpty { return try GeoJSON.read(contents(archive, layer), path: path) }
      return try Shapefile.read(parts(archive, layer, entries))
    case .plain, .folder: break
    }
    return try foreign(name)
  }

  private func foreign(_ name: String?) throws -> Layer {
    try GeoJSON.read(ForeignFormat.geoJSON(of: path, layer: name, environment: environment), path: path)
  }

  // MARK: - The files of a shapefile

  private var isShapefile: Bool {
    guard let file = try? ReadableFile(path), let head = try? file.bytes(at: 0, count: 4) else { return false }
    return Shapefile.isShapefile(head)
  }

  private func parts() throws(Problem) -> Shapefile.Parts {
    var parts = Shapefile.Parts(path: path, shapes: try Folder.contents(of: path))
    for file in files.dropFirst() {
      switch Self.ending(file) {
      case "dbf":
        parts.table = try Folder.contents(of: file)
        parts.tablePlace = Place(file: file)
      case "prj": parts.projection = try Folder.contents(of: file)
      case "cpg": parts.encoding = try Folder.contents(of: file)
      default: break
      }
    }
    return parts
  }

  private func parts(
    _ archive: ZipArchive, _ shapes: ZipArchive.Entry, _ entries: [ZipArchive.Entry]
  ) throws(Problem) -> Shapefile.Parts {
    let stem = Self.stem(shapes.name)?.lowercased()
    func companion(_ ending: String) -> ZipArchive.Entry? {
      entries.first { Self.stem($0.name)?.lowercased() == stem && Self.ending($0.name) == ending }
    }
    func content(_ ending: String, upTo limit: Int) throws(Problem) -> [UInt8]? {
      guard let entry = companion(ending) else { return nil }
      return try contents(archive, entry, upTo: limit)
    }
    let outlines = try contents(archive, shapes)
    // Together they are no larger than one file may be; the last two are a line of text each.
    return Shapefile.Parts(
      path: path, entry: shapes.name, shapes: outlines,
      table: try content("dbf", upTo: Self.largest - outlines.count),
      tablePlace: companion("dbf").map { Place(file: path, entry: $0.name) },
      projection: try content("prj", upTo: 1 << 20), encoding: try content("cpg", upTo: 1 << 20))
  }

  /// All communes of France, to the metre, in GeoJSON are a half of that; what unpacks to more is no file of outlines.
  private static let largest = 1 << 30

  /// What says of itself that it is too large is not unpacked.
  private func contents(
    _ archive: ZipArchive, _ entry: ZipArchive.Entry, upTo limit: Int = LayerFile.largest
  ) throws(Problem) -> [UInt8] {
    guard entry.size <= limit else {
      throw Problem("layer.too_large", at: Place(file: path, entry: entry.name), ["size": "#\(limit >> 20)"])
    }
    return try contents(archive.stream(entry), upTo: limit)
  }

  private func contents(_ stream: any ByteStream, upTo limit: Int = LayerFile.largest) throws(Problem) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      var failure: Problem?
      let count = block.withUnsafeMutableBytes { buffer -> Int in
        do throws(Problem) { return try stream.read(into: buffer) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else {
        throw Problem("layer.too_large", at: stream.place, ["size": "#\(limit >> 20)"])
      }
      bytes += block[..<count]
    }
  }

  // MARK: - Names

  private static func isMarkup(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head, as: UTF8.self).lowercased().drop { $0.isWhitespace || $0 == "\u{feff}" }
    return text.hasPrefix("<?xml") && !text.contains("<html")
  }

  /// A zip or a gzip, whatever its name.
  private static func isPacked(_ head: [UInt8]) -> Bool {
    head.starts(with: [0x50, 0x4b]) || head.starts(with: [0x1f, 0x8b])
  }

  private static func firstLetter(_ head: [UInt8]) -> UInt8? {
    let text = head.starts(with: [0xef, 0xbb, 0xbf]) ? head.dropFirst(3) : head[...]
    return text.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
  }

  /// What a shapefile or an entry of a zip is called as a layer.
  private static func layerName(_ path: String) -> String { stem(Folder.name(of: path)) ?? path }

  private static func stem(_ name: String) -> String? { name.lastIndex(of: ".").map { String(name[..<$0]) } }

  private static func ending(_ name: String) -> String {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }
}
