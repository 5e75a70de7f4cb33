import Diagnostics
import Tabular

/// The rows of StockUniteLegale, in the layout of 2026 (35 columns).
final class SireneUnits {
  static let entry = "StockUniteLegale_utf8.csv"
  static let header =
    "siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,"
    + "sigleUniteLegale,sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,prenom3UniteLegale,"
    + "prenom4UniteLegale,prenomUsuelUniteLegale,pseudonymeUniteLegale,"
    + "identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,"
    + "dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,"
    + "anneeCategorieEntreprise,dateDebut,etatAdministratifUniteLegale,nomUniteLegale,"
    + "nomUsageUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,"
    + "denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,"
    + "categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,"
    + "nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,"
    + "economieSocialeSolidaireUniteLegale,societeMissionUniteLegale,"
    + "caractereEmployeurUniteLegale,activitePrincipaleNAF25UniteLegale"

  private let text: SireneText
  private let profile: CountryProfile
  private let men: Vocabulary.List
  private let women: Vocabulary.List
  private let percent: UnsafePointer<Rate>

  init(_ text: SireneText) throws(Problem) {
    self.text = text
    profile = text.profile
    men = try text.words.list("first_m")
    women = try text.words.list("first_f")
    percent = profile.percent
  }

  /// Gives back the draws that make its name: a list that names the unit writes the same. `association` is its number
  /// in the register of associations, which not all of them tell.
  func write(
    _ unit: LegalUnit, _ establishments: [Establishment], in place: Places.Place,
    association: AssociationNumbers.Number?, to csv: inout CSVWriter
  ) throws(Problem) -> Draws {
    var draws = Draws(key: unit.key, 10_000)
    let form = profile.forms[unit.form]
    let group = profile.groups[unit.group]
    let purged = unit.closed != nil && draws.happens(text.purged)
    let (band, jobs) = staff(establishments, &draws)

    csv.digits(unit.siren, 9)
    csv.text(unit.hidden ? ",P," : ",O,")
    if purged { csv.text("true") }
    csv.comma()
    // What a unit is does not depend on what befell it: each stock says the same of it.
    var identity = Draws(key: unit.key, 10_010)
    text.writeCreation(unit.created, &identity, to: &csv)
    csv.comma()
    if !group.isPerson, identity.happens(percent[8]) { writeAcronym(&identity, to: &csv) }
    csv.comma()
    writeFirstNames(group, unit, &identity, to: &csv)
    csv.comma()
    if group.isAssociation, identity.happens(percent[55]) {
      if let association { write(association, to: &csv) }
      // Numbers were drawn once: a seed gives the names that it always gave.
      _ = identity.next()
      _ = identity.next()
    }
    csv.comma()
    writeStaff(unit, purged: purged, band: band, &draws, to: &csv)
    csv.comma()
    writeCategory(active: unit.closed == nil && !group.isPublic, jobs: jobs, to: &csv)
    csv.comma()
    csv.bytes(text.days.iso(unit.closed ?? text.today - 1 - draws.below(text.today - unit.created)))
    csv.text(unit.closed == nil ? ",A," : ",C,")
    let naming = writeNames(unit, group, commune: place.name, &identity, to: &csv)
    csv.comma()
    csv.word(form.code)
    csv.comma()
    text.writeActivity(unit.activity, closed: unit.closed, &draws, to: &csv)
    csv.comma()
    csv.digits(establishments[unit.moves].nic, 5)
    csv.comma()
    if !purged {
      if identity.happens(form.flaggedYes) {
        csv.byte(UInt8(ascii: "O"))
      } else if identity.happens(form.flaggedNo) {
        csv.byte(UInt8(ascii: "N"))
      }
    }
    csv.comma()
    if !group.isPerson, unit.closed == nil, draws.happens(percent[1]) {
      csv.byte(draws.happens(percent[10]) ? UInt8(ascii: "O") : UInt8(ascii: "N"))
    }
    csv.comma()
    text.writeEmployerFlag(band: band, &draws, to: &csv)
    csv.comma()
    text.writeNewerActivity(unit.activity, closed: unit.closed, &draws, to: &csv)
    try csv.endRow()
    return naming
  }

  /// The band of the sum of what the register says of the establishments.
  private func staff(
    _ establishments: [Establishment], _ draws: inout Draws
  ) -> (band: Int, jobs: Int) {
    var jobs = 0
    var band = SizeBands.none
    for one in establishments where one.band > SizeBands.none {
      band = max(band, SizeBands.leftDuringYear)
      // Where the headcount has left the band, the register still adds up what it knew.
      jobs += max(SizeBands.lowest[one.band], min(SizeBands.highest[one.band], one.jobs))
    }
    if jobs > 0 {
      band = SizeBands.band(of: jobs)
      if draws.happens(text.unitBandDisagrees) {
        band = max(SizeBands.leftDuringYear, min(SizeBands.codes.count - 1, band - 1))
      }
    }
    return (band, jobs)
  }

  /// Sex, four first names, usual first name, pseudonym: nothing for legal persons.
  private func writeFirstNames(
    _ group: CountryProfile.Group, _ unit: LegalUnit, _ draws: inout Draws,
    to csv: inout CSVWriter
  ) {
    guard group.isPerson else { return csv.commas(6) }
    if unit.hidden { return csv.text("[ND],[ND],[ND],[ND],[ND],[ND],[ND]") }
    let man = draws.happens(percent[61])
    let list = man ? men : women
    csv.byte(man ? UInt8(ascii: "M") : UInt8(ascii: "F"))
    csv.comma()
    let first = list.pick(&draws)
    csv.word(first)
    csv.comma()
    if draws.happens(percent[45]) { csv.word(list.pick(&draws)) }
    csv.comma()
    if draws.happens(percent[20]) { csv.word(list.pick(&draws)) }
    csv.commas(2)
    csv.word(first)
    csv.comma()
  }

  private func writeAcronym(_ draws: inout Draws, to csv: inout CSVWriter) {
    for _ in 0..<3 + draws.below(3) { csv.byte(UInt8(ascii: "A") + UInt8(draws.below(26))) }
  }

  /// The identifier of the register of associations: W, the office, six digits.
  private func write(_ association: AssociationNumbers.Number, to csv: inout CSVWriter) {
    csv.byte(UInt8(ascii: "W"))
    for letter in association.office.utf8 { csv.byte(letter) }
    csv.digits(association.number, 6)
  }

  /// From the band to the number of periods.
  private func writeStaff(
    _ unit: LegalUnit, purged: Bool, band: Int, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    if purged { return csv.text(",,,1") }
    csv.word(text.bands[band])
    csv.comma()
    if band > SizeBands.none { csv.number(text.year) }
    csv.comma()
    text.writeTreatment(since: unit.created, &draws, to: &csv)
    csv.comma()
    csv.number(1 + draws.below(7))
  }

  private func writeCategory(active: Bool, jobs: Int, to csv: inout CSVWriter) {
    guard active else { return csv.comma() }
    csv.text(jobs >= 5000 ? "GE," : jobs >= 250 ? "ETI," : "PME,")
    csv.number(text.year)
  }

  /// Name, name in use, denomination and three usual denominations.
  private func writeNames(
    _ unit: LegalUnit, _ group: CountryProfile.Group, commune: Word, _ draws: inout Draws,
    to csv: inout CSVWriter
  ) -> Draws {
    if group.isPerson {
      if unit.hidden {
        csv.text("[ND],[ND],,[ND],[ND],[ND]")
      } else {
        text.names.writeFamily(&draws, to: &csv)
        csv.comma()
        if draws.happens(percent[6]) { text.names.writeFamily(&draws, to: &csv) }
        csv.commas(4)
      }
      return draws
    }
    csv.commas(2)
    let naming = draws
    text.names.write(text.nameSets[group.names], commune: commune, &draws, to: &csv)
    csv.comma()
    if draws.happens(percent[4]) {
      text.names.write(text.nameSets[group.names], commune: commune, &draws, to: &csv)
    }
    csv.commas(2)
    return naming
  }

  /// The number and the name of a unit, as a list gives them. Natural persons stay unnamed.
  func writeMember(
    _ unit: LegalUnit, naming: Draws, in place: Places.Place, to csv: inout CSVWriter
  ) {
    csv.digits(unit.siren, 9)
    csv.comma()
    let group = profile.groups[unit.group]
    guard !group.isPerson else { return }
    var draws = naming
    text.names.write(text.nameSets[group.names], commune: place.name, &draws, to: &csv)
  }
}
