package import Diagnostics
internal import Filesystem
package import Geometry
package import Nomenclature
package import Territory

/// The outlines of the communes of one country, with the borders that they share.
package struct CommuneOutlines: Sendable, Equatable {
  package let country: Country
  /// The codes of the surfaces of the map, such as `BE-COM-11001`.
  package let codes: [String]
  package let map: PlanarMap
  /// Cells around central points, and no outlines that anybody drew.
  package let isApproximate: Bool

  init(country: Country, codes: [String], map: PlanarMap, isApproximate: Bool) {
    (self.country, self.codes, self.map, self.isApproximate) = (country, codes, map, isApproximate)
  }

  /// A decimetre: finer than any file of outlines, and coarse enough for what was computed twice to meet.
  static let grid = Grid(step: 0.1)
  /// Points and borders as near as two steps are the same.
  static let snapping = 2

  /// Pieces in equal-area coordinates become communes; those of one commune become one.
  package init(
    _ pieces: [(commune: Int, shape: Shape)], of country: Country, _ book: TerritoryBook, approximate: Bool = false
  ) {
    var builder = PlanarBuilder(grid: Self.grid)
    builder.reserve(points: pieces.reduce(0) { $0 + $1.shape.pointCount })
    // What lies beyond the grid is no outline of its commune, which is then among the missing.
    var drawn: Set<Int> = []
    for piece in pieces where builder.add(piece.shape) { drawn.insert(piece.commune) }
    let all = builder.build(snapping: Self.snapping)
    func union(of communes: [Int]) -> PlanarMap {
      let ranks = Dictionary(uniqueKeysWithValues: communes.enumerated().map { ($1, Int32($0)) })
      let groups = pieces.map { ranks[$0.commune] ?? PlanarMap.outside }
      return all.dissolved(into: groups, count: communes.count).withEnclaves()
    }
    var communes = drawn.sorted()
    var joined = union(of: communes)
    // Nor is what became a line on the grid.
    let areas = joined.doubledAreas
    if areas.contains(where: { $0 <= 0 }) {
      communes = zip(communes, areas).filter { $0.1 > 0 }.map(\.0)
      joined = union(of: communes)
    }
    self.init(
      country: country, codes: communes.map { book.communes[$0].code }, map: joined, isApproximate: approximate)
  }

  /// Gives each gap to the only commune around it that is known to be larger than its outline, and a sliver to the one
  /// that has most of its shore.
  func filled(by incomplete: Set<String>) -> CommuneOutlines {
    let candidates = Set(codes.indices.filter { incomplete.contains(codes[$0]) }.map { Int32($0) })
    let gaps = map.gaps()
    // The outline of a part may lie in the gap without a point of its shores: the gap with it is the commune.
    var swallowed: [Int32: Ring] = [:]
    for gap in gaps where gap.area > OutlineFit.largestGap && gap.neighbours.isDisjoint(with: candidates) {
      let shore = Ring(map.points(of: gap.ring).map(map.grid.point))
      let inside = candidates.filter { shore.contains(map.boxes[Int($0)].centre) }
      if inside.count == 1, let part = inside.first { swallowed[part] = shore }
    }
    if !swallowed.isEmpty {
      return with(map: replacing(swallowed.reduce(into: [:]) { $0[Int($1.key)] = Shape([Polygon($1.value)]) }))
        .filled(by: incomplete.subtracting(swallowed.keys.map { codes[Int($0)] }))
    }
    let owned = gaps.compactMap { gap -> (gap: PlanarMap.Gap, by: Int32)? in
      let around = gap.neighbours.intersection(candidates)
      if around.count == 1 { return around.first.map { (gap, $0) } }
      return gap.area < Self.largestSliver ? gap.longestShore().map { (gap, $0) } : nil
    }
    return with(map: map.filled(owned))
  }

  /// Two hectares: no commune is so small, and no lake so large is nobody's.
  private static let largestSliver = 20_000.0

  /// The communes of today without an outline here.
  package func missing(_ book: TerritoryBook) -> [Commune] {
    let there = Set(codes)
    return book.communes.filter { $0.code.hasPrefix("\(country.rawValue)-") && !there.contains($0.code) }
  }

  // MARK: - Kept for the next time

  /// A line of text that says what follows, then the codes, then the map, then the fingerprint of all that.
  package func bytes() throws(Problem) -> [UInt8] {
    let head = [Self.mark, country.rawValue, isApproximate ? "approximate" : "drawn", String(codes.count)]
    var bytes = Array((head.joined(separator: " ") + "\n" + codes.joined(separator: "\n") + "\n").utf8)
    while bytes.count % 4 != 0 { bytes.append(0) }
    bytes += map.bytes
    return bytes + (try Self.fingerprint(bytes[...])).utf8
  }

  private static func fingerprint(_ bytes: ArraySlice<UInt8>) throws(Problem) -> String {
    let fingerprint = try Fingerprint()
    bytes.withUnsafeBytes { fingerprint.add($0) }
    return fingerprint.finish()
  }

  /// Nil where the bytes are of another version, or damaged.
  package init?(bytes all: [UInt8]) throws(Problem) {
    let bytes = all.dropLast(64)
    guard all.suffix(64).elementsEqual(try Self.fingerprint(bytes).utf8),
      let line = bytes.firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    let head = String(decoding: bytes[..<line], as: UTF8.self).split(separator: " ").map(String.init)
    guard head.count == 4, head[0] == Self.mark, let country = Country(rawValue: head[1]), let count = Int(head[3]),
      count >= 0
    else { return nil }
    var codes: [String] = []
    var at = line + 1
    for _ in 0..<count {
      guard let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      codes.append(String(decoding: bytes[at..<end], as: UTF8.self))
      at = end + 1
    }
    at = (at + 3) / 4 * 4
    guard at <= bytes.endIndex, let map = PlanarMap(bytes: bytes[at...]), map.count == count else { return nil }
    self.init(country: country, codes: codes, map: map, isApproximate: head[2] == "approximate")
  }

  /// Another version of this program makes its own.
  private static let mark = "essor-outlines-4"

  /// Of what is made of a file: with another one, what was kept is of no use.
  package static let version = mark
}
