import Diagnostics
import Tabular

/// The rows of address.csv: seats of legal persons (REGO) and establishments (BAET).
struct KboAddresses {
  static let header =
    #""EntityNumber","TypeOfAddress","CountryNL","CountryFR","Zipcode","MunicipalityNL","#
    + #""MunicipalityFR","StreetNL","StreetFR","HouseNumber","Box","ExtraAddressInfo","#
    + #""DateStrikingOff""#

  private let text: KboText
  private let profile: CountryProfile
  private let places: Places

  init(_ text: KboText, places: Places) {
    self.text = text
    self.places = places
    profile = text.profile
  }

  /// The seat. That of a natural person is not published; foreign entities have it in their
  /// country.
  func write(_ enterprise: Enterprise, to csv: inout CSVWriter) throws(Problem) {
    let group = profile.groups[enterprise.group]
    guard !group.isPerson else { return }
    var draws = Draws(key: enterprise.key, 10_002)
    csv.enterpriseNumber(stem: enterprise.stem)
    csv.text(#","REGO","#)
    let outside = draws.happens(group.isForeign ? text.percent[70] : text.abroad)
    writePlace(
      places.all[enterprise.address], outside: outside, start: enterprise.start, &draws, to: &csv)
    try csv.endRow()
  }

  func write(_ one: EstablishmentUnit, to csv: inout CSVWriter) throws(Problem) {
    var draws = Draws(key: one.key, 10_002)
    csv.establishmentNumber(stem: one.stem)
    csv.text(#","BAET","#)
    writePlace(places.all[one.address], outside: false, start: one.start, &draws, to: &csv)
    try csv.endRow()
  }

  /// From the country to the date of striking off.
  private func writePlace(
    _ place: Places.Place, outside: Bool, start: Int, _ draws: inout Draws,
    to csv: inout CSVWriter
  ) {
    if outside {
      let country = text.country(&draws)
      csv.quoted(country.dutch)
      csv.comma()
      csv.quoted(country.french)
      csv.comma()
      csv.byte(UInt8(ascii: "\""))
      csv.number(10_000 + draws.below(85_000))
      csv.text(#"","#)
    } else {
      csv.commas(2)
      csv.quoted(place.postcodes[draws.below(place.postcodeCount)])
      csv.comma()
    }
    writeStreet(place, &draws, to: &csv)
    csv.text(#",""#)
    csv.number(1 + draws.below(220))
    if draws.happens(text.percent[8]) { csv.word(text.letters.pick(&draws)) }
    csv.text(#"","#)
    if draws.happens(text.percent[9]) {
      csv.byte(UInt8(ascii: "\""))
      csv.number(1 + draws.below(40))
      csv.byte(UInt8(ascii: "\""))
    }
    csv.comma()
    if draws.happens(text.percent[2]) { csv.text(#""Z.I.""#) }
    csv.comma()
    if draws.happens(text.struckOff) {
      csv.bytes(text.days.belgian(start + draws.below(max(1, text.today - start))))
    }
  }

  /// Municipality and street, in Dutch then in French: the same twice outside Brussels.
  private func writeStreet(
    _ place: Places.Place, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    let both = place.language == .both
    let dutch = place.language == .dutch
    csv.quoted(both || dutch ? place.dutchName : place.name)
    csv.comma()
    csv.quoted(dutch ? place.dutchName : place.name)
    csv.comma()
    let first = both ? text.dutch.streets : text.language(place, key: 0).streets
    let street = first.pick(&draws)
    csv.quoted(street)
    csv.comma()
    csv.quoted(both ? text.french.streets.pick(&draws) : street)
  }
}
