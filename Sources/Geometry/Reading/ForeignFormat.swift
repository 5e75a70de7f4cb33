import Diagnostics
import Filesystem
import Glibc
import Tabular

/// Formats that we do not read ourselves go through ogr2ogr, where the machine has it.
enum ForeignFormat {
  /// What ogr2ogr reads beside a file, by the ending of that one: MapInfo's tables, and the schema of a GML.
  static let companions = [
    "tab": ["dat", "map", "id", "ind"], "mif": ["mid"], "gml": ["xsd", "gfs"],
  ]

  /// A text that only says where outlines are: in other files (VRT), or on a server (WFS).
  static func isReference(_ head: [UInt8]) -> Bool {
    let text = String(decoding: head, as: UTF8.self)
    return ["<OGRVRTDataSource", "<OGRWFSDataSource"].contains { text.contains($0) }
  }

  /// The GeoJSON that ogr2ogr makes of a file, in the file's own coordinates.
  static func geoJSON(of path: String, layer: String?, environment: [String: String]) throws(Problem) -> [UInt8] {
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    guard let program = folders.map({ "\($0)/ogr2ogr" }).first(where: Folder.fileExists) else {
      throw Problem("layer.no_ogr", status: .machine, at: Place(file: path))
    }
    let folder = try scratch(environment)
    defer { try? Folder.remove(folder) }  // what is left of it disturbs nobody
    let target = "\(folder)/layer.geojson"
    var arguments = [program, "-f", "GeoJSON", "-lco", "RFC7946=NO", target, path]
    if let layer { arguments.append(layer) }
    let messages = "\(folder)/messages"
    let status = try run(arguments, messages: messages, environment)
    let text = status == 0 ? try Folder.contents(of: target) : []
    // Of a damaged file it may write half and be content.
    guard text.last(where: { ![0x20, 0x0a, 0x0d].contains($0) }) == UInt8(ascii: "}") else {
      // Of several layers it makes no GeoJSON, and none of one that is not there.
      let known = try layers(of: path, "\(Folder.parent(of: program))/ogrinfo", list: "\(folder)/list", environment)
      if !known.isEmpty { _ = try LayerChoice.position(of: layer, among: known, in: path) }
      let said = String(decoding: try Folder.contents(of: messages), as: UTF8.self)
      let line = said.split(whereSeparator: \.isNewline).first { $0.contains("ERROR") || $0.contains("FAILURE") }
      throw Problem("layer.ogr_failed", at: Place(file: path), ["system": String((line ?? "?").prefix(300))])
    }
    return text
  }

  /// The names of the layers, as ogrinfo lists them: `1: communes (Multi Polygon)`. None where it does not.
  private static func layers(
    of path: String, _ program: String, list: String, _ environment: [String: String]
  ) throws(Problem) -> [String] {
    guard Folder.fileExists(program), try run([program, "-ro", "-q", path], messages: list, environment) == 0 else {
      return []
    }
    let lines = String(decoding: try Folder.contents(of: list), as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.compactMap { line in
      guard let colon = line.firstIndex(of: ":"), Int(line[..<colon]) != nil else { return nil }
      let name = line[line.index(after: colon)...]
      return trimmed(name.lastIndex(of: "(").map { name[..<$0] } ?? name)
    }
  }

  private static func scratch(_ environment: [String: String]) throws(Problem) -> String {
    let parent = environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(parent)/essor-layer-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw systemProblem("mkdir", parent) }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Runs a program with its messages in a file; its exit status.
  private static func run(
    _ arguments: [String], messages: String, _ environment: [String: String]
  ) throws(Problem) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, messages, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    // A text that passed for something else may still be one of those: no other file is opened, and no server asked.
    let restricted = environment.merging(["OGR_SKIP": "OGR_VRT,WFS"]) { $1 }
    var settings: [UnsafeMutablePointer<CChar>?] = restricted.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var child = pid_t()
    let failure = posix_spawn(&child, arguments[0], &actions, nil, &words, &settings)
    guard failure == 0 else { throw systemProblem("run", arguments[0], failure) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw systemProblem("run", arguments[0]) }
    }
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }
}
