package import Diagnostics
package import Geometry
internal import Nomenclature
package import Territory
internal import Wording

/// What a map of a territory draws: the outlines of the territories of one level in it.
package struct OutlineSet: Sendable {
  package struct Outline: Sendable {
    package let territory: Territory
    package let isApproximate: Bool
    /// Some of its communes lie outside the territory of the map.
    package let isPart: Bool
  }

  package let territory: Territory
  package let level: Territory.Level
  /// In the order of the surfaces of the map.
  package let outlines: [Outline]
  /// In equal-area coordinates.
  package let map: PlanarMap
  /// The communes of the territory that have no outline.
  package let missing: [Commune]
  /// Those in which something is drawn.
  let countries: Set<String>

  package var isApproximate: Bool { outlines.contains(where: \.isApproximate) }

  /// The levels that communes of a territory belong to.
  package static func levels(in territory: Territory, _ book: TerritoryBook) -> [Territory.Level] {
    var found: Set<Territory.Level> = [.commune]
    for commune in book.communes(of: territory.code) {
      for code in commune.ancestors { if let level = book[code]?.level { found.insert(level) } }
    }
    return Territory.Level.allCases.filter(found.contains)
  }

  /// Refuses a level to which no commune of the territory belongs, and zones that overlap in it.
  package static func check(_ territory: Territory, level: Territory.Level, _ book: TerritoryBook) throws(Problem) {
    _ = try units(of: book.communes(of: territory.code), territory, level, book)
  }

  /// For each commune the territory of the level that holds it. Only zones may share communes, and a commune is drawn
  /// once: of those that do none would be whole, but one that is asked for itself.
  private static func units(
    of communes: [Commune], _ territory: Territory, _ level: Territory.Level, _ book: TerritoryBook
  ) throws(Problem) -> [String: String] {
    var unitOf: [String: String] = [:]
    for commune in communes {
      if level == .commune || level == territory.level {
        unitOf[commune.code] = level == .commune ? commune.code : territory.code
        continue
      }
      let units = commune.ancestors.filter { book[$0]?.level == level }
      guard level != .zone || units.count < 2 else {
        throw Problem("outlines.overlap", status: .commandLine, ["territory": units[0], "other": units[1]])
      }
      unitOf[commune.code] = units.first
    }
    guard !unitOf.isEmpty else {
      throw Problem(
        "outlines.no_level", status: .commandLine,
        [
          "territory": territory.code, "level": "@level.\(level.rawValue)",
          "known": levels(in: territory, book).map(\.rawValue).joined(separator: ", "),
        ])
    }
    return unitOf
  }

  /// Dissolves the communes of the territory into those of the level that hold them. What lies of one outside the
  /// territory is not drawn.
  package init(
    _ territory: Territory, level: Territory.Level, _ sources: [CommuneOutlines], _ book: TerritoryBook
  ) throws(Problem) {
    let communes = book.communes(of: territory.code)
    let unitOf = try Self.units(of: communes, territory, level, book)
    let drawn = Set(sources.flatMap(\.codes))
    missing = communes.filter { unitOf[$0.code] != nil && !drawn.contains($0.code) }
    let units = Set(unitOf.filter { drawn.contains($0.key) }.values).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: units.enumerated().map { ($1, Int32($0)) })
    var approximate: Set<String> = []
    var maps: [PlanarMap] = []
    var countries: Set<String> = []
    for source in sources {
      let groups = source.codes.map { unitOf[$0].flatMap { ranks[$0] } ?? PlanarMap.outside }
      guard groups.contains(where: { $0 >= 0 }) else { continue }
      if source.isApproximate { approximate.formUnion(source.codes.compactMap { unitOf[$0] }) }
      countries.insert(source.country.rawValue)
      maps.append(source.map.dissolved(into: groups, count: units.count))
    }
    let inside = Set(communes.map(\.code))
    var parts: Set<String> = []
    for commune in book.communes where !inside.contains(commune.code) {
      for code in commune.ancestors where ranks[code] != nil { parts.insert(code) }
    }
    outlines = units.compactMap { code in
      // Several territories together are in no book.
      (code == territory.code ? territory : book[code]).map {
        Outline(territory: $0, isApproximate: approximate.contains(code), isPart: parts.contains(code))
      }
    }
    map = PlanarMap(
      joining: maps, grid: CommuneOutlines.grid, count: units.count, snapping: CommuneOutlines.snapping)
    self.countries = countries
    self.territory = territory
    self.level = level
  }

  private init(_ other: OutlineSet, map: PlanarMap) {
    (territory, level, outlines, missing) = (other.territory, other.level, other.outlines, other.missing)
    countries = other.countries
    self.map = map
  }

  /// With fewer points; neighbours stay neighbours.
  package func simplified(tolerance: Double) -> OutlineSet {
    OutlineSet(self, map: map.simplified(tolerance: tolerance))
  }

  /// The tolerance at which a drawing so many points wide loses nothing that could be seen.
  package func tolerance(forWidth width: Double, _ envelopes: Envelopes) throws -> Double {
    try DrawnParts(map, countries: countries, envelopes).extent / width
  }
}
