package import Nomenclature

/// A territory as the communes of today that make it up, each whole or in part.
package struct Area: Sendable {
  package struct Part: Sendable {
    package let commune: Commune
    /// How much of the commune lies in the territory: 1 but for communes of before.
    package let weight: Double
    /// The communes of before that it is made of, where it is not the whole commune.
    let pieces: [CommuneHistory.Share]

    package init(commune: Commune, weight: Double, pieces: [CommuneHistory.Share] = []) {
      self.commune = commune
      self.weight = weight
      self.pieces = pieces
    }
  }

  package let territory: Territory
  package let parts: [Part]
  /// The day whose communes are meant; nil: today.
  package let day: Day?

  package init(territory: Territory, parts: [Part], day: Day?) {
    self.territory = territory
    self.parts = parts
    self.day = day
    // Parts of one country follow each other.
    var (countries, last): (Set<Country>, Substring) = ([], "")
    for part in parts where part.commune.code.prefix(2) != last {
      last = part.commune.code.prefix(2)
      if let country = Country(rawValue: String(last)) { countries.insert(country) }
    }
    self.countries = countries
  }

  /// Some commune lies in it in part, in a proportion that is estimated.
  package var isApproximate: Bool { parts.contains { $0.weight < 1 } }

  package let countries: Set<Country>

  /// What lies of it in one country.
  package func part(in country: Country) -> Area {
    Area(territory: territory, parts: parts.filter { $0.commune.code.hasPrefix("\(country.rawValue)-") }, day: day)
  }
}

extension TerritoryBook {
  package func area(of territory: Territory) -> Area {
    Area(territory: territory, parts: communes(of: territory.code).map { .init(commune: $0, weight: 1) }, day: nil)
  }

  /// A commune as it was on a day: `FR-COM-59355` of 1990. Nil where there was none of this code, or where the history
  /// does not say what became of it.
  package func area(ofCommune code: String, on day: Day) -> Area? {
    let pieces = code.split(separator: "-").map(String.init)
    guard pieces.count == 3, pieces[1] == "COM", let country = Country(rawValue: pieces[0]),
      let history = histories[country], !history.days.isEmpty, history.isCommune(pieces[2], on: day)
    else { return nil }
    let parts = Correspondence(history, backTo: day).shares.compactMap { today, shares -> Area.Part? in
      guard let share = shares.first(where: { $0.code == pieces[2] }), let commune = commune(today, in: country) else {
        return nil
      }
      return Area.Part(commune: commune, weight: share.weight, pieces: share.weight < 1 ? [share] : [])
    }
    guard !parts.isEmpty else { return nil }
    let name = former.first { $0.commune.code == pieces[2] && communes[$0.today].code.hasPrefix(pieces[0]) }
    let names = name?.commune.names ?? divided.first { $0.code == code }?.names
    return Area(
      territory: Territory(
        code: code, level: .commune, name: names?.first ?? commune(pieces[2], in: country)?.name ?? code,
        dutchName: nil, germanName: nil, englishName: nil, parents: []),
      parts: parts.sorted { $0.commune.code < $1.commune.code }, day: day)
  }
}
