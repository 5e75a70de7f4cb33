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
    let xs = candidates.map { Int(nodes[Int($0)].x) }
    gather(candidates, xs, nodes, tolerance)
    for link in single { insert(on: link, candidates, xs, nodes, tolerance) }
  }

  /// The nearest node before in the order of the plane takes the place of those within the tolerance.
  private mutating func gather(_ candidates: [Int32], _ xs: [Int], _ nodes: [GridPoint], _ tolerance: Int) {
    for (rank, node) in candidates.enumerated() {
      let here = nodes[Int(node)]
      var before = rank - 1
      while before >= 0, Int(here.x) - xs[before] <= tolerance {
        let other = nodes[Int(candidates[before])]
        let (dx, dy) = (Int(here.x) - Int(other.x), Int(here.y) - Int(other.y))
        if dx * dx + dy * dy <= tolerance * tolerance {
          moved[node] = moved[candidates[before]] ?? candidates[before]
          break
        }
        before -= 1
      }
    }
  }

  private mutating func insert(
    on link: PlanarLinks.Link, _ candidates: [Int32], _ xs: [Int], _ nodes: [GridPoint], _ tolerance: Int
  ) {
    let (low, high) = (min(link.from, link.to), max(link.from, link.to))
    let (a, b) = (nodes[Int(low)], nodes[Int(high)])
    let (dx, dy) = (Int(b.x) - Int(a.x), Int(b.y) - Int(a.y))
    let square = dx * dx + dy * dy
    let (west, east) = (Int(min(a.x, b.x)) - tolerance, Int(max(a.x, b.x)) + tolerance)
    let (south, north) = (Int(min(a.y, b.y)) - tolerance, Int(max(a.y, b.y)) + tolerance)
    var found: [(along: Int, node: Int32)] = []
    var rank = Self.firstIndex(xs, notBelow: west)
    while rank < xs.count, xs[rank] <= east {
      let node = candidates[rank]
      rank += 1
      let point = nodes[Int(node)]
      guard south...north ~= Int(point.y), node != low, node != high, moved[node] == nil else { continue }
      let along = (Int(point.x) - Int(a.x)) * dx + (Int(point.y) - Int(a.y)) * dy
      guard 0 < along, along < square else { continue }
      let offset = Double(GridPoint.cross(a, b, point)) / Double(square).squareRoot()
      if abs(offset) <= Double(tolerance) { found.append((along, node)) }
    }
    guard !found.isEmpty else { return }
    inserted[UInt64(low) << 32 | UInt64(high)] = found.sorted { $0 < $1 }.map(\.node)
  }

  private static func firstIndex(_ xs: [Int], notBelow value: Int) -> Int {
    var (low, high) = (0, xs.count)
    while low < high {
      let middle = (low + high) / 2
      if xs[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
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
