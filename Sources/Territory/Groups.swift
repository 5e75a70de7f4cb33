package import Nomenclature
internal import Tabular
internal import Wording

/// Several territories taken together: a commune that lies in two of them is counted once.
///
/// A group is made on the spot and is in no book: its code says what it is made of, `FR-DEP-59+FR-DEP-62`.
extension Territory {
  /// What stands between the codes of a group; no code of a territory has it.
  package static let together: Character = "+"

  /// One territory where all are the same.
  package static func group(_ members: [Territory]) -> Territory? {
    var distinct: [Territory] = []
    for member in members where !distinct.contains(where: { $0.code == member.code }) { distinct.append(member) }
    guard distinct.count > 1 else { return distinct.first }
    func joined(_ name: (Territory) -> String) -> String { distinct.map(name).joined(separator: " + ") }
    var group = Territory(
      code: distinct.map(\.code).joined(separator: String(together)), level: .zone, name: joined { $0.name(in: .fr) },
      dutchName: joined { $0.name(in: .nl) }, germanName: joined { $0.germanName ?? $0.name },
      englishName: joined { $0.name(in: .en) }, parents: [])
    group.isOfToday = distinct.contains(where: \.isOfToday)
    return group
  }

  /// The codes of which a group is asked for; nil where one territory is.
  package static func members(ofGroup text: String) -> [String]? {
    guard text.contains(together) else { return nil }
    return text.split(separator: together, omittingEmptySubsequences: false).map { trimmed(String($0)) }
  }

  /// The countries that it has the whole of: a group may have both.
  package var wholeCountries: [Country] {
    guard let members = Self.members(ofGroup: code) else { return wholeCountry.map { [$0] } ?? [] }
    return Country.allCases.filter { country in
      members.contains { $0 == country.rawValue || $0 == "NUTS-\(country.rawValue)" }
    }
  }
}

extension Area {
  /// All that lies in one of some areas of the same day.
  package static func group(_ areas: [Area]) -> Area? {
    guard let territory = Territory.group(areas.map(\.territory)), let first = areas.first else { return nil }
    guard areas.contains(where: { $0.territory.code != first.territory.code }) else { return first }
    var parts: [Part] = []
    var places: [String: Int] = [:]
    for part in areas.flatMap(\.parts) {
      if let place = places[part.commune.code] {
        parts[place] = parts[place].with(part)
      } else {
        places[part.commune.code] = parts.count
        parts.append(part)
      }
    }
    return Area(territory: territory, parts: parts, day: first.day)
  }
}

extension Area.Part {
  /// What has this part or the other of their commune: communes of before that both have count once.
  fileprivate func with(_ other: Area.Part) -> Area.Part {
    if weight >= 1 || other.weight >= 1 { return weight >= 1 ? self : other }
    let own = Set(pieces.map(\.code))
    let all = pieces + other.pieces.filter { !own.contains($0.code) }
    // Of which communes of before a part is made may not be known: the larger one has at least that.
    let sum = max(weight, other.weight, all.map(\.weight).reduce(0, +))
    return Area.Part(commune: commune, weight: sum > 1 - 1e-9 ? 1 : sum, pieces: all)
  }
}
