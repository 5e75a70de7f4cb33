/// Points by the squares of the plane in which they lie, to ask which are within a triangle.
struct PointIndex {
  private let points: [GridPoint]
  /// The side of a square, in steps of the grid.
  private let side: Int
  private var order: [Int32]
  private var cells: [UInt64: Cell] = [:]
  /// Where each point stands in `order`.
  private var places: [Int32]

  private struct Cell {
    var start: Int32
    var count: Int32
  }

  init(_ points: [GridPoint]) {
    self.points = points
    side = Self.side(points)
    var keyed: [(key: UInt64, at: Int32)] = []
    keyed.reserveCapacity(points.count)
    for (at, point) in points.enumerated() {
      keyed.append((Self.key(Self.square(Int(point.x), side), Self.square(Int(point.y), side)), Int32(at)))
    }
    keyed.sort { a, b in a.key != b.key ? a.key < b.key : a.at < b.at }
    order = keyed.map(\.at)
    places = [Int32](repeating: 0, count: points.count)
    for (place, entry) in keyed.enumerated() {
      places[Int(entry.at)] = Int32(place)
      cells[entry.key, default: Cell(start: Int32(place), count: 0)].count += 1
    }
  }

  /// Twice the usual distance between two points that follow each other.
  private static func side(_ points: [GridPoint]) -> Int {
    var sum = 0
    for (a, b) in zip(points, points.dropFirst()) {
      sum += min(max(abs(Int(a.x) - Int(b.x)), abs(Int(a.y) - Int(b.y))), 1 << 20)
    }
    return max(1, 2 * sum / max(1, points.count))
  }

  private static func square(_ value: Int, _ side: Int) -> Int {
    value >= 0 ? value / side : -((side - 1 - value) / side)
  }

  private static func key(_ x: Int, _ y: Int) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: x)) << 32 | UInt64(UInt32(truncatingIfNeeded: y))
  }

  mutating func remove(_ at: Int) {
    let point = points[at]
    let key = Self.key(Self.square(Int(point.x), side), Self.square(Int(point.y), side))
    guard var cell = cells[key] else { return }
    cell.count -= 1
    let (place, last) = (Int(places[at]), Int(cell.start + cell.count))
    let other = order[last]
    order[place] = other
    order[last] = Int32(at)
    places[Int(other)] = Int32(place)
    places[at] = Int32(last)
    cells[key] = cell
  }

  /// Whether a point other than the corners lies in the triangle or on its sides.
  func holdsOther(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
    let (west, east) = (min(a.x, b.x, c.x), max(a.x, b.x, c.x))
    let (south, north) = (min(a.y, b.y, c.y), max(a.y, b.y, c.y))
    for column in Self.square(Int(west), side)...Self.square(Int(east), side) {
      for row in Self.square(Int(south), side)...Self.square(Int(north), side) {
        guard let cell = cells[Self.key(column, row)] else { continue }
        for place in Int(cell.start)..<Int(cell.start + cell.count) {
          let point = points[Int(order[place])]
          guard west <= point.x, point.x <= east, south <= point.y, point.y <= north else { continue }
          if point != a, point != b, point != c, Self.lies(point, in: a, b, c) { return true }
        }
      }
    }
    return false
  }

  private static func lies(_ point: GridPoint, in a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
    let (u, v, w) = (GridPoint.cross(a, b, point), GridPoint.cross(b, c, point), GridPoint.cross(c, a, point))
    return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0)
  }
}
