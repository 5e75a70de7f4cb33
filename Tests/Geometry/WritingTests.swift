import Foundation
import Geometry
import TestSupport
import Testing

/// What is written is read again, by us and by somebody else's reader of JSON.
@Suite("Outlines written")
struct WritingTests {
  static let partition = RandomPartition(columns: 5, rows: 4, groupCount: 4, seed: 11)

  static func layer(epsg: Int = 3035, decimals: Int = 1) throws -> (ArcLayer, PlanarMap) {
    let map = partition.map().dissolved(into: partition.groups, count: partition.groupCount)
    var layer = try #require(ArcLayer(map, epsg: epsg, decimals: decimals, move: { $0 }))
    for index in layer.features.indices {
      layer.features[index].id = "Z\(index)"
      layer.features[index].properties = [
        ("name", .text("l'\"été\" \\ \(index)")), ("approximate", .truth(index == 1)),
      ]
    }
    layer.properties = [("missing", .texts(["a", "b"]))]
    return (layer, map)
  }

  @Test func `GeoJSON is read again with the same areas`() throws {
    let (layer, map) = try Self.layer()
    let folder = try TemporaryFolder()
    let read = try ReadingTests.file(folder.write("a.geojson", layer.geoJSON)).read()
    #expect(read.reference == SpatialReference("urn:ogc:def:crs:EPSG::3035"))
    #expect(read.features.map { $0.values["name"] } == (0..<4).map { "l'\"été\" \\ \($0)" })
    #expect(read.features.map { ($0.shape?.area ?? 0) * 2 } == map.doubledAreas.map(Double.init))
    // The right-hand rule of RFC 7946.
    for polygon in read.features.compactMap(\.shape).flatMap(\.polygons) {
      #expect(polygon.outer.signedArea > 0)
      #expect(polygon.holes.allSatisfy { $0.signedArea < 0 })
    }
    let (world, _) = try Self.layer(epsg: 4326)
    #expect(!String(decoding: world.geoJSON, as: UTF8.self).contains("\"crs\""))
  }

  /// The specification, followed step by step: sums of differences, scale, translation, arcs chained into rings.
  @Test func `TopoJSON unfolds into the rings of the GeoJSON`() throws {
    let (layer, _) = try Self.layer()
    func object(_ bytes: [UInt8]) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }
    let topology = try object(layer.topoJSON(name: "outlines"))
    let transform = try #require(topology["transform"] as? [String: [Double]])
    let scale = try #require(transform["scale"])
    let translate = try #require(transform["translate"])
    let arcs = try #require(topology["arcs"] as? [[[Double]]]).map { steps in
      var (x, y) = (0.0, 0.0)
      return steps.map { step in
        (x, y) = (x + step[0], y + step[1])
        return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
      }
    }
    let objects = try #require((topology["objects"] as? [String: [String: Any]])?["outlines"])
    let geometries = try #require(objects["geometries"] as? [[String: Any]])
    let features = try #require(try object(layer.geoJSON)["features"] as? [[String: Any]])
    #expect(geometries.count == features.count)
    for (geometry, feature) in zip(geometries, features) {
      #expect(geometry["id"] as? String == feature["id"] as? String)
      let other = try #require(feature["geometry"] as? [String: Any])
      #expect(geometry["type"] as? String == other["type"] as? String)
      let isOne = geometry["type"] as? String == "Polygon"
      let polygons = try #require(isOne ? (geometry["arcs"] as? [[Int]]).map { [$0] } : geometry["arcs"] as? [[[Int]]])
      let expected = try #require(
        isOne ? (other["coordinates"] as? [[[Double]]]).map { [$0] } : other["coordinates"] as? [[[[Double]]]])
      for (ring, line) in zip(polygons.joined(), expected.joined()) {
        var points: [[Double]] = []
        for reference in ring {
          let arc = reference < 0 ? Array(arcs[~reference].reversed()) : arcs[reference]
          points += points.isEmpty ? arc : Array(arc.dropFirst())
        }
        #expect(points.count == line.count)
        #expect(zip(points, line).allSatisfy { abs($0[0] - $1[0]) < 0.051 && abs($0[1] - $1[1]) < 0.051 })
      }
    }
  }

  @Test func `a drawing hatches and dashes what is approximate, and says so`() throws {
    let (layer, _) = try Self.layer()
    func drawing(_ approximate: Set<Int>) -> String {
      let names = layer.features.map { "<\($0.id)> & co" }
      return String(
        decoding: layer.svg(
          .init(title: "A & B", names: names, approximate: approximate, notes: ["Contours approchés"], language: "fr")),
        as: UTF8.self)
    }
    let text = drawing([1])
    #expect(text.contains("url(#approximate)") && text.contains("stroke-dasharray"))
    #expect(text.contains("Contours approchés"))
    #expect(text.contains("A &amp; B") && text.contains("&lt;Z0&gt; &amp; co"))
    #expect(!drawing([]).contains("stroke-dasharray"))
    let parser = XMLReading(text)
    #expect(parser.elements["svg"] == 1)
    // One for each surface, one for the sign, and the lines by their kinds.
    #expect((parser.elements["path"] ?? 0) >= layer.features.count + 3)
  }
}

/// Counts elements and checks that they are nested: as much of XML as a drawing has.
private struct XMLReading {
  private(set) var elements: [String: Int] = [:]

  init(_ text: String) {
    var open: [String] = []
    for match in text.matches(of: /<(\/?)([a-z]+)[^>]*?(\/?)>/) {
      let name = String(match.2)
      if match.1 == "/" {
        guard open.popLast() == name else {
          elements = [:]
          return
        }
      } else {
        elements[name, default: 0] += 1
        if match.3.isEmpty { open.append(name) }
      }
    }
    if !open.isEmpty { elements = [:] }
  }
}
