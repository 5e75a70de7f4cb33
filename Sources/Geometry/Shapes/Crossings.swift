package import Diagnostics

extension Shape {
  /// Whether its lines cross, themselves or each other, in more places than a limit; those that touch do not.
  ///
  /// To be asked before GEOS repairs what comes from elsewhere: n lines that all cross do so in n² / 2 places, and a
  /// star of three hundred points takes it minutes, one of twenty thousand all memory.
  package func crosses(moreThan limit: Int) throws(Problem) -> Bool {
    var sides: [Side] = []
    for ring in polygons.flatMap(\.rings) {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) { sides.append(Side(a, b)) }
    }
    sides.sort { $0.box.west < $1.box.west }
    var active: [Side] = []
    var (found, compared) = (0, 0)
    for side in sides {
      try Interruption.check()
      // What ends west of this one meets none of those to come.
      active.removeAll { $0.box.east < side.box.west }
      compared += active.count
      guard compared <= Self.mostComparisons else { return true }
      for other in active where other.box.intersects(side.box) && other.crosses(side) {
        found += 1
        if found > limit { return true }
      }
      active.append(side)
    }
    return false
  }

  /// Some seconds. An outline of a million points has a few hundred sides above each other; one of which they all are
  /// is none that anybody drew.
  private static let mostComparisons = 1 << 31
}

private struct Side {
  let a: Point
  let b: Point
  let box: Box

  init(_ a: Point, _ b: Point) { (self.a, self.b, box) = (a, b, Box([a, b])) }

  /// The ends of each lie on different sides of the other, and none on it.
  func crosses(_ other: Side) -> Bool {
    turn(other.a) * turn(other.b) < 0 && other.turn(a) * other.turn(b) < 0
  }

  private func turn(_ point: Point) -> Double { (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) }
}
