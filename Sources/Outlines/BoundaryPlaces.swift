internal import Diagnostics
internal import Geometry
internal import Nomenclature

/// Where on Earth a file lies, by what it says itself.
extension BoundaryReading {
  /// Where the features lie in the world if the file is right about its coordinates; nowhere if that cannot be said.
  static func places(_ layer: Layer, _ options: Options) -> [Point?] {
    guard let reference = options.epsg.map(SpatialReference.init(epsg:)) ?? layer.reference,
      let way = try? Projection(from: reference, to: .world)
    else { return [] }
    return layer.features.map { feature in feature.shape.flatMap { way.transformed([$0.box.centre])?.first } }
  }

  /// The system of the coordinates: said, or written in the file. Most features must then lie in their country.
  static func reference(
    _ layer: Layer, _ options: Options, _ envelopes: Envelopes, _ expected: CommunePlaces, _ country: Country,
    _ path: String
  ) throws(Problem) -> SpatialReference {
    let said = options.epsg.map { SpatialReference(epsg: $0) }
    let centres = layer.features.compactMap(\.shape).map(\.box.centre).filter { $0.x.isFinite && $0.y.isFinite }
    guard !centres.isEmpty else { throw Problem("layer.no_shapes", at: Place(file: path)) }
    /// Another system in which they are where they should be, or at least in their country, is named.
    func problem(_ code: String, _ facts: [String: String]) -> Problem {
      var fitting = expected.projections
      if fitting.isEmpty { fitting = envelopes.projections(placing: centres, in: country) }
      let facts = facts.merging(Self.facts(fitting)) { $1 }.merging(["country": "@country.\(country.rawValue)"]) { $1 }
      return Problem(fitting.isEmpty ? code + "_at_all" : code, at: Place(file: path), facts)
    }
    guard let reference = said ?? layer.reference else { throw problem("boundaries.no_projection", [:]) }
    let way: Projection
    do {
      way = try Projection(from: reference, to: .world)
    } catch {
      guard error.code == "projection.unknown", said != nil else { throw error.located(in: Place(file: path)) }
      throw Problem(
        "projection.unknown_epsg", status: .commandLine, ["code": options.epsg.map(String.init) ?? ""])
    }
    // One by one: a feature that lies nowhere says nothing of the others.
    let inside = centres.count { centre in
      way.transformed([centre])?.first.map { envelopes.holds($0, in: country) } ?? false
    }
    guard inside * 2 >= centres.count else {
      let (system, outside) = (name(of: reference), centres.count - inside)
      guard !expected.suit(reference, exchanged: true) else {
        throw Problem(
          "boundaries.exchanged", at: Place(file: path),
          ["system": system, "far": "#\(outside)", "count": "#\(centres.count)"])
      }
      throw problem(
        "boundaries.wrong_projection", ["system": system, "outside": "#\(outside)", "count": "#\(centres.count)"])
    }
    return reference
  }

  /// The code to give, and all that would do.
  static func facts(_ fitting: [Int]) -> [String: String] {
    ["epsg": fitting.first.map(String.init) ?? "", "fitting": fitting.map { "EPSG:\($0)" }.joined(separator: ", ")]
  }

  /// As a person knows it: its code, if it has one.
  static func name(of reference: SpatialReference) -> String {
    guard let found = try? Projection.describe(reference) else { return reference.definition }
    return found.epsg.map { "EPSG:\($0)" } ?? found.name
  }
}
