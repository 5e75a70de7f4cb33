/// A point of the plane: easting or longitude first, northing or latitude second.
package struct Point: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }

  package func distance(to other: Point) -> Double {
    let (dx, dy) = (x - other.x, y - other.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// A closed line; the last point is the first again.
package struct Ring: Sendable, Equatable {
  package var points: [Point]

  package init(_ points: [Point]) {
    self.points = points
    if let first = points.first, points.last != first { self.points.append(first) }
  }

  /// Positive where the line turns against the clock.
  package var signedArea: Double {
    guard let first = points.first else { return 0 }
    // From a corner of its own: far from the origin, products of coordinates would lose the area in their digits.
    var sum = 0.0
    for (a, b) in zip(points, points.dropFirst()) {
      sum += (a.x - first.x) * (b.y - first.y) - (b.x - first.x) * (a.y - first.y)
    }
    return sum / 2
  }

  package func contains(_ point: Point) -> Bool {
    var inside = false
    for (a, b) in zip(points, points.dropFirst()) where (a.y > point.y) != (b.y > point.y) {
      if point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x { inside.toggle() }
    }
    return inside
  }
}

/// An outer ring and what is cut out of it.
package struct Polygon: Sendable, Equatable {
  package var outer: Ring
  package var holes: [Ring]

  package init(_ outer: Ring, holes: [Ring] = []) { (self.outer, self.holes) = (outer, holes) }

  package var rings: [Ring] { [outer] + holes }
  package var area: Double { abs(outer.signedArea) - holes.map { abs($0.signedArea) }.reduce(0, +) }
}

/// A surface in one or several pieces.
package struct Shape: Sendable, Equatable {
  package var polygons: [Polygon]

  package init(_ polygons: [Polygon]) { self.polygons = polygons }

  package var isEmpty: Bool { polygons.isEmpty }
  package var area: Double { polygons.map(\.area).reduce(0, +) }
  package var box: Box { Box(polygons.lazy.flatMap(\.outer.points)) }
  package var pointCount: Int { polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.points.count } } }

  /// The same shape with each point moved.
  package func mapped(_ move: (Point) -> Point) -> Shape {
    Shape(
      polygons.map { polygon in
        Polygon(
          Ring(polygon.outer.points.map(move)), holes: polygon.holes.map { Ring($0.points.map(move)) })
      })
  }
}

/// The smallest upright rectangle around points; that of none is empty.
package struct Box: Sendable, Equatable {
  package private(set) var west = Double.infinity
  package private(set) var south = Double.infinity
  package private(set) var east = -Double.infinity
  package private(set) var north = -Double.infinity

  package init() {}

  package init(_ points: some Sequence<Point>) { for point in points { add(point) } }

  package init(west: Double, south: Double, east: Double, north: Double) {
    (self.west, self.south, self.east, self.north) = (west, south, east, north)
  }

  package mutating func add(_ point: Point) {
    west = min(west, point.x)
    south = min(south, point.y)
    east = max(east, point.x)
    north = max(north, point.y)
  }

  package mutating func add(_ other: Box) {
    guard !other.isEmpty else { return }
    add(Point(other.west, other.south))
    add(Point(other.east, other.north))
  }

  package var isEmpty: Bool { west > east }
  package var width: Double { max(0, east - west) }
  package var height: Double { max(0, north - south) }
  package var centre: Point { Point((west + east) / 2, (south + north) / 2) }

  package func contains(_ point: Point) -> Bool {
    west <= point.x && point.x <= east && south <= point.y && point.y <= north
  }

  package func intersects(_ other: Box) -> Bool {
    west <= other.east && other.west <= east && south <= other.north && other.south <= north
  }

  /// Between the nearest points of two rectangles: none where they meet.
  package func distance(to other: Box) -> Double {
    Point(0, 0).distance(
      to: Point(max(0, other.west - east, west - other.east), max(0, other.south - north, south - other.north)))
  }

  package func grown(by margin: Double) -> Box {
    isEmpty ? self : Box(west: west - margin, south: south - margin, east: east + margin, north: north + margin)
  }
}
