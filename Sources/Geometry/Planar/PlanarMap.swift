/// Surfaces that share their borders: each line between two of them is there once, as an arc with the surface on its
/// left and the one on its right.
///
/// What is done to an arc is done for both sides: neighbours stay neighbours, without slivers and without gaps.
package struct PlanarMap: Sendable, Equatable {
  /// The side of an arc where there is no surface.
  package static let outside: Int32 = -1

  package let grid: Grid
  /// How many surfaces there are, with or without arcs.
  package let count: Int
  /// The points of all arcs, one arc after the other.
  package let points: [GridPoint]
  /// Where each arc begins in `points`; one more, for the end of the last.
  package let starts: [Int32]
  package let left: [Int32]
  package let right: [Int32]

  init(grid: Grid, count: Int, points: [GridPoint], starts: [Int32], left: [Int32], right: [Int32]) {
    (self.grid, self.count, self.points) = (grid, count, points)
    (self.starts, self.left, self.right) = (starts, left, right)
  }

  package var arcCount: Int { left.count }

  package func arc(_ index: Int) -> ArraySlice<GridPoint> { points[Int(starts[index])..<Int(starts[index + 1])] }

  /// Twice the area of each surface in squared steps of the grid.
  package var doubledAreas: [Int] {
    var areas = [Int](repeating: 0, count: count)
    // Every arc adds the triangles that it makes with one common point: over a closed line, that point cancels out.
    let origin = points.first ?? GridPoint(0, 0)
    for index in 0..<arcCount {
      let arc = arc(index)
      var sum = 0
      for (a, b) in zip(arc, arc.dropFirst()) { sum &+= GridPoint.cross(origin, a, b) }
      if left[index] >= 0 { areas[Int(left[index])] &+= sum }
      if right[index] >= 0 { areas[Int(right[index])] &-= sum }
    }
    return areas
  }

  /// The areas in squared units of the coordinates.
  package var areas: [Double] { doubledAreas.map { Double($0) / 2 * grid.step * grid.step } }

  /// The rectangle around each surface; that of one without arcs is empty.
  package var boxes: [Box] {
    var boxes = [Box](repeating: Box(), count: count)
    for index in 0..<arcCount {
      let box = Box(arc(index).lazy.map(grid.point))
      for side in [left[index], right[index]] where side >= 0 { boxes[Int(side)].add(box) }
    }
    return boxes
  }

  /// The same arcs with other surfaces on their sides; those with the same on both vanish, and what they parted is one.
  /// `groups` gives for each surface the new one, or `outside`.
  package func dissolved(into groups: [Int32], count: Int) -> PlanarMap {
    var links: [PlanarLinks.Link] = []
    var kept: [Int] = []
    var nodes: [UInt64: Int32] = [:]
    func node(_ point: GridPoint) -> Int32 {
      if let known = nodes[point.key] { return known }
      let fresh = Int32(nodes.count)
      nodes[point.key] = fresh
      return fresh
    }
    func group(_ side: Int32) -> Int32 { side < 0 ? Self.outside : groups[Int(side)] }
    for index in 0..<arcCount {
      let (left, right) = (group(left[index]), group(right[index]))
      let arc = arc(index)
      guard left != right, let first = arc.first, let last = arc.last else { continue }
      links.append(.init(from: node(first), to: node(last), left: left, right: right))
      kept.append(index)
    }
    return PlanarLinks(links, nodeCount: nodes.count).map(grid: grid, count: count) { link in arc(kept[link]) }
  }
}

extension PlanarMap {
  /// Maps of the same surfaces, each drawn in one or several of them, laid side by side: a line that two of them have is
  /// a border that they share, and what they part of one surface is one.
  package init(joining maps: [PlanarMap], grid: Grid, count: Int, snapping: Int) {
    precondition(maps.allSatisfy { $0.grid == grid && $0.count <= count }, "maps of one grid and of the same surfaces")
    if maps.count == 1, maps[0].count == count {
      self = maps[0]
      return
    }
    var rings = [[[GridPoint]]](repeating: [], count: count)
    for map in maps {
      for (surface, own) in map.rings().enumerated() { rings[surface] += own.map(map.points(of:)) }
    }
    var builder = PlanarBuilder(grid: grid)
    for own in rings { builder.add(rings: own) }
    self = builder.build(snapping: snapping)
  }
}
