import Territory

/// The territories larger than a commune that lie wholly in another, the largest levels first.
struct AreaParts {
  /// EPCI and zones of employment are not among them: their communes change with the years, and a total is of its own.
  private static let levels: [Territory.Level] = [
    .country, .region, .formerRegion, .departement, .province, .arrondissement,
  ]

  let codes: [String]
  private let members: [String: [String]]
  private let communes: Set<String>
  /// Of a code that was another territory once, the last year of that.
  private let another: [String: Int]

  init(_ territory: Territory, _ book: TerritoryBook) {
    let own = book.communes(of: territory.code)
    communes = Set(own.map(\.code))
    var members: [String: [String]] = [:]
    for commune in own {
      for code in commune.ancestors where code != territory.code { members[code, default: []].append(commune.code) }
    }
    var ranks: [String: Int] = [:]
    for code in members.keys {
      ranks[code] = book[code].flatMap { Self.levels.firstIndex(of: $0.level) }
    }
    // Those that reach beyond the territory have more communes than it holds of them.
    var sizes = ranks.mapValues { _ in 0 }
    for commune in book.communes {
      for code in commune.ancestors {
        if let index = sizes.index(forKey: code) { sizes.values[index] += 1 }
      }
    }
    codes = ranks.filter { sizes[$0.key] == members[$0.key]?.count }
      .sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    self.members = members
    another = book.arrondissementsBefore.mapValues { $0.until.year }
  }

  /// Of the territories that a table speaks of the largest ones, none of which has a commune of another.
  func largest(of published: Set<String>, in year: Int) -> [(code: String, communes: [String])] {
    var covered: Set<String> = []
    var found: [(code: String, communes: [String])] = []
    for code in codes where published.contains(code) && year > another[code] ?? 0 {
      guard let communes = members[code], covered.isDisjoint(with: communes) else { continue }
      covered.formUnion(communes)
      found.append((code, communes))
    }
    return found
  }

  /// Do they make up all of the territory that lies in their country?
  func areWhole(_ published: Set<String>, in year: Int) -> Bool {
    let cover = largest(of: published, in: year)
    guard let country = cover.first?.code.prefix(2) else { return false }
    return cover.map(\.communes.count).reduce(0, +) == communes.count { $0.hasPrefix(country) }
  }
}
