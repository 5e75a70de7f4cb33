internal import Diagnostics
internal import Geometry

extension CommuneOutlines {
  /// The same communes, none of them on another: what two have is cut out of the larger one.
  ///
  /// Dissolved as they are, two that overlap would leave lines within the whole, which is then no sound surface.
  package func withoutOverlaps() throws -> CommuneOutlines {
    // Where each line is the border of two communes nothing is in both.
    var isOpen = [Bool](repeating: false, count: codes.count)
    for (left, right) in zip(map.left, map.right) where left < 0 || right < 0 {
      if max(left, right) >= 0 { isOpen[Int(max(left, right))] = true }
    }
    let open = codes.indices.filter { isOpen[$0] }
    var shapes = keeping { isOpen[$0] }.shapes()
    let boxes = open.map { shapes[$0].box }
    let index = BoxIndex(boxes)
    let geos = try Geos()
    var cut: Set<Int> = []
    for (rank, one) in open.enumerated() {
      for other in index.meeting(boxes[rank]).filter({ $0 > rank }).map({ open[$0] }) {
        let common = try geos.intersection(shapes[one], shapes[other])?.area ?? 0
        guard common > Self.grid.step else { continue }
        let (small, large) = shapes[one].area < shapes[other].area ? (one, other) : (other, one)
        // One that lies on another as a whole is an enclave of it, which has been cut out already.
        guard let rest = try geos.difference(shapes[large], minus: shapes[small]) else { continue }
        shapes[large] = rest
        cut.insert(large)
      }
    }
    guard !cut.isEmpty else { return self }
    let mended = Dictionary(uniqueKeysWithValues: cut.map { ($0, shapes[$0]) })
    return with(map: replacing(mended))
  }

  /// The communes of which that is true, each under its own number; `more` surfaces come behind all communes.
  func keeping(more: Int = 0, _ isKept: (Int) -> Bool) -> PlanarMap {
    let count = codes.count
    return map.dissolved(
      into: (0..<count).map { isKept($0) ? Int32($0) : PlanarMap.outside }, count: count + more)
  }

  /// The map with other shapes for some communes, and others behind all communes.
  func replacing(_ shapes: [Int: Shape], more: [Shape] = []) -> PlanarMap {
    var builder = PlanarBuilder(grid: Self.grid)
    for index in codes.indices { builder.add(shapes[index] ?? Shape([])) }
    for shape in more { builder.add(shape) }
    return PlanarMap(
      joining: [keeping(more: more.count) { shapes[$0] == nil }, builder.build(snapping: Self.snapping)],
      grid: Self.grid, count: codes.count + more.count, snapping: Self.snapping)
  }

  func with(map: PlanarMap) -> CommuneOutlines {
    CommuneOutlines(country: country, codes: codes, map: map, isApproximate: isApproximate)
  }
}
