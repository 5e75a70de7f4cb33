import Territory

/// The territories larger than a commune that lie wholly in another, the largest levels first.
struct AreaParts {
  /// EPCI and zones of employment are not among them: their communes change with the years, and a total is of its own.
  private static let levels: [Territory.Level] = [
    .country, .region, .formerRegion, .departement, .province, .arrondissement,
  ]

  let codes: [String]
  /// Communes by their positions in the book.
  private let members: [String: [Int]]
  /// How many communes the territory has in each country.
  private var communes: [Substring: Int] = [:]
  /// Of a code that was another territory once, the last year of that.
  private let another: [String: Int]

  init(_ territory: Territory, _ places: PublishedPlaces) {
    let book = places.book
    var members: [String: [Int]] = [:]
    for position in places.communes(of: territory.code) {
      let commune = book.communes[position]
      communes[commune.code.prefix(2), default: 0] += 1
      for code in commune.ancestors where code != territory.code { members[code, default: []].append(position) }
    }
    var ranks: [String: Int] = [:]
    // Those that reach beyond the territory have more communes than it holds of them.
    for (code, own) in members where places.members[code]?.count == own.count {
      ranks[code] = book[code].flatMap { Self.levels.firstIndex(of: $0.level) }
    }
    codes = ranks.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    self.members = members
    another = book.arrondissementsBefore.mapValues { $0.until.year }
  }

  /// Of the territories that a table speaks of the largest ones, none of which has a commune of another.
  func largest(of published: Set<String>, in year: Int) -> [(code: String, communes: [Int])] {
    var covered: Set<Int> = []
    var found: [(code: String, communes: [Int])] = []
    if published.isEmpty { return found }
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
    return cover.map(\.communes.count).reduce(0, +) == communes[country]
  }
}
