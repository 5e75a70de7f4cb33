extension Shape {
  /// Makes polygons of loose rings: those that turn one way are outer ones, the others are holes of the smallest outer
  /// ring around them. A hole that lies in none is a surface of its own: some programs write all rings one way.
  package init(outer: [Ring], holes: [Ring]) {
    var polygons = outer.map { Polygon($0) }
    for (hole, holder) in zip(holes, Ring.holders(of: holes, among: outer)) {
      if let holder {
        polygons[holder].holes.append(hole)
      } else {
        polygons.append(Polygon(Ring(hole.points.reversed())))
      }
    }
    self.init(polygons)
  }
}

extension Ring {
  /// For each hole the smallest outer ring around it; nil where there is none.
  static func holders(of holes: [Ring], among outer: [Ring]) -> [Int?] {
    guard !holes.isEmpty else { return [] }
    let index = BoxIndex(outer.map { Box($0.points) })
    let areas = outer.map { abs($0.signedArea) }
    return holes.map { hole in
      let area = abs(hole.signedArea)
      return index.meeting(Box(hole.points)).filter { areas[$0] > area && outer[$0].encloses(hole) }
        .min { areas[$0] < areas[$1] }
    }
  }

  /// Most points of the other lie inside: a hole may touch the ring that holds it.
  func encloses(_ other: Ring) -> Bool {
    var (inside, asked) = (0, 0)
    // A few points tell; the middles of sides touch less often than corners.
    let step = max(1, other.points.count / 8)
    for index in stride(from: 0, to: other.points.count - 1, by: step) {
      let (a, b) = (other.points[index], other.points[index + 1])
      asked += 1
      if contains(Point((a.x + b.x) / 2, (a.y + b.y) / 2)) { inside += 1 }
    }
    return inside * 2 > asked
  }
}

extension Polygon {
  package func contains(_ point: Point) -> Bool {
    outer.contains(point) && !holes.contains { $0.contains(point) }
  }

  /// A point well inside: the middle of the widest stretch at half the height. Nil for what has no inside.
  package var innerPoint: Point? {
    let box = Box(outer.points)
    let y = (box.south + box.north) / 2
    var crossings: [Double] = []
    for ring in rings {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) where (a.y > y) != (b.y > y) {
        crossings.append((b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x)
      }
    }
    crossings.sort()
    let stretches = stride(from: 0, to: crossings.count - 1, by: 2).map { (crossings[$0], crossings[$0 + 1]) }
    return stretches.max { $0.1 - $0.0 < $1.1 - $1.0 }.map { Point(($0.0 + $0.1) / 2, y) }
  }
}

extension Shape {
  package func contains(_ point: Point) -> Bool { polygons.contains { $0.contains(point) } }
}
