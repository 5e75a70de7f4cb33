import Diagnostics
import Tabular

/// What the tables of the Belgian register are written with.
final class KboText {
  /// Names and words of one language.
  struct Language {
    /// Its code in the register.
    let code: UInt8
    let firstNames: Vocabulary.List
    let streets: Vocabulary.List
    let nameSets: UnsafePointer<NameBook.Set>
  }

  struct Country: BitwiseCopyable {
    let dutch: Word
    let french: Word
  }

  let profile: CountryProfile
  let days = DayTable()
  let names: NameBook
  let french, dutch, german: Language
  let letters: Vocabulary.List
  let today: Int
  let percent: UnsafePointer<Rate>
  let struckOff, odd, contact, branch, abroad: Rate
  private let countries: (list: UnsafePointer<Country>, chooser: Chooser)

  init(_ folder: String, profile: CountryProfile, today: Int) throws {
    self.profile = profile
    self.today = today
    let arena = profile.arena
    let constants = profile.constants
    let words = try Vocabulary("\(folder)/be-words.csv", arena: arena)
    let names = try NameBook(
      "\(folder)/be-names.csv", words: words, curly: try constants.rate("curly_apostrophe"),
      arena: arena)
    self.names = names
    func language(
      _ code: StaticString, _ name: String, first: String, streets: String
    ) throws(Problem) -> Language {
      var sets: [NameBook.Set] = []
      for kind in profile.nameKinds { sets.append(try names.set(kind, language: name)) }
      return Language(
        code: code.utf8Start[0], firstNames: try words.list(first),
        streets: try words.list(streets), nameSets: arena.keep(sets))
    }
    french = try language("1", "fr", first: "first_fr", streets: "street_fr")
    dutch = try language("2", "nl", first: "first_nl", streets: "street_nl")
    german = try language("3", "de", first: "first_fr", streets: "street_de")
    letters = try words.list("house_letter")
    percent = profile.percent
    struckOff = try constants.rate("be_struck_off")
    odd = try constants.rate("be_situation_odd")
    contact = try constants.rate("be_contact")
    branch = try constants.rate("be_branch")
    abroad = try constants.rate("abroad")
    let table = try DeclaredTable(
      "\(folder)/be-elsewhere.csv", columns: ["dutch", "french", "weight"],
      properties: ["id", "source"])
    countries = (
      arena.keep(
        table.entries.map {
          Country(dutch: arena.word($0["dutch"]), french: arena.word($0["french"]))
        }), Chooser(try table.entries.map { try $0.number("weight", in: table) }, in: arena)
    )
  }

  /// Which draws of an entity make its activities.
  static let activityDraws = 10_003

  /// Associations and public bodies are mostly outside VAT.
  func isTaxed(_ group: CountryProfile.Group, _ draws: inout Draws) -> Bool {
    !group.isPublic && draws.happens(percent[group.isUntaxed ? 15 : 92])
  }

  /// Whether an enterprise declares for VAT: the first of the draws of its activities.
  func isTaxed(_ enterprise: Enterprise) -> Bool {
    var draws = Draws(key: enterprise.key, Self.activityDraws)
    return isTaxed(profile.groups[enterprise.group], &draws)
  }

  func country(_ draws: inout Draws) -> Country { countries.list[countries.chooser.pick(&draws)] }

  /// The language of an entity of a place; in Brussels French two times in three.
  func language(_ place: Places.Place, key: UInt64) -> Language {
    switch place.language {
    case .french: french
    case .dutch: dutch
    case .german: german
    case .both: key >> 32 & 3 == 0 ? dutch : french
    }
  }
}

extension CSVWriter {
  /// An enterprise number as the register writes it, in quotes: `"0417.497.106"`.
  mutating func enterpriseNumber(stem: Int) {
    byte(UInt8(ascii: "\""))
    let number = Numbers.belgian(stem)
    digits(number / 1_000_000, 4)
    dotted(number)
    byte(UInt8(ascii: "\""))
  }

  /// The number of an establishment or a branch, in quotes: `"2.004.188.660"`.
  mutating func establishmentNumber(stem: Int) {
    byte(UInt8(ascii: "\""))
    establishmentDigits(stem: stem)
    byte(UInt8(ascii: "\""))
  }

  /// Either: the first digit tells enterprises (0, 1) from establishments (2).
  mutating func entityNumber(stem: Int) {
    if stem < 20_000_000 { enterpriseNumber(stem: stem) } else { establishmentNumber(stem: stem) }
  }

  mutating func establishmentDigits(stem: Int) {
    let number = Numbers.belgian(stem)
    digits(number / 1_000_000_000, 1)
    byte(UInt8(ascii: "."))
    digits(number / 1_000_000 % 1000, 3)
    dotted(number)
  }

  private mutating func dotted(_ number: Int) {
    byte(UInt8(ascii: "."))
    digits(number / 1000 % 1000, 3)
    byte(UInt8(ascii: "."))
    digits(number % 1000, 3)
  }

  /// A word in quotes; nothing at all where it is empty, as in the register.
  mutating func quoted(_ word: Word) {
    guard !word.isEmpty else { return }
    byte(UInt8(ascii: "\""))
    self.word(word)
    byte(UInt8(ascii: "\""))
  }
}
