internal import CProj
package import Diagnostics
internal import Filesystem
import Synchronization

/// PROJ, found and opened once.
package enum ProjectionLibrary {
  private static let outcome = Mutex<Result<String, Problem>?>(nil)
  /// The folder with the tables of coordinate systems that goes with the library; nil: where the machine keeps it.
  private static let tables = Mutex<String?>(nil)

  /// Opens the library and returns its version. `folder` is the one of the installation, if it has one: the library,
  /// what it loads in turn, and its tables.
  @discardableResult
  package static func open(folder: String? = nil) throws(Problem) -> String {
    try outcome.withLock { outcome -> Result<String, Problem> in
      if let outcome { return outcome }
      let fresh = load(folder)
      outcome = fresh
      return fresh
    }.get()
  }

  private static func load(_ folder: String?) -> Result<String, Problem> {
    var library = name
    if let folder, Folder.fileExists("\(folder)/\(name)") {
      library = "\(folder)/\(name)"
      openNeighbours(in: folder)
      tables.withLock { $0 = folder }
    }
    if let message = essor_proj_load(library) {
      return .failure(
        Problem(
          "projection.missing", status: .machine, at: Place(file: library), ["system": String(cString: message)]))
    }
    return .success(essor_proj_version().map { String(cString: $0) } ?? "?")
  }

  private static let name = "libproj.so.25"

  /// A library that is already open is not looked for again: those beside are opened first, whatever their order.
  private static func openNeighbours(in folder: String) {
    var names = ((try? Folder.names(in: folder)) ?? []).filter { $0.contains(".so") && $0 != name }
    while !names.isEmpty {
      let rest = names.filter { essor_proj_preload($0, "\(folder)/\($0)") == 0 }
      if rest.count == names.count { return }  // the system may have what these lack; PROJ itself will tell
      names = rest
    }
  }

  static var tableFolder: String? { tables.withLock { $0 } }
}

/// A way from one system of coordinates to another, used by one thread at a time.
package final class Projection {
  private let context: OpaquePointer
  private let way: OpaquePointer
  package let from: SpatialReference
  package let to: SpatialReference

  /// Refuses what is no system of coordinates, and two between which no way leads.
  package init(from: SpatialReference, to: SpatialReference) throws(Problem) {
    let context = try Self.context()
    let source: OpaquePointer
    let target: OpaquePointer
    do throws(Problem) {
      source = try Self.system(from, context)
    } catch {
      essor_proj_context_destroy(context)
      throw error
    }
    defer { essor_proj_destroy(source) }
    do throws(Problem) {
      target = try Self.system(to, context)
    } catch {
      essor_proj_context_destroy(context)
      throw error
    }
    defer { essor_proj_destroy(target) }
    guard let way = essor_proj_between(context, source, target) else {
      essor_proj_context_destroy(context)
      throw Problem("projection.no_way", ["from": Self.short(from), "to": Self.short(to)])
    }
    self.context = context
    self.way = way
    self.from = from
    self.to = to
  }

  deinit {
    essor_proj_destroy(way)
    essor_proj_context_destroy(context)
  }

  /// The points in the other system; nil where one of them has no place there.
  package func transformed(_ points: [Point], back: Bool = false) -> [Point]? {
    guard from != to else { return Self.areNumbers(points) ? points : nil }
    var points = points
    let count = points.count
    let done = points.withUnsafeMutableBytes { bytes -> Int in
      guard let start = bytes.baseAddress else { return 0 }
      let x = start.assumingMemoryBound(to: Double.self)
      return essor_proj_transform(way, back ? 0 : 1, x, x + 1, MemoryLayout<Point>.stride, count)
    }
    return done == count && Self.areNumbers(points) ? points : nil
  }

  private static func areNumbers(_ points: [Point]) -> Bool { points.allSatisfy { $0.x.isFinite && $0.y.isFinite } }

  package func transformed(_ shape: Shape) -> Shape? {
    var polygons: [Polygon] = []
    for polygon in shape.polygons {
      guard let outer = transformed(polygon.outer.points) else { return nil }
      var holes: [Ring] = []
      for hole in polygon.holes {
        guard let points = transformed(hole.points) else { return nil }
        holes.append(Ring(points))
      }
      polygons.append(Polygon(Ring(outer), holes: holes))
    }
    return Shape(polygons)
  }

  /// The name and the EPSG code of a system, if it has one.
  package static func describe(_ reference: SpatialReference) throws(Problem) -> (name: String, epsg: Int?) {
    let context = try context()
    defer { essor_proj_context_destroy(context) }
    let system = try system(reference, context)
    defer { essor_proj_destroy(system) }
    let code = Int(essor_proj_epsg(context, system))
    return (essor_proj_name(context, system).map { String(cString: $0) } ?? "", code > 0 ? code : nil)
  }

  /// Are its places told by two numbers, as on a map? Not from the middle of the Earth, nor by a height.
  package static func isFlat(_ reference: SpatialReference) throws(Problem) -> Bool {
    let context = try context()
    defer { essor_proj_context_destroy(context) }
    let system = try system(reference, context)
    defer { essor_proj_destroy(system) }
    return essor_proj_is_flat(system) != 0
  }

  private static func context() throws(Problem) -> OpaquePointer {
    try ProjectionLibrary.open()
    guard let context = essor_proj_context(ProjectionLibrary.tableFolder) else {
      throw Problem("projection.missing", status: .machine, ["system": "proj_context_create"])
    }
    return context
  }

  private static func system(_ reference: SpatialReference, _ context: OpaquePointer) throws(Problem) -> OpaquePointer {
    guard let system = essor_proj_system(context, reference.definition) else {
      throw Problem("projection.unknown", ["system": short(reference)])
    }
    return system
  }

  private static func short(_ reference: SpatialReference) -> String {
    let text = reference.definition.prefix { !$0.isNewline }
    return text.count > 60 ? "\(text.prefix(60))…" : String(text)
  }
}
