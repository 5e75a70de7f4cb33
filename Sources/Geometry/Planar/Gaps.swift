extension PlanarMap {
  /// Nobody's land with surfaces all around it.
  package struct Gap: Sendable {
    /// With the gap on its left.
    package let ring: ArcRing
    /// In squared units of the coordinates.
    package let area: Double
    /// The surfaces around, with the length that each has of the ring, in steps of the grid.
    package let shores: [Int32: Double]

    package var neighbours: Set<Int32> { Set(shores.keys) }

    /// The surface that has most of the ring, of those of which that is true.
    package func longestShore(of isMeant: (Int32) -> Bool = { _ in true }) -> Int32? {
      shores.filter { isMeant($0.key) }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
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
      var shores: [Int32: Double] = [:]
      for reference in ring {
        let index = Int(reference < 0 ? ~reference : reference)
        let surface = reference < 0 ? left[index] : right[index]
        if surface != Self.outside { shores[surface, default: 0] += length(of: arc(index)) }
      }
      return Gap(ring: ring, area: Double(area) / 2 * grid.step * grid.step, shores: shores)
    }
  }

  private func length(of arc: ArraySlice<GridPoint>) -> Double {
    zip(arc, arc.dropFirst()).reduce(0) { sum, step in
      let (dx, dy) = (Double(step.1.x) - Double(step.0.x), Double(step.1.y) - Double(step.0.y))
      return sum + (dx * dx + dy * dy).squareRoot()
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
