internal import Diagnostics
internal import Geometry
internal import Nomenclature
internal import Territory
package import Wording

/// A set of outlines as a file: GeoJSON, TopoJSON, or a plain drawing.
package struct OutlineDocument: Sendable {
  package enum Format: String, CaseIterable, Sendable { case geojson, topojson, svg }

  private let set: OutlineSet
  private let words: Words
  private let layer: ArcLayer

  /// `epsg` is the system of coordinates to write in; nil for the usual one: the world's for data, the country's for a
  /// drawing.
  package init(
    _ set: OutlineSet, _ format: Format, epsg: Int?, _ envelopes: Envelopes, _ words: Words
  ) throws {
    self.set = set
    self.words = words
    guard format != .svg || epsg != nil else {
      layer = Self.described(try Self.drawn(set, envelopes), set, words)
      return
    }
    let code = epsg ?? 4326
    let way: Projection
    do throws(Problem) {
      let reference = SpatialReference(epsg: code)
      guard try Projection.isFlat(reference) else {
        throw Problem("projection.not_flat", status: .commandLine, ["code": String(code)])
      }
      way = try Projection(from: .equalArea, to: reference)
    } catch {
      guard error.code == "projection.unknown" else { throw error }
      throw Problem("projection.unknown_epsg", status: .commandLine, ["code": String(code)])
    }
    // A degree has 111 km: six decimals are the decimetre of the grid. Other systems may be in degrees too.
    let isInDegrees = way.transformed([Point(4_000_000, 3_000_000)]).map { abs($0[0].x) <= 360 } ?? false
    guard let layer = ArcLayer(set.map, epsg: code, decimals: isInDegrees ? 6 : 1, move: { way.transformed($0) }) else {
      throw Problem("projection.no_way", ["from": "EPSG:3035", "to": "EPSG:\(code)"])
    }
    self.layer = Self.described(layer, set, words)
  }

  private static func described(_ layer: ArcLayer, _ set: OutlineSet, _ words: Words) -> ArcLayer {
    var layer = layer
    for (index, outline) in set.outlines.enumerated() {
      let territory = outline.territory
      layer.features[index].id = territory.code
      layer.features[index].properties = [
        ("code", .text(territory.code)), ("name", .text(territory.name(in: words.language))),
        ("level", .text(territory.level.rawValue)), ("approximate", .truth(outline.isApproximate)),
      ]
      if outline.isPart { layer.features[index].properties.append(("part", .truth(true))) }
    }
    layer.properties = [
      ("name", .text(set.territory.code)), ("level", .text(set.level.rawValue)),
      ("approximate", .truth(set.isApproximate)),
    ]
    if set.isApproximate { layer.properties.append(("note", .text(words("outlines.approximate")))) }
    if !set.missing.isEmpty { layer.properties.append(("missing", .texts(set.missing.map(\.code)))) }
    return layer
  }

  package func bytes(_ format: Format) -> [UInt8] {
    switch format {
    case .geojson: return layer.geoJSON
    case .topojson: return layer.topoJSON(name: "outlines")
    case .svg:
      let title = words(
        "outlines.title",
        ["territory": set.territory.name(in: words.language), "level": "@level.\(set.level.rawValue)"])
      var notes: [String] = []
      if set.isApproximate { notes.append(words("outlines.approximate")) }
      if !set.missing.isEmpty { notes.append(words("outlines.missing", ["count": words.number(set.missing.count)])) }
      return layer.svg(
        ArcLayer.Drawing(
          title: title, names: set.outlines.map { $0.territory.name(in: words.language) },
          approximate: Set(set.outlines.indices.filter { set.outlines[$0].isApproximate }), notes: notes,
          language: words.language.rawValue))
    }
  }

  /// Each part of a country in its own projection, overseas ones beside the mainland.
  private static func drawn(_ set: OutlineSet, _ envelopes: Envelopes) throws -> ArcLayer {
    let parts = try DrawnParts(set.map, countries: set.countries, envelopes)
    var lines = try parts.placed(set.map)?.makeIterator()
    let layer = ArcLayer(set.map, epsg: parts.parts.first?.epsg ?? 3035, decimals: 1) { _ in lines?.next() }
    guard let layer else { throw Problem("projection.no_way", ["from": "EPSG:3035", "to": "EPSG:4326"]) }
    return layer
  }
}
