package import Geometry

/// A patch of land cut into surfaces, with crooked borders: a bent net of cells, some of which hang together, with a
/// lake and an enclave.
package struct RandomPartition {
  package let grid = Grid(step: 1)
  /// For each cell of the net its closed line, against the clock.
  package private(set) var cells: [[GridPoint]] = []
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
    for row in 0..<rows {
      for column in 0..<columns {
        var line = [corners[row][column]] + across[row][column]
        line += [corners[row][column + 1]] + up[row][column + 1]
        line += [corners[row + 1][column + 1]] + across[row + 1][column].reversed()
        line += [corners[row + 1][column]] + up[row][column].reversed()
        cells.append(line)
      }
    }
    self.groupCount = groupCount
    groups = (0..<rows * columns).map { _ in Int32.random(in: 0..<Int32(groupCount), using: &chance) }
  }

  package func map() -> PlanarMap {
    var builder = PlanarBuilder(grid: grid)
    for cell in cells { builder.add(rings: [cell]) }
    return builder.build()
  }
}
