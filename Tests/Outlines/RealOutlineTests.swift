import Filesystem
import Geometry
import Nomenclature
import Outlines
import Territory
import TestSupport
import Testing
import Wording

/// The files that publishers sent, where a tester has them, and the outlines of the French package.
@Suite("Real outlines")
struct RealOutlineTests {
  static let belgianFile = "geo/be-municipalities-589-lambert72.geojson"
  static let formerRegionFile = "geo/regions-avant-redecoupage-2015.geojson"

  private static let belgianResult = Result {
    let book = try Checkout.territories
    let reading = try BoundaryReading(
      LayerFile(RealData.path(belgianFile), environment: [:]), .init(epsg: 31370), book,
      Envelopes(share: Checkout.installation.share))
    return (reading, CommuneOutlines(reading.pieces, of: .be, book))
  }
  private static let frenchResult = Result {
    try FrenchOutlines.read(
      FrenchOutlines.path(Checkout.installation), Checkout.territories, share: Checkout.installation.share)
  }

  static func set(_ code: String, _ level: Territory.Level, _ sources: CommuneOutlines...) throws -> OutlineSet {
    let book = try Checkout.territories
    return try OutlineSet(#require(book[code]), level: level, sources, book)
  }

  @Test(.enabled(if: RealData.has(belgianFile)))
  func `589 communes of before 2019 become the 565 of today, with the area of the country`() throws {
    let (reading, outlines) = try Self.belgianResult.get()
    #expect(reading.column.name == "NIS5")
    #expect(reading.readCount == 589 && reading.keptCount == 589 && reading.findings.isEmpty)
    #expect(outlines.codes.count == 565)
    #expect(try outlines.missing(Checkout.territories).isEmpty)
    // 30 528 km² in yearbooks; this file follows other lines at the coast and the Scheldt.
    let area = outlines.map.areas.reduce(0, +) / 1e6
    #expect(abs(area / 30_528 - 1) < 0.01, "\(area) km²")
    expectEachArcOnce(outlines.map)
    #expect(try CommuneOutlines(bytes: outlines.bytes()) == outlines)
  }

  @Test(.enabled(if: RealData.has(belgianFile)))
  func `each level of Belgium has the area of its communes, and simplified maps fit without a gap`() throws {
    let (_, outlines) = try Self.belgianResult.get()
    let communes = try Self.set("BE", .commune, outlines)
    let total = communes.map.doubledAreas.reduce(0, +)
    for (level, count) in [(Territory.Level.arrondissement, 43), (.region, 3), (.country, 1)] {
      let set = try Self.set("BE", level, outlines)
      #expect(set.outlines.count == count)
      #expect(set.map.doubledAreas.reduce(0, +) == total)
      expectEachArcOnce(set.map)
      let simple = set.simplified(tolerance: 500)
      expectEachArcOnce(simple.map)
      expectSmallChanges(set.map, simple.map, tolerance: 500)
      // What did not cross itself in the file does not now.
      let geos = try Geos()
      for (before, after) in zip(set.map.shapes(), simple.map.shapes()) {
        if try geos.fault(of: before) == nil { #expect(try geos.fault(of: after) == nil) }
      }
    }
    // Ten provinces, and Brussels in none.
    #expect(try Self.set("BE", .province, outlines).outlines.count == 10)
    // Baarle-Hertog lies in pieces within the Netherlands.
    let pieces = zip(communes.outlines, communes.map.polygons()).first { $0.0.territory.code == "BE-COM-13002" }
    #expect((pieces?.1.count ?? 0) > 10)
  }

  @Test(.enabled(if: RealData.has(belgianFile)))
  func `GEOS unites the communes of a province into the same surface`() throws {
    let (_, outlines) = try Self.belgianResult.get()
    let communes = try Self.set("BE-PRO-80000", .commune, outlines).map.shapes()
    let province = try Self.set("BE-PRO-80000", .province, outlines).map.shapes()[0]
    let union = try #require(try Geos().union(of: communes))
    #expect(abs(union.area - province.area) < 1)
    #expect((try Geos().difference(union, minus: province)?.area ?? 0) < 1)
  }

  @Test func `French communes dissolve into the 18 regions`() throws {
    let outlines = try Self.frenchResult.get()
    let book = try Checkout.territories
    #expect(outlines.missing(book).count < 10)
    #expect(outlines.map.gaps().count < 20)
    let regions = try Self.set("FR", .region, outlines)
    #expect(regions.outlines.count == 18)
    let areas = Dictionary(
      uniqueKeysWithValues: zip(regions.outlines.map(\.territory.code), regions.map.areas.map { $0 / 1e6 }))
    // INSEE gives the land register's areas, without lakes and glaciers: the outlines hold a few per cent more.
    for (code, expected) in [
      ("FR-REG-32", 31_806.0), ("FR-REG-94", 8_680), ("FR-REG-11", 12_011), ("FR-REG-04", 2_504),
    ] {
      #expect(abs((areas[code] ?? 0) / expected - 1) < 0.02, "\(code): \(areas[code] ?? 0) km²")
    }
    #expect(regions.map.doubledAreas.reduce(0, +) == outlines.map.doubledAreas.reduce(0, +))
    expectEachArcOnce(regions.map)
    expectEachArcOnce(regions.simplified(tolerance: 2000).map)
  }

  @Test(.enabled(if: RealData.has(formerRegionFile)))
  func `the regions of before 2016, dissolved from communes, lie on those of the file`() throws {
    let layer = try LayerFile(RealData.path(Self.formerRegionFile), environment: [:]).read()
    #expect(layer.features.count == 22)
    let former = try Self.set("FR", .formerRegion, Self.frenchResult.get())
    let way = try Projection(from: .world, to: .equalArea)
    let geos = try Geos()
    let shapes = Dictionary(uniqueKeysWithValues: zip(former.outlines.map(\.territory.code), former.map.shapes()))
    for feature in layer.features {
      let code = "FR-AREG-\(feature.values["code"] ?? "")"
      let ours = try #require(shapes[code], "\(code)")
      let shape = try #require(feature.shape)
      let moved = try #require(way.transformed(shape))
      let theirs = try #require(try geos.repaired(moved))
      // Where two communes of the package overlap by a sliver, GEOS sees lines that cross.
      let sound = try #require(try geos.repaired(ours))
      let common = try #require(try geos.intersection(sound, theirs)).area
      #expect(common / max(ours.area, theirs.area) > 0.97, "\(code)")
    }
  }

  @Test func `cells of Belgian communes cover the country once, and say that they are approximate`() throws {
    let book = try Checkout.territories
    let cells = try ApproximateCells.belgium(share: Checkout.installation.share, book, neighbour: nil)
    #expect(cells.isApproximate)
    #expect(cells.codes.count == 565)
    expectEachArcOnce(cells.map)
    let area = cells.map.areas.reduce(0, +) / 1e6
    #expect(abs(area / 30_528 - 1) < 0.15, "\(area) km²")
    let set = try OutlineSet(#require(book["BE-REG-03000"]), level: .arrondissement, [cells], book)
    #expect(set.isApproximate && set.outlines.allSatisfy(\.isApproximate))
    #expect(set.outlines.count == 20)
  }

  @Test(.enabled(if: RealData.has(belgianFile)))
  func `France ends where the official outlines of Belgium begin`() throws {
    let (_, belgium) = try Self.belgianResult.get()
    let france = try Self.frenchResult.get()
    let ending = try france.ending(at: belgium)
    #expect(ending.codes == france.codes)
    let change = zip(france.map.areas, ending.map.areas).map { abs($1 / $0 - 1) }
    let changed = zip(france.codes, change).filter { $0.1 > 0 }.map(\.0)
    // From Bray-Dunes to Mont-Saint-Martin.
    #expect(100...250 ~= changed.count, "\(changed.count)")
    #expect(change.allSatisfy { $0 < 0.1 }, "\(change.max() ?? 0)")
    func common(_ map: PlanarMap) throws -> Double {
      let shapes = map.shapes()
      return try Geos().intersection(shapes[0], shapes[1])?.area ?? 0
    }
    let before = try Self.set("ZONE-EUROMETROPOLE", .country, belgium, france).map
    let after = try Self.set("ZONE-EUROMETROPOLE", .country, belgium, ending).map
    #expect(try common(before) > 100_000)
    #expect(try common(after) < 1_000)
    #expect(!after.gaps().contains { $0.neighbours == [0, 1] })
    expectEachArcOnce(after)
    func border(_ map: PlanarMap) -> Int { zip(map.left, map.right).count { $0 >= 0 && $1 >= 0 } }
    #expect(border(before) == 0 && border(after) > 0)
  }

  @Test(arguments: [Territory.Level.departement, .formerRegion, .region, .epci])
  func `territories of France are sound surfaces`(level: Territory.Level) throws {
    let geos = try Geos()
    let set = try Self.set("FR", level, Self.frenchResult.get())
    let faults = try zip(set.outlines, set.map.shapes()).compactMap { outline, shape in
      try geos.fault(of: shape).map { "\(outline.territory.code) \($0)" }
    }
    #expect(faults == [])
  }

  @Test func `communes merged lately are whole, though one of those that formed them has no outline`() throws {
    let outlines = try Self.frenchResult.get()
    let areas = Dictionary(uniqueKeysWithValues: zip(outlines.codes, outlines.map.areas.map { $0 / 1e6 }))
    // Of which the outline without the rest would have less than five square kilometres.
    #expect(areas["FR-COM-62447"] ?? 0 > 15, "Hesdin-la-Forêt")
    #expect(areas["FR-COM-02589"] ?? 0 > 8, "Pargny-et-Filain")
    // Llívia, and lakes that nobody has.
    let holes = outlines.map.gaps().filter { $0.area > 1e6 }
    #expect(
      holes.count <= 3,
      "\(holes.map { "\($0.area / 1e6) km² between \($0.neighbours.map { outlines.codes[Int($0)] })" })")
  }

  @Test func `overseas départements are drawn beside the mainland, and do not coarsen it`() throws {
    let envelopes = try Envelopes(share: Checkout.installation.share)
    let words = try Words(share: Checkout.installation.share, language: .fr)
    let france = try Self.set("FR", .region, Self.frenchResult.get())
    // The mainland is a thousand kilometres high, Guyane seven thousand away.
    let tolerance = try france.tolerance(forWidth: 1000, envelopes)
    #expect(900...1300 ~= tolerance)
    let document = try OutlineDocument(france.simplified(tolerance: tolerance), .svg, epsg: nil, envelopes, words)
    let text = String(decoding: document.bytes(.svg), as: UTF8.self)
    let size = try #require(text.firstMatch(of: /viewBox="0 0 1000 ([0-9]+)"/))
    #expect(700...1000 ~= (Int(size.1) ?? 0))
    #expect(text.contains("Guadeloupe") && text.contains("Mayotte"))
  }

  @Test func `a territory of two countries is drawn from both, and says what is approximate of it`() throws {
    let book = try Checkout.territories
    let cells = try ApproximateCells.belgium(share: Checkout.installation.share, book, neighbour: nil)
    let set = try OutlineSet(
      #require(book["ZONE-EUROMETROPOLE"]), level: .country, [cells, Self.frenchResult.get()], book)
    #expect(set.outlines.map(\.territory.code) == ["BE", "FR"])
    #expect(set.outlines.map(\.isApproximate) == [true, false])
  }
}
