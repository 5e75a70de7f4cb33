internal import CGeos
package import Diagnostics

/// GEOS: what needs the arithmetic of surfaces that cross. One context, used by one thread at a time.
package final class Geos {
  private let context: OpaquePointer
  private let message = Message()

  /// What the library said last.
  private final class Message {
    var text = ""
  }

  private static let library = "libgeos_c.so.1"
  /// Opens the library, once for all contexts; what the system says where it cannot be.
  private static let failure: String? = {
    if let message = essor_geos_load(library) { return String(cString: message) }
    // Ctrl-C is heard in the middle of a union: the library asks, and what it was doing fails.
    essor_geos_at_each_step { if Interruption.isRequested { GEOS_interruptRequest() } }
    return nil
  }()

  package init() throws(Problem) {
    if let failure = Self.failure {
      throw Problem("geos.missing", status: .machine, at: Place(file: Self.library), ["system": failure])
    }
    guard let context = GEOS_init_r() else { throw Problem("geos.failed", status: .machine, ["system": "GEOS_init"]) }
    self.context = context
    GEOSContext_setErrorMessageHandler_r(
      context,
      { text, box in
        guard let text, let box else { return }
        Unmanaged<Message>.fromOpaque(box).takeUnretainedValue().text = String(cString: text)
      }, Unmanaged.passUnretained(message).toOpaque())
  }

  deinit { GEOS_finish_r(context) }

  /// Why a shape is none, in the library's words; nil where it is one.
  package func fault(of shape: Shape) throws(Problem) -> String? {
    let geometry = try geometry(of: shape)
    defer { GEOSGeom_destroy_r(context, geometry) }
    var reason: UnsafeMutablePointer<CChar>?
    let answer = GEOSisValidDetail_r(context, geometry, 0, &reason, nil)
    defer { if let reason { GEOSFree_r(context, reason) } }
    switch answer {
    case 1: return nil
    case 0: return reason.map { String(cString: $0) } ?? ""
    default: throw failure()
    }
  }

  /// The shape made valid: lines that cross are cut where they do. Nil where no surface is left of it.
  package func repaired(_ shape: Shape) throws(Problem) -> Shape? {
    try made(shape) { GEOSMakeValid_r(context, $0) }
  }

  package func union(of shapes: [Shape]) throws(Problem) -> Shape? {
    try made(Shape(shapes.flatMap(\.polygons))) { GEOSUnaryUnion_r(context, $0) }
  }

  package func difference(_ shape: Shape, minus other: Shape) throws(Problem) -> Shape? {
    try combined(shape, other) { GEOSDifference_r(context, $0, $1) }
  }

  package func intersection(_ shape: Shape, _ other: Shape) throws(Problem) -> Shape? {
    try combined(shape, other) { GEOSIntersection_r(context, $0, $1) }
  }

  /// Around points: their concave hull, from 0 (the tightest) to 1 (the convex one), grown by a margin.
  package func hull(of points: [Point], ratio: Double, margin: Double) throws(Problem) -> Shape? {
    let cloud = try multipoint(points)
    defer { GEOSGeom_destroy_r(context, cloud) }
    guard let hull = GEOSConcaveHull_r(context, cloud, ratio, 0) else { throw failure() }
    defer { GEOSGeom_destroy_r(context, hull) }
    guard let grown = GEOSBuffer_r(context, hull, margin, 8) else { throw failure() }
    defer { GEOSGeom_destroy_r(context, grown) }
    let polygons = try polygons(of: grown)
    return polygons.isEmpty ? nil : Shape(polygons)
  }

  /// For each point the part of a surface that is nearer to it than to any other. Two points may not be the same.
  package func cells(around points: [Point], within frame: Shape) throws(Problem) -> [Shape?] {
    let cloud = try multipoint(points)
    defer { GEOSGeom_destroy_r(context, cloud) }
    let surroundings = try geometry(of: frame)
    defer { GEOSGeom_destroy_r(context, surroundings) }
    guard let diagram = GEOSVoronoiDiagram_r(context, cloud, surroundings, 0, 0) else { throw failure() }
    defer { GEOSGeom_destroy_r(context, diagram) }
    var cells = [Shape?](repeating: nil, count: points.count)
    // The library gives the cells in an order of its own.
    for index in 0..<GEOSGetNumGeometries_r(context, diagram) {
      guard let part = GEOSGetGeometryN_r(context, diagram, index) else { throw failure() }
      let whole = Shape(try polygons(of: part))
      let box = whole.box
      let owner = points.indices.first { box.contains(points[$0]) && whole.polygons[0].outer.contains(points[$0]) }
      guard let owner else { continue }
      guard let cut = GEOSIntersection_r(context, part, surroundings) else { throw failure() }
      defer { GEOSGeom_destroy_r(context, cut) }
      let polygons = try polygons(of: cut)
      cells[owner] = polygons.isEmpty ? nil : Shape(polygons)
    }
    return cells
  }

  // MARK: - To the library and back

  private func made(_ shape: Shape, _ make: (OpaquePointer) -> OpaquePointer?) throws(Problem) -> Shape? {
    let geometry = try geometry(of: shape)
    defer { GEOSGeom_destroy_r(context, geometry) }
    guard let result = make(geometry) else { throw failure() }
    defer { GEOSGeom_destroy_r(context, result) }
    let polygons = try polygons(of: result)
    return polygons.isEmpty ? nil : Shape(polygons)
  }

  private func combined(
    _ a: Shape, _ b: Shape, _ combine: (OpaquePointer, OpaquePointer) -> OpaquePointer?
  ) throws(Problem) -> Shape? {
    let other = try geometry(of: b)
    defer { GEOSGeom_destroy_r(context, other) }
    return try made(a) { combine($0, other) }
  }

  private func failure() -> Problem {
    if Interruption.isRequested { return Problem("interrupted", status: .interrupted) }
    return Problem("geos.failed", ["system": message.text])
  }

  private func multipoint(_ points: [Point]) throws(Problem) -> OpaquePointer {
    var parts: [OpaquePointer?] = points.map { GEOSGeom_createPointFromXY_r(context, $0.x, $0.y) }
    return try collection(GEOS_MULTIPOINT, &parts)
  }

  private func geometry(of shape: Shape) throws(Problem) -> OpaquePointer {
    var parts: [OpaquePointer?] = []
    for polygon in shape.polygons { parts.append(try geometry(of: polygon)) }
    return try collection(GEOS_MULTIPOLYGON, &parts)
  }

  private func collection(_ kind: GEOSGeomTypes, _ parts: inout [OpaquePointer?]) throws(Problem) -> OpaquePointer {
    guard let whole = GEOSGeom_createCollection_r(context, Int32(kind.rawValue), &parts, UInt32(parts.count)) else {
      throw failure()
    }
    return whole
  }

  private func geometry(of polygon: Polygon) throws(Problem) -> OpaquePointer {
    let shell = try line(polygon.outer)
    var holes: [OpaquePointer?] = []
    for hole in polygon.holes { holes.append(try line(hole)) }
    guard let geometry = GEOSGeom_createPolygon_r(context, shell, &holes, UInt32(holes.count)) else { throw failure() }
    return geometry
  }

  private func line(_ ring: Ring) throws(Problem) -> OpaquePointer {
    // The library takes no ring of fewer points than a triangle has.
    var points = ring.points
    while points.count < 4, let first = points.first { points.append(first) }
    let sequence = points.withUnsafeBytes { buffer in
      GEOSCoordSeq_copyFromBuffer_r(
        context, buffer.baseAddress?.assumingMemoryBound(to: Double.self), UInt32(points.count), 0, 0)
    }
    guard let sequence, let line = GEOSGeom_createLinearRing_r(context, sequence) else { throw failure() }
    return line
  }

  /// The surfaces of a geometry, whatever else it holds.
  private func polygons(of geometry: OpaquePointer) throws(Problem) -> [Polygon] {
    switch GEOSGeomTypes(UInt32(GEOSGeomTypeId_r(context, geometry))) {
    case GEOS_POLYGON:
      guard GEOSisEmpty_r(context, geometry) == 0 else { return [] }
      guard let shell = GEOSGetExteriorRing_r(context, geometry) else { throw failure() }
      var holes: [Ring] = []
      for index in 0..<GEOSGetNumInteriorRings_r(context, geometry) {
        guard let hole = GEOSGetInteriorRingN_r(context, geometry, index) else { throw failure() }
        holes.append(try ring(hole))
      }
      return [Polygon(try ring(shell), holes: holes)]
    case GEOS_MULTIPOLYGON, GEOS_GEOMETRYCOLLECTION:
      var all: [Polygon] = []
      for index in 0..<GEOSGetNumGeometries_r(context, geometry) {
        guard let part = GEOSGetGeometryN_r(context, geometry, index) else { throw failure() }
        all += try polygons(of: part)
      }
      return all
    default: return []
    }
  }

  private func ring(_ line: OpaquePointer) throws(Problem) -> Ring {
    guard let sequence = GEOSGeom_getCoordSeq_r(context, line) else { throw failure() }
    var count: UInt32 = 0
    GEOSCoordSeq_getSize_r(context, sequence, &count)
    var points = [Point](repeating: Point(0, 0), count: Int(count))
    let done = points.withUnsafeMutableBytes { buffer in
      GEOSCoordSeq_copyToBuffer_r(context, sequence, buffer.baseAddress?.assumingMemoryBound(to: Double.self), 0, 0)
    }
    guard done == 1 else { throw failure() }
    return Ring(points)
  }
}
