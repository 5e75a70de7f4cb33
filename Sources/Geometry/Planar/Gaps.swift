extension PlanarMap {
  /// Nobody's land with surfaces all around it.
  package struct Gap: Sendable {
    /// With the gap on its left.
    package let ring: ArcRing
    package let doubledArea: Int
    /// The surfaces around.
    package let neighbours: Set<Int32>
  }

  package func gaps() -> [Gap] {
    var references: [Int32] = []
    for index in 0..<arcCount {
      if left[index] == Self.outside { references.append(Int32(index)) }
      if right[index] == Self.outside { references.append(~Int32(index)) }
    }
    // Seen from outside, the shore of the whole turns with the clock, and gaps turn against it.
    return rings(of: references).compactMap { ring in
      let area = doubledArea(points(of: ring))
      guard area > 0 else { return nil }
      let neighbours = Set(ring.map { $0 < 0 ? left[Int(~$0)] : right[Int($0)] }).subtracting([Self.outside])
      return Gap(ring: ring, doubledArea: area, neighbours: neighbours)
    }
  }

  /// Gives gaps to surfaces. What lies in a gap without touching its sides is then an enclave of the surface.
  package func filled(_ gaps: [(gap: Gap, by: Int32)]) -> PlanarMap {
    guard !gaps.isEmpty else { return self }
    var (left, right) = (left, right)
    for (gap, surface) in gaps {
      for reference in gap.ring {
        if reference < 0 { right[Int(~reference)] = surface } else { left[Int(reference)] = surface }
      }
    }
    let full = PlanarMap(grid: grid, count: count, points: points, starts: starts, left: left, right: right)
    return full.dissolved(into: (0..<Int32(count)).map { $0 }, count: count).withEnclaves()
  }
}
