import Diagnostics
import Filesystem
import Geometry
import TestSupport
import Testing

/// Which layer of a file is read, and what is told of one that is not there.
@Suite("Layers of files of outlines")
struct LayerChoiceTests {
  private static let layer = SmallLayer.squares(["11001", "11002"])

  private static func zip(_ names: [String]) -> [UInt8] {
    let entries = names.flatMap { name -> [ZipBytes.Entry] in
      [.init("d/\(name).shp", layer.shp), .init("d/\(name).dbf", layer.dbf())]
    }
    return ZipBytes(entries).bytes
  }

  @Test func `a layer that a file does not have is told with those that it has`() throws {
    let folder = try TemporaryFolder()
    try Self.layer.writeGeoPackage(folder["a.gpkg"], epsg: 4326)
    try folder.write("communes.shp", Self.layer.shp)
    try folder.write("communes.dbf", Self.layer.dbf())
    try folder.write("one.zip", Self.zip(["communes"]))
    try folder.write("two.zip", Self.zip(["communes", "provinces"]))
    for (name, asked, found, near) in [
      ("a.gpkg", "les comunes", "les communes", "les communes"), ("communes.shp", "comune", "communes", "communes"),
      ("one.zip", "xqzxqzxqz", "communes", ""), ("two.zip", "province", "communes, provinces", "provinces"),
    ] {
      let problem = expectProblem("layer.absent") { _ = try ReadingTests.file(folder[name]).read(layer: asked) }
      #expect(problem?.status == .commandLine)
      #expect(problem?.facts == ["layer": asked, "found": found, "nearest": near], "\(name)")
    }
    expectProblem("layer.several") { _ = try ReadingTests.file(folder["two.zip"]).read() }
  }

  @Test func `a layer is found by its name, whatever its capitals`() throws {
    let folder = try TemporaryFolder()
    try folder.write("two.zip", Self.zip(["communes", "provinces"]))
    try folder.write("Communes.shp", Self.layer.shp)
    try folder.write("Communes.dbf", Self.layer.dbf())
    for name in ["two.zip", "Communes.shp"] {
      #expect(try ReadingTests.file(folder[name]).read(layer: "COMMUNES").features.count == 2)
    }
  }

  @Test func `a GeoJSON has no layer to choose`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.geojson", Self.layer.geoJSON())
    let problem = expectProblem("layer.needless") { _ = try ReadingTests.file(file).read(layer: "communes") }
    #expect(problem?.status == .commandLine && problem?.facts["layer"] == "communes")
  }

  @Test(.enabled(if: Tool("ogr2ogr") != nil && Tool("ogrinfo") != nil))
  func `what ogr2ogr reads is told the same way`() throws {
    let folder = try TemporaryFolder()
    let tool = try #require(Tool("ogr2ogr"))
    let source = try folder.write("a.geojson", Self.layer.geoJSON())
    #expect(try tool.status("-f", "GML", folder["b.gml"], source) == 0)
    let environment = ["PATH": Folder.parent(of: tool.path), "TMPDIR": folder.path]
    let problem = expectProblem("layer.absent") {
      _ = try LayerFile(folder["b.gml"], environment: environment).read(layer: "xqzxqzxqz")
    }
    #expect(problem?.facts["found"]?.isEmpty == false)
  }
}
