import Diagnostics
import Filesystem
import Geometry
import TestSupport
import Testing

/// Each format says the same of the same surfaces.
@Suite("Files of outlines")
struct ReadingTests {
  /// A square with a hole and a piece apart, and a plain square.
  static let sample: SmallLayer = {
    let hole = SmallLayer.square(Point(4.31, 50.81), 0.01).polygons[0].outer
    var first = SmallLayer.square(Point(4.3, 50.8), 0.05).polygons
    first[0].holes = [Ring(hole.points.reversed())]
    first += SmallLayer.square(Point(4.5, 50.9), 0.01).polygons
    return SmallLayer([
      ([("NIS5", "11001"), ("nom", "Été")], Shape(first)),
      ([("NIS5", "11002"), ("nom", "Sint-\"Pieter\"")], SmallLayer.square(Point(4.35, 50.8), 0.05)),
    ])
  }()

  static func expectSample(_ layer: Layer, names: [String] = ["Été", "Sint-Pieter"], _ comment: Comment) throws {
    #expect(layer.features.count == 2, comment)
    #expect(layer.features.map { $0.values["NIS5"] } == ["11001", "11002"], comment)
    #expect(layer.features.map { $0.values["nom"]?.filter { $0 != "\"" && $0 != "\\" } } == names, comment)
    for (feature, expected) in zip(layer.features, sample.features) {
      let shape = try #require(feature.shape, comment)
      #expect(abs(shape.area - expected.shape.area) < 1e-12, comment)
      #expect(shape.polygons.count == expected.shape.polygons.count, comment)
      #expect(
        shape.polygons.map(\.holes.count).sorted() == expected.shape.polygons.map(\.holes.count).sorted(), comment)
    }
  }

  static func file(_ path: String) -> LayerFile { LayerFile(path, environment: ["PATH": "/nowhere"]) }

  private static var quoted: SmallLayer {
    var layer = sample
    layer.features[1].values[1].value = "Sint-\\\"Pieter\\\""
    return layer
  }

  @Test func `GeoJSON, of the standard and with its older member`() throws {
    let folder = try TemporaryFolder()
    let plain = try Self.file(folder.write("a.geojson", Self.quoted.geoJSON())).read()
    try Self.expectSample(plain, "plain")
    #expect(plain.reference == .world)
    #expect(plain.features.map(\.line) == [2, 3])
    let named = try Self.file(
      folder.write("b.json", "\u{feff}" + Self.quoted.geoJSON(crs: "urn:ogc:def:crs:EPSG::31370"))
    ).read()
    #expect(named.reference == SpatialReference("urn:ogc:def:crs:EPSG::31370"))
    let world = try Self.file(folder.write("c.json", Self.quoted.geoJSON(crs: "urn:ogc:def:crs:OGC:1.3:CRS84"))).read()
    #expect(world.reference == .world)
  }

  @Test func `a shapefile, alone or in a zip, its table in either encoding`() throws {
    let folder = try TemporaryFolder()
    let layer = Self.sample
    let windows: (String) -> [UInt8] = { text in text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }
    try folder.write("a.shp", layer.shp)
    try folder.write("a.dbf", layer.dbf())
    try folder.write("a.cpg", "UTF-8")
    try Self.expectSample(Self.file(folder["a.shp"]).read(), "utf-8")
    #expect(Self.file(folder["a.shp"]).files.map { Folder.name(of: $0) } == ["a.shp", "a.cpg", "a.dbf"])
    try folder.write("B.SHP", layer.shp)
    try folder.write("b.dbf", layer.dbf(encode: windows))
    try Self.expectSample(Self.file(folder["B.SHP"]).read(), "Windows-1252, seen")
    let entries: [ZipBytes.Entry] = [
      .init("communes/c.shp", layer.shp, .fixed), .init("communes/c.dbf", layer.dbf(encode: windows)),
      .init("communes/c.cpg", Array("1252".utf8)), .init("communes/c.prj", Array("GEOGCS[\"x\"]".utf8)),
      .init("lisez-moi.txt", Array("bonjour".utf8)),
    ]
    let zipped = try Self.file(folder.write("c.zip", ZipBytes(entries).bytes)).read()
    try Self.expectSample(zipped, "zip")
    #expect(zipped.reference == SpatialReference("GEOGCS[\"x\"]"))
  }

  @Test func `a GeoPackage`() throws {
    let folder = try TemporaryFolder()
    try Self.sample.writeGeoPackage(folder["a.gpkg"], epsg: 31370)
    let layer = try Self.file(folder["a.gpkg"]).read()
    try Self.expectSample(layer, "gpkg")
    #expect(layer.reference == SpatialReference(epsg: 31370))
    try Self.expectSample(Self.file(folder["a.gpkg"]).read(layer: "LES COMMUNES"), "by its name")
  }

  @Test func `well-known binary, of each dialect`() throws {
    let shape = Self.sample.features[0].shape
    let forms = [
      SmallLayer.wkb(shape), SmallLayer.wkb(shape, bigEndian: true), SmallLayer.wkb(shape, srid: 4326),
      SmallLayer.wkb(shape, extra: 1, kindOffset: 1000), SmallLayer.wkb(shape, extra: 2, kindOffset: 3000),
    ]
    for bytes in forms {
      #expect(try WellKnownBinary(bytes).shape == shape)
      let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(WellKnownBinary.bytes(hexadecimal: digits.utf8) == bytes)
      for count in 0..<bytes.count {
        #expect(throws: WellKnownBinary.Fault.self) { _ = try WellKnownBinary(Array(bytes.prefix(count))) }
      }
    }
    #expect(WellKnownBinary.bytes(hexadecimal: "0g".utf8) == nil)
    #expect(WellKnownBinary.bytes(hexadecimal: "012".utf8) == nil)
    #expect(throws: WellKnownBinary.Fault.points) {
      _ = try WellKnownBinary([1, 1, 0, 0, 0] + [UInt8](repeating: 0, count: 16))
    }
  }

  @Test(
    .enabled(if: Tool("ogr2ogr") != nil), arguments: [("GML", "gml"), ("FlatGeobuf", "fgb"), ("MapInfo File", "mif")])
  func `formats of others go through ogr2ogr`(format: String, ending: String) throws {
    let folder = try TemporaryFolder()
    let tool = try #require(Tool("ogr2ogr"))
    let source = try folder.write("a.geojson", Self.quoted.geoJSON())
    #expect(try tool.status("-f", format, folder["b.\(ending)"], source) == 0)
    let environment = ["PATH": Folder.parent(of: tool.path), "TMPDIR": folder.path]
    let layer = try LayerFile(folder["b.\(ending)"], environment: environment).read()
    #expect(layer.features.map { $0.values["NIS5"] } == ["11001", "11002"])
    for (feature, expected) in zip(layer.features, Self.sample.features) {
      #expect(abs((feature.shape?.area ?? 0) - expected.shape.area) < 1e-6)
    }
    #expect(try !Folder.names(in: folder.path).contains { $0.hasPrefix("essor-layer") }, "nothing is left behind")
    let broken = try folder.write("c.fgb", Array("fgb".utf8) + [3, 102, 103, 98, 0] + [UInt8](repeating: 9, count: 90))
    expectProblem("layer.ogr_failed") { _ = try LayerFile(broken, environment: environment).read() }
  }

  @Test func `what goes with a file of MapInfo is kept with it`() throws {
    let folder = try TemporaryFolder()
    for name in ["a.mif", "a.MID", "a.txt", "b.mid", "a.tab", "a.dat", "a.map", "a.id"] { try folder.write(name, "x") }
    func names(_ name: String) -> [String] { Self.file(folder[name]).files.map { Folder.name(of: $0) } }
    #expect(names("a.mif") == ["a.mif", "a.MID"])
    #expect(names("a.tab") == ["a.tab", "a.dat", "a.id", "a.map"])
    #expect(names("a.txt") == ["a.txt"])
  }

  // MARK: - Bad input

  struct Bad: Sendable, CustomTestStringConvertible {
    let id: String
    let name: String
    let bytes: [UInt8]
    let code: String
    var line: Int?
    var testDescription: String { id }
  }

  static let bad: [Bad] = {
    let good = Array(sample.geoJSON().replacing("\"Pieter\"", with: "").utf8)
    func text(_ id: String, _ text: String, _ code: String, line: Int? = nil) -> Bad {
      Bad(id: id, name: "a.geojson", bytes: Array(text.utf8), code: code, line: line)
    }
    let point =
      "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
      + "{\"type\":\"Point\",\"coordinates\":[4,50]}}]}"
    return [
      Bad(id: "nothing", name: "a.geojson", bytes: [], code: "file.empty"),
      Bad(id: "half a GeoJSON", name: "a.geojson", bytes: Array(good.prefix(good.count / 2)), code: "file.truncated"),
      text("a list", "[1, 2]", "geojson.other", line: 1),
      text("some other JSON", "{\"a\": 1}", "geojson.other", line: 1),
      text("no feature", "{\"type\":\"FeatureCollection\",\"features\":[]}", "layer.empty"),
      text("a stray letter", "{\"type\":\"FeatureCollection\",\n\"features\":[x]}", "geojson.broken_feature", line: 2),
      text("words after the end", "{\"type\":\"FeatureCollection\",\"features\":[]}\n\nx", "geojson.broken", line: 3),
      text("points", point, "layer.not_surfaces", line: 2),
      text(
        "a number that is none", point.replacing("Point", with: "Polygon").replacing("[4,50]", with: "[[[4,inf]]]"),
        "geojson.broken_feature", line: 2),
      text("brackets without end", String(repeating: "{\"a\":[", count: 5000), "geojson.broken"),
      text(
        "columns without end",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":null,\"properties\":{"
          + (0...4000).map { "\"c\($0)\":1" }.joined(separator: ",") + "}}]}", "layer.too_many_columns", line: 1),
      Bad(
        id: "a list of other files", name: "a.vrt", bytes: Array("<OGRVRTDataSource></OGRVRTDataSource>".utf8),
        code: "layer.reference"),
      Bad(
        id: "the address of a server", name: "a.xml",
        bytes: Array("<?xml version=\"1.0\"?>\n<OGRWFSDataSource><URL>x</URL></OGRWFSDataSource>".utf8),
        code: "layer.reference"),
      Bad(id: "a table", name: "a.csv", bytes: Array("code,nom\n1,2\n".utf8), code: "layer.unknown_format"),
      Bad(id: "a web page", name: "a.zip", bytes: Array("<!DOCTYPE html><html>".utf8), code: "file.html"),
      Bad(id: "a format for ogr2ogr", name: "a.tab", bytes: Array("!table\n!version 300\n".utf8), code: "layer.no_ogr"),
      Bad(id: "a shapefile alone", name: "a.shp", bytes: sample.shp, code: "shapefile.no_table"),
      Bad(
        id: "a zip without .dbf", name: "a.zip", bytes: ZipBytes([.init("a.shp", sample.shp)]).bytes,
        code: "shapefile.no_table"),
      Bad(
        id: "half a shapefile", name: "a.zip",
        bytes: ZipBytes([.init("a.shp", Array(sample.shp.dropLast(100))), .init("a.dbf", sample.dbf())]).bytes,
        code: "file.truncated"),
      Bad(
        id: "half a table", name: "a.zip",
        bytes: ZipBytes([.init("a.shp", sample.shp), .init("a.dbf", Array(sample.dbf().dropLast(50)))]).bytes,
        code: "file.truncated"),
      Bad(
        id: "no table", name: "a.zip",
        bytes: ZipBytes([.init("a.shp", sample.shp), .init("a.dbf", [3, 1, 2])]).bytes, code: "shapefile.bad_table"),
      Bad(
        id: "the table of another", name: "a.zip",
        bytes: ZipBytes([
          .init("a.shp", sample.shp), .init("a.dbf", SmallLayer.squares(["1", "2", "3"]).dbf()),
        ]).bytes, code: "shapefile.unequal"),
      Bad(
        id: "a shapefile of points", name: "a.zip",
        bytes: ZipBytes([
          .init("a.shp", SmallLayer.pointShp([Point(4, 50)])), .init("a.dbf", SmallLayer.squares(["1"]).dbf()),
        ]).bytes, code: "layer.not_surfaces"),
      Bad(
        id: "a projection of two megabytes", name: "a.zip",
        bytes: ZipBytes([
          .init("a.shp", sample.shp), .init("a.dbf", sample.dbf()),
          .init("a.prj", [UInt8](repeating: 0x20, count: 2 << 20)),
        ]).bytes, code: "layer.too_large"),
      Bad(
        id: "two layers", name: "a.zip",
        bytes: ZipBytes([.init("a.shp", sample.shp), .init("b.shp", sample.shp)]).bytes, code: "layer.several"),
    ]
  }()

  @Test(arguments: bad) func `what cannot be read is told, with its line`(_ bad: Bad) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(bad.name, bad.bytes)
    let problem = expectProblem(bad.code, line: bad.line) { _ = try Self.file(path).read() }
    #expect(problem?.place.file == path)
  }

  @Test(arguments: ["[4.5,NaN]", "[4.5,null]", "[4.5]"])
  func `of one damaged object, all on one line, the number is told`(place: String) throws {
    func feature(_ place: String) -> String {
      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        + "[[[4,50],[5,50],\(place),[4,50]]]}}"
    }
    let features = ["[4.5,51]", "[4.5,51]", place, "[4.5,51]"].map(feature).joined(separator: ",")
    let folder = try TemporaryFolder()
    let path = try folder.write("a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[\(features)]}")
    let problem = expectProblem("geojson.broken_feature", line: 1) { _ = try Self.file(path).read() }
    #expect(problem?.facts["number"] == "#3")
  }

  /// The directory of the archive says two gibibytes, and there is nothing to unpack.
  @Test func `a zip that says that it is too large is not unpacked`() throws {
    var entry = ZipBytes.Entry("a.geojson", Array("{}".utf8))
    entry.claimedSize = 2 << 30
    let folder = try TemporaryFolder()
    let path = try folder.write("a.zip", ZipBytes([entry]).bytes)
    let problem = expectProblem("layer.too_large", entry: "a.geojson") { _ = try Self.file(path).read() }
    #expect(problem?.facts["size"] == "#1024")
  }

  @Test func `GeoPackages that hold no surfaces`() throws {
    let folder = try TemporaryFolder()
    try SmallLayer([]).writeGeoPackage(folder["none.gpkg"], epsg: 4326)
    expectProblem("geopackage.no_features") { _ = try Self.file(folder["none.gpkg"]).read() }
    try SmallLayer([]).writeGeoPackage(folder["other.gpkg"], epsg: 4326, withTables: false)
    expectProblem("geopackage.other") { _ = try Self.file(folder["other.gpkg"]).read() }
    try Self.sample.writeGeoPackage(folder["points.gpkg"], epsg: 4326, kind: "POINT")
    expectProblem("layer.not_surfaces") { _ = try Self.file(folder["points.gpkg"]).read() }
    expectProblem("layer.absent") { _ = try Self.file(folder["points.gpkg"]).read(layer: "elsewhere") }
    // A layer that is a question; what makes the file puts the kind into its statement as it is.
    let view = """
      MULTIPOLYGON', 99); UPDATE gpkg_geometry_columns SET table_name = 'v'; UPDATE gpkg_contents SET table_name = 'v';
      CREATE VIEW v AS SELECT * FROM "les communes" --
      """
    try Self.sample.writeGeoPackage(folder["view.gpkg"], epsg: 4326, kind: view)
    expectProblem("geopackage.view", entry: "v") { _ = try Self.file(folder["view.gpkg"]).read() }
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func `spoiled bytes give a layer or a problem, never a crash`(seed: UInt64)
    throws
  {
    let folder = try TemporaryFolder()
    var chance = SplitMix64(seed: seed)
    func spoiled(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
      }
      return Array(bytes.prefix(Int.random(in: bytes.count / 2...bytes.count, using: &chance)))
    }
    let files = [
      ("a.geojson", spoiled(Array(Self.sample.geoJSON().utf8))),
      ("b.shp", spoiled(Self.sample.shp)),
    ]
    try folder.write("b.dbf", spoiled(Self.sample.dbf()))
    for (name, bytes) in files {
      let path = try folder.write(name, bytes)
      let told = try problem { _ = try Self.file(path).read() }
      #expect(told?.code.isEmpty != true)
    }
  }
}
