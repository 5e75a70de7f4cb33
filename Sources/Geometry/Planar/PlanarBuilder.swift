/// Finds the borders that surfaces share, from their rings: each step of a ring is an edge, and an edge that two
/// surfaces walk in opposite directions lies between them.
package struct PlanarBuilder {
  struct Half {
    /// The lower node, then the higher one.
    var key: UInt64
    var surface: Int32
    var isForward: Bool

    var low: Int32 { Int32(truncatingIfNeeded: key >> 32) }
    var high: Int32 { Int32(truncatingIfNeeded: key) }
  }

  package let grid: Grid
  private(set) var nodes: [GridPoint] = []
  private var ids: [UInt64: Int32] = [:]
  private(set) var halves: [Half] = []
  private var count = 0

  package init(grid: Grid) { self.grid = grid }

  package mutating func reserve(points: Int) {
    ids.reserveCapacity(points)
    nodes.reserveCapacity(points)
    halves.reserveCapacity(points)
  }

  /// Adds the next surface; false where it lies beyond the grid, which leaves it empty.
  @discardableResult
  package mutating func add(_ shape: Shape) -> Bool {
    var rings: [[GridPoint]] = []
    for polygon in shape.polygons {
      for (index, ring) in polygon.rings.enumerated() {
        let points = ring.points.compactMap(grid.point(at:))
        guard points.count == ring.points.count else {
          count += 1
          return false
        }
        // The surface lies on the left: outer rings turn against the clock, holes with it.
        let area = doubledArea(points)
        guard area != 0 else { continue }
        rings.append((area > 0) == (index == 0) ? points : points.reversed())
      }
    }
    add(rings: rings)
    return true
  }

  /// Adds the next surface by closed lines of the grid that have it on their left.
  package mutating func add(rings: [[GridPoint]]) {
    let surface = Int32(count)
    count += 1
    for ring in rings {
      guard let last = ring.last else { continue }
      var previous = node(last)
      for point in ring {
        let next = node(point)
        if next != previous { addHalf(previous, next, surface) }
        previous = next
      }
    }
  }

  private mutating func node(_ point: GridPoint) -> Int32 {
    if let known = ids[point.key] { return known }
    let fresh = Int32(nodes.count)
    ids[point.key] = fresh
    nodes.append(point)
    return fresh
  }

  private mutating func addHalf(_ from: Int32, _ to: Int32, _ surface: Int32) {
    let (low, high) = (UInt64(min(from, to)), UInt64(max(from, to)))
    halves.append(Half(key: low << 32 | high, surface: surface, isForward: from < to))
  }

  /// The map. `snapping`: points and edges that are shared by nobody and lie as near as this, in steps of the grid,
  /// are taken for the same (0 takes them as they are).
  package consuming func build(snapping: Int = 0) -> PlanarMap {
    var links = Self.links(&halves)
    if snapping > 0, let snapped = Snapping(links, nodes, tolerance: snapping).applied(to: halves) {
      halves = snapped
      links = Self.links(&halves)
    }
    let nodes = nodes
    return PlanarLinks(links, nodeCount: nodes.count).map(grid: grid, count: count) { index in
      [nodes[Int(links[index].from)], nodes[Int(links[index].to)]]
    }
  }

  /// One link for each edge: what a surface walks both ways is nothing to it; what two walk in one direction, because
  /// they overlap, is there twice.
  private static func links(_ halves: inout [Half]) -> [PlanarLinks.Link] {
    halves.sort { a, b in a.key != b.key ? a.key < b.key : a.surface < b.surface }
    var links: [PlanarLinks.Link] = []
    links.reserveCapacity(halves.count / 2 + 1)
    var (lefts, rights): ([Int32], [Int32]) = ([], [])
    var at = 0
    while at < halves.count {
      let edge = halves[at]
      lefts.removeAll(keepingCapacity: true)
      rights.removeAll(keepingCapacity: true)
      while at < halves.count, halves[at].key == edge.key {
        let surface = halves[at].surface
        var net = 0
        while at < halves.count, halves[at].key == edge.key, halves[at].surface == surface {
          net += halves[at].isForward ? 1 : -1
          at += 1
        }
        for _ in 0..<abs(net) { net > 0 ? lefts.append(surface) : rights.append(surface) }
      }
      for index in 0..<max(lefts.count, rights.count) {
        links.append(
          .init(
            from: edge.low, to: edge.high, left: index < lefts.count ? lefts[index] : PlanarMap.outside,
            right: index < rights.count ? rights[index] : PlanarMap.outside))
      }
    }
    return links
  }
}
