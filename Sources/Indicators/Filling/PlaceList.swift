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

  init(_ plan: TablePlan, _ ground: Ground) {
    let request = plan.request
    if plan.dimensions.contains("area") {
      let level = request.by.flatMap(Territory.Level.init(rawValue:))
      var seen: Set<String> = []
      for area in request.areas {
        for part in ground.parts(of: area, level.map { [$0] } ?? request.table.areas)
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
    var known: [Set<Country>: Int] = [:]
    for place in areas.indices {
      let countries = areas[place].countries
      guard let whole = ground.whole(of: countries) else { continue }
      if known[countries] == nil {
        known[countries] = areas.count
        areas.append(whole)
      }
      references[place] = known[countries] ?? place
    }
    while references.count < areas.count { references.append(references.count) }
  }

  func places(_ ground: Ground, years: [Int], of subject: MeasureBook.Subject = .employers) -> Places {
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
      areas.map { ground.placement(of: $0).parts }, communes: ground.release.facts.communes.count,
      completeness: completeness,
      countries: areas.map { Set($0.countries.map(\.rawValue)) })
  }
}
