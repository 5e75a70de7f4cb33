internal import Nomenclature
internal import Secrecy
internal import Territory
internal import Warehouse

/// The places of a cube: the rows of a table, and what they are relative to.
struct PlaceList {
  private(set) var areas: [Area] = []
  /// Of the table's rows, where each stands among the places.
  private(set) var rows: [Int] = []
  /// Those that make up the others.
  private(set) var parts: [Int] = []
  /// Of each place, what it is relative to.
  private(set) var references: [Int] = []
  /// Of the rows, which is the sum of others.
  private(set) var totals: Set<Int> = []

  /// Territories that are each their own.
  init(_ areas: [Area]) {
    self.areas = areas
    rows = Array(areas.indices)
    parts = rows
    references = rows
  }

  init(_ plan: TablePlan, _ book: TerritoryBook) {
    let request = plan.request
    if plan.dimensions.contains("area") {
      let level = request.by.flatMap(Territory.Level.init(rawValue:))
      var seen: Set<String> = []
      for area in request.areas {
        for part in Self.parts(of: area, level.map { [$0] } ?? request.table.areas, book)
        where seen.insert(part.territory.code).inserted {
          parts.append(areas.count)
          rows.append(areas.count)
          areas.append(part)
        }
      }
      for area in request.areas where seen.insert(area.territory.code).inserted {
        totals.insert(areas.count)
        rows.append(areas.count)
        areas.append(area)
      }
    } else {
      areas = request.areas
      rows = Array(areas.indices)
      parts = rows
    }
    references = Array(areas.indices)
    guard plan.wantsReference else { return }
    if let reference = request.reference
      ?? (request.table.reference == .own && request.areas.count == 1 ? request.areas[0] : nil)
    {
      references = areas.map { _ in areas.count }
      areas.append(reference)
      references.append(references.count)
      return
    }
    // Each is relative to its own country, or to both where it lies in both.
    var known: [String: Int] = [:]
    for place in areas.indices {
      let countries = areas[place].countries.map(\.rawValue).sorted()
      let wholes = countries.compactMap { book[$0] }
      guard let country = wholes.first else { continue }
      let key = countries.joined(separator: " ")
      if known[key] == nil {
        known[key] = areas.count
        areas.append(Area(territory: country, parts: wholes.flatMap { book.area(of: $0).parts }, day: nil))
      }
      references[place] = known[key] ?? place
    }
    while references.count < areas.count { references.append(references.count) }
  }

  /// The territories of the first of some levels that a country has in the area, each as far as it lies in it.
  private static func parts(of area: Area, _ levels: [Territory.Level], _ book: TerritoryBook) -> [Area] {
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
    return found
  }

  func places(_ ground: Ground, years: [Int], of subject: MeasureBook.Subject = .employers) -> Places {
    var parts = [[(place: Int, weight: Double)]](repeating: [], count: ground.release.facts.communes.count)
    for (place, area) in areas.enumerated() {
      for part in area.parts {
        guard let position = ground.positions[part.commune.code] else { continue }
        parts[position].append((place, part.weight))
      }
      // What could not be placed stays in its country.
      if let country = area.territory.wholeCountry, let position = ground.positions["\(country.rawValue)-COM-ZZZZZ"] {
        parts[position].append((place, 1))
      }
    }
    let completeness = years.map { year in
      areas.map { area -> Places.Completeness in
        if subject != .employers, let facts = ground.facts(of: subject) {
          return ground.speakers(facts, year).isDisjoint(with: area.countries.map(\.rawValue)) ? .none : .whole
        }
        guard let coverage = ground.coverage(of: area, in: year) else { return .none }
        return coverage.isPartial ? .partial : .whole
      }
    }
    return Places(
      parts, count: areas.count, completeness: completeness,
      countries: areas.map { Set($0.countries.map(\.rawValue)) })
  }
}
