import Glibc

/// A closed line made of arcs: the number of each, or its complement (`~number`) where it is walked backwards.
package typealias ArcRing = [Int32]

/// The points of a ring, one arc after the other, the last point the first again.
func walked<Arc: BidirectionalCollection>(_ ring: ArcRing, arc: (Int) -> Arc) -> [Arc.Element] {
  var line: [Arc.Element] = []
  for reference in ring {
    let arc = arc(Int(reference < 0 ? ~reference : reference))
    if !line.isEmpty { line.removeLast() }
    if reference < 0 { line.append(contentsOf: arc.reversed()) } else { line.append(contentsOf: arc) }
  }
  return line
}

extension PlanarMap {
  /// For each surface its rings: those around it turn against the clock, its holes with it.
  package func rings() -> [[ArcRing]] {
    var references = [[Int32]](repeating: [], count: count)
    for index in 0..<arcCount {
      if left[index] >= 0 { references[Int(left[index])].append(Int32(index)) }
      if right[index] >= 0 { references[Int(right[index])].append(~Int32(index)) }
    }
    return references.map { rings(of: $0) }
  }

  /// Walks the arcs of one surface, always by the leftmost way; a point met again closes a ring.
  func rings(of references: [Int32]) -> [ArcRing] {
    var waiting: [UInt64: [Int32]] = [:]
    for reference in references.reversed() { waiting[ends(reference).from.key, default: []].append(reference) }
    var rings: [ArcRing] = []
    for first in references {
      guard take(first, from: &waiting) else { continue }
      var path = [first]
      var places = [ends(first).from.key: 0]
      while let last = path.last {
        let node = ends(last).to.key
        if let place = places[node] {
          let ring = Array(path[place...])
          for reference in ring { places[ends(reference).from.key] = nil }
          path.removeSubrange(place...)
          rings.append(ring)
          // Where the ring was cut out of a longer way, that way goes on from the same point.
          if path.isEmpty { break }
        }
        guard let next = leftmost(after: path.last ?? last, waiting[node] ?? []), take(next, from: &waiting) else {
          break  // every surface is bounded by closed lines: there is always a way on
        }
        places[node] = path.count
        path.append(next)
      }
    }
    return rings
  }

  private func take(_ reference: Int32, from waiting: inout [UInt64: [Int32]]) -> Bool {
    let node = ends(reference).from.key
    guard let place = waiting[node]?.firstIndex(of: reference) else { return false }
    waiting[node]?.remove(at: place)
    return true
  }

  private func leftmost(after arrival: Int32, _ ways: [Int32]) -> Int32? {
    guard ways.count > 1 else { return ways.first }
    let arc = arc(Int(arrival < 0 ? ~arrival : arrival))
    let (a, b) =
      arrival >= 0 ? (arc[arc.endIndex - 2], arc[arc.endIndex - 1]) : (arc[arc.startIndex + 1], arc[arc.startIndex])
    let (dx, dy) = (Double(Int(b.x) - Int(a.x)), Double(Int(b.y) - Int(a.y)))
    func turn(_ way: Int32) -> Double {
      let next = second(of: way)
      let (x, y) = (Double(Int(next.x) - Int(b.x)), Double(Int(next.y) - Int(b.y)))
      return atan2(dx * y - dy * x, dx * x + dy * y)
    }
    return ways.max { turn($0) < turn($1) }
  }

  private func ends(_ reference: Int32) -> (from: GridPoint, to: GridPoint) {
    let index = Int(reference < 0 ? ~reference : reference)
    let (first, last) = (points[Int(starts[index])], points[Int(starts[index + 1]) - 1])
    return reference < 0 ? (last, first) : (first, last)
  }

  private func second(of reference: Int32) -> GridPoint {
    let index = Int(reference < 0 ? ~reference : reference)
    return reference < 0 ? points[Int(starts[index + 1]) - 2] : points[Int(starts[index]) + 1]
  }

  /// The points of a ring, the last the first again.
  package func points(of ring: ArcRing) -> [GridPoint] { walked(ring) { arc($0) } }

  /// Each surface as polygons of arcs: the outer ring first, then its holes.
  package func polygons() -> [[[ArcRing]]] {
    rings().map { rings in
      let lines = rings.map { points(of: $0) }
      let areas = lines.map { doubledArea($0) }
      let outer = rings.indices.filter { areas[$0] > 0 }
      let holes = rings.indices.filter { areas[$0] < 0 }
      var polygons = outer.map { [rings[$0]] }
      func outline(_ index: Int) -> Ring { Ring(lines[index].map { Point(Double($0.x), Double($0.y)) }) }
      let holders = holes.isEmpty ? [] : Ring.holders(of: holes.map(outline), among: outer.map(outline))
      for (hole, holder) in zip(holes, holders) {
        if let holder { polygons[holder].append(rings[hole]) }
      }
      return polygons
    }
  }

  /// Each surface as a shape in the coordinates of the grid.
  package func shapes() -> [Shape] {
    polygons().map { polygons in
      Shape(
        polygons.map { rings in
          let lines = rings.map { Ring(points(of: $0).map(grid.point)) }
          return Polygon(lines[0], holes: Array(lines.dropFirst()))
        })
    }
  }
}
