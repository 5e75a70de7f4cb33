import Diagnostics
import Tabular

/// The rows of StockEtablissement, in the layout of 2025 (54 columns).
final class SireneEstablishments {
  static let entry = "StockEtablissement_utf8.csv"
  static let header =
    "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,"
    + "trancheEffectifsEtablissement,anneeEffectifsEtablissement,"
    + "activitePrincipaleRegistreMetiersEtablissement,dateDernierTraitementEtablissement,"
    + "etablissementSiege,nombrePeriodesEtablissement,complementAdresseEtablissement,"
    + "numeroVoieEtablissement,indiceRepetitionEtablissement,dernierNumeroVoieEtablissement,"
    + "indiceRepetitionDernierNumeroVoieEtablissement,typeVoieEtablissement,"
    + "libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,"
    + "libelleCommuneEtrangerEtablissement,distributionSpecialeEtablissement,"
    + "codeCommuneEtablissement,codeCedexEtablissement,libelleCedexEtablissement,"
    + "codePaysEtrangerEtablissement,libellePaysEtrangerEtablissement,"
    + "identifiantAdresseEtablissement,coordonneeLambertAbscisseEtablissement,"
    + "coordonneeLambertOrdonneeEtablissement,complementAdresse2Etablissement,"
    + "numeroVoie2Etablissement,indiceRepetition2Etablissement,typeVoie2Etablissement,"
    + "libelleVoie2Etablissement,codePostal2Etablissement,libelleCommune2Etablissement,"
    + "libelleCommuneEtranger2Etablissement,distributionSpeciale2Etablissement,"
    + "codeCommune2Etablissement,codeCedex2Etablissement,libelleCedex2Etablissement,"
    + "codePaysEtranger2Etablissement,libellePaysEtranger2Etablissement,dateDebut,"
    + "etatAdministratifEtablissement,enseigne1Etablissement,enseigne2Etablissement,"
    + "enseigne3Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement,"
    + "nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement,"
    + "activitePrincipaleNAF25Etablissement"

  /// What is wrong with a row that an import must reject.
  enum Fault: CaseIterable { case wrongCheckDigit, repeated, fieldTooMany }

  private let text: SireneText
  private let profile: CountryProfile
  private let places: Places
  private let ways, streets, extras, boxes: Vocabulary.List
  private let percent: UnsafePointer<Rate>

  init(_ text: SireneText, places: Places) throws(Problem) {
    self.text = text
    self.places = places
    profile = text.profile
    ways = try text.words.list("way")
    streets = try text.words.list("street")
    extras = try text.words.list("extra")
    boxes = try text.words.list("box")
    percent = profile.percent
  }

  func write(
    _ one: Establishment, of unit: LegalUnit, fault: Fault? = nil, to csv: inout CSVWriter
  ) throws(Problem) {
    var draws = Draws(key: one.key, 10_001)
    let group = profile.groups[unit.group]
    // The formula of Luhn holds for one last digit only: any other is wrong.
    let nic = fault == .wrongCheckDigit ? one.nic / 10 * 10 + (one.nic + 1) % 10 : one.nic
    csv.digits(unit.siren, 9)
    csv.comma()
    csv.digits(nic, 5)
    csv.comma()
    csv.digits(unit.siren, 9)
    csv.digits(nic, 5)
    csv.text(unit.hidden ? ",P," : ",O,")
    text.writeCreation(one.created, &draws, to: &csv)
    csv.comma()
    csv.word(text.bands[one.band])
    csv.comma()
    if one.band > SizeBands.none { csv.number(text.year) }
    csv.comma()
    if group.isPerson, draws.happens(percent[3]) { writeTrade(one.activity, to: &csv) }
    csv.comma()
    text.writeTreatment(since: one.created, &draws, to: &csv)
    csv.text(one.isHeadOffice ? ",true," : ",false,")
    csv.number(1 + draws.below(6))
    csv.comma()
    if unit.hidden {
      writeHiddenAddress(one, &draws, to: &csv)
    } else {
      writeAddress(one, &draws, to: &csv)
    }
    // A second address: fourteen columns that are nearly always empty.
    csv.commas(15)
    csv.bytes(
      text.days.iso(one.closed ?? text.today - 1 - draws.below(max(1, text.today - one.created))))
    csv.text(one.closed == nil ? ",A," : ",F,")
    writeSigns(one, unit, group, &draws, to: &csv)
    csv.comma()
    text.writeActivity(one.activity, closed: one.closed, &draws, to: &csv)
    csv.comma()
    text.writeEmployerFlag(band: one.band, &draws, to: &csv)
    csv.comma()
    text.writeNewerActivity(one.activity, closed: one.closed, &draws, to: &csv)
    if fault == .fieldTooMany { csv.comma() }
    try csv.endRow()
  }

  /// The code of the register of trades: the activity without its dot, and a letter.
  private func writeTrade(_ activity: Int, to csv: inout CSVWriter) {
    for byte in profile.activities[activity].code.bytes where byte != UInt8(ascii: ".") {
      csv.byte(byte)
    }
    csv.byte(UInt8(ascii: "Z"))
  }

  /// From the complement of the address to its second coordinate.
  private func writeAddress(
    _ one: Establishment, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    let bits = draws.next()
    if bits & 127 < 9 { csv.word(extras.pick(&draws)) }
    csv.comma()
    let numbered = bits >> 7 & 127 < 108
    if numbered { csv.number(1 + Int(bits >> 32 & 127) + Int(bits >> 39 & 63)) }
    csv.comma()
    if numbered, bits >> 14 & 127 < 5 { csv.byte(bits >> 21 & 3 == 0 ? 0x54 : 0x42) }  // T or B
    csv.commas(3)
    csv.word(ways.pick(&draws))
    csv.comma()
    csv.word(streets.pick(&draws))
    csv.comma()
    switch one.location {
    case .inCommune: writeCommune(one, bits >> 45, &draws, to: &csv)
    case .overseas:
      let place = text.overseas.list[text.overseas.chooser.pick(&draws)]
      csv.word(place.postcode)
      csv.comma()
      csv.word(place.name)
      csv.commas(3)
      csv.word(place.code)
      csv.commas(7)
    case .abroad:
      let place = text.abroad.list[text.abroad.chooser.pick(&draws)]
      csv.commas(2)
      csv.word(places.all[one.place].name)
      csv.commas(5)
      csv.word(place.code)
      csv.comma()
      csv.word(place.name)
      csv.commas(3)
    }
  }

  /// From the postal code to the second coordinate. `bits` has nineteen free bits.
  private func writeCommune(
    _ one: Establishment, _ bits: UInt64, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    let place = places.all[one.place]
    let district = cityDistrict(place.city, one.key)
    let hasCedex = draws.happens(text.cedex)
    if district > 0 {
      csv.number(cityPostcode(place.city) + district)
    } else {
      csv.word(place.postcodes[Int(bits & 15) % place.postcodeCount])
    }
    csv.comma()
    csv.word(place.name)
    csv.commas(2)
    if bits >> 4 & 127 < 3 { csv.word(boxes.pick(&draws)) }
    csv.comma()
    writeCode(place, district, to: &csv)
    csv.comma()
    if hasCedex {
      csv.word(place.postcodes[0])
      csv.comma()
      csv.word(place.name)
      csv.text(" CEDEX")
    } else {
      csv.comma()
    }
    csv.commas(3)
    if bits >> 11 & 7 != 0 {
      writeCode(place, district, to: &csv)
      csv.digits(Int(one.key >> 20 & 4095), 4)
      csv.text("_B")
    }
    csv.commas(2)
  }

  /// An address of which only the commune is public.
  private func writeHiddenAddress(
    _ one: Establishment, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    let place = places.all[one.place]
    csv.text("[ND],[ND],[ND],[ND],[ND],[ND],[ND],[ND],")
    csv.word(place.name)
    csv.text(",,[ND],")
    writeCode(place, cityDistrict(place.city, one.key), to: &csv)
    csv.text(",[ND],[ND],,,[ND],[ND],[ND]")
  }

  private func writeCode(_ place: Places.Place, _ district: Int, to csv: inout CSVWriter) {
    switch place.city {
    case .none: csv.word(place.code)
    case .paris: csv.number(75_100 + district)
    case .lyon: csv.number(69_380 + district)
    case .marseille: csv.number(13_200 + district)
    }
  }

  /// 1 to 20 in Paris, to 9 in Lyon, to 16 in Marseille; 0 elsewhere.
  private func cityDistrict(_ city: Places.City, _ key: UInt64) -> Int {
    let bits = Int(truncatingIfNeeded: key >> 40 & 0xffff)
    return switch city {
    case .none: 0
    case .paris: 1 + bits % 20
    case .lyon: 1 + bits % 9
    case .marseille: 1 + bits % 16
    }
  }

  private func cityPostcode(_ city: Places.City) -> Int {
    switch city {
    case .none, .paris: 75_000
    case .lyon: 69_000
    case .marseille: 13_000
    }
  }

  /// Three signs and a usual denomination.
  private func writeSigns(
    _ one: Establishment, _ unit: LegalUnit, _ group: CountryProfile.Group,
    _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    if unit.hidden { return csv.text("[ND],[ND],[ND],[ND]") }
    let bits = draws.next()
    let commune = places.all[one.place].name
    if bits & 127 < 9 {
      text.names.write(text.nameSets[group.names], commune: commune, &draws, to: &csv)
    }
    csv.commas(3)
    if bits >> 8 & 127 < 3 {
      text.names.write(text.nameSets[group.names], commune: commune, &draws, to: &csv)
    }
  }
}
