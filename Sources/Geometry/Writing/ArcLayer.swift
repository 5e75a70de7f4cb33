/// Surfaces ready to be written: their arcs in the coordinates of the document, and what is said of each.
package struct ArcLayer: Sendable {
  package enum Value: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case truth(Bool)
    case texts([String])
  }

  package struct Feature: Sendable {
    package var id: String
    package var properties: [(name: String, value: Value)]
    /// For each polygon its rings, the outer one first.
    package var polygons: [[ArcRing]]
  }

  package struct Arc: Sendable {
    package var points: [Point]
    /// The features on its sides; nil: none.
    package var left: Int?
    package var right: Int?
  }

  package var arcs: [Arc] = []
  package var features: [Feature] = []
  /// What is said of the whole.
  package var properties: [(name: String, value: Value)] = []
  /// The system of coordinates.
  package var epsg: Int
  /// The smallest difference that is written.
  package var decimals: Int

  /// The arcs of a map moved into another system of coordinates; nil where one of them has no place there.
  package init?(_ map: PlanarMap, epsg: Int, decimals: Int, move: ([Point]) -> [Point]?) {
    self.epsg = epsg
    self.decimals = decimals
    for index in 0..<map.arcCount {
      guard let points = move(map.arc(index).map(map.grid.point)) else { return nil }
      let (left, right) = (Int(map.left[index]), Int(map.right[index]))
      arcs.append(Arc(points: points, left: left < 0 ? nil : left, right: right < 0 ? nil : right))
    }
    features = map.polygons().map { Feature(id: "", properties: [], polygons: $0) }
  }

  package var box: Box {
    var box = Box()
    for arc in arcs { for point in arc.points { box.add(point) } }
    return box
  }

  /// The points of a ring, the last the first again.
  package func points(of ring: ArcRing) -> [Point] { walked(ring) { arcs[$0].points } }

  /// What both formats open with, behind their type: what is said of the whole, and the system of coordinates where it is
  /// not the world's, as programs still read it.
  func head(_ json: inout JSONText) {
    for (name, value) in properties {
      json.string(name)
      json.raw(":")
      json.value(value)
      json.raw(",")
    }
    guard epsg != 4326 else { return }
    json.raw("\"crs\":{\"type\":\"name\",\"properties\":{\"name\":")
    json.string("urn:ogc:def:crs:EPSG::\(epsg)")
    json.raw("}},")
  }
}
