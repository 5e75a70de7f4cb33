extension ArcLayer {
  /// GeoJSON: in longitudes and latitudes as the standard has it (RFC 7946); in another system, with the `crs` member
  /// that programs still read.
  package var geoJSON: [UInt8] {
    var json = JSONText()
    json.raw("{\"type\":\"FeatureCollection\",")
    head(&json)
    json.raw("\"features\":")
    json.list(features, open: "[\n", separator: ",\n", close: "\n]") { json, feature in
      json.raw("{\"type\":\"Feature\",\"id\":")
      json.string(feature.id)
      json.raw(",\"properties\":")
      json.members(feature.properties)
      json.raw(",\"geometry\":")
      if feature.polygons.isEmpty {
        json.raw("null")
      } else if feature.polygons.count == 1 {
        json.raw("{\"type\":\"Polygon\",\"coordinates\":")
        polygon(feature.polygons[0], &json)
        json.raw("}")
      } else {
        json.raw("{\"type\":\"MultiPolygon\",\"coordinates\":")
        json.list(feature.polygons, open: "[", close: "]") { polygon($1, &$0) }
        json.raw("}")
      }
      json.raw("}")
    }
    json.raw("}\n")
    return json.bytes
  }

  private func polygon(_ rings: [ArcRing], _ json: inout JSONText) {
    json.list(rings, open: "[", close: "]") { json, ring in
      json.list(points(of: ring), open: "[", close: "]") { json, point in
        json.raw("[")
        json.number(point.x, decimals: decimals)
        json.raw(",")
        json.number(point.y, decimals: decimals)
        json.raw("]")
      }
    }
  }
}
