import Geometry
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing

/// Communes of one file that lie on each other.
@Suite("Communes that overlap")
struct OverlapTests {
  private static let codes = [
    "59350", "59512", "59599", "59328", "59163", "59368", "59410", "59482", "59646", "59009", "59286", "59457",
  ]

  /// A table of fields whose corners were read badly: neighbours have some land twice, and some not at all.
  private static func fields(_ random: inout SplitMix64) throws -> [(commune: Int, shape: Shape)] {
    let book = try Checkout.territories
    return try codes.enumerated().map { rank, code in
      let (column, row) = (Double(rank % 4), Double(rank / 4))
      let corners = [(0.0, 0.0), (1, 0), (1, 1), (0, 1)].map { x, y in
        Point(
          3_800_000 + (column + x) * 1_000 + Double.random(in: -40...40, using: &random),
          3_080_000 + (row + y) * 1_000 + Double.random(in: -40...40, using: &random))
      }
      return (commune: try #require(book.french[code]), shape: Shape([Polygon(Ring(corners))]))
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `what two have is one's, and nothing is lost`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = try Self.fields(&random)
    let geos = try Geos()
    let covered = try #require(try geos.union(of: pieces.map(\.shape))).area
    let drawn = CommuneOutlines(pieces, of: .fr, try Checkout.territories)
    let twice = drawn.map.areas.reduce(0, +) - covered
    #expect(twice > 5_000, "the files of this test overlap")

    let outlines = try drawn.withoutOverlaps()
    #expect(outlines.codes == drawn.codes)
    expectEachArcOnce(outlines.map)
    #expect(abs(outlines.map.areas.reduce(0, +) - covered) < 1_000)
    let whole = outlines.map.dissolved(into: outlines.codes.map { _ in 0 }, count: 1)
    #expect(try geos.fault(of: whole.shapes()[0]) == nil)
    #expect(abs(whole.areas[0] - covered) < 1_000)
    for shape in outlines.map.shapes() {
      // Rounded to the decimetre, the point of a sliver may cross itself, by nothing.
      let sound = try #require(try geos.repaired(shape))
      #expect(abs(sound.area - shape.area) < 1)
    }
    #expect(try outlines.withoutOverlaps() == outlines)
  }

  @Test func `communes that fit stay as they are`() throws {
    let book = try Checkout.territories
    let pieces = try Self.codes.prefix(3).enumerated().map { rank, code in
      let corner = Point(3_800_000 + Double(rank) * 1_000, 3_080_000)
      return (commune: try #require(book.french[code]), shape: SmallLayer.square(corner, 1_000))
    }
    let outlines = CommuneOutlines(pieces, of: .fr, book)
    #expect(try outlines.withoutOverlaps() == outlines)
  }
}
