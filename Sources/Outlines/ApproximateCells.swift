internal import Diagnostics
package import Geometry
internal import Nomenclature
internal import Tabular
package import Territory

/// Belgian communes without official outlines: each has the places that are nearer to its central point than to any
/// other, within the country as those points let it be guessed. Near the truth, and marked so wherever it is drawn.
package enum ApproximateCells {
  /// How far beyond the outermost central points the country is taken to reach.
  static let margin = 7_000.0
  /// From 0, the tightest hull, to 1, the convex one.
  static let tightness = 0.25

  /// `neighbour` is land of another country, in equal-area coordinates, on which no cell lies.
  package static func belgium(share: String, _ book: TerritoryBook, neighbour: Shape?) throws -> CommuneOutlines {
    let centres = try centres(share).sorted { $0.key < $1.key }.compactMap { nis, point in
      book.belgian[nis].map { (commune: $0, point: point) }
    }
    let way = try Projection(from: .world, to: .equalArea)
    guard let points = way.transformed(centres.map(\.point)) else {
      throw Problem("projection.no_way", ["from": "EPSG:4326", "to": "EPSG:3035"])
    }
    let geos = try Geos()
    var frame = try geos.hull(of: points, ratio: tightness, margin: margin)
    if let whole = frame, let land = try neighbour.flatMap(geos.repaired) {
      frame = try geos.difference(whole, minus: land)
    }
    guard let frame else { throw Problem("geos.failed", ["system": "hull"]) }
    // A strip cut off by a bend of the border belongs to nobody.
    let main = frame.polygons.max { $0.area < $1.area }.map { Shape([$0]) } ?? frame
    let cells = try geos.cells(around: points, within: main)
    let pieces = zip(centres, cells).compactMap { centre, cell in cell.map { (commune: centre.commune, shape: $0) } }
    return CommuneOutlines(pieces, of: .be, book, approximate: true)
  }

  /// By NIS code, in longitudes and latitudes.
  static func centres(_ share: String) throws -> [String: Point] {
    let table = try DeclaredTable("\(share)/territories/be-communes.csv", columns: ["nis", "lon", "lat"])
    let pairs = try table.entries.map { entry in
      guard let longitude = Double(entry["lon"]), let latitude = Double(entry["lat"]) else {
        throw table.problem("share.bad_number", entry, ["column": "lon", "value": "\(entry["lon"]) \(entry["lat"])"])
      }
      return (entry["nis"], Point(longitude, latitude))
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}
