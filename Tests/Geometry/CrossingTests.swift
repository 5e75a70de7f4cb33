import Diagnostics
import Geometry
import Glibc
import TestSupport
import Testing

/// Outlines that cross themselves more often than can be repaired.
@Suite("Lines that cross")
struct CrossingTests {
  /// Of an odd number of points, each joined to the two that are furthest: every line crosses all but its neighbours.
  static func star(_ count: Int) -> Shape {
    let step = count / 2
    let points = (0..<count).map { rank in
      let angle = 2 * Double.pi * Double(rank * step % count) / Double(count)
      return Point(4_000_000 + 10_000 * cos(angle), 3_000_000 + 10_000 * sin(angle))
    }
    return Shape([Polygon(Ring(points))])
  }

  @Test(arguments: [5, 7, 21, 51]) func `each crossing counts once`(count: Int) throws {
    let star = Self.star(count)
    let crossings = count * (count - 3) / 2
    #expect(try star.crosses(moreThan: crossings - 1))
    #expect(try !star.crosses(moreThan: crossings))
  }

  @Test func `the count stops early`() throws {
    // All of them would be two hundred million.
    #expect(try Self.star(20_001).crosses(moreThan: 500))
  }

  @Test func `rings of one shape cross each other; what touches does not`() throws {
    let wide = Self.box(0, 4, 9, 1)
    let high = Self.box(4, 0, 1, 9)
    #expect(try Shape([wide, high]).crosses(moreThan: 3))
    #expect(try !Shape([wide, high]).crosses(moreThan: 4))
    // Side by side, corner on corner, a corner on a side, a hole at the shore, a way there and back.
    let spike = Polygon(Ring([Point(0, 0), Point(9, 0), Point(9, 9), Point(9, 20), Point(9, 9), Point(0, 9)]))
    let bay = Ring([Point(0, 4), Point(3, 6), Point(3, 2)])
    let lake = Polygon(Self.box(0, 0, 9, 9).outer, holes: [bay])
    for shape in [
      Shape([Self.box(0, 0, 2, 2), Self.box(2, 0, 2, 2)]), Shape([Self.box(0, 0, 2, 2), Self.box(2, 2, 2, 2)]),
      Shape([Self.box(0, 0, 2, 2), Self.box(2, 1, 2, 2)]), Shape([spike]), Shape([lake]), Shape([]),
    ] {
      #expect(try !shape.crosses(moreThan: 0))
    }
  }

  private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Polygon {
    Polygon(Ring([Point(x, y), Point(x + width, y), Point(x + width, y + height), Point(x, y + height)]))
  }

  @Test func `what GEOS is doing ends when a person stops the program`() async {
    // In a process of its own: an interruption is not taken back.
    await #expect(processExitsWith: .success) {
      let geos = try Geos()
      Interruption.request()
      let told = try problem { _ = try geos.repaired(CrossingTests.star(31)) }
      guard told?.code == "interrupted", told?.status == .interrupted else { throw Unexpected() }
    }
  }

  private struct Unexpected: Error {}

  @Test func `how far apart two boxes are`() {
    let box = Box(west: 0, south: 0, east: 10, north: 10)
    #expect(box.distance(to: Box([Point(3, 4)])) == 0)
    #expect(box.distance(to: Box([Point(10, 12)])) == 2)
    #expect(box.distance(to: Box([Point(-3, -4)])) == 5)
    #expect(box.distance(to: Box(west: -6, south: 14, east: -3, north: 30)) == 5)
    #expect(box.distance(to: Box(west: 5, south: 5, east: 30, north: 30)) == 0)
  }
}
