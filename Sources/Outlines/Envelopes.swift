internal import Diagnostics
package import Geometry
package import Nomenclature
internal import Tabular

/// Where communes lie on Earth, and the projections that people meet: to tell that a file is not where it says.
package struct Envelopes: Sendable {
  /// A piece of a country with sea or another country around it.
  package struct Part: Sendable {
    package let country: Country
    package let name: String
    /// In longitudes and latitudes.
    package let box: Box
    /// The projection in which it is drawn.
    package let epsg: Int
  }

  package let parts: [Part]
  /// EPSG codes, the most likely first.
  package let usualProjections: [Int]
  /// Central points of Belgian communes, in longitudes and latitudes.
  let belgianCentres: [String: Point]
  /// In longitudes and latitudes, by the number of the département.
  let departements: [String: Box]

  package init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/outlines/envelopes.csv", columns: ["country", "part", "epsg"] + Self.sides)
    parts = try table.entries.map { entry in
      guard let country = Country(rawValue: entry["country"]) else {
        throw table.problem("share.unknown_code", entry, ["code": entry["country"], "known": "FR, BE"])
      }
      return Part(
        country: country, name: entry["part"], box: try Self.frame(table, entry), epsg: try Self.code(table, entry))
    }
    let areas = try DeclaredTable("\(share)/outlines/departements.csv", columns: ["code"] + Self.sides)
    let frames = try areas.entries.map { entry in (entry["code"], try Self.frame(areas, entry)) }
    departements = Dictionary(frames, uniquingKeysWith: { first, _ in first })
    belgianCentres = try ApproximateCells.centres(share)
    let usual = try DeclaredTable("\(share)/outlines/projections.csv", columns: ["epsg", "name"])
    usualProjections = try usual.entries.map { try Self.code(usual, $0) }
  }

  private static let sides = ["west", "south", "east", "north"]

  private static func frame(_ table: DeclaredTable, _ entry: DeclaredTable.Entry) throws(Problem) -> Box {
    var numbers: [Double] = []
    for column in sides {
      guard let number = Double(entry[column]) else {
        throw table.problem("share.bad_number", entry, ["column": column, "value": entry[column]])
      }
      numbers.append(number)
    }
    return Box(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
  }

  private static func code(_ table: DeclaredTable, _ entry: DeclaredTable.Entry) throws -> Int {
    guard let code = Int(entry["epsg"]) else {
      throw table.problem("share.bad_number", entry, ["column": "epsg", "value": entry["epsg"]])
    }
    return code
  }

  /// The parts of the countries in which a place of the world may lie: frames overlap at borders.
  package func parts(at place: Point) -> [Part] { parts.filter { $0.box.contains(place) } }

  package func holds(_ place: Point, in country: Country) -> Bool {
    parts.contains { $0.country == country && $0.box.contains(place) }
  }

  /// Within some twenty kilometres of the central point of a Belgian commune of today.
  func isNear(_ place: Point, nis: String) -> Bool {
    belgianCentres[nis].map { abs($0.x - place.x) < 0.3 && abs($0.y - place.y) < 0.2 } ?? false
  }

  /// The usual projections in which nearly all points would lie in the country.
  package func projections(placing points: [Point], in country: Country) -> [Int] {
    projections(for: points).filter { code in
      guard !points.isEmpty, let way = try? Projection(from: SpatialReference(epsg: code), to: .world) else {
        return false
      }
      let inside = points.count { point in way.transformed([point])?.first.map { holds($0, in: country) } ?? false }
      return inside * 10 >= points.count * 9
    }
  }

  /// Those that such numbers may be of. Numbers that may be degrees are degrees: a few metres from the corner of a
  /// system lies no commune.
  func projections(for points: [Point]) -> [Int] {
    points.allSatisfy { abs($0.x) <= 180 && abs($0.y) <= 180 } ? [4326] : usualProjections
  }
}
