import Geometry
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing

/// One border, drawn by two publishers.
@Suite("A border drawn twice")
struct CommonBorderTests {
  private static let origin = Point(3_800_000, 3_080_000)
  private static let height = 9_000.0
  private static let width = 4_000.0

  /// The line as one publisher draws it: here and there up to `detail` metres from where it is; the same at both ends.
  private static func line(_ random: inout SplitMix64, detail: Double) -> [Point] {
    var points = [origin]
    for y in stride(from: 150.0, to: height, by: 150) {
      points.append(Point(origin.x + Double.random(in: -detail...detail, using: &random), origin.y + y))
    }
    // Where communes meet the line, neighbours have the same point.
    return points + [Point(origin.x, origin.y + height)]
  }

  /// Three communes on one side of a line, each a third of its height.
  private static func communes(
    _ codes: [String], beside line: [Point], to side: Double, of country: Country
  ) throws -> CommuneOutlines {
    let book = try Checkout.territories
    let positions = country == .fr ? book.french : book.belgian
    let third = (line.count - 1) / 3
    let pieces = try codes.enumerated().map { rank, code in
      let part = Array(line[rank * third...(rank + 1) * third])
      let x = origin.x + side * width
      let far = [Point(x, part[part.count - 1].y), Point(x, part[0].y)]
      return (commune: try #require(positions[code]), shape: Shape([Polygon(Ring(part + far))]))
    }
    return CommuneOutlines(pieces, of: country, book)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `nothing is between the two countries, and nothing in both`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let france = try Self.communes(
      ["59350", "59512", "59599"], beside: Self.line(&random, detail: 60), to: -1, of: .fr)
    let belgium = try Self.communes(
      ["57081", "54010", "33029"], beside: Self.line(&random, detail: 60), to: 1, of: .be)
    let whole = 2 * Self.width * Self.height
    func common(_ france: CommuneOutlines) throws -> Double {
      let shapes = [france, belgium].map { $0.map.dissolved(into: [0, 0, 0], count: 1).shapes()[0] }
      return try Geos().intersection(shapes[0], shapes[1])?.area ?? 0
    }
    // Of two lines that wander about the same way, each is beyond the other half of the time.
    #expect(try common(france) > 20_000)

    let ending = try france.ending(at: belgium)
    #expect(ending.codes == france.codes && !ending.isApproximate)
    expectEachArcOnce(ending.map)
    let (area, gaps) = try Self.together(ending, belgium)
    #expect(gaps == 0)
    // The grid is of decimetres, and the line of ten kilometres.
    #expect(abs(area - whole) < 2_000, "\(area - whole) m²")
    #expect(try common(ending) < 1_000)
    for (before, after) in zip(france.map.areas, ending.map.areas) { #expect(abs(after / before - 1) < 0.03) }
    // It is done once for all.
    #expect(try Self.together(ending.ending(at: belgium), belgium).gaps == 0)
  }

  /// The areas of all communes added up, and the places between the countries that are nobody's.
  private static func together(_ one: CommuneOutlines, _ other: CommuneOutlines) throws -> (area: Double, gaps: Int) {
    let book = try Checkout.territories
    let codes = (one.codes + other.codes).compactMap { book[$0] }
    #expect(codes.count == 6)
    let map = PlanarMap(
      joining: [
        one.map.dissolved(into: [0, 1, 2], count: 6), other.map.dissolved(into: [3, 4, 5], count: 6),
      ], grid: one.map.grid, count: 6, snapping: 2)
    return (map.areas.reduce(0, +), map.gaps().count)
  }

  @Test func `countries that are far apart keep their outlines`() throws {
    var random = SplitMix64(seed: 1)
    let line = Self.line(&random, detail: 60)
    let france = try Self.communes(["59350", "59512", "59599"], beside: line, to: -1, of: .fr)
    let belgium = try Self.communes(
      ["57081", "54010", "33029"], beside: line.map { Point($0.x + 20_000, $0.y) }, to: 6, of: .be)
    #expect(try france.ending(at: belgium) == france)
  }
}
