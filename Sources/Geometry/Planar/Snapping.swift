/// Brings together what was drawn twice: points of borders that nobody shares and that lie within a tolerance of
/// another such point, or of such an edge (a corner of one surface on the straight side of its neighbour).
struct Snapping {
  /// For each node the one that takes its place.
  private var moved: [Int32: Int32] = [:]
  /// For each edge the nodes to put on it, from its lower node on.
  private var inserted: [UInt64: [Int32]] = [:]

  init(_ links: [PlanarLinks.Link], _ nodes: [GridPoint], tolerance: Int) {
    let single = links.filter { $0.left < 0 || $0.right < 0 }
    var seen: Set<Int32> = []
    for link in single { seen.formUnion([link.from, link.to]) }
    let candidates = seen.sorted { nodes[Int($0)] < nodes[Int($1)] }
    gather(candidates, nodes, tolerance)
    let kept = candidates.filter { moved[$0] == nil }
    // Squares of the usual length of an edge: all edges together cross as many as there are edges, or nearly.
    let lengths = single.reduce(0) { sum, link in
      let (a, b) = (nodes[Int(link.from)], nodes[Int(link.to)])
      return sum + max(abs(Int(a.x) - Int(b.x)), abs(Int(a.y) - Int(b.y)))
    }
    let side = max(tolerance, lengths / max(1, single.count))
    let index = PointIndex(kept.map { nodes[Int($0)] }, side: side)
    for link in single { insert(on: link, kept, index, side: side, nodes, tolerance) }
  }

  /// The nearest node before in the order of the plane takes the place of those within the tolerance. One that has
  /// moved takes nobody's: along a line of many points each would follow the one before, and the line become a point.
  private mutating func gather(_ candidates: [Int32], _ nodes: [GridPoint], _ tolerance: Int) {
    let index = PointIndex(candidates.map { nodes[Int($0)] }, side: tolerance)
    for (rank, node) in candidates.enumerated() {
      let (x, y) = (Int(nodes[Int(node)].x), Int(nodes[Int(node)].y))
      var nearest = -1
      index.search(west: x - tolerance, south: y - tolerance, east: x, north: y + tolerance) { other in
        let point = nodes[Int(candidates[other])]
        let (dx, dy) = (x - Int(point.x), y - Int(point.y))
        if other < rank, dx * dx + dy * dy <= tolerance * tolerance, moved[candidates[other]] == nil {
          nearest = max(nearest, other)
        }
        return false
      }
      if nearest >= 0 { moved[node] = candidates[nearest] }
    }
  }

  /// `index` holds the nodes that have `kept` their place.
  private mutating func insert(
    on link: PlanarLinks.Link, _ kept: [Int32], _ index: PointIndex, side: Int, _ nodes: [GridPoint], _ tolerance: Int
  ) {
    let (low, high) = (min(link.from, link.to), max(link.from, link.to))
    let (a, b) = (nodes[Int(low)], nodes[Int(high)])
    let (dx, dy) = (Int(b.x) - Int(a.x), Int(b.y) - Int(a.y))
    let square = dx * dx + dy * dy
    // What rounding cuts off the ends of a piece is less than a step.
    let margin = tolerance + 1
    var found: [(along: Int, node: Int32)] = []
    // Piece by piece: the rectangle around a long edge may hold half of the map.
    let pieces = max(abs(dx), abs(dy)) / side + 1
    for piece in 0..<pieces {
      let (x, y) = (Int(a.x) + dx * piece / pieces, Int(a.y) + dy * piece / pieces)
      let (u, v) = (Int(a.x) + dx * (piece + 1) / pieces, Int(a.y) + dy * (piece + 1) / pieces)
      index.search(
        west: min(x, u) - margin, south: min(y, v) - margin, east: max(x, u) + margin, north: max(y, v) + margin
      ) { rank in
        let node = kept[rank]
        let point = nodes[Int(node)]
        let along = (Int(point.x) - Int(a.x)) * dx + (Int(point.y) - Int(a.y)) * dy
        guard node != low, node != high, 0 < along, along < square else { return false }
        let offset = Double(GridPoint.cross(a, b, point)) / Double(square).squareRoot()
        if abs(offset) <= Double(tolerance) { found.append((along, node)) }
        return false
      }
    }
    guard !found.isEmpty else { return }
    var chain: [Int32] = []
    // One near the end of a piece is found in the next as well.
    for one in found.sorted(by: { $0 < $1 }) where one.node != chain.last { chain.append(one.node) }
    inserted[UInt64(low) << 32 | UInt64(high)] = chain
  }

  /// The edges anew; nil where nothing is near anything.
  func applied(to halves: [PlanarBuilder.Half]) -> [PlanarBuilder.Half]? {
    guard !moved.isEmpty || !inserted.isEmpty else { return nil }
    var result: [PlanarBuilder.Half] = []
    result.reserveCapacity(halves.count + inserted.count * 4)
    for half in halves {
      var chain = [half.low] + (inserted[half.key] ?? []) + [half.high]
      for index in chain.indices { chain[index] = moved[chain[index]] ?? chain[index] }
      for (from, to) in zip(chain, chain.dropFirst()) where from != to {
        result.append(
          PlanarBuilder.Half(
            key: UInt64(min(from, to)) << 32 | UInt64(max(from, to)), surface: half.surface,
            isForward: half.isForward == (from < to)))
      }
    }
    return result
  }
}
