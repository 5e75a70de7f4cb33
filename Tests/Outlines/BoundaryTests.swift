import Diagnostics
import Filesystem
import Geometry
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing

/// Which feature is which commune of today.
@Suite("Files of boundaries")
struct BoundaryTests {
  static func reading(_ layer: SmallLayer, _ options: BoundaryReading.Options = .init(), crs: String? = nil) throws
    -> BoundaryReading
  {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.geojson", layer.geoJSON(crs: crs))
    return try withExtendedLifetime(folder) {
      try BoundaryReading(
        LayerFile(path, environment: [:]), options, Checkout.territories,
        Envelopes(share: Checkout.installation.share))
    }
  }

  static func codes(_ reading: BoundaryReading) throws -> [String] {
    let book = try Checkout.territories
    return reading.pieces.map { book.communes[$0.commune].official }.sorted()
  }

  @Test(arguments: ["NIS5", "CD_MUNTY_REFNIS", "code", "n'importe quoi"])
  func `the column of codes is found by its values`(name: String) throws {
    var layer = SmallLayer.squares(["21001", "21002", "21004"], column: name)
    for index in layer.features.indices { layer.features[index].values.insert(("rang", "\(index + 1)"), at: 0) }
    let reading = try Self.reading(layer)
    #expect(reading.column.name == name)
    #expect(reading.column.country == .be)
    #expect(try Self.codes(reading) == ["21001", "21002", "21004"])
  }

  @Test(
    arguments: [
      ("11001", Country.be, "11001"), ("11001.0", .be, "11001"), (" be-com-11001 ", .be, "11001"),
      ("BE11001", .be, "11001"), ("1001", .fr, "01001"), ("2A004", .fr, "2A004"), ("FR-COM-59350", .fr, "59350"),
      ("59350.5", .fr, nil), ("5935", .be, nil), ("Lille", .fr, nil), ("", .fr, nil), ("593500", .fr, nil),
    ] as [(String, Country, String?)])
  func `codes are read as files write them`(value: String, country: Country, code: String?) {
    #expect(CodeColumn.code(value, of: country) == code)
  }

  @Test func `codes of before are carried to the commune of today, and make one`() throws {
    // Aalter and Knesselare became Aalter in 2019; Moerbeke and Lokeren became Lokeren in 2025.
    let reading = try Self.reading(
      SmallLayer.squares(["44001", "44029", "44045", "46014", "44021", "42010"], at: Point(3.6, 51.05)))
    #expect(reading.keptCount == 6 && reading.findings.isEmpty)
    #expect(reading.carriedCount >= 3)
    let book = try Checkout.territories
    let outlines = CommuneOutlines(reading.pieces, of: .be, book)
    #expect(outlines.codes.count < 6)
    let area = reading.pieces.map(\.shape.area).reduce(0, +)
    #expect(abs(outlines.map.areas.reduce(0, +) / area - 1) < 1e-5)
    for polygons in outlines.map.polygons() where polygons.count == 1 { #expect(polygons[0].count == 1) }
  }

  @Test func `without one of those that formed it, a commune is missing, and not smaller`() throws {
    // Bastogne and Bertogne became one in 2025, and Borsbeek a part of Antwerp; Mouscron only has another number.
    let parts: [(code: String, corner: Point)] = [
      ("82005", Point(5.66, 50.08)), ("82036", Point(5.57, 49.9)), ("11007", Point(4.46, 51.19)),
      ("54007", Point(3.2, 50.72)),
    ]
    var layer = SmallLayer(parts.map { ([("NIS5", $0.code)], SmallLayer.square($0.corner, 0.03)) })
    let lacking = try Self.reading(layer)
    #expect(try Self.codes(lacking) == ["57096", "82036"])
    #expect(lacking.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["2 incomplete", "4 incomplete"])
    #expect(lacking.keptCount == 2 && lacking.carriedCount == 1)
    let book = try Checkout.territories
    let missing = CommuneOutlines(lacking.pieces, of: .be, book).missing(book).map(\.official)
    #expect(missing.contains("82039") && missing.contains("11002"))

    layer.features.append(([("NIS5", "82003")], SmallLayer.square(Point(5.72, 50), 0.03)))
    layer.features.append(([("NIS5", "11002")], SmallLayer.square(Point(4.38, 51.21), 0.03)))
    let whole = try Self.reading(layer)
    #expect(whole.findings.isEmpty)
    #expect(try Self.codes(whole) == ["11002", "11002", "57096", "82036", "82039", "82039"])
    // One that is there and cannot be used is not there.
    layer.features[4].shape = Shape([])
    let spoiled = try Self.reading(layer)
    #expect(spoiled.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["2 incomplete", "6 geometry"])
  }

  @Test func `unknown codes, other countries, missing outlines and duplicates are set aside with their line`() throws {
    var layer = SmallLayer.squares(["21001", "21002", "21004", "21005", "99999", "21001"])
    layer.features[2].shape = Shape([])
    layer.features[5].shape = layer.features[0].shape
    layer.features.append(([("NIS5", "88888")], SmallLayer.square(Point(13, 52), 0.1)))
    let reading = try Self.reading(layer)
    #expect(try Self.codes(reading) == ["21001", "21002", "21005"])
    #expect(
      reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == [
        "4 geometry", "6 code", "7 duplicate", "8 abroad",
      ])
    #expect(reading.readCount == reading.keptCount + reading.findings.count)
    #expect(reading.findings[1].text == "NIS5=99999")
  }

  @Test func `pieces of a commune side by side are one; a part within its commune is left out`() throws {
    let sides = try Self.reading(SmallLayer.squares(["21001", "21001", "21002"]))
    #expect(sides.keptCount == 3)
    #expect(CommuneOutlines(sides.pieces, of: .be, try Checkout.territories).codes.count == 2)
    // Lomme is a part of Lille.
    var parts = SmallLayer.squares(["59350", "59355", "59009"], column: "INSEE_COM", at: Point(3, 50.6))
    parts.features[1].shape = SmallLayer.square(Point(3.01, 50.61), 0.01)
    let reading = try Self.reading(parts)
    #expect(reading.findings.map(\.reason) == [.part])
    #expect(try Self.codes(reading) == ["59009", "59350"])
  }

  @Test func `a single feature with its axes exchanged is set aside, and its commune is missing`() throws {
    var layer = SmallLayer.squares(["21001", "21002", "21004"])
    layer.features[1].shape = layer.features[1].shape.mapped { Point($0.y, $0.x) }
    let reading = try Self.reading(layer)
    #expect(try Self.codes(reading) == ["21001", "21004"])
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["3 geometry"])
    let book = try Checkout.territories
    let missing = CommuneOutlines(reading.pieces, of: .be, book).missing(book).map(\.official)
    #expect(missing.contains("21002") && !missing.contains("21001"))
  }

  /// In the system that outlines are brought into, nothing is computed that would tell.
  @Test func `numbers that are none, and places beyond the grid, cost their feature only`() throws {
    let book = try Checkout.territories
    let way = try Projection(from: .world, to: .equalArea)
    var layer = SmallLayer.squares(["21004", "21002", "21005"])
    for index in layer.features.indices {
      layer.features[index].shape = try #require(way.transformed(layer.features[index].shape))
    }
    layer.features[1].shape.polygons[0].outer.points[1].x = .nan
    let centre = layer.features[2].shape.box.centre
    layer.features[2].shape = SmallLayer.square(Point(centre.x - 1e9, centre.y - 1e9), 2e9)
    let folder = try TemporaryFolder()
    let path = try folder.write("a.shp", layer.shp)
    try folder.write("a.dbf", layer.dbf())
    let reading = try BoundaryReading(
      LayerFile(path, environment: [:]), .init(epsg: 3035), book, Envelopes(share: Checkout.installation.share))
    #expect(try Self.codes(reading) == ["21004"])
    #expect(reading.findings.map { "\($0.line) \($0.reason.rawValue)" } == ["2 geometry", "3 geometry"])
    // Whoever hands over such a piece all the same: its commune is not drawn.
    let other = try #require(book.belgian["11001"])
    let pieces = reading.pieces + [(commune: other, shape: SmallLayer.square(Point(1e12, 0), 5))]
    let outlines = CommuneOutlines(pieces, of: .be, book)
    #expect(outlines.codes == ["BE-COM-21004"])
    #expect(outlines.missing(book).contains { $0.official == "11001" })
  }

  @Test func `outlines that are kept are read again whole, or not at all`() throws {
    let book = try Checkout.territories
    let reading = try Self.reading(SmallLayer.squares(["21001", "21002", "21004"]))
    let outlines = CommuneOutlines(reading.pieces, of: .be, book)
    let bytes = try outlines.bytes()
    #expect(try CommuneOutlines(bytes: bytes) == outlines)
    for count in 0..<bytes.count { #expect(try CommuneOutlines(bytes: Array(bytes.prefix(count))) == nil) }
    for index in bytes.indices {
      var spoiled = bytes
      spoiled[index] ^= 1
      #expect(try CommuneOutlines(bytes: spoiled) == nil, "byte \(index)")
    }
  }

  @Test func `lines that cross are repaired`() throws {
    var layer = SmallLayer.squares(["21001", "21002"])
    let points = layer.features[0].shape.polygons[0].outer.points
    layer.features[0].shape = Shape([Polygon(Ring([points[0], points[2], points[1], points[3]]))])
    let reading = try Self.reading(layer)
    #expect(reading.repairedCount == 1 && reading.keptCount == 2)
    let half = reading.pieces.map(\.shape.area).min() ?? 0
    #expect(abs(half * 2 / (reading.pieces.map(\.shape.area).max() ?? 1) - 1) < 0.01, "two triangles: half the square")
  }

  // MARK: - Where on Earth

  @Test func `coordinates of another projection are found out, and the one that fits is named`() throws {
    let codes = ["21001", "21002", "21004"]
    for (epsg, options) in [(31370, BoundaryReading.Options()), (3812, .init(epsg: 4326)), (2154, .init(epsg: 31370))] {
      let way = try Projection(from: .world, to: SpatialReference(epsg: epsg))
      var layer = SmallLayer.squares(codes)
      for index in layer.features.indices {
        layer.features[index].shape = try #require(way.transformed(layer.features[index].shape))
      }
      let problem = expectProblem("boundaries.wrong_projection") { _ = try Self.reading(layer, options) }
      #expect(problem?.facts["epsg"] == String(epsg))
      let right = try Self.reading(layer, .init(epsg: epsg))
      #expect(right.keptCount == 3)
      let named = try Self.reading(layer, crs: "urn:ogc:def:crs:EPSG::\(epsg)")
      #expect(zip(named.pieces, right.pieces).allSatisfy { $0.shape == $1.shape })
    }
  }

  @Test func `what lies nowhere, what is no column and what is no code are refused`() throws {
    let nowhere = SmallLayer.squares(["11001", "11002"], at: Point(-120, 10))
    expectProblem("boundaries.wrong_projection_at_all") { _ = try Self.reading(nowhere) }
    let squares = SmallLayer.squares(["11001", "11002"])
    expectProblem("projection.unknown_epsg") { _ = try Self.reading(squares, .init(epsg: 999_999)) }
    expectProblem("boundaries.no_such_column") { _ = try Self.reading(squares, .init(column: "INSEE")) }
    expectProblem("boundaries.no_code_column") { _ = try Self.reading(SmallLayer.squares(["a", "b"])) }
    expectProblem("boundaries.no_codes") {
      _ = try Self.reading(SmallLayer.squares(["a", "b"]), .init(column: "nis5"))
    }
    expectProblem("projection.unknown") { _ = try Self.reading(squares, crs: "urn:nothing") }
  }
}
