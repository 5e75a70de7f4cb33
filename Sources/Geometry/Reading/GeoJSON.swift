import Diagnostics

/// Reads GeoJSON: the standard (RFC 7946, longitude and latitude), and its older form with a `crs` member.
enum GeoJSON {
  static func read(_ bytes: consuming [UInt8], path: String) throws -> Layer {
    var cursor = JSONCursor(bytes, path: path)
    guard try cursor.kind() == .object else { throw Problem("geojson.other", at: Place(file: path, line: 1)) }
    var layer = Layer()
    var type: String?
    var hasFeatures = false
    try cursor.object { cursor, name in
      switch name {
      case "type": type = try cursor.text()
      case "crs": layer.reference = try reference(&cursor)
      case "features" where try cursor.kind() == .array:
        hasFeatures = true
        var number = 0
        try cursor.array { cursor in
          number += 1
          do {
            try feature(&cursor, &layer, path)
          } catch let problem as Problem where problem.code == "geojson.broken" {
            // All of a file may be one line: the number tells where to look.
            throw Problem("geojson.broken_feature", at: problem.place, ["number": "#\(number)"])
          }
        }
      default: try cursor.skip()
      }
    }
    try cursor.end()
    cursor.replacePositions(in: &layer)
    // The standard knows no other system; whoever means one and says nothing is found out by where things lie.
    if layer.reference == nil { layer.reference = .world }
    guard hasFeatures, type == "FeatureCollection" else {
      throw Problem("geojson.other", at: Place(file: path, line: 1))
    }
    return layer
  }

  private static func feature(_ cursor: inout JSONCursor, _ layer: inout Layer, _ path: String) throws {
    guard try cursor.kind() == .object else { throw cursor.broken() }
    let start = cursor.position
    var shape: Shape?
    var stranger: Stranger?
    var values: [String: String] = [:]
    var names: [String] = []
    func note(_ name: String, _ value: String?) {
      names.append(name)
      if let value { values[name] = value }
    }
    try cursor.object { cursor, name in
      switch name {
      case "geometry": shape = try Self.shape(&cursor, path, &stranger)
      case "id":
        let value = try cursor.text()
        note("id", value)
      case "properties" where try cursor.kind() == .object:
        try cursor.object { cursor, name in
          let value = try cursor.text()
          note(name, value)
        }
      default: try cursor.skip()
      }
    }
    if let stranger {
      shape = nil
      // Once: to know the line, all that is before is counted.
      if layer.fault == nil {
        layer.fault = Problem(
          "layer.not_surfaces", at: Place(file: path, line: cursor.line(at: stranger.position)),
          ["kind": "@geometry.\(stranger.kind)"])
      }
    }
    // The position for now: lines are counted once, for all features.
    guard layer.add(Layer.Feature(shape, values, line: start), columns: names) else {
      throw Problem(
        "layer.too_many_columns", at: Place(file: path, line: cursor.line(at: start)),
        ["most": "#\(Layer.mostColumns)"])
    }
  }

  /// What is no surface: points or lines, and where they begin.
  private struct Stranger {
    let kind: String
    let position: Int
  }

  /// Nil for null and for an empty collection; points and lines are told.
  private static func shape(
    _ cursor: inout JSONCursor, _ path: String, _ stranger: inout Stranger?
  ) throws -> Shape? {
    guard try cursor.kind() == .object else {
      try cursor.skip()
      return nil
    }
    let start = cursor.position
    var type = ""
    var coordinates: Int?
    var parts: [Polygon] = []
    try cursor.object { cursor, name in
      switch name {
      case "type": type = try cursor.text() ?? ""
      case "coordinates":
        coordinates = cursor.position
        try cursor.skip()
      case "geometries" where try cursor.kind() == .array:
        try cursor.array { parts += try Self.shape(&$0, path, &stranger)?.polygons ?? [] }
      default: try cursor.skip()
      }
    }
    let end = cursor.position
    defer { cursor.move(to: end) }
    switch type {
    case "Polygon", "MultiPolygon":
      guard let coordinates else { throw cursor.broken() }
      cursor.move(to: coordinates)
      if type == "Polygon" {
        if let one = try polygon(&cursor) { parts.append(one) }
      } else {
        try cursor.array { if let one = try polygon(&$0) { parts.append(one) } }
      }
    case "GeometryCollection": break
    case "Point", "MultiPoint", "LineString", "MultiLineString":
      stranger = stranger ?? Stranger(kind: type.hasSuffix("Point") ? "points" : "lines", position: start)
    default: throw Problem("geojson.broken", at: Place(file: path, line: cursor.line(at: start)))
    }
    return parts.isEmpty ? nil : Shape(parts)
  }

  private static func polygon(_ cursor: inout JSONCursor) throws -> Polygon? {
    var rings: [Ring] = []
    try cursor.array { cursor in
      var points: [Point] = []
      try cursor.array { cursor in
        var numbers = (x: 0.0, y: 0.0, count: 0)
        try cursor.array { cursor in
          let value = try cursor.number()
          if numbers.count == 0 { numbers.x = value }
          if numbers.count == 1 { numbers.y = value }
          numbers.count += 1
        }
        guard numbers.count >= 2 else { throw cursor.broken() }
        points.append(Point(numbers.x, numbers.y))
      }
      rings.append(Ring(points))
    }
    // A ring is closed: four points at least, or it holds nothing, and neither do its holes.
    guard let outer = rings.first, outer.points.count > 3 else { return nil }
    return Polygon(outer, holes: rings.dropFirst().filter { $0.points.count > 3 })
  }

  /// `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::31370"}}`
  private static func reference(_ cursor: inout JSONCursor) throws -> SpatialReference? {
    guard try cursor.kind() == .object else {
      try cursor.skip()
      return nil
    }
    var name: String?
    try cursor.object { cursor, member in
      guard member == "properties", try cursor.kind() == .object else { return try cursor.skip() }
      try cursor.object { cursor, inner in
        if inner == "name" { name = try cursor.text() } else { try cursor.skip() }
      }
    }
    guard let name else { return nil }
    return name.hasSuffix("CRS84") ? .world : SpatialReference(name)
  }
}
