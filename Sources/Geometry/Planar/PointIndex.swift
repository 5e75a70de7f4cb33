/// Points by the squares of the plane in which they lie, to ask which are in a rectangle or within a triangle.
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

  /// `side` is that of a square; nil for one that suits the points of lines.
  init(_ points: [GridPoint], side wanted: Int? = nil) {
    let side = wanted ?? Self.side(points)
    self.points = points
    self.side = side
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

  /// Gives the points in an upright rectangle, by their places in the array, until the closure has found what it wants:
  /// true where it has.
  @discardableResult
  func search(west: Int, south: Int, east: Int, north: Int, _ isFound: (Int) -> Bool) -> Bool {
    func holds(_ cell: Cell) -> Bool {
      for place in Int(cell.start)..<Int(cell.start + cell.count) {
        let at = Int(order[place])
        let (x, y) = (Int(points[at].x), Int(points[at].y))
        if west <= x, x <= east, south <= y, y <= north, isFound(at) { return true }
      }
      return false
    }
    let columns = Self.square(west, side)...Self.square(east, side)
    let rows = Self.square(south, side)...Self.square(north, side)
    // Most squares of a large rectangle are empty: there are fewer that ever held something.
    guard columns.count * rows.count <= cells.count else { return cells.values.contains { holds($0) } }
    for column in columns {
      for row in rows { if let cell = cells[Self.key(column, row)], holds(cell) { return true } }
    }
    return false
  }

  /// Whether a point other than the corners lies in the triangle or on its sides.
  func holdsOther(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
    search(
      west: Int(min(a.x, b.x, c.x)), south: Int(min(a.y, b.y, c.y)), east: Int(max(a.x, b.x, c.x)),
      north: Int(max(a.y, b.y, c.y))
    ) { at in
      let point = points[at]
      return point != a && point != b && point != c && Self.lies(point, in: a, b, c)
    }
  }

  private static func lies(_ point: GridPoint, in a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
    let (u, v, w) = (GridPoint.cross(a, b, point), GridPoint.cross(b, c, point), GridPoint.cross(c, a, point))
    return (u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0)
  }
}
