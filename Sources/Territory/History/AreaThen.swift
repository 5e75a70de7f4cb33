import Nomenclature

/// What made up a territory above the communes on another day, as far as the codes of the communes tell: the first digits
/// of a commune are its département in France, its arrondissement and province in Belgium.
extension TerritoryBook {
  /// A territory as it was on a day; nil where it was not there. Where no code says what it held then (EPCI, employment
  /// zones, lists of communes), its ground of today, marked so.
  package func area(of territory: Territory, on day: Day) -> Area? {
    guard territory.level != .commune else { return area(ofCommune: territory.code, on: day) }
    let official = territory.wholeCountry == nil ? administrative(territory, on: day) : territory
    guard let country = official.wholeCountry ?? Country(rawValue: String(official.code.prefix(2))),
      let history = histories[country], let prefixes = prefixes(of: official, country)
    else {
      var territory = territory
      territory.isOfToday = true
      return Area(territory: territory, parts: area(of: territory).parts, day: day)
    }
    let correspondence = Correspondence(history, backTo: day)
    var parts: [Area.Part] = []
    for (today, shares) in correspondence.shares.sorted(by: { $0.key < $1.key }) {
      let inside = shares.filter { share in prefixes.contains { share.code.hasPrefix($0) } }
      guard !inside.isEmpty, let commune = commune(today, in: country) else { continue }
      // Whole is whole, whatever the parts add up to.
      let weight = inside.count == shares.count ? 1 : inside.map(\.weight).reduce(0, +)
      parts.append(Area.Part(commune: commune, weight: weight, pieces: weight < 1 ? inside : []))
    }
    guard !parts.isEmpty else { return nil }
    return Area(territory: territory, parts: parts, day: day)
  }

  /// What a code named on a day: Mouscron was an arrondissement, and Tournai one without it.
  package func territory(_ code: String, on day: Day) -> Territory? {
    if let before = arrondissementsBefore[code] ?? departementsBefore[code], day <= before.until {
      return before.territory
    }
    return territories[code]
  }

  /// Of a NUTS area, the territory that has the same communes, if its code meant on that day what it means today:
  /// Nord-Pas-de-Calais is NUTS-FRE1, and the arrondissement of Tournai was not yet NUTS-BE328 in 2018.
  private func administrative(_ territory: Territory, on day: Day) -> Territory {
    guard [.nuts1, .nuts2, .nuts3].contains(territory.level) else { return territory }
    let members = communes(of: territory.code)
    let codes = Set(members.map(\.code))
    let levels: Set<Territory.Level> = [.region, .formerRegion, .province, .departement, .arrondissement]
    let same = (members.first?.ancestors ?? []).compactMap { territories[$0] }.first { other in
      levels.contains(other.level) && Set(communes(of: other.code).map(\.code)) == codes
        && self.territory(other.code, on: day) == other
    }
    return same ?? territory
  }

  /// How the codes of its communes begin.
  private func prefixes(of territory: Territory, _ country: Country) -> Set<String>? {
    if territory.wholeCountry != nil { return [""] }
    switch (country, territory.level) {
    case (.be, .arrondissement): return [String(territory.code.split(separator: "-").last?.prefix(2) ?? "")]
    case (.fr, .departement): return Self.withCorsica([String(territory.code.split(separator: "-").last ?? "")])
    case (.fr, .region), (.fr, .formerRegion):
      return Self.withCorsica(Set(codes(of: .departement, in: territory)))
    case (.be, .province), (.be, .region):
      // Arrondissements have come and gone inside of a province; its own first digit stays. Only what was Brabant has
      // one for three territories: there, arrondissements tell them apart.
      let arrondissements = codes(of: .arrondissement, in: territory).map { String($0.prefix(2)) }
      return Set(arrondissements.map { $0.hasPrefix("2") ? $0 : String($0.prefix(1)) })
    default: return nil
    }
  }

  /// The numbers of the territories of a level that lie in another.
  private func codes(of level: Territory.Level, in territory: Territory) -> [String] {
    let held = Set(communes(of: territory.code).flatMap(\.ancestors))
    return territories.values.filter { $0.level == level && held.contains($0.code) }.compactMap {
      $0.code.split(separator: "-").last.map(String.init)
    }
  }

  /// Until 1976 Corsica was one département.
  private static func withCorsica(_ departements: Set<String>) -> Set<String> {
    departements.isSuperset(of: ["2A", "2B"]) ? departements.union(["20"]) : departements
  }
}
