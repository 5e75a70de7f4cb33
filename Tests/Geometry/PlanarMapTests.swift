import Geometry
import TestSupport
import Testing

/// Whatever the surfaces, what is done to a border is done for both its sides.
@Suite("Shared borders")
struct PlanarMapTests {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]

  @Test(arguments: seeds) func `areas are those of the rings, and dissolving keeps their sum to the unit`(seed: UInt64)
  {
    let partition = RandomPartition(columns: 7, rows: 5, groupCount: 6, seed: seed)
    let map = partition.map()
    let areas = partition.surfaces.map { rings in
      rings.map { Ring($0.map(partition.grid.point)).signedArea * 2 }.reduce(0, +)
    }
    #expect(map.doubledAreas.map(Double.init) == areas)
    expectEachArcOnce(map)
    let dissolved = map.dissolved(into: partition.groups, count: partition.groupCount)
    var sums = [Int](repeating: 0, count: partition.groupCount)
    for (cell, group) in partition.groups.enumerated() { sums[Int(group)] += map.doubledAreas[cell] }
    #expect(dissolved.doubledAreas == sums)
    expectEachArcOnce(dissolved)
  }

  @Test(arguments: seeds) func `dissolving gives what GEOS unites`(seed: UInt64) throws {
    let partition = RandomPartition(columns: 6, rows: 6, groupCount: 4, seed: seed)
    let map = partition.map()
    let geos = try Geos()
    let shapes = map.shapes()
    let dissolved = map.dissolved(into: partition.groups, count: partition.groupCount).shapes()
    for group in 0..<partition.groupCount {
      let members = shapes.indices.filter { partition.groups[$0] == Int32(group) }.map { shapes[$0] }
      let union = try #require(try geos.union(of: members))
      #expect(try geos.fault(of: dissolved[group]) == nil)
      #expect(try geos.difference(union, minus: dissolved[group]) == nil)
      #expect(try geos.difference(dissolved[group], minus: union) == nil)
    }
  }

  @Test(arguments: seeds, [30.0, 200, 1500]) func `simplifying keeps neighbours neighbours, and the area of the whole`(
    seed: UInt64, tolerance: Double
  ) throws {
    let partition = RandomPartition(columns: 6, rows: 5, groupCount: 5, seed: seed)
    let map = partition.map().dissolved(into: partition.groups, count: partition.groupCount)
    let simple = map.simplified(tolerance: tolerance)
    #expect(simple.points.count < map.points.count)
    #expect(simple.left == map.left && simple.right == map.right)
    for arc in 0..<map.arcCount {
      let (before, after) = (map.arc(arc), simple.arc(arc))
      #expect(before.first == after.first && before.last == after.last)
      #expect(Set(after).isSubset(of: before))
      if before.first == before.last { #expect(after.count >= 4, "a ring keeps three corners") }
    }
    expectEachArcOnce(simple)
    expectSmallChanges(map, simple, tolerance: tolerance)
    // The lake stays, and no other gap opens.
    #expect(simple.gaps().count == 1)
    #expect(simple.doubledAreas.allSatisfy { $0 > 0 })
    // Lines cross nowhere: each surface is one for GEOS, and no two have anything in common.
    let geos = try Geos()
    let shapes = simple.shapes()
    for (rank, shape) in shapes.enumerated() {
      #expect(try geos.fault(of: shape) == nil)
      for other in shapes[(rank + 1)...] { #expect((try geos.intersection(shape, other)?.area ?? 0) == 0) }
    }
  }

  @Test(arguments: seeds) func `maps laid side by side share the border that both drew`(seed: UInt64) {
    let partition = RandomPartition(columns: 7, rows: 6, groupCount: 5, seed: seed)
    let whole = partition.map().dissolved(into: partition.groups, count: partition.groupCount)
    // One country has the first surfaces, the other the rest, and each drew its own.
    func country(_ own: Range<Int32>) -> PlanarMap {
      whole.dissolved(
        into: (0..<Int32(whole.count)).map { own.contains($0) ? $0 : PlanarMap.outside }, count: whole.count)
    }
    let maps = [country(0..<2), country(2..<Int32(whole.count))]
    let joined = PlanarMap(joining: maps, grid: whole.grid, count: whole.count, snapping: 0)
    #expect(joined.doubledAreas == whole.doubledAreas)
    expectEachArcOnce(joined)
    func inner(_ map: PlanarMap) -> Int { zip(map.left, map.right).count { $0 >= 0 && $1 >= 0 } }
    #expect(inner(joined) == inner(whole))
    #expect(whole.gaps().count == 1, "the lake")
    #expect(joined.gaps().map(\.area) == whole.gaps().map(\.area))
    // One surface in both is one, without the line that parted its halves.
    let halves = maps.map { $0.dissolved(into: [Int32](repeating: 0, count: $0.count), count: 1) }
    let one = PlanarMap(joining: halves, grid: whole.grid, count: 1, snapping: 0)
    #expect(one.doubledAreas == [whole.doubledAreas.reduce(0, +)])
    expectEachArcOnce(one)
  }

  @Test func `no tolerance changes nothing, and more of it leaves fewer points`() {
    let map = RandomPartition(columns: 8, rows: 8, groupCount: 3, seed: 42).map()
    #expect(map.simplified(tolerance: 0) == map)
    let counts = [10.0, 50, 100, 300].map { map.simplified(tolerance: $0).points.count }
    #expect(counts == counts.sorted(by: >))
  }

  @Test(arguments: seeds) func `bytes are the map, and damaged bytes are none`(seed: UInt64) {
    let map = RandomPartition(columns: 4, rows: 3, groupCount: 2, seed: seed).map()
    let bytes = map.bytes
    #expect(PlanarMap(bytes: bytes[...]) == map)
    #expect(PlanarMap(bytes: bytes.dropLast(4)) == nil)
    #expect(PlanarMap(bytes: bytes.prefix(20)) == nil)
    var other = bytes
    other[0] ^= 1
    #expect(PlanarMap(bytes: other[...]) == nil)
    // An arc that would begin beyond all numbers, and a point beyond the grid.
    for (word, value) in [(7, Int32.max), (bytes.count / 4 - 1, 1 << 30)] {
      var spoiled = bytes
      spoiled.replaceSubrange(4 * word..<4 * word + 4, with: little(Int(value), 4))
      #expect(PlanarMap(bytes: spoiled[...]) == nil)
    }
    // Any byte may be wrong: the answer is a map that holds together or none, never a crash.
    var chance = SplitMix64(seed: seed)
    for _ in 0..<200 {
      var spoiled = bytes
      spoiled[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
      guard let found = PlanarMap(bytes: spoiled[...]) else { continue }
      #expect(found.arcCount == map.arcCount && found.points.count == map.points.count)
      #expect((found.left + found.right).allSatisfy { $0 < found.count })
      #expect(found.points.allSatisfy { abs(Int($0.x)) < 1 << 30 && abs(Int($0.y)) < 1 << 30 })
    }
  }
}
