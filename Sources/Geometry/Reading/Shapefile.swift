import Diagnostics

/// Reads the surfaces of an ESRI shapefile: shapes in one file (.shp), what is said of them in another (.dbf), the
/// system of coordinates in a third (.prj) and the encoding of the second in a fourth (.cpg).
enum Shapefile {
  /// The bytes of the four; only the first must be there.
  struct Parts {
    var path: String
    var entry: String?
    var shapes: [UInt8]
    var table: [UInt8]?
    /// Where the second is.
    var tablePlace: Place?
    var projection: [UInt8]?
    var encoding: [UInt8]?

    var place: Place { Place(file: path, entry: entry) }
  }

  static let extensions = ["shp", "dbf", "prj", "cpg", "shx"]

  static func isShapefile(_ head: some Collection<UInt8>) -> Bool { head.starts(with: [0, 0, 0x27, 0x0a]) }

  static func read(_ parts: Parts) throws(Problem) -> Layer {
    guard let table = parts.table else { throw Problem("shapefile.no_table", at: parts.place) }
    var layer = Layer()
    let shapes = try shapes(LittleEndian(parts.shapes), parts.place, &layer.fault)
    let rows = try DBaseTable(
      table, encoding: parts.encoding.map { String(decoding: $0, as: UTF8.self) }, parts.tablePlace ?? parts.place)
    guard rows.count == shapes.count else {
      throw Problem(
        "shapefile.unequal", at: parts.place, ["shapes": "#\(shapes.count)", "rows": "#\(rows.count)"])
    }
    layer.columns = rows.columns
    for (index, shape) in shapes.enumerated() {
      guard let values = rows.row(index) else { continue }  // a row that is marked as deleted
      layer.features.append(Layer.Feature(shape, values, line: index + 1))
    }
    if let text = parts.projection.map({ String(decoding: $0, as: UTF8.self) }), text.contains("[") {
      layer.reference = SpatialReference(text)
    }
    return layer
  }

  /// One a record, nil for one that is none; `fault` is what is wrong with the first that is no surface, or damaged.
  private static func shapes(
    _ bytes: LittleEndian, _ place: Place, _ fault: inout Problem?
  ) throws(Problem) -> [Shape?] {
    guard bytes.count >= 100 else { throw Problem("file.truncated", at: place) }
    guard isShapefile(bytes.bytes) else { throw Problem("layer.unknown_format", at: place) }
    let end = bytes.big32(24) * 2
    guard end <= bytes.count else { throw Problem("file.truncated", at: place) }
    var shapes: [Shape?] = []
    var at = 100
    while at + 8 <= end {
      let length = bytes.big32(at + 4) * 2
      guard length >= 4, at + 8 + length <= end else { throw Problem("file.truncated", at: place) }
      do throws(Problem) {
        shapes.append(try shape(bytes, at + 8, length, place))
      } catch {
        fault = fault ?? error
        shapes.append(nil)
      }
      at += 8 + length
    }
    return shapes
  }

  private static func shape(_ bytes: LittleEndian, _ at: Int, _ length: Int, _ place: Place) throws(Problem) -> Shape? {
    let kind = bytes.u32(at)
    switch kind {
    case 0: return nil
    case 5, 15, 25: break
    default:
      let points: Set = [1, 8, 11, 18, 21, 28]
      throw Problem(
        "layer.not_surfaces", at: place, ["kind": "@geometry.\(points.contains(kind) ? "points" : "lines")"])
    }
    let (partCount, pointCount) = (bytes.u32(at + 36), bytes.u32(at + 40))
    let first = at + 44 + 4 * partCount
    guard length >= 44, partCount <= length / 4, pointCount <= length / 16, first + 16 * pointCount <= at + length
    else {
      throw Problem("file.truncated", at: place)
    }
    let starts = (0..<partCount).map { bytes.u32(at + 44 + 4 * $0) } + [pointCount]
    var outer: [Ring] = []
    var holes: [Ring] = []
    for (start, end) in zip(starts, starts.dropFirst()) {
      guard start <= end, end <= pointCount else { throw Problem("file.truncated", at: place) }
      let ring = Ring((start..<end).map { Point(bytes.double(first + 16 * $0), bytes.double(first + 16 * $0 + 8)) })
      guard ring.points.count > 3 else { continue }
      // Outer rings turn with the clock here, against it everywhere else.
      if ring.signedArea <= 0 { outer.append(ring) } else { holes.append(ring) }
    }
    let shape = Shape(outer: outer, holes: holes)
    return shape.isEmpty ? nil : shape
  }
}
