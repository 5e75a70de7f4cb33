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
    /// How much its area leans to the organisations of the social economy, from 0.4 to 1.
    let lean: Rate
  }

  /// The language of the place: its addresses and most names are in it.
  enum Language: UInt8, BitwiseCopyable { case french, dutch, german, both }

  let all: UnsafePointer<Place>
  let count: Int
  let population: Int
  private let arena = Arena()
  private let chooser: Chooser

  /// `plain` writes names as SIRENE does: capitals without accents.
  init(_ communes: [Commune], plain: Bool) {
    let arena = arena
    let places = communes.map { commune in
      let postcodes = commune.postcodes.isEmpty ? [commune.official] : commune.postcodes
      let name = plain ? PlainCapitals.of(commune.name) : Self.quotable(commune.name)
      let language = Self.language(commune)
      let dutch = language == .french ? name : Self.quotable(commune.dutchName ?? commune.name)
      return Place(
        code: arena.word(commune.official), name: arena.word(name),
        dutchName: arena.word(plain ? name : dutch),
        postcodes: arena.keep(postcodes.map(arena.word)), postcodeCount: postcodes.count,
        city: Self.city(commune.official), language: language,
        lean: Self.lean(commune.official))
    }
    all = arena.keep(places)
    count = places.count
    population = communes.reduce(0) { $0 + $1.population }
    chooser = Chooser(communes.map { Double($0.population) }, in: arena)
  }

  /// By population.
  func pick(_ draws: inout Draws) -> Int { chooser.pick(&draws) }

  /// By population, with what the group adds: countryside, and areas where it is at home.
  func pick(for group: CountryProfile.Group, _ draws: inout Draws) -> Int {
    if draws.happens(group.rural) { return draws.below(count) }
    let first = chooser.pick(&draws)
    guard group.isLocal, !draws.happens(all[first].lean) else { return first }
    return chooser.pick(&draws)
  }

  private static func quotable(_ name: String) -> String {
    String(name.map { $0 == "\"" || $0.isNewline ? " " : $0 })
  }

  /// The same for every commune of a département or of a Belgian arrondissement, and for every
  /// seed: the area is in the first two characters of the code.
  private static func lean(_ official: String) -> Rate {
    var draws = Draws(0, .area, official.utf8.prefix(2).reduce(0) { $0 << 8 | Int($1) })
    return Rate(0.4 + 0.6 * draws.share())
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
