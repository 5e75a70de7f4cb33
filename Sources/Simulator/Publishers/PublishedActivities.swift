import Nomenclature
import Wording

/// The activities of a register as publishers group and name them.
struct PublishedActivities {
  /// Each code once, in order: the profile repeats it for each group of forms.
  let codes: [String]
  /// The position in `codes` of each activity of the profile.
  let position: [Int]
  let division: [Int]
  /// The sections of A17, in order, and the place in them of each division.
  let sections: [String]
  let section: [Int]
  /// The groups of A5, in order, and the place in them of each section.
  let sectors: [String]
  let sector: [Int]
  private let book: NomenclatureBook

  init(_ profile: CountryProfile, book: NomenclatureBook) {
    let all = profile.activityCodes.map(\.code)
    let codes = Set(all).sorted()
    let sections = Set(book.sectors.divisions.compactMap { $0.groups["a17"] }).sorted()
    self.book = book
    self.codes = codes
    self.sections = sections
    let pairs = book.sectors.divisions.compactMap { division in
      division.groups["a17"].flatMap { section in division.groups["a5"].map { (section, $0) } }
    }
    let holders = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    let sectors = Set(holders.values).sorted()
    self.sectors = sectors
    sector = sections.map { holders[$0].flatMap(sectors.firstIndex(of:)) ?? 0 }
    position = all.map { code in codes.firstIndex(of: code) ?? 0 }
    division = codes.map { Int($0.prefix(2)) ?? 0 }
    section = (0..<100).map { division in
      book.sectors[Self.code(division)]?.groups["a17"].flatMap { sections.firstIndex(of: $0) } ?? 0
    }
  }

  /// `05`.
  static func code(_ division: Int) -> String { division < 10 ? "0\(division)" : String(division) }

  /// `88 Action sociale sans hébergement`.
  func divisionText(_ division: Int) -> String {
    let code = Self.code(division)
    return book.sectors[code].map { "\(code) \($0.label.fr)" } ?? code
  }

  /// `8810A Aide à domicile`.
  func activityText(_ position: Int) -> String {
    let code = codes[position]
    let plain = String(code.filter { $0 != "." })
    return book.nafRev2[code].map { "\(plain) \($0.label.fr)" } ?? plain
  }
}
