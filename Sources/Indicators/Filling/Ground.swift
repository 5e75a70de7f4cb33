internal import Nomenclature
internal import Secrecy
package import Territory
package import Warehouse

/// A release with the territories that it is asked for: where each commune stands in its facts, and how many employers each
/// region has in each year. Made once, for as many tables as are wanted.
package final class Ground {
  package let release: Release
  package let book: TerritoryBook
  /// Where a commune of the book stands in the facts.
  let positions: [String: Int]
  /// By year of the facts: employers by region.
  private let regions: [Int: [String: Int]]
  private let regionOfCommune: [String: String]
  private var spoken: [String: Set<String>] = [:]
  // What several tables ask for is made once.
  private var areas: [String: Area] = [:]
  private var wholes: [Set<Country>: Area] = [:]
  private var partLists: [String: [Area]] = [:]
  private var placements: [String: Placement] = [:]
  private var coverages: [String: TerritoryCoverage?] = [:]

  package init(_ release: Release, _ book: TerritoryBook) {
    self.release = release
    self.book = book
    let facts = release.facts
    positions = Dictionary(uniqueKeysWithValues: facts.communes.enumerated().map { ($1, $0) })
    var regionOfCommune: [String: String] = [:]
    regionOfCommune.reserveCapacity(book.communes.count)
    // Thousands of communes share one list of ancestors.
    var known: [UnsafeRawPointer?: String?] = [:]
    for position in book.communes.indices {
      let list = book.communes[position].ancestors.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
      let region =
        known[list] ?? book.communes[position].ancestors.first { $0.dropFirst(2).hasPrefix("-REG-") }
      known[list] = .some(region)
      if let region { regionOfCommune[book.communes[position].code] = region }
    }
    self.regionOfCommune = regionOfCommune
    var regions: [Int: [String: Int]] = [:]
    for year in facts.years {
      var counts: [String: Int] = [:]
      for (position, count) in facts.employers(in: year).enumerated() where count > 0 {
        guard let region = regionOfCommune[facts.communes[position]] else { continue }
        counts[region, default: 0] += count
      }
      regions[year] = counts
    }
    self.regions = regions
  }

  /// The communes where somebody employs, in any year.
  var employing: Set<String> {
    let facts = release.facts
    let counts = facts.years.map { facts.employers(in: $0) }
    return Set(
      facts.communes.indices.filter { commune in counts.contains { $0[commune] > 0 } }.map { facts.communes[$0] })
  }

  /// How much of an area the sources speak of in a year; nil where none does.
  package func coverage(of area: Area, in year: Int) -> TerritoryCoverage? {
    let key = "\(Self.key(area)) \(year)"
    if let known = coverages[key] { return known }
    let found = TerritoryCoverage(
      regions: placement(of: area).regions, Set(area.countries.map(\.rawValue)), year, release.manifest, book,
      employers: { year in self.regions[year] ?? [:] })
    coverages[key] = .some(found)
    return found
  }

  /// Areas of one territory and day are as far apart as their communes, which are in order: parts of a territory in two
  /// countries, or in two others, have others at one end.
  private static func key(_ area: Area) -> String {
    let ends = "\(area.parts.first?.commune.code ?? "") \(area.parts.last?.commune.code ?? "")"
    return "\(area.territory.code) \(area.day?.description ?? "") \(area.parts.count) \(ends)"
  }

  /// Where the communes of an area stand in the facts, and the regions that they are in.
  struct Placement {
    fileprivate(set) var parts: [Places.Part] = []
    fileprivate(set) var regions: Set<String> = []
  }

  func placement(of area: Area) -> Placement {
    let key = Self.key(area)
    if let known = placements[key] { return known }
    var placement = Placement()
    placement.parts.reserveCapacity(area.parts.count + 1)
    for part in area.parts {
      if let region = regionOfCommune[part.commune.code] { placement.regions.insert(region) }
      guard let position = positions[part.commune.code] else { continue }
      placement.parts.append(.init(position, part.weight))
    }
    // What could not be placed stays in its country.
    for country in area.territory.wholeCountries {
      guard let position = positions["\(country.rawValue)-COM-ZZZZZ"] else { continue }
      placement.parts.append(.init(position, 1))
    }
    placements[key] = placement
    return placement
  }

  /// A territory of today.
  package func area(of territory: Territory) -> Area {
    if let known = areas[territory.code] { return known }
    let area = book.area(of: territory)
    areas[territory.code] = area
    return area
  }

  /// All of some countries together; nil where there are none.
  func whole(of countries: Set<Country>) -> Area? {
    if let known = wholes[countries] { return known }
    let territories = countries.map(\.rawValue).sorted().compactMap { book[$0] }
    guard let all = Territory.group(territories) else { return nil }
    let whole = Area(territory: all, parts: territories.flatMap { area(of: $0).parts }, day: nil)
    wholes[countries] = whole
    return whole
  }

  /// The territories of the first of some levels that a country has in the area, each as far as it lies in it.
  func parts(of area: Area, _ levels: [Territory.Level]) -> [Area] {
    let key = "\(Self.key(area)) \(levels.map(\.rawValue).joined(separator: " "))"
    if let known = partLists[key] { return known }
    var found: [Area] = []
    for country in area.countries.sorted(by: { $0.rawValue > $1.rawValue }) {
      let own = area.part(in: country)
      for level in levels {
        var groups: [String: [Area.Part]] = [:]
        for part in own.parts {
          let codes = level == .commune ? [part.commune.code] : part.commune.ancestors
          for code in codes where book[code]?.level == level { groups[code, default: []].append(part) }
        }
        if groups.keys.allSatisfy({ $0 == area.territory.code }) { continue }
        found += groups.sorted { $0.key < $1.key }.compactMap { code, parts in
          book[code].map { Area(territory: $0, parts: parts, day: area.day) }
        }
        break
      }
    }
    partLists[key] = found
    return found
  }

  /// The facts that measures of a subject are counted in; nil where they are not counted in facts.
  func facts(of subject: MeasureBook.Subject) -> Facts? {
    switch subject {
    case .employers: release.facts
    case .units, .lists: release.stocks
    case .accounts: release.accounts
    case .published, .quality, .revisions: nil
    }
  }

  /// The years that some source speaks of, in any of the countries.
  func years(of subject: MeasureBook.Subject, in countries: Set<String>) -> [Int] {
    guard subject != .employers, let facts = facts(of: subject) else {
      return Set(release.manifest.coverage.filter { countries.contains($0.country) }.map(\.year)).sorted()
    }
    return facts.years.filter { year in !speakers(facts, year).isDisjoint(with: countries) }
  }

  /// The countries that facts have rows of in a year.
  func speakers(_ facts: Facts, _ year: Int) -> Set<String> {
    let key = "\(facts.measures.first?.name ?? "") \(year)"
    if let known = spoken[key] { return known }
    var found: Set<String> = []
    for (position, count) in facts.employers(in: year).enumerated() where count > 0 {
      let country = String(facts.communes[position].prefix(2))
      if !found.contains(country) { found.insert(country) }
    }
    spoken[key] = found
    return found
  }

  /// The share of the employers of an area that is divided in an estimated proportion.
  func approximated(_ area: Area, in year: Int) -> Double {
    guard area.isApproximate else { return 0 }
    let employers = release.facts.employers(in: year)
    var (divided, whole) = (0.0, 0.0)
    for part in area.parts {
      guard let position = positions[part.commune.code], position < employers.count else { continue }
      let count = Double(employers[position]) * part.weight
      whole += count
      if part.weight < 1 { divided += count }
    }
    return whole > 0 ? divided / whole : 0
  }

  /// Employers in no known commune of some countries: they count in the whole country alone.
  package func unplaced(in countries: Set<String>, year: Int) -> Int {
    let employers = release.facts.employers(in: year)
    guard !employers.isEmpty else { return 0 }
    return countries.compactMap { positions["\($0)-COM-ZZZZZ"] }.map { employers[$0] }.reduce(0, +)
  }
}
