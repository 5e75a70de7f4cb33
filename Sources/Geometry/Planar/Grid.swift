/// A point of a grid: coordinates as whole numbers, so that two points are the same or are not.
package struct GridPoint: Sendable, Hashable, Comparable {
  package let x: Int32
  package let y: Int32

  package init(_ x: Int32, _ y: Int32) { (self.x, self.y) = (x, y) }

  /// Twice the area of any triangle of such points has a place in 64 bits.
  var isWithinGrid: Bool { abs(Int(x)) < 1 << 30 && abs(Int(y)) < 1 << 30 }

  var key: UInt64 { UInt64(UInt32(bitPattern: x)) << 32 | UInt64(UInt32(bitPattern: y)) }

  package static func < (a: GridPoint, b: GridPoint) -> Bool { (a.x, a.y) < (b.x, b.y) }

  /// Twice the area of the triangle, positive where it turns against the clock. Exact: differences have 32 bits.
  static func cross(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Int {
    (Int(b.x) - Int(a.x)) * (Int(c.y) - Int(a.y)) - (Int(c.x) - Int(a.x)) * (Int(b.y) - Int(a.y))
  }
}

/// How fine the whole numbers are.
package struct Grid: Sendable, Equatable {
  /// The length of one step, in the unit of the coordinates.
  package let step: Double

  package init(step: Double) { self.step = step }

  /// Nil where the coordinates are beyond the grid, or no numbers.
  package func point(at point: Point) -> GridPoint? {
    guard let x = Int32(exactly: (point.x / step).rounded()), let y = Int32(exactly: (point.y / step).rounded())
    else { return nil }
    let found = GridPoint(x, y)
    return found.isWithinGrid ? found : nil
  }

  /// Whether every point of a shape has a place on the grid.
  package func holds(_ shape: Shape) -> Bool {
    shape.polygons.allSatisfy { $0.rings.allSatisfy { $0.points.allSatisfy { point(at: $0) != nil } } }
  }

  package func point(_ point: GridPoint) -> Point { Point(Double(point.x) * step, Double(point.y) * step) }
}

/// Twice the area within a closed line of the grid, exact, positive where it turns against the clock. What overflows on
/// the way falls back into place at the end.
func doubledArea(_ points: some Collection<GridPoint>) -> Int {
  guard let first = points.first else { return 0 }
  var sum = 0
  for (a, b) in zip(points, points.dropFirst()) { sum &+= GridPoint.cross(first, a, b) }
  return sum
}
