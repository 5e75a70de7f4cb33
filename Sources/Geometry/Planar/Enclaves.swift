extension PlanarMap {
  /// Cuts out of surfaces what lies in their middle without touching them: files give some enclaves twice, as
  /// themselves and as a part of what is around them. What lies within itself is no surface of its own.
  package func withEnclaves() -> PlanarMap {
    let (components, extremes) = components()
    guard extremes.count > 1 else { return self }
    var holders: [Int32: Int32] = [:]
    let arcs = Dictionary(grouping: 0..<arcCount) { components[$0] }
    let pieces = polygonsWithBoxes(components)
    let index = BoxIndex(pieces.map(\.box))
    for (component, point) in extremes.sorted(by: { $0.key < $1.key }) {
      let place = Point(Double(point.x), Double(point.y))
      let around = index.meeting(Box([place])).map { pieces[$0] }.filter { piece in
        // All of it: what only reaches into a surface overlaps it.
        piece.component != component && piece.polygon.contains(place)
          && (arcs[component] ?? []).allSatisfy { index in
            arc(index).allSatisfy { piece.polygon.contains(Point(Double($0.x), Double($0.y))) }
          }
      }
      if let nearest = around.min(by: { $0.polygon.area < $1.polygon.area }) { holders[component] = nearest.surface }
    }
    guard !holders.isEmpty else { return self }
    func settled(_ sides: [Int32]) -> [Int32] {
      sides.enumerated().map { arc, side in side == Self.outside ? holders[components[arc]] ?? side : side }
    }
    let cut = PlanarMap(
      grid: grid, count: count, points: points, starts: starts, left: settled(left), right: settled(right))
    return cut.dissolved(into: (0..<Int32(count)).map { $0 }, count: count)
  }

  /// For each arc the group of arcs that hang together, and for each group its westernmost point.
  private func components() -> (ofArcs: [Int32], extremes: [Int32: GridPoint]) {
    var parents = (0..<Int32(arcCount)).map { $0 }
    func root(_ arc: Int32) -> Int32 {
      var arc = arc
      while parents[Int(arc)] != arc {
        parents[Int(arc)] = parents[Int(parents[Int(arc)])]
        arc = parents[Int(arc)]
      }
      return arc
    }
    var firstAt: [UInt64: Int32] = [:]
    for index in 0..<arcCount {
      let arc = arc(index)
      for end in [arc[arc.startIndex], arc[arc.endIndex - 1]] {
        if let other = firstAt[end.key] {
          parents[Int(root(Int32(index)))] = root(other)
        } else {
          firstAt[end.key] = Int32(index)
        }
      }
    }
    let roots = (0..<Int32(arcCount)).map(root)
    var extremes: [Int32: GridPoint] = [:]
    for index in 0..<arcCount {
      guard let west = arc(index).min() else { continue }
      extremes[roots[index]] = min(west, extremes[roots[index]] ?? west)
    }
    return (roots, extremes)
  }

  private struct Piece {
    let surface: Int32
    let component: Int32
    let polygon: Polygon
    let box: Box
  }

  private func polygonsWithBoxes(_ components: [Int32]) -> [Piece] {
    func line(_ ring: ArcRing) -> Ring { Ring(points(of: ring).map { Point(Double($0.x), Double($0.y)) }) }
    return polygons().enumerated().flatMap { surface, polygons in
      polygons.map { rings in
        let first = rings[0][0]
        let polygon = Polygon(line(rings[0]), holes: rings.dropFirst().map(line))
        return Piece(
          surface: Int32(surface), component: components[Int(first < 0 ? ~first : first)], polygon: polygon,
          box: Box(polygon.outer.points))
      }
    }
  }
}
