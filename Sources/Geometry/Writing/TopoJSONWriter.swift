import Glibc

extension ArcLayer {
  /// TopoJSON: each border once, in whole numbers, each point by its difference from the one before.
  package func topoJSON(name: String) -> [UInt8] {
    let box = box
    let step = pow(10, -Double(decimals))
    let (west, south) = box.isEmpty ? (0, 0) : (box.west, box.south)
    var json = JSONText()
    json.raw("{\"type\":\"Topology\",")
    head(&json)
    json.raw("\"transform\":{\"scale\":[")
    json.number(step, decimals: decimals)
    json.raw(",")
    json.number(step, decimals: decimals)
    json.raw("],\"translate\":[")
    json.number(west, decimals: decimals + 2)
    json.raw(",")
    json.number(south, decimals: decimals + 2)
    json.raw("]},\n\"objects\":{")
    json.string(name)
    json.raw(":{\"type\":\"GeometryCollection\",\"geometries\":")
    json.list(features, open: "[\n", separator: ",\n", close: "\n]") { geometry($1, &$0) }
    json.raw("}},\n\"arcs\":")
    json.list(arcs, open: "[\n", separator: ",\n", close: "\n]") { json, arc in
      var (x, y) = (0, 0)
      json.list(arc.points, open: "[", close: "]") { json, point in
        let next = (Int(((point.x - west) / step).rounded()), Int(((point.y - south) / step).rounded()))
        json.raw("[")
        json.integer(next.0 - x)
        json.raw(",")
        json.integer(next.1 - y)
        json.raw("]")
        (x, y) = next
      }
    }
    json.raw("}\n")
    return json.bytes
  }

  private func geometry(_ feature: Feature, _ json: inout JSONText) {
    func rings(_ polygon: [ArcRing], _ json: inout JSONText) {
      json.list(polygon, open: "[", close: "]") { json, ring in
        json.list(ring, open: "[", close: "]") { $0.integer(Int($1)) }
      }
    }
    json.raw("{\"type\":")
    switch feature.polygons.count {
    case 0: json.raw("null")
    case 1:
      json.raw("\"Polygon\",\"arcs\":")
      rings(feature.polygons[0], &json)
    default:
      json.raw("\"MultiPolygon\",\"arcs\":")
      json.list(feature.polygons, open: "[", close: "]") { rings($1, &$0) }
    }
    json.raw(",\"id\":")
    json.string(feature.id)
    json.raw(",\"properties\":")
    json.members(feature.properties)
    json.raw("}")
  }
}
