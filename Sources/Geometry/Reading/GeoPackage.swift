import Diagnostics
import LiteStore

/// Reads a table of surfaces of a GeoPackage, which is an SQLite database.
enum GeoPackage {
  static func isDatabase(_ head: some Collection<UInt8>) -> Bool { head.starts(with: Array("SQLite format 3\0".utf8)) }

  /// `name` says which table, where there are several.
  static func read(_ path: String, table name: String?) throws -> Layer {
    let database = try LiteDatabase(path)
    let place = Place(file: path)
    // A view may ask anything: of a file from elsewhere, tables are read.
    let known = Set(
      try database.rows("SELECT name FROM sqlite_master WHERE type = 'table'").map { $0[0].text.lowercased() })
    guard known.isSuperset(of: ["gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"]) else {
      throw Problem("geopackage.other", at: place)
    }
    let tables = try database.rows(
      """
      SELECT g.table_name, g.column_name, g.geometry_type_name, g.srs_id FROM gpkg_geometry_columns g
      JOIN gpkg_contents c ON c.table_name = g.table_name WHERE c.data_type = 'features' ORDER BY g.table_name
      """)
    guard !tables.isEmpty else { throw Problem("geopackage.no_features", at: place) }
    let position = try LayerChoice.position(of: name, among: tables.map { $0[0].text }, in: path)
    let table = tables[position]
    guard known.contains(table[0].text.lowercased()) else {
      throw Problem("geopackage.view", at: Place(file: path, entry: table[0].text))
    }
    let kind = table[2].text.uppercased()
    if kind.contains("POINT") || kind.contains("LINE") || kind.contains("CURVE") && !kind.contains("POLYGON") {
      throw Problem(
        "layer.not_surfaces", at: Place(file: path, entry: table[0].text),
        ["kind": "@geometry.\(kind.contains("POINT") ? "points" : "lines")"])
    }
    var layer = try features(database, table[0].text, geometry: table[1].text)
    layer.reference = try reference(database, table[3].integer ?? -1)
    return layer
  }

  private static func features(_ database: LiteDatabase, _ table: String, geometry: String) throws -> Layer {
    var layer = Layer()
    var position = 0
    var line = 0
    try database.query("SELECT * FROM \(liteName(table))") { row in
      if line == 0 {
        let columns = row.columns
        guard let found = columns.firstIndex(where: { $0.lowercased() == geometry.lowercased() }) else {
          throw Problem("geopackage.no_features", at: Place(file: database.path, entry: table))
        }
        position = found
        layer.columns = columns.enumerated().filter { $0.offset != found }.map(\.element)
      }
      line += 1
      var values: [String: String] = [:]
      for (column, name) in row.columns.enumerated() where column != position {
        let text = row.value(column).text
        if !text.isEmpty { values[name] = text }
      }
      let place = Place(file: database.path, entry: table, line: line)
      var shape: Shape?
      do throws(Problem) {
        shape = try Self.shape(row.value(position), place)
      } catch {
        layer.fault = layer.fault ?? error
      }
      layer.features.append(.init(shape, values, line: line))
    }
    return layer
  }

  /// A header of our own (`GP`, flags, a box) comes before the well-known binary.
  private static func shape(_ value: LiteValue, _ place: Place) throws(Problem) -> Shape? {
    guard case .blob(let bytes) = value, bytes.count >= 8, bytes[0] == 0x47, bytes[1] == 0x50 else { return nil }
    let flags = bytes[3]
    if flags & 0b1_0000 != 0 { return nil }  // said to be empty
    let boxes = [0, 32, 48, 48, 64]
    let kind = Int(flags >> 1 & 0b111)
    guard kind < boxes.count, 8 + boxes[kind] < bytes.count else { throw Problem("layer.damaged", at: place) }
    do {
      return try WellKnownBinary(Array(bytes[(8 + boxes[kind])...])).shape
    } catch {
      switch error {
      case .points, .lines:
        throw Problem("layer.not_surfaces", at: place, ["kind": "@geometry.\(error == .points ? "points" : "lines")"])
      case .truncated, .unknown: throw Problem("layer.damaged", at: place)
      }
    }
  }

  private static func reference(_ database: LiteDatabase, _ id: Int) throws(Problem) -> SpatialReference? {
    let rows = try database.rows(
      "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
      [.integer(id)])
    guard id > 0, let row = rows.first else { return nil }
    if row[0].text.uppercased() == "EPSG", let code = row[1].integer { return SpatialReference(epsg: code) }
    return row[2].text.contains("[") ? SpatialReference(row[2].text) : nil
  }
}
