internal import Diagnostics
package import Geometry
internal import Nomenclature
package import Territory

/// A file of outlines read to its end: which feature is which commune of today, what was repaired, what cannot be used.
package struct BoundaryReading: Sendable {
  /// How the file is to be read, where it does not say so itself.
  package struct Options: Sendable, Equatable {
    package var column: String?
    package var epsg: Int?
    package var layer: String?

    package init(column: String? = nil, epsg: Int? = nil, layer: String? = nil) {
      (self.column, self.epsg, self.layer) = (column, epsg, layer)
    }
  }

  /// What became of a feature that is not kept.
  package enum Reason: String, Sendable, CaseIterable {
    /// In neither country.
    case abroad
    /// A part of a commune that is there as a whole.
    case part
    /// No commune has this code, or had it.
    case code
    /// The commune was divided among several of today.
    case divided
    /// Another feature covers the same commune.
    case duplicate
    /// No outline, or one that cannot be repaired.
    case geometry
  }

  package struct Finding: Sendable {
    package let line: Int
    package let reason: Reason
    /// The feature as the file names it.
    package let text: String
  }

  package let column: CodeColumn
  package let readCount: Int
  package private(set) var keptCount = 0
  package private(set) var findings: [Finding] = []
  package private(set) var repairedCount = 0
  /// Features with a code of before, carried to the commune of today.
  package private(set) var carriedCount = 0
  /// In equal-area coordinates, by the position of the commune in the book.
  package private(set) var pieces: [(commune: Int, shape: Shape)] = []

  package init(
    _ file: LayerFile, _ options: Options, _ book: TerritoryBook, _ envelopes: Envelopes,
    progress: (Double) throws -> Void = { _ in }
  ) throws {
    let layer = try file.read(layer: options.layer)
    try progress(0.2)
    column = try CodeColumn(
      layer, book, named: options.column, places: Self.places(layer, options), envelopes, file: file.path)
    readCount = layer.features.count
    let reference = try Self.reference(layer, options, envelopes, column.country, file.path)
    let way = try Projection(from: reference, to: .equalArea)
    let toWorld = try Projection(from: reference, to: .world)
    let geos = try Geos()
    var claims: [Int: [Claim]] = [:]
    for (index, feature) in layer.features.enumerated() {
      if index % 64 == 0 { try progress(0.2 + 0.7 * Double(index) / Double(readCount)) }
      let text = Self.text(of: feature, layer)
      let found = commune(of: feature, book)
      guard case .success(let commune) = found else {
        if case .failure(let reason) = found {
          let isElsewhere = reason == .code && Self.isAbroad(feature, toWorld, envelopes)
          findings.append(Finding(line: feature.line, reason: isElsewhere ? .abroad : reason, text: text))
        }
        continue
      }
      guard let raw = feature.shape, let shape = way.transformed(raw), let sound = try sound(shape, geos) else {
        findings.append(Finding(line: feature.line, reason: .geometry, text: text))
        continue
      }
      claims[commune.position, default: []].append(
        Claim(shape: sound, line: feature.line, text: text, isWhole: commune.isOwnCode))
    }
    for (commune, claims) in claims.sorted(by: { $0.key < $1.key }) { try settle(commune, claims, geos) }
    findings.sort { ($0.line, $0.text) < ($1.line, $1.text) }
    try progress(1)
  }

  private struct Claim {
    let shape: Shape
    let line: Int
    let text: String
    /// Under the code that the commune has today.
    let isWhole: Bool
  }

  // MARK: - Which commune

  private mutating func commune(
    of feature: Layer.Feature, _ book: TerritoryBook
  ) -> Result<(position: Int, isOwnCode: Bool), ReasonError> {
    guard let value = feature.values[column.name], let code = CodeColumn.code(value, of: column.country) else {
      return .failure(.code)
    }
    let positions = column.country == .fr ? book.french : book.belgian
    if let position = positions[code] {
      let isOwn = book.communes[position].official == code
      if !isOwn { carriedCount += 1 }
      return .success((position, isOwn))
    }
    if case .divided = book.histories[column.country]?.fate(of: code) { return .failure(.divided) }
    return .failure(.code)
  }

  private typealias ReasonError = Reason

  private static func isAbroad(_ feature: Layer.Feature, _ way: Projection, _ envelopes: Envelopes) -> Bool {
    guard let shape = feature.shape, let centre = way.transformed([shape.box.centre])?.first else { return false }
    return envelopes.parts(at: centre).isEmpty
  }

  /// What a person needs to find the feature again: its first few values.
  private static func text(of feature: Layer.Feature, _ layer: Layer) -> String {
    layer.columns.prefix(6).compactMap { name in feature.values[name].map { "\(name)=\($0)" } }.joined(separator: "; ")
  }

  // MARK: - Sound shapes

  private mutating func sound(_ shape: Shape, _ geos: Geos) throws -> Shape? {
    guard try geos.fault(of: shape) != nil else { return shape }
    guard let repaired = try geos.repaired(shape), repaired.area > 0 else { return nil }
    repairedCount += 1
    return repaired
  }

  /// Several features may be parts of one commune, side by side; what lies on another is one too many.
  private mutating func settle(_ commune: Int, _ claims: [Claim], _ geos: Geos) throws {
    // The commune under its own code comes before its parts, whatever the order of the file.
    var kept: [Claim] = []
    for claim in claims.filter(\.isWhole) + claims.filter({ !$0.isWhole }) {
      let box = claim.shape.box
      let rival = try kept.first { other in
        guard other.shape.box.intersects(box) else { return false }
        let common = try geos.intersection(claim.shape, other.shape)?.area ?? 0
        return common > 0.05 * min(claim.shape.area, other.shape.area)
      }
      if let rival {
        findings.append(
          Finding(line: claim.line, reason: rival.isWhole && !claim.isWhole ? .part : .duplicate, text: claim.text))
      } else {
        kept.append(claim)
        keptCount += 1
        pieces.append((commune, claim.shape))
      }
    }
  }
}

extension BoundaryReading.Reason: Error {}

extension BoundaryReading {
  // MARK: - Where on Earth

  /// Where the features lie in the world if the file is right about its coordinates; nowhere if that cannot be said.
  fileprivate static func places(_ layer: Layer, _ options: Options) -> [Point?] {
    guard let reference = options.epsg.map(SpatialReference.init(epsg:)) ?? layer.reference,
      let way = try? Projection(from: reference, to: .world)
    else { return [] }
    return layer.features.map { feature in feature.shape.flatMap { way.transformed([$0.box.centre])?.first } }
  }

  /// The system of the coordinates: said, or written in the file. Most features must then lie in their country.
  fileprivate static func reference(
    _ layer: Layer, _ options: Options, _ envelopes: Envelopes, _ country: Country, _ path: String
  ) throws(Problem) -> SpatialReference {
    let said = options.epsg.map { SpatialReference(epsg: $0) }
    let centres = layer.features.compactMap(\.shape).map(\.box.centre).filter { $0.x.isFinite && $0.y.isFinite }
    guard !centres.isEmpty else { throw Problem("layer.no_shapes", at: Place(file: path)) }
    guard let reference = said ?? layer.reference else {
      throw problem("boundaries.no_projection", centres, envelopes, country, path, [:])
    }
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
      let name = (try? Projection.describe(reference)).map { found in
        found.epsg.map { "EPSG:\($0)" } ?? found.name
      }
      throw problem(
        "boundaries.wrong_projection", centres, envelopes, country, path,
        ["system": name ?? reference.definition, "outside": "#\(centres.count - inside)", "count": "#\(centres.count)"])
    }
    return reference
  }

  private static func problem(
    _ code: String, _ centres: [Point], _ envelopes: Envelopes, _ country: Country, _ path: String,
    _ facts: [String: String]
  ) -> Problem {
    let fitting = envelopes.projections(placing: centres, in: country).map(String.init)
    var facts = facts
    facts["country"] = "@country.\(country.rawValue)"
    facts["epsg"] = fitting.first ?? ""
    facts["fitting"] = fitting.map { "EPSG:\($0)" }.joined(separator: ", ")
    return Problem(fitting.isEmpty ? code + "_at_all" : code, at: Place(file: path), facts)
  }
}
