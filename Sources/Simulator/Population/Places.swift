import Diagnostics
import Tabular
import Territory

/// The communes of one country that a simulation covers, drawn by population.
final class Places {
  /// The cities whose arrondissements have codes of their own in the French register.
  enum City: UInt8, BitwiseCopyable { case none, paris, lyon, marseille }

  struct Place: BitwiseCopyable {
    let code: Word
    let name: Word
    let dutchName: Word
    let postcodes: UnsafePointer<Word>
    let postcodeCount: Int
    let city: City
    let language: Language
    /// The calibrated area that it is in.
    let area: Int

    func renamed(_ code: Word, _ name: Word, _ dutchName: Word) -> Place {
      Place(
        code: code, name: name, dutchName: dutchName, postcodes: postcodes, postcodeCount: postcodeCount, city: city,
        language: language, area: area)
    }
  }

  /// The language of the place: its addresses and most names are in it.
  enum Language: UInt8, BitwiseCopyable { case french, dutch, german, both }

  /// The communes of today, then those of before that older stocks name.
  let all: UnsafePointer<Place>
  /// How many are of today.
  let count: Int
  let population: Int
  /// How many more units of each family than its share of the people of the country.
  let units: [Double]
  /// How much of the people of each calibrated area is here.
  let parts: [Double]
  private let arena = Arena()
  private let choosers: UnsafePointer<Chooser>
  /// The communes of each area.
  private let members: UnsafePointer<Members>

  /// By older stock, the newest of them first, and by commune of today.
  private let former: [[UnsafePointer<Then>?]]

  /// Where a part of a commune of today was.
  private struct Then: BitwiseCopyable {
    /// The share of the commune that this part and those before it have.
    let until: Double
    let place: Int
  }

  private struct Members: BitwiseCopyable {
    let places: UnsafePointer<Int>
    let count: Int
  }

  /// `plain` writes names as SIRENE does: capitals without accents.
  init(_ communes: [Commune], plain: Bool, margins: Margins, before: CommunesOfBefore? = nil) {
    let arena = arena
    let positions = Dictionary(
      margins.areas.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var people = [Double](repeating: 0, count: margins.areas.count)
    var members = [[Int]](repeating: [], count: margins.areas.count + 1)
    let areas = communes.map { margins.area($0.ancestors, positions) }
    for (place, area) in areas.enumerated() {
      members[area].append(place)
      if area < people.count { people[area] += Double(communes[place].population) }
    }
    let places = zip(communes, areas).map { commune, area in
      let postcodes = commune.postcodes.isEmpty ? [commune.official] : commune.postcodes
      let name = plain ? PlainCapitals.of(commune.name) : Self.quotable(commune.name)
      let language = Self.language(commune)
      let dutch = language == .french ? name : Self.quotable(commune.dutchName ?? commune.name)
      return Place(
        code: arena.word(commune.official), name: arena.word(name),
        dutchName: arena.word(plain ? name : dutch),
        postcodes: arena.keep(postcodes.map(arena.word)), postcodeCount: postcodes.count,
        city: Self.city(commune.official), language: language, area: area)
    }
    var former: [[UnsafePointer<Then>?]] = []
    var named = places
    for day in before?.days ?? [] {
      former.append(
        communes.enumerated().map { place, commune in
          guard let parts = before?.parts(of: commune.official, on: day) else { return nil }
          var sum = 0.0
          return arena.keep(
            parts.map { part in
              sum += part.weight
              let french = part.names.first ?? commune.name
              let own = plain ? PlainCapitals.of(french) : Self.quotable(french)
              let dutch = plain ? own : Self.quotable(part.names.count > 1 ? part.names[1] : french)
              named.append(places[place].renamed(arena.word(part.code), arena.word(own), arena.word(dutch)))
              return Then(until: sum, place: named.count - 1)
            })
        })
    }
    self.former = former
    all = arena.keep(named)
    count = places.count
    population = communes.reduce(0) { $0 + $1.population }
    let total = Double(max(1, population))
    var units: [Double] = []
    var choosers: [Chooser] = []
    for family in 0..<margins.familyCount {
      let weights = zip(communes, areas).map { Double($0.population) * margins[$1, family].units }
      units.append(weights.reduce(0, +) / total)
      choosers.append(Chooser(weights, in: arena))
    }
    self.units = units
    parts = zip(people, margins.population).map { min(1, $0 / max(1, $1)) }
    self.choosers = arena.keep(choosers)
    self.members = arena.keep(members.map { Members(places: arena.keep($0), count: $0.count) })
  }

  /// By population and by how much the family is at home in each area; the countryside has its part of it.
  func pick(family: Int, rural: Rate, _ draws: inout Draws) -> Int {
    let place = choosers[family].pick(&draws)
    guard draws.happens(rural) else { return place }
    let neighbours = members[all[place].area]
    return neighbours.places[draws.below(neighbours.count)]
  }

  /// The commune that an address of a commune of today was in, in an older stock: always the same one.
  func place(_ place: Int, inOlder stock: Int, key: UInt64) -> Int {
    guard former.indices.contains(stock), let parts = former[stock][place] else { return place }
    var draws = Draws(key: key, 40_000)
    let share = draws.share()
    var part = 0
    while parts[part].until < share, parts[part].until < 0.999_999 { part += 1 }
    return parts[part].place
  }

  private static func quotable(_ name: String) -> String {
    String(name.map { $0 == "\"" || $0.isNewline ? " " : $0 })
  }

  private static func city(_ official: String) -> City {
    switch official {
    case "75056": .paris
    case "69123": .lyon
    case "13055": .marseille
    default: .none
    }
  }

  /// The nine communes of the German-speaking Community (law of 31 December 1983, article 84).
  private static let germanSpeaking = [
    "63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087",
  ]

  private static func language(_ commune: Commune) -> Language {
    if germanSpeaking.contains(commune.official) { return .german }
    if commune.ancestors.contains("BE-REG-02000") { return .dutch }
    if commune.ancestors.contains("BE-REG-04000") { return .both }
    return .french
  }
}

/// Names as SIRENE writes them.
enum PlainCapitals {
  static func of(_ name: String) -> String {
    var text = ""
    for scalar in name.uppercased().decomposedLetters {
      switch scalar {
      case "A"..."Z", "0"..."9", " ", "-": text.unicodeScalars.append(scalar)
      case "'", "’": text += "'"
      case "Œ": text += "OE"
      case "Æ": text += "AE"
      default: break
      }
    }
    return text
  }
}

extension String {
  /// Letters without the accents that French communes have.
  fileprivate var decomposedLetters: [Unicode.Scalar] {
    unicodeScalars.map { scalar in
      switch scalar {
      case "À", "Â", "Ä", "Á", "Ã": "A"
      case "É", "È", "Ê", "Ë": "E"
      case "Î", "Ï", "Í", "Ì": "I"
      case "Ô", "Ö", "Ó", "Ò": "O"
      case "Û", "Ü", "Ù", "Ú": "U"
      case "Ç": "C"
      case "Ÿ": "Y"
      case "Ñ": "N"
      default: scalar
      }
    }
  }
}
