import Geometry
import TestSupport
import Testing

/// The shapes that go wrong: enclaves, corners that touch, borders drawn twice.
@Suite("Shared borders, case by case")
struct PlanarCaseTests {
  static func box(_ x: Int32, _ y: Int32, _ width: Int32, _ height: Int32) -> [GridPoint] {
    [GridPoint(x, y), GridPoint(x + width, y), GridPoint(x + width, y + height), GridPoint(x, y + height)]
  }

  static func map(_ surfaces: [[[GridPoint]]], snapping: Int = 0) -> PlanarMap {
    var builder = PlanarBuilder(grid: Grid(step: 1))
    for rings in surfaces { builder.add(rings: rings) }
    return builder.build(snapping: snapping)
  }

  @Test func `an enclave and what is around it share a closed border`() throws {
    let map = Self.map([[Self.box(0, 0, 9, 9), Self.box(3, 3, 2, 2).reversed()], [Self.box(3, 3, 2, 2)]])
    #expect(map.arcCount == 2)
    #expect(map.doubledAreas == [2 * 77, 2 * 4])
    #expect(map.polygons().map { $0.map(\.count) } == [[2], [1]])
    #expect(map.dissolved(into: [0, 0], count: 1).polygons() == [[[[0]]]])
    expectEachArcOnce(map)
  }

  @Test func `surfaces that touch at a corner stay two polygons, and a hole may touch its ring`() throws {
    let geos = try Geos()
    let corner = Self.map([[Self.box(0, 0, 2, 2), Self.box(2, 2, 2, 2)]])
    #expect(corner.polygons()[0].count == 2)
    #expect(try geos.fault(of: corner.shapes()[0]) == nil)
    // The lake touches the shore at one point.
    let lake = [GridPoint(0, 4), GridPoint(3, 6), GridPoint(3, 2)]
    let touching = Self.map([
      [
        [GridPoint(0, 0), GridPoint(8, 0), GridPoint(8, 8), GridPoint(0, 8), GridPoint(0, 4)], lake,
      ]
    ])
    #expect(touching.polygons()[0].map(\.count) == [2])
    #expect(touching.doubledAreas == [2 * 64 - 12])
    #expect(try geos.fault(of: touching.shapes()[0]) == nil)
  }

  @Test func `a corner on the straight side of a neighbour is found`() {
    // The right half is two squares; the left one has no point where they meet.
    let surfaces = [[Self.box(0, 0, 100, 200)], [Self.box(100, 0, 100, 100)], [Self.box(100, 100, 100, 100)]]
    let apart = Self.map(surfaces)
    let together = Self.map(surfaces, snapping: 2)
    func shared(_ map: PlanarMap) -> Int { zip(map.left, map.right).count { $0 >= 0 && $1 >= 0 } }
    #expect(shared(apart) == 1)
    #expect(shared(together) == 3)
    #expect(together.doubledAreas == apart.doubledAreas)
  }

  @Test func `a corner on a long slanted side is found`() {
    let surfaces = [
      [[GridPoint(0, 0), GridPoint(3000, 0), GridPoint(3000, 1000)]],
      [[GridPoint(0, 0), GridPoint(2700, 901), GridPoint(0, 1000)]],
      [[GridPoint(2700, 901), GridPoint(3000, 1000), GridPoint(0, 1000)]],
    ]
    let map = Self.map(surfaces, snapping: 2)
    #expect(zip(map.left, map.right).count { $0 >= 0 && $1 >= 0 } == 3)
    expectEachArcOnce(map)
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func `boxes that meet another are found, whatever they are`(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    func box() -> Box {
      let (west, south) = (Double(chance.number(0...100)), Double(chance.number(0...100)))
      return Box(
        west: west, south: south, east: west + Double(chance.number(0...30)),
        north: south + Double(chance.number(0...30)))
    }
    let boxes = (0..<Int(seed) * 5).map { _ in box() } + [Box()]
    let index = BoxIndex(boxes)
    for _ in 0..<20 {
      let asked = box()
      #expect(index.meeting(asked) == boxes.indices.filter { boxes[$0].intersects(asked) })
    }
  }

  @Test func `points drawn twice, a step apart, are one`() {
    let left = [GridPoint(0, 0), GridPoint(100, 0), GridPoint(101, 50), GridPoint(100, 100), GridPoint(0, 100)]
    let right = [GridPoint(101, 1), GridPoint(200, 0), GridPoint(200, 100), GridPoint(100, 99), GridPoint(100, 50)]
    let map = Self.map([[left], [right]], snapping: 2)
    #expect(zip(map.left, map.right).count { $0 >= 0 && $1 >= 0 } == 1)
    #expect(map.dissolved(into: [0, 0], count: 1).polygons()[0].map(\.count) == [1], "no sliver is left between")
  }

  /// A side that nobody shares, with a point every two steps: each is near the one before.
  @Test(arguments: [true, false]) func `no point is moved further than the tolerance`(isUpright: Bool) {
    let side = (0...5000).map { isUpright ? GridPoint(0, 10_000 - 2 * $0) : GridPoint(10_000 - 2 * $0, 0) }
    let corners =
      isUpright
      ? [GridPoint(10_000, 0), GridPoint(10_000, 10_000)] : [GridPoint(0, -10_000), GridPoint(10_000, -10_000)]
    let exact = Self.map([[side + corners]])
    let snapped = Self.map([[side + corners]], snapping: 2)
    #expect(snapped.points.count < exact.points.count)
    #expect(snapped.points.count * 3 > exact.points.count)
    #expect(snapped.doubledAreas == exact.doubledAreas)
    for point in exact.points {
      #expect(snapped.points.contains { abs($0.x - point.x) + abs($0.y - point.y) <= 2 }, "\(point)")
    }
  }

  @Test func `what lies in the middle of a surface is cut out of it`() throws {
    let island = Self.map([[Self.box(0, 0, 9, 9)], [Self.box(3, 3, 2, 2)], [Self.box(20, 0, 2, 2)]])
    let cut = island.withEnclaves()
    #expect(cut.doubledAreas == [2 * 77, 2 * 4, 2 * 4])
    expectEachArcOnce(cut)
    // What lies within itself is nothing.
    let nested = Self.map([[Self.box(0, 0, 9, 9), Self.box(3, 3, 2, 2)]]).withEnclaves()
    #expect(nested.doubledAreas == [2 * 81])
    #expect(nested.arcCount == 1)
    #expect(island.dissolved(into: [0, 1, 2], count: 3) == island)
  }

  @Test func `gaps are found with those around them, and filled`() {
    // A square ring of two surfaces around a gap of 4, and an island.
    let upper = [(0, 4), (3, 4), (3, 5), (5, 5), (5, 4), (9, 4), (9, 9), (0, 9)].map { GridPoint($0.0, $0.1) }
    let lower = [(0, 0), (9, 0), (9, 4), (5, 4), (5, 3), (3, 3), (3, 4), (0, 4)].map { GridPoint($0.0, $0.1) }
    let map = Self.map([[upper], [lower], [Self.box(20, 0, 2, 2)]])
    let gaps = map.gaps()
    #expect(gaps.map(\.area) == [4])
    #expect(gaps.map(\.neighbours) == [[0, 1]])
    let full = map.filled([(gaps[0], by: 1)])
    #expect(full.gaps().isEmpty)
    #expect(full.doubledAreas == [map.doubledAreas[0], map.doubledAreas[1] + 8, 8])
    expectEachArcOnce(full)
  }

  @Test func `an island in a gap is an enclave of the surface that takes the gap`() {
    let shore = [Self.box(0, 0, 20, 20), Self.box(5, 5, 10, 10).reversed()]
    let map = Self.map([shore, [Self.box(8, 8, 2, 2)]])
    let gaps = map.gaps()
    #expect(gaps.map(\.area) == [100])
    let full = map.filled([(gaps[0], by: 0)])
    #expect(full.doubledAreas == [2 * 396, 2 * 4])
    #expect(full.gaps().isEmpty)
    expectEachArcOnce(full)
  }

  @Test func `two islands in one lake, and an island in the lake of an island`() throws {
    let rings = [
      Self.box(0, 0, 30, 30), Self.box(2, 2, 20, 20).reversed(), Self.box(4, 4, 10, 10), Self.box(16, 16, 3, 3),
      Self.box(6, 6, 5, 5).reversed(), Self.box(8, 8, 1, 1),
    ].map { Array($0) }
    let shape = Self.map([rings]).shapes()[0]
    #expect(shape.polygons.count == 4)
    #expect(shape.area == 900 - 400 + 100 + 9 - 25 + 1)
    #expect(try Geos().fault(of: shape) == nil)
  }

  @Test func `the order of surfaces changes nothing but their numbers`() {
    let partition = RandomPartition(columns: 5, rows: 4, groupCount: 3, seed: 9)
    let forward = partition.map()
    var builder = PlanarBuilder(grid: partition.grid)
    for rings in partition.surfaces.reversed() { builder.add(rings: rings) }
    let backward = builder.build()
    #expect(backward.doubledAreas == forward.doubledAreas.reversed())
    #expect(backward.arcCount == forward.arcCount)
    #expect(Set(backward.points) == Set(forward.points))
  }

  @Test func `what is beyond the grid is told`() {
    var builder = PlanarBuilder(grid: Grid(step: 0.1))
    let corners = [Point(1e12, 0), Point(.nan, 0), Point(0, 0)]
    #expect(corners.map { builder.add(SmallLayer.square($0, 5)) } == [false, false, true])
    #expect(builder.build().doubledAreas == [0, 0, 5000])
  }
}
