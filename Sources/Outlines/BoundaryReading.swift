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
    /// In neither country, or a commune of the other.
    case abroad
    /// A part of a commune that is there as a whole.
    case part
    /// No commune has this code, or had it.
    case code
    /// The commune was divided among several of today.
    case divided
    /// Under a code of before, and others that formed the commune of today with it are not there.
    case incomplete
    /// Another feature covers the same commune.
    case duplicate
    /// No outline, one of no width, one larger than any commune, one that cannot be repaired, or one that lies
    /// elsewhere than the commune.
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
    let places = Self.places(layer, options)
    column = try CodeColumn(layer, book, named: options.column, places: places, envelopes, file: file.path)
    readCount = layer.features.count
    var matches: [Result<Match, Reason>] = []
    for feature in layer.features { matches.append(commune(of: feature, book)) }
    let expected = try CommunePlaces(
      envelopes, book, of: column.country, seenBy: Self.witnesses(layer.features, matches))
    let reference = try Self.reference(layer, options, envelopes, expected, column.country, file.path)
    let way = try Projection(from: reference, to: .equalArea)
    let foreign = try Self.foreign(layer, column, places, matches, expected, envelopes, book, file.path)
    let geos = try Geos()
    var claims: [Int: [Claim]] = [:]
    for (index, feature) in layer.features.enumerated() {
      if index % 64 == 0 { try progress(0.2 + 0.7 * Double(index) / Double(readCount)) }
      let text = Self.text(of: feature, layer)
      if foreign.contains(index) {
        findings.append(Finding(line: feature.line, reason: .abroad, text: text))
        continue
      }
      guard case .success(let commune) = matches[index] else {
        if case .failure(let reason) = matches[index] {
          let isElsewhere = reason == .code && places[index].map { envelopes.parts(at: $0).isEmpty } ?? false
          findings.append(Finding(line: feature.line, reason: isElsewhere ? .abroad : reason, text: text))
        }
        continue
      }
      // The file as a whole lies where it should; a single feature may still have its axes exchanged, or lost a digit.
      guard let place = places[index], envelopes.holds(place, in: column.country), let raw = feature.shape,
        let shape = way.transformed(raw), CommuneOutlines.grid.holds(shape), let sound = try sound(shape, geos)
      else {
        findings.append(Finding(line: feature.line, reason: .geometry, text: text))
        continue
      }
      claims[commune.position, default: []].append(
        Claim(shape: sound, line: feature.line, text: text, code: commune.code, isWhole: commune.isOwnCode))
    }
    claims = try placed(claims, expected, reference, file.path)
    for (rank, (commune, claims)) in claims.sorted(by: { $0.key < $1.key }).enumerated() {
      if rank % 64 == 0 { try progress(0.9 + 0.1 * Double(rank) / Double(readCount)) }
      try settle(commune, claims, book.histories[column.country], geos)
    }
    findings.sort { ($0.line, $0.text) < ($1.line, $1.text) }
    try progress(1)
  }

  private struct Claim {
    let shape: Shape
    let line: Int
    let text: String
    let code: String
    /// Under the code that the commune has today.
    let isWhole: Bool
  }

  // MARK: - Which commune

  /// The position of a commune in the book, the code of the feature, and whether the commune has it today.
  typealias Match = (position: Int, code: String, isOwnCode: Bool)

  private func commune(of feature: Layer.Feature, _ book: TerritoryBook) -> Result<Match, Reason> {
    guard let value = feature.values[column.name], let code = CodeColumn.code(value, of: column.country) else {
      return .failure(.code)
    }
    let positions = column.country == .fr ? book.french : book.belgian
    if let position = positions[code] {
      return .success((position, code, book.communes[position].official == code))
    }
    if case .divided = book.histories[column.country]?.fate(of: code) { return .failure(.divided) }
    return .failure(.code)
  }

  private static func witnesses(
    _ features: [Layer.Feature], _ matches: [Result<Match, Reason>]
  ) -> [CommunePlaces.Witness] {
    zip(features, matches).compactMap { feature, match -> CommunePlaces.Witness? in
      guard case .success(let commune) = match, let box = feature.shape?.box, box.centre.x.isFinite,
        box.centre.y.isFinite
      else { return nil }
      return .init(commune: commune.position, isWhole: commune.isOwnCode, box: box)
    }
  }

  /// What a person needs to find the feature again: its first few values.
  private static func text(of feature: Layer.Feature, _ layer: Layer) -> String {
    layer.columns.prefix(6).compactMap { name in feature.values[name].map { "\(name)=\($0)" } }.joined(separator: "; ")
  }

  // MARK: - Sound shapes

  private mutating func sound(_ shape: Shape, _ geos: Geos) throws(Problem) -> Shape? {
    guard shape.area <= Self.largestArea else { return nil }
    do throws(Problem) {
      guard try geos.fault(of: shape) != nil else { return Self.isFlat(shape) ? nil : shape }
      guard try !shape.crosses(moreThan: Self.mostCrossings), let repaired = try geos.repaired(shape),
        !Self.isFlat(repaired)
      else { return nil }
      repairedCount += 1
      return repaired
    } catch {
      // What the library cannot take is that feature's fault: the others are read.
      guard error.code == "geos.failed" else { throw error }
      return nil
    }
  }

  /// Maripasoula, in Guyane, has 18 360 km²; what is larger is a region or a country under the code of a commune.
  private static let largestArea = 2e10

  /// Outlines that somebody drew cross themselves in a few places, those that a program put together from pieces in
  /// some hundreds. Of a star of 33 points, which has about as many, the repair takes a third of a second; of one with
  /// ten times as many, ten, and what it makes is no commune.
  static let mostCrossings = 500

  /// Less than a metre wide, if it is a strip: on the grid it may become a line, which has no surface to draw.
  private static func isFlat(_ shape: Shape) -> Bool {
    var length = 0.0
    for ring in shape.polygons.flatMap(\.rings) {
      for (a, b) in zip(ring.points, ring.points.dropFirst()) { length += a.distance(to: b) }
    }
    return shape.area <= length / 2
  }

  /// Sets aside what lies far from its commune; where most does, the file is not where it says.
  private mutating func placed(
    _ claims: [Int: [Claim]], _ expected: CommunePlaces, _ reference: SpatialReference, _ path: String
  ) throws(Problem) -> [Int: [Claim]] {
    var near: [Int: [Claim]] = [:]
    var far: [(claim: Claim, distance: Double)] = []
    var known = 0
    for (commune, claims) in claims {
      for claim in claims {
        let distance = expected.distance(of: claim.shape.box, from: commune)
        if distance != nil { known += 1 }
        if let distance, expected.isFar(distance, isWhole: claim.isWhole) {
          far.append((claim, distance))
        } else {
          near[commune, default: []].append(claim)
        }
      }
    }
    far.sort { ($0.claim.line, $0.claim.text) < ($1.claim.line, $1.claim.text) }
    if far.count * 2 > known, let first = far.first {
      let fitting = expected.projections
      let code =
        expected.suit(reference, exchanged: true)
        ? "boundaries.exchanged" : fitting.isEmpty ? "boundaries.displaced" : "boundaries.other_projection"
      throw Problem(
        code, at: Place(file: path, line: first.claim.line),
        [
          "system": Self.name(of: reference), "far": "#\(far.count)", "count": "#\(known)",
          "example": first.claim.text, "distance": "#\(Int(first.distance / 1000))",
        ].merging(Self.facts(fitting)) { $1 })
    }
    findings += far.map { Finding(line: $0.claim.line, reason: .geometry, text: $0.claim.text) }
    return near
  }

  /// Several features may be parts of one commune, side by side; what lies on another is one too many.
  private mutating func settle(
    _ commune: Int, _ claims: [Claim], _ history: CommuneHistory?, _ geos: Geos
  ) throws {
    // The commune under its own code comes before its parts, whatever the order of the file.
    let ordered = claims.filter(\.isWhole) + claims.filter { !$0.isWhole }
    let boxes = ordered.map(\.shape.box)
    let index = BoxIndex(boxes)
    var isKept = [Bool](repeating: false, count: ordered.count)
    for (rank, claim) in ordered.enumerated() {
      try Interruption.check()
      let rival = try index.meeting(boxes[rank]).first { other in
        guard isKept[other] else { return false }
        let common = try geos.intersection(claim.shape, ordered[other].shape)?.area ?? 0
        return common > 0.05 * min(claim.shape.area, ordered[other].shape.area)
      }.map { ordered[$0] }
      if let rival {
        findings.append(
          Finding(line: claim.line, reason: rival.isWhole && !claim.isWhole ? .part : .duplicate, text: claim.text))
      } else {
        isKept[rank] = true
      }
    }
    let kept = zip(ordered, isKept).filter(\.1).map(\.0)
    guard Self.areWhole(kept, history) else {
      findings += kept.map { Finding(line: $0.line, reason: .incomplete, text: $0.text) }
      return
    }
    keptCount += kept.count
    carriedCount += kept.count { !$0.isWhole }
    for claim in kept { pieces.append((commune, claim.shape)) }
  }

  /// Communes of before make one of today when all that formed it are there: Borsbeek alone is not Antwerp. Of codes
  /// that the history does not know, nobody can tell.
  private static func areWhole(_ claims: [Claim], _ history: CommuneHistory?) -> Bool {
    if claims.contains(where: \.isWhole) { return true }
    let codes = Set(claims.map(\.code))
    let formed = codes.compactMap { history?.whole(of: $0) }.filter { !$0.isEmpty }
    return formed.isEmpty || formed.contains { codes.isSuperset(of: $0) }
  }
}

extension BoundaryReading.Reason: Error {}
