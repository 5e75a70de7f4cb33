internal import Geometry
internal import Nomenclature

/// The parts of the countries in which the lines of a map lie: overseas ones are drawn apart, each in its projection.
struct DrawnParts {
  struct Part {
    let name: String
    /// The projection in which it is drawn; the one of Europe for the mainland of two countries.
    var epsg: Int
    /// Of its lines, in equal-area coordinates.
    var box = Box()
  }

  private(set) var parts: [Part] = []
  /// For each arc the rank of its part.
  private(set) var ofArcs: [Int] = []

  /// `countries` are those of the map: where frames overlap, they decide.
  init(_ map: PlanarMap, countries: Set<String>, _ envelopes: Envelopes) throws {
    let way = try Projection(from: .equalArea, to: .world)
    let firsts = (0..<map.arcCount).map { map.grid.point(map.points[Int(map.starts[$0])]) }
    let places = way.transformed(firsts) ?? firsts
    let known = envelopes.parts.filter { countries.contains($0.country.rawValue) }
    for (index, place) in places.enumerated() {
      let found = known.first { $0.box.contains(place) }
      let name = found?.name ?? Self.mainland
      let rank = parts.firstIndex { $0.name == name } ?? parts.count
      if rank == parts.count {
        let isShared = name == Self.mainland && countries.count > 1
        parts.append(Part(name: name, epsg: isShared ? 3035 : found?.epsg ?? 3035))
      }
      for point in map.arc(index) { parts[rank].box.add(map.grid.point(point)) }
      ofArcs.append(rank)
    }
  }

  private static let mainland = "mainland"

  /// The longest side of any part.
  var extent: Double { parts.map { max($0.box.width, $0.box.height) }.max() ?? 0 }

  /// Moves each line into the projection of its part; the smaller parts stand in boxes in a column left of the largest.
  func placed(_ map: PlanarMap) throws -> [[Point]]? {
    let ways = try parts.map { try Projection(from: .equalArea, to: SpatialReference(epsg: $0.epsg)) }
    var lines: [[Point]] = []
    var boxes = [Box](repeating: Box(), count: parts.count)
    for index in 0..<map.arcCount {
      let rank = ofArcs[index]
      guard let line = ways[rank].transformed(map.arc(index).map(map.grid.point)) else { return nil }
      for point in line { boxes[rank].add(point) }
      lines.append(line)
    }
    guard parts.count > 1, let main = parts.indices.max(by: { boxes[$0].height < boxes[$1].height }) else {
      return lines
    }
    let others = parts.indices.filter { $0 != main }.sorted { parts[$0].name < parts[$1].name }
    // A box is a seventh of the height and has some air around it.
    let side = boxes[main].height / Double(max(others.count, 5) + 2)
    var moves = [(scale: Double, dx: Double, dy: Double)](repeating: (1, 0, 0), count: parts.count)
    for (row, rank) in others.enumerated() {
      let box = boxes[rank]
      let scale = side / max(box.width, box.height)
      let centre = Point(
        boxes[main].west - side, boxes[main].north - (Double(row) + 0.6) * side * 1.25)
      moves[rank] = (scale, centre.x - box.centre.x * scale, centre.y - box.centre.y * scale)
    }
    return lines.indices.map { index in
      let move = moves[ofArcs[index]]
      return lines[index].map { Point($0.x * move.scale + move.dx, $0.y * move.scale + move.dy) }
    }
  }
}
