import Diagnostics
import Tabular

/// The rows of denomination.csv: names, abbreviations, commercial names, in one language or two.
struct KboDenominations {
  private let text: KboText
  private let profile: CountryProfile
  private let places: Places

  init(_ text: KboText, places: Places) {
    self.text = text
    self.places = places
    profile = text.profile
  }

  func write(_ enterprise: Enterprise, to csv: inout CSVWriter) throws(Problem) {
    var draws = Draws(key: enterprise.key, 10_001)
    let group = profile.groups[enterprise.group]
    let place = places.all[enterprise.place]
    let language = text.language(place, key: enterprise.key)
    let unknown = draws.happens(unknownLanguage(group))
    try writeName(
      enterprise.stem, unknown ? UInt8(ascii: "0") : language.code, "001", group, language, place,
      &draws, to: &csv)
    guard !group.isPerson else { return }
    if place.language == .both, draws.happens(text.percent[22]) {
      let other = language.code == text.french.code ? text.dutch : text.french
      try writeName(enterprise.stem, other.code, "001", group, other, place, &draws, to: &csv)
    } else if draws.happens(text.percent[1]) {
      try writeName(
        enterprise.stem, UInt8(ascii: "4"), "001", group, language, place, &draws, to: &csv)
    }
    if draws.happens(text.percent[11]) {
      start(enterprise.stem, language.code, "002", to: &csv)
      for _ in 0..<3 + draws.below(3) { csv.byte(UInt8(ascii: "A") + UInt8(draws.below(26))) }
      csv.byte(UInt8(ascii: "\""))
      try csv.endRow()
    }
    if draws.happens(text.percent[7]) {
      try writeName(
        enterprise.stem, language.code, "003", group, language, place, &draws, to: &csv)
    }
  }

  private func unknownLanguage(_ group: CountryProfile.Group) -> Rate {
    text.percent[group.isPerson ? 60 : 4]
  }

  /// The number and the first name of an enterprise, as a list gives them.
  func writeMember(_ enterprise: Enterprise, to csv: inout CSVWriter) {
    // The draws of the name in the register, and so the same name.
    var draws = Draws(key: enterprise.key, 10_001)
    let group = profile.groups[enterprise.group]
    let place = places.all[enterprise.place]
    let language = text.language(place, key: enterprise.key)
    _ = draws.happens(unknownLanguage(group))
    csv.enterpriseNumber(stem: enterprise.stem)
    csv.text(#",""#)
    text.names.write(
      language.nameSets[group.names], commune: commune(place, language), quotes: .around, &draws, to: &csv)
    csv.byte(UInt8(ascii: "\""))
  }

  private func commune(_ place: Places.Place, _ language: KboText.Language) -> Word {
    language.code == text.dutch.code ? place.dutchName : place.name
  }

  /// A commercial name, which one establishment in four has.
  func write(
    _ one: EstablishmentUnit, of enterprise: Enterprise, to csv: inout CSVWriter
  ) throws(Problem) {
    var draws = Draws(key: one.key, 10_001)
    guard draws.happens(text.percent[25]) else { return }
    let place = places.all[one.place]
    let language = text.language(place, key: one.key)
    try writeName(
      one.stem, language.code, "003", profile.groups[enterprise.group], language, place, &draws,
      to: &csv)
  }

  private func start(
    _ stem: Int, _ language: UInt8, _ type: StaticString, to csv: inout CSVWriter
  ) {
    csv.entityNumber(stem: stem)
    csv.text(#",""#)
    csv.byte(language)
    csv.text(#"",""#)
    csv.text(type)
    csv.text(#"",""#)
  }

  private func writeName(
    _ stem: Int, _ code: UInt8, _ type: StaticString, _ group: CountryProfile.Group,
    _ language: KboText.Language, _ place: Places.Place, _ draws: inout Draws,
    to csv: inout CSVWriter
  ) throws(Problem) {
    start(stem, code, type, to: &csv)
    text.names.write(
      language.nameSets[group.names], commune: commune(place, language), quotes: .around, &draws,
      to: &csv)
    csv.byte(UInt8(ascii: "\""))
    try csv.endRow()
  }
}
