/// Pieces of lines between nodes, to be chained into arcs: an arc goes on where nothing but itself meets, and where the
/// same surfaces lie on its sides.
struct PlanarLinks {
  struct Link {
    var from: Int32
    var to: Int32
    var left: Int32
    var right: Int32
  }

  private let links: [Link]
  private let nodeCount: Int
  /// The ends of links at each node: twice the link, one more for the end where it arrives.
  private var ends: [Int32]
  private var offsets: [Int32]

  init(_ links: [Link], nodeCount: Int) {
    self.links = links
    self.nodeCount = nodeCount
    var offsets = [Int32](repeating: 0, count: nodeCount + 1)
    for link in links {
      offsets[Int(link.from) + 1] += 1
      offsets[Int(link.to) + 1] += 1
    }
    for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
    var next = offsets
    var ends = [Int32](repeating: 0, count: links.count * 2)
    for (index, link) in links.enumerated() {
      ends[Int(next[Int(link.from)])] = Int32(index * 2)
      next[Int(link.from)] += 1
      ends[Int(next[Int(link.to)])] = Int32(index * 2 + 1)
      next[Int(link.to)] += 1
    }
    self.ends = ends
    self.offsets = offsets
  }

  /// The sides of a link seen by one who leaves the node by this end.
  private func leaving(_ end: Int32) -> (left: Int32, right: Int32) {
    let link = links[Int(end >> 1)]
    return end & 1 == 0 ? (link.left, link.right) : (link.right, link.left)
  }

  /// The end by which an arc that arrives by `end` goes on; nil where others meet it or other surfaces begin.
  private func continuation(after end: Int32, at node: Int32) -> Int32? {
    let (start, stop) = (Int(offsets[Int(node)]), Int(offsets[Int(node) + 1]))
    guard stop - start == 2 else { return nil }
    let other = ends[start] == end ? ends[start + 1] : ends[start]
    let (arriving, next) = (leaving(end), leaving(other))
    return arriving.left == next.right && arriving.right == next.left ? other : nil
  }

  private func node(behind end: Int32) -> Int32 {
    let link = links[Int(end >> 1)]
    return end & 1 == 0 ? link.to : link.from
  }

  /// Chains the links; `line` gives the points of one, both ends included.
  func map(grid: Grid, count: Int, line: (Int) -> some BidirectionalCollection<GridPoint>) -> PlanarMap {
    var used = [Bool](repeating: false, count: links.count)
    var points: [GridPoint] = []
    var starts: [Int32] = [0]
    var left: [Int32] = []
    var right: [Int32] = []
    func follow(from first: Int32) {
      var end = first
      let sides = leaving(first)
      var isFirst = true
      while true {
        let index = Int(end >> 1)
        used[index] = true
        let line = line(index)
        if end & 1 == 0 {
          points.append(contentsOf: isFirst ? line[...] : line.dropFirst())
        } else {
          for point in isFirst ? line.reversed()[...] : line.reversed().dropFirst() { points.append(point) }
        }
        isFirst = false
        // The other end of the link, by which it arrives at the next node.
        guard let next = continuation(after: end ^ 1, at: node(behind: end)), !used[Int(next >> 1)] else { break }
        end = next
      }
      starts.append(Int32(points.count))
      left.append(sides.left)
      right.append(sides.right)
    }
    for node in 0..<nodeCount {
      let here = ends[Int(offsets[node])..<Int(offsets[node + 1])]
      guard let one = here.first, here.count != 2 || continuation(after: one, at: Int32(node)) == nil else { continue }
      for end in here where !used[Int(end >> 1)] { follow(from: end) }
    }
    // What is left are closed lines that nothing touches: islands and enclaves.
    for index in links.indices where !used[index] { follow(from: Int32(index * 2)) }
    return PlanarMap(grid: grid, count: count, points: points, starts: starts, left: left, right: right)
  }
}
