import Diagnostics
import Filesystem
import Geometry
import Glibc
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing

/// Outlines that are somewhere, and something, but not what a commune is.
@Suite("Boundaries that are not where their commune is, or none")
struct MisplacedTests {
  /// Antwerp, Ghent, Liège, Namur and Tournai, each where it is.
  private static let cities: SmallLayer = {
    let corners: [(code: String, corner: Point)] = [
      ("11002", Point(4.35, 51.22)), ("44021", Point(3.7, 51.05)), ("62063", Point(5.55, 50.6)),
      ("92094", Point(4.85, 50.44)), ("57081", Point(3.38, 50.59)),
    ]
    return SmallLayer(corners.map { city in ([("NIS5", city.code)], SmallLayer.square(city.corner, 0.05)) })
  }()

  private static func moved(_ layer: SmallLayer, to epsg: Int) throws -> SmallLayer {
    let way = try Projection(from: .world, to: SpatialReference(epsg: epsg))
    var layer = layer
    for index in layer.features.indices {
      layer.features[index].shape = try #require(way.transformed(layer.features[index].shape))
    }
    return layer
  }

  private static func exchange(_ layer: inout SmallLayer) {
    for index in layer.features.indices {
      layer.features[index].shape = layer.features[index].shape.mapped { Point($0.y, $0.x) }
    }
  }

  @Test(arguments: [31370, 3812]) func `with x and y exchanged, Belgium is Belgium no more`(epsg: Int) throws {
    var layer = try Self.moved(Self.cities, to: epsg)
    #expect(try BoundaryTests.reading(layer, .init(epsg: epsg)).keptCount == 5)
    Self.exchange(&layer)
    let problem = expectProblem("boundaries.exchanged", line: 2) {
      _ = try BoundaryTests.reading(layer, .init(epsg: epsg))
    }
    #expect(problem?.facts["far"] == "#5" && problem?.facts["count"] == "#5")
    #expect(problem?.facts["system"] == "EPSG:\(epsg)")
    #expect(problem?.facts["example"] == "NIS5=11002")
  }

  /// In the system of the south, with x and y exchanged, Roussillon lies in the sea off Vendée: in France, for a frame.
  @Test func `with x and y exchanged, a French zone lies elsewhere in France`() throws {
    let codes = ["66136", "66037", "66172"]
    var layer = SmallLayer.squares(codes, column: "INSEE_COM", at: Point(2.85, 42.65))
    layer = try Self.moved(layer, to: 3942)
    let straight = try BoundaryTests.reading(layer, .init(epsg: 3942))
    #expect(straight.column.country == .fr && straight.keptCount == 3 && straight.findings.isEmpty)
    Self.exchange(&layer)
    let problem = expectProblem("boundaries.exchanged", line: 2) {
      _ = try BoundaryTests.reading(layer, .init(epsg: 3942))
    }
    #expect(problem?.facts["far"] == "#3" && problem?.facts["system"] == "EPSG:3942")
  }

  @Test func `latitudes before longitudes are told as exchanged`() throws {
    for layer in [SmallLayer.squares(["59350", "59009"], at: Point(3, 50.6)), Self.cities] {
      var layer = layer
      Self.exchange(&layer)
      let problem = expectProblem("boundaries.exchanged") { _ = try BoundaryTests.reading(layer) }
      #expect(problem?.facts["far"] == "#\(layer.features.count)")
    }
  }

  /// As if it were the mainland's: the Caribbean then lies in the gulf of Lion.
  @Test func `what another projection puts into its département is told with it`() throws {
    let layer = try Self.moved(
      SmallLayer.squares(["97101", "97103"], column: "INSEE_COM", at: Point(-61.55, 16.2)), to: 5490)
    let problem = expectProblem("boundaries.other_projection", line: 2) {
      _ = try BoundaryTests.reading(layer, .init(epsg: 27572))
    }
    #expect(problem?.facts["epsg"] == "5490" && problem?.facts["fitting"] == "EPSG:5490")
    #expect(try BoundaryTests.reading(layer, .init(epsg: 5490)).keptCount == 2)
  }

  @Test(
    arguments: [
      ("66136", Point(2.85, 42.65), 3942), ("83137", Point(5.9, 43.1), 3943), ("59350", Point(3, 50.6), 3950),
    ])
  func `the French zones are among the projections that are proposed`(code: String, corner: Point, epsg: Int) throws {
    let layer = try Self.moved(SmallLayer.squares([code], column: "INSEE_COM", at: corner), to: epsg)
    // Of the numbers alone, two zones may do, a thousand kilometres apart.
    let problem = expectProblem("boundaries.wrong_projection") { _ = try BoundaryTests.reading(layer) }
    #expect(problem?.facts["fitting"] == "EPSG:\(epsg)")
  }

  @Test func `French communes in the place of others are set aside, and a file of nothing else is refused`() throws {
    var layer = SmallLayer.squares(["59350", "59009", "59328"], column: "INSEE_COM", at: Point(3, 50.6))
    layer.features[1].shape = SmallLayer.square(Point(2.85, 42.65), 0.05)
    let reading = try BoundaryTests.reading(layer)
    #expect(try BoundaryTests.codes(reading) == ["59328", "59350"])
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["3 geometry"])
    let elsewhere = SmallLayer.squares(["59350", "59009"], column: "INSEE_COM", at: Point(2.85, 42.65))
    let problem = expectProblem("boundaries.displaced", line: 2) { _ = try BoundaryTests.reading(elsewhere) }
    let kilometres = Int(problem?.facts["distance"]?.dropFirst() ?? "")
    #expect(700...900 ~= (kilometres ?? 0))
  }

  @Test func `a file of both countries is refused, a neighbour across the border left out`() throws {
    let north = ["59350", "59009", "59328", "59378", "59512", "59599"]
    let mixed = SmallLayer(Self.cities.features + SmallLayer.squares(north, at: Point(3, 50.6)).features)
    let problem = expectProblem("boundaries.two_countries", line: 2) { _ = try BoundaryTests.reading(mixed) }
    #expect(problem?.facts["foreign"] == "#5" && problem?.facts["count"] == "#11")
    #expect(problem?.facts["country"] == "@country.FR" && problem?.facts["other"] == "@country.BE")

    var lille = SmallLayer.squares([String](repeating: "59350", count: 120), at: Point(3, 50.6), side: 0.001)
    lille.features.append(Self.cities.features[4])
    let reading = try BoundaryTests.reading(lille)
    #expect(reading.column.country == .fr && reading.keptCount == 120)
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["122 abroad"])
  }

  /// 11001 is Aartselaar, and Aigues-Vives in the Aude.
  @Test func `of a number of both countries the place decides, and a country is no commune`() throws {
    let country = SmallLayer([([("NIS5", "11001")], SmallLayer.square(Point(3.2, 49.5), 2))])
    let reading = try BoundaryTests.reading(country)
    #expect(reading.column.country == .be && reading.keptCount == 0)
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["2 geometry"])
    let aude = try BoundaryTests.reading(SmallLayer.squares(["11001"], at: Point(2.5, 43.2)))
    #expect(aude.column.country == .fr && aude.keptCount == 1)
  }

  @Test func `a single commune in the place of another is set aside`() throws {
    var layer = Self.cities
    layer.features[4].shape = SmallLayer.square(Point(5, 50.2), 0.05)
    let reading = try BoundaryTests.reading(layer)
    #expect(reading.keptCount == 4)
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue) \($0.text)" } == ["6 geometry NIS5=57081"])
  }

  @Test func `a piece of a commune may lie further from its middle than a commune`() throws {
    let corner = Point(3.6, 50.6)
    let pieces = try BoundaryTests.reading(
      SmallLayer.squares([String](repeating: "57081", count: 4), at: corner, side: 0.01))
    #expect(pieces.column.country == .be && pieces.keptCount == 4)
    expectProblem("boundaries.displaced") {
      _ = try BoundaryTests.reading(SmallLayer.squares(["57081"], at: corner, side: 0.01))
    }
  }

  // MARK: - No outline

  /// In degrees, around a place in the first square; every line crosses all but its neighbours.
  private static func star(_ count: Int) -> Shape {
    let points = (0..<count).map { rank in
      let angle = 2 * Double.pi * Double(rank * (count / 2) % count) / Double(count)
      return Point(4.32 + 0.02 * cos(angle), 50.82 + 0.02 * sin(angle))
    }
    return Shape([Polygon(Ring(points))])
  }

  @Test func `a star of a few points is repaired, one of thousands is no outline`() throws {
    var layer = SmallLayer.squares(["21001", "21002", "21004"])
    layer.features[0].shape = Self.star(7)
    let small = try BoundaryTests.reading(layer)
    #expect(small.repairedCount == 1 && small.keptCount == 3)
    layer.features[0].shape = Self.star(5001)
    let large = try BoundaryTests.reading(layer)
    #expect(large.repairedCount == 0)
    #expect(try BoundaryTests.codes(large) == ["21002", "21004"])
    #expect(large.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["2 geometry"])
  }

  @Test(arguments: [0, 1e-7]) func `an outline of no width is none`(width: Double) throws {
    var layer = SmallLayer.squares(["21001", "21002", "21004"])
    let corners = [Point(4.3, 50.8), Point(4.35, 50.8), Point(4.35, 50.8 + width), Point(4.3, 50.8 + width)]
    layer.features[0].shape = Shape([Polygon(Ring(corners))])
    let reading = try BoundaryTests.reading(layer)
    #expect(try BoundaryTests.codes(reading) == ["21002", "21004"])
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["2 geometry"])
  }

  @Test func `what the grid makes a line of is not drawn, and its commune is missing`() throws {
    let book = try Checkout.territories
    let flat = try #require(book.belgian["21001"])
    let square = try #require(book.belgian["21002"])
    let corner = Point(4_000_000, 3_000_000)
    let line = [corner, Point(4_000_100, 3_000_000), Point(4_000_100, 3_000_000.02), Point(4_000_000, 3_000_000.02)]
    let outlines = CommuneOutlines(
      [(commune: flat, shape: Shape([Polygon(Ring(line))])), (commune: square, shape: SmallLayer.square(corner, 50))],
      of: .be, book)
    #expect(outlines.codes == ["BE-COM-21002"])
    #expect(outlines.map.doubledAreas == [500_000])
    #expect(outlines.missing(book).contains { $0.official == "21001" })
  }

  @Test func `a line among surfaces costs its feature only`() throws {
    // A feature a line, behind the first one.
    let text = SmallLayer.squares(["21001", "21002", "21004"]).geoJSON()
    var lines = text.split(separator: "\n").map(String.init)
    lines[2] =
      "{\"type\":\"Feature\",\"properties\":{\"NIS5\":\"21002\"},\"geometry\":"
      + "{\"type\":\"LineString\",\"coordinates\":[[4.35,50.8],[4.4,50.85]]}},"
    let folder = try TemporaryFolder()
    let path = try folder.write("a.geojson", lines.joined(separator: "\n"))
    let reading = try BoundaryReading(
      LayerFile(path, environment: [:]), .init(), Checkout.territories,
      Envelopes(share: Checkout.installation.share))
    #expect(try BoundaryTests.codes(reading) == ["21001", "21004"])
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["3 geometry"])
  }
}
