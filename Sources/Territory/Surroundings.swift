extension TerritoryBook {
  /// Where territories lie, to tell namesakes apart: the départements or provinces of each, then its regions, then,
  /// for a region, the country. One pass over the communes, whatever their number.
  package func surroundings(of territories: [Territory]) -> [String: [Territory]] {
    let wanted = Set(territories.map(\.code))
    var holders: [String: Set<String>] = [:]
    for commune in communes {
      for code in [commune.code] + commune.ancestors where wanted.contains(code) {
        holders[code, default: []].formUnion(commune.ancestors)
      }
    }
    return Dictionary(
      territories.map { territory in
        (territory.code, Self.surroundings(territory, among: (holders[territory.code] ?? []).compactMap { self[$0] }))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func surroundings(_ territory: Territory, among holders: [Territory]) -> [Territory] {
    func at(_ levels: Territory.Level...) -> [Territory] {
      let found = holders.filter { levels.contains($0.level) && $0.code != territory.code }
      return found.sorted { $0.code < $1.code }
    }
    switch territory.level {
    case .country, .nuts0, .zone: return []
    case .region, .nuts1: return at(.country)
    case .formerRegion: return at(.region)
    case .departement, .province, .nuts2: return at(.region)
    case .arrondissement, .employmentZone, .epci, .commune, .nuts3: return at(.departement, .province) + at(.region)
    }
  }
}
