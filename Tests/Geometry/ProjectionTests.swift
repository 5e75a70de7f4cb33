import Geometry
import Testing

/// Against coordinates that others published.
@Suite("Projections")
struct ProjectionTests {
  struct Known: Sendable {
    let from: Int
    let to: Int
    let place: Point
    let expected: Point
    let tolerance: Double
  }

  static let known: [Known] = [
    // The definitions of the systems themselves: their origins.
    Known(from: 4326, to: 2154, place: Point(3, 46.5), expected: Point(700_000, 6_600_000), tolerance: 0.01),
    Known(from: 4258, to: 3035, place: Point(10, 52), expected: Point(4_321_000, 3_210_000), tolerance: 0.01),
    Known(
      from: 4258, to: 3812, place: Point(4 + 21 / 60.0 + 33.177 / 3600, 50 + 47 / 60.0 + 52.134 / 3600),
      expected: Point(649_328, 665_262), tolerance: 0.01),
    Known(from: 4326, to: 3857, place: Point(180, 0), expected: Point(20_037_508.3428, 0), tolerance: 0.001),
    // The worked example of Belge Lambert 72 in EPSG Guidance Note 7-2, from geographic coordinates on the same
    // datum; the parameters of EPSG:31370 came later and differ by some centimetres.
    Known(
      from: 4313, to: 31370, place: Point(5 + 48 / 60.0 + 26.533 / 3600, 50 + 40 / 60.0 + 46.461 / 3600),
      expected: Point(251_763.20, 153_034.13), tolerance: 0.05),
  ]

  @Test(arguments: known) func `known places fall where they should, and come back`(_ known: Known) throws {
    let way = try Projection(from: SpatialReference(epsg: known.from), to: SpatialReference(epsg: known.to))
    let there = try #require(way.transformed([known.place, known.place]))
    #expect(there.count == 2)
    for place in there { #expect(place.distance(to: known.expected) < known.tolerance, "\(place)") }
    let back = try #require(way.transformed(there, back: true))
    #expect(back[0].distance(to: known.place) < 1e-8)
  }

  @Test func `equal area is equal area: a degree by a degree, by the formula of the ellipsoid`() throws {
    // Zone of the GRS 80 ellipsoid between two parallels, for one degree of longitude.
    let (a, e2) = (6_378_137.0, 0.006_694_380_022_9)
    func q(_ latitude: Double) -> Double {
      let (s, e) = (sine(latitude), e2.squareRoot())
      return (1 - e2) * (s / (1 - e2 * s * s) - logarithm((1 - e * s) / (1 + e * s)) / (2 * e))
    }
    let expected = a * a / 2 * (q(51) - q(50)) * .pi / 180
    var ring: [Point] = []
    let steps = 200
    for step in 0..<steps { ring.append(Point(4 + Double(step) / Double(steps), 50)) }
    for step in 0..<steps { ring.append(Point(5, 50 + Double(step) / Double(steps))) }
    for step in 0..<steps { ring.append(Point(5 - Double(step) / Double(steps), 51)) }
    for step in 0..<steps { ring.append(Point(4, 51 - Double(step) / Double(steps))) }
    let way = try Projection(from: SpatialReference(epsg: 4258), to: .equalArea)
    let moved = try #require(way.transformed(Shape([Polygon(Ring(ring))])))
    #expect(abs(moved.area / expected - 1) < 1e-6)
  }

  /// By their series: no module of mathematics is needed for five terms.
  private func sine(_ degrees: Double) -> Double {
    let x = degrees * .pi / 180
    var (term, sum) = (x, x)
    for n in 1...12 {
      term *= -x * x / Double(2 * n * (2 * n + 1))
      sum += term
    }
    return sum
  }

  private func logarithm(_ value: Double) -> Double {
    let y = (value - 1) / (value + 1)
    var (power, sum) = (y, 0.0)
    for n in 0..<40 {
      sum += power / Double(2 * n + 1)
      power *= y * y
    }
    return 2 * sum
  }

  @Test func `a definition is recognised, and what is none is refused`() throws {
    #expect(try Projection.describe(SpatialReference(epsg: 31370)).epsg == 31370)
    let esri =
      "PROJCS[\"Belge_Lambert_1972\",GEOGCS[\"GCS_Belge_1972\",DATUM[\"D_Belge_1972\",SPHEROID[\"International_1924\",6378388.0,297.0]],"
      + "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Lambert_Conformal_Conic\"],"
      + "PARAMETER[\"False_Easting\",150000.013],PARAMETER[\"False_Northing\",5400088.438],"
      + "PARAMETER[\"Central_Meridian\",4.367486666666666],PARAMETER[\"Standard_Parallel_1\",49.8333339],"
      + "PARAMETER[\"Standard_Parallel_2\",51.16666723333333],PARAMETER[\"Latitude_Of_Origin\",90.0],UNIT[\"Meter\",1.0]]"
    let ways = try [SpatialReference(esri), SpatialReference(epsg: 31370)].map { try Projection(from: $0, to: .world) }
    let places = ways.map { $0.transformed([Point(150_000, 170_000)])?[0] ?? Point(0, 0) }
    #expect(places[0].distance(to: places[1]) < 0.0002, "within the metres of a datum given without its shift")
    for text in ["EPSG:999999", "nothing at all", "EPSG:4326 and more"] {
      #expect(throws: (any Error).self) { _ = try Projection(from: SpatialReference(text), to: .world) }
    }
  }

  @Test func `a place that is on no map is none`() throws {
    let way = try Projection(from: .world, to: SpatialReference(epsg: 2154))
    #expect(way.transformed([Point(3, 46), Point(.nan, 0)]) == nil)
  }
}
