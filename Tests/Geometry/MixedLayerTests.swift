import Diagnostics
import Geometry
import TestSupport
import Testing

/// One feature that cannot be used costs itself, not the file.
@Suite("Layers with something else in them")
struct MixedLayerTests {
  private static let two = SmallLayer.squares(["11001", "11002"])

  private static func read(_ path: String) throws -> Layer { try LayerFile(path, environment: [:]).read() }

  private static func expectFirstAlone(_ layer: Layer, _ comment: Comment) {
    #expect(layer.features.map { $0.values["NIS5"] } == ["11001", "11002"], comment)
    #expect(layer.features.map { $0.shape != nil } == [true, false], comment)
  }

  @Test(arguments: ["Point", "LineString", "GeometryCollection"])
  func `in a GeoJSON`(kind: String) throws {
    let folder = try TemporaryFolder()
    let point = "{\"type\":\"Point\",\"coordinates\":[4,50]}"
    let square = "{\"type\":\"Polygon\",\"coordinates\":[[[4,50],[5,50],[5,51],[4,50]]]}"
    let geometry =
      switch kind {
      case "Point": point
      case "LineString": "{\"coordinates\":[[4,50],[5,51]],\"type\":\"LineString\"}"
      default: "{\"type\":\"GeometryCollection\",\"geometries\":[\(square),\(point)]}"
      }
    let text =
      "{\"type\":\"FeatureCollection\",\"features\":[\n"
      + "{\"type\":\"Feature\",\"properties\":{\"NIS5\":\"11001\"},\"geometry\":\(square)},\n"
      + "{\"type\":\"Feature\",\"geometry\":\(geometry),\"properties\":{\"NIS5\":\"11002\"}}\n]}"
    let layer = try Self.read(folder.write("a.geojson", text))
    Self.expectFirstAlone(layer, "\(kind)")
    #expect(layer.features.map(\.line) == [2, 3])
  }

  @Test func `in a shapefile`() throws {
    let folder = try TemporaryFolder()
    var bytes = Self.two.shp
    // The kind of the second record: lines.
    let length = bytes[104..<108].reduce(0) { $0 << 8 | Int($1) } * 2
    bytes[100 + 8 + length + 8] = 3
    let path = try folder.write("a.shp", bytes)
    try folder.write("a.dbf", Self.two.dbf())
    Self.expectFirstAlone(try Self.read(path), "shapefile")
  }

  @Test func `in a GeoPackage, half of what it should be`() throws {
    let folder = try TemporaryFolder()
    // What makes the file puts the kind into its statement as it is.
    let cutting = """
      MULTIPOLYGON', 99); CREATE TRIGGER cut AFTER INSERT ON "les communes" WHEN new.fid = 2 BEGIN
      UPDATE "les communes" SET geom = substr(geom, 1, 60) WHERE fid = 2; END; --
      """
    try Self.two.writeGeoPackage(folder["a.gpkg"], epsg: 4326, kind: cutting)
    Self.expectFirstAlone(try Self.read(folder["a.gpkg"]), "GeoPackage")
    let all = cutting.replacing("WHEN new.fid = 2 ", with: "").replacing(" WHERE fid = 2", with: "")
    try Self.two.writeGeoPackage(folder["b.gpkg"], epsg: 4326, kind: all)
    expectProblem("layer.damaged", line: 1, entry: "les communes") { _ = try Self.read(folder["b.gpkg"]) }
  }

  @Test func `a table that ends too early is named, not the shapes beside it`() throws {
    let folder = try TemporaryFolder()
    let half = Array(Self.two.dbf().dropLast(20))
    let path = try folder.write("a.shp", Self.two.shp)
    try folder.write("a.dbf", half)
    let alone = expectProblem("file.truncated") { _ = try Self.read(path) }
    #expect(alone?.place.file == folder["a.dbf"])
    let entries: [ZipBytes.Entry] = [.init("b/a.shp", Self.two.shp), .init("b/a.dbf", half)]
    let zip = try folder.write("a.zip", ZipBytes(entries).bytes)
    expectProblem("file.truncated", entry: "b/a.dbf") { _ = try Self.read(zip) }
  }
}
