package import Geometry
package import Testing

/// A patch of land cut into surfaces, with crooked borders: a bent net of cells, some of which hang together, with a
/// lake and an enclave. It takes four columns and three rows.
package struct RandomPartition {
  package let grid = Grid(step: 1)
  /// For each surface its closed lines, with it on their left: the cells of the net, one of them with a hole, and the
  /// enclave in that hole. An inner cell is left out: it is the lake.
  package private(set) var surfaces: [[[GridPoint]]] = []
  package let groups: [Int32]
  package let groupCount: Int

  package init(columns: Int, rows: Int, groupCount: Int, seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    func near(_ value: Int, _ reach: Int) -> Int32 { Int32(value + Int.random(in: -reach...reach, using: &chance)) }
    let side = 1000
    let corners = (0...rows).map { row in
      (0...columns).map { column in GridPoint(near(column * side, 180), near(row * side, 180)) }
    }
    // Each side of a cell bends at a few points near its straight line.
    func bent(_ a: GridPoint, _ b: GridPoint) -> [GridPoint] {
      let count = Int.random(in: 0...6, using: &chance)
      return (1..<(count + 1)).map { step in
        let part = Double(step) / Double(count + 1)
        return GridPoint(
          near(Int(Double(a.x) + Double(b.x - a.x) * part), 40), near(Int(Double(a.y) + Double(b.y - a.y) * part), 40))
      }
    }
    let across = (0...rows).map { row in (0..<columns).map { bent(corners[row][$0], corners[row][$0 + 1]) } }
    let up = (0..<rows).map { row in (0...columns).map { bent(corners[row][$0], corners[row + 1][$0]) } }
    self.groupCount = groupCount
    groups = (0..<rows * columns).map { _ in Int32.random(in: 0..<Int32(groupCount), using: &chance) }
    // Well inside its cell: corners stray by 180 steps, and sides by 40 more.
    let middle = [(2400, 1400), (2600, 1400), (2600, 1600), (2400, 1600)]
    let enclave = middle.map { GridPoint(near($0.0, 80), near($0.1, 80)) }
    for row in 0..<rows {
      for column in 0..<columns where (column, row) != (1, 1) {
        var line = [corners[row][column]] + across[row][column]
        line += [corners[row][column + 1]] + up[row][column + 1]
        line += [corners[row + 1][column + 1]] + across[row + 1][column].reversed()
        line += [corners[row + 1][column]] + up[row][column].reversed()
        surfaces.append((column, row) == (2, 1) ? [line, enclave.reversed()] : [line])
      }
    }
    surfaces.append([enclave])
  }

  package func map() -> PlanarMap {
    var builder = PlanarBuilder(grid: grid)
    for rings in surfaces { builder.add(rings: rings) }
    return builder.build()
  }
}

// MARK: - The laws of shared borders

/// An arc is walked once by each surface on its sides.
package func expectEachArcOnce(_ map: PlanarMap, sourceLocation: SourceLocation = #_sourceLocation) {
  var forward = [Int](repeating: 0, count: map.arcCount)
  var backward = forward
  for reference in map.polygons().joined().joined().joined() {
    if reference < 0 { backward[Int(~reference)] += 1 } else { forward[Int(reference)] += 1 }
  }
  #expect(forward == map.left.map { $0 >= 0 ? 1 : 0 }, sourceLocation: sourceLocation)
  #expect(backward == map.right.map { $0 >= 0 ? 1 : 0 }, sourceLocation: sourceLocation)
  #expect(zip(map.left, map.right).allSatisfy { $0 != $1 }, sourceLocation: sourceLocation)
}

/// Each point that went took a triangle smaller than that of the tolerance from one side and gave it to the other.
package func expectSmallChanges(
  _ before: PlanarMap, _ after: PlanarMap, tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
) {
  let triangle = Int((tolerance / before.grid.step * tolerance / before.grid.step).rounded(.up))
  var gone = [Int](repeating: 0, count: before.count)
  for arc in 0..<before.arcCount {
    for side in [before.left[arc], before.right[arc]] where side >= 0 {
      gone[Int(side)] += before.arc(arc).count - after.arc(arc).count
    }
  }
  let excess = zip(zip(before.doubledAreas, after.doubledAreas), gone).filter { areas, gone in
    abs(areas.0 - areas.1) > gone * triangle
  }
  #expect(excess.isEmpty, sourceLocation: sourceLocation)
}
