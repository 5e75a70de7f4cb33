internal import CSQLite
internal import Diagnostics
package import Geometry

/// Files of outlines as programs write them, byte for byte, of a few small surfaces.
package struct SmallLayer: Sendable {
  package var features: [(values: [(name: String, value: String)], shape: Shape)]

  package init(_ features: [(values: [(name: String, value: String)], shape: Shape)]) { self.features = features }

  /// One column of codes, one square each, side by side from a corner on.
  package static func squares(
    _ codes: [String], column: String = "NIS5", at corner: Point = Point(4.3, 50.8), side: Double = 0.05
  ) -> SmallLayer {
    SmallLayer(
      codes.enumerated().map { rank, code in
        ([(column, code)], square(Point(corner.x + Double(rank) * side, corner.y), side))
      })
  }

  package static func square(_ corner: Point, _ side: Double) -> Shape {
    Shape([
      Polygon(
        Ring([
          corner, Point(corner.x + side, corner.y), Point(corner.x + side, corner.y + side),
          Point(corner.x, corner.y + side),
        ]))
    ])
  }

  // MARK: - GeoJSON

  package func geoJSON(crs: String? = nil) -> String {
    func ring(_ ring: Ring) -> String { "[" + ring.points.map { "[\($0.x),\($0.y)]" }.joined(separator: ",") + "]" }
    let texts = features.map { feature in
      let polygons = feature.shape.polygons.map { "[" + $0.rings.map(ring).joined(separator: ",") + "]" }
      let values = feature.values.map { "\"\($0.name)\":\"\($0.value)\"" }.joined(separator: ",")
      return
        "{\"type\":\"Feature\",\"properties\":{\(values)},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":["
        + polygons.joined(separator: ",") + "]}}"
    }
    let system = crs.map { "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"\($0)\"}}," } ?? ""
    return "{\"type\":\"FeatureCollection\",\(system)\"features\":[\n" + texts.joined(separator: ",\n") + "\n]}"
  }

  // MARK: - Shapefile

  /// Outer rings turn with the clock there.
  package var shp: [UInt8] {
    var records: [UInt8] = []
    for (rank, feature) in features.enumerated() {
      let rings = feature.shape.polygons.flatMap { polygon in
        [Self.turned(polygon.outer, withClock: true)] + polygon.holes.map { Self.turned($0, withClock: false) }
      }
      var content = little(5, 4) + Self.box(feature.shape.box) + little(rings.count, 4)
      content += little(rings.reduce(0) { $0 + $1.count }, 4)
      var start = 0
      for ring in rings {
        content += little(start, 4)
        start += ring.count
      }
      for point in rings.joined() { content += Self.double(point.x) + Self.double(point.y) }
      records += Self.big(rank + 1) + Self.big(content.count / 2) + content
    }
    return Self.header(kind: 5, length: 100 + records.count) + records
  }

  /// A layer of points: one each.
  package static func pointShp(_ points: [Point]) -> [UInt8] {
    let records = points.enumerated().flatMap { rank, point in
      big(rank + 1) + big(10) + little(1, 4) + double(point.x) + double(point.y)
    }
    return header(kind: 1, length: 100 + records.count) + records
  }

  private static func turned(_ ring: Ring, withClock: Bool) -> [Point] {
    (ring.signedArea < 0) == withClock ? ring.points : ring.points.reversed()
  }

  private static func header(kind: Int, length: Int) -> [UInt8] {
    big(9994) + [UInt8](repeating: 0, count: 20) + big(length / 2) + little(1000, 4) + little(kind, 4)
      + [UInt8](repeating: 0, count: 64)
  }

  private static func box(_ box: Box) -> [UInt8] { [box.west, box.south, box.east, box.north].flatMap(double) }
  private static func big(_ value: Int) -> [UInt8] { little(value, 4).reversed() }
  private static func double(_ value: Double) -> [UInt8] {
    let bits = value.bitPattern
    return (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
  }

  /// The table beside; `encode` gives the bytes of a value.
  package func dbf(encode: (String) -> [UInt8] = { Array($0.utf8) }) -> [UInt8] {
    let columns = features.first?.values.map(\.name) ?? []
    let width = 30
    let headerLength = 32 + 32 * columns.count + 1
    var bytes: [UInt8] = [3, 125, 1, 1] + little(features.count, 4) + little(headerLength, 2)
    bytes += little(1 + width * columns.count, 2) + [UInt8](repeating: 0, count: 20)
    for column in columns {
      let name = Array(column.utf8.prefix(10))
      bytes += name + [UInt8](repeating: 0, count: 11 - name.count) + [UInt8(ascii: "C")]
      bytes += [0, 0, 0, 0, UInt8(width), 0] + [UInt8](repeating: 0, count: 14)
    }
    bytes.append(0x0d)
    for feature in features {
      bytes.append(0x20)
      for (_, value) in feature.values {
        let text = encode(value).prefix(width)
        bytes += text + [UInt8](repeating: 0x20, count: width - text.count)
      }
    }
    return bytes + [0x1a]
  }

  // MARK: - Well-known binary

  package static func wkb(
    _ shape: Shape, extra: Int = 0, kindOffset: Int = 0, srid: Int? = nil, bigEndian: Bool = false
  )
    -> [UInt8]
  {
    func word(_ value: Int) -> [UInt8] { bigEndian ? little(value, 4).reversed() : little(value, 4) }
    func number(_ value: Double) -> [UInt8] { bigEndian ? double(value).reversed() : double(value) }
    func head(_ kind: Int, _ flags: Int = 0) -> [UInt8] { [bigEndian ? 0 : 1] + word((kind + kindOffset) | flags) }
    var bytes = head(6, srid == nil ? 0 : 0x2000_0000) + (srid.map(word) ?? []) + word(shape.polygons.count)
    for polygon in shape.polygons {
      bytes += head(3) + word(polygon.rings.count)
      for ring in polygon.rings {
        bytes += word(ring.points.count)
        for point in ring.points {
          bytes += number(point.x) + number(point.y)
          for _ in 0..<extra { bytes += number(7) }
        }
      }
    }
    return bytes
  }

  // MARK: - GeoPackage

  /// Writes a GeoPackage with one table of surfaces, or with none where there is no feature.
  package func writeGeoPackage(_ path: String, epsg: Int, kind: String = "MULTIPOLYGON", withTables: Bool = true) throws
  {
    var handle: OpaquePointer?
    guard sqlite3_open(path, &handle) == SQLITE_OK else { throw Problem("sqlite.failed") }
    defer { sqlite3_close(handle) }
    func run(_ sql: String) throws {
      guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
        throw Problem("sqlite.failed", ["system": String(cString: sqlite3_errmsg(handle)), "sql": sql])
      }
    }
    guard withTables else { return try run("CREATE TABLE note (text TEXT)") }
    try run(
      """
      CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
      CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
      CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
      INSERT INTO gpkg_spatial_ref_sys VALUES (99, 'EPSG', \(epsg), 'undefined');
      """)
    guard let first = features.first else { return }
    let columns = first.values.map { "\"\($0.name)\" TEXT" }.joined(separator: ", ")
    try run("CREATE TABLE \"les communes\" (fid INTEGER PRIMARY KEY, geom BLOB, \(columns))")
    try run("INSERT INTO gpkg_contents VALUES ('les communes', 'features')")
    try run("INSERT INTO gpkg_geometry_columns VALUES ('les communes', 'geom', '\(kind)', 99)")
    for feature in features {
      // A header with a box of four numbers: flags 0b0011.
      let blob = [0x47, 0x50, 0, 3] + little(99, 4) + Self.box(feature.shape.box) + Self.wkb(feature.shape)
      let digits = blob.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let values = feature.values.map { "'\($0.value)'" }.joined(separator: ", ")
      try run("INSERT INTO \"les communes\" VALUES (NULL, x'\(digits)', \(values))")
    }
  }
}
