import Diagnostics
import Tabular
import Territory

/// Local actors of France: some active units of the social economy, as SIRENE names and places them.
final class FrenchActors {
  private let file: ActorFile
  private let publishers: FrenchPublishers
  private let communes: [Commune]
  private let units: SireneUnits
  private let establishments: SireneEstablishments
  private let unitRow = WrittenRow(header: SireneUnits.header)
  private let establishmentRow = WrittenRow(header: SireneEstablishments.header)

  init(
    _ file: ActorFile, publishers: FrenchPublishers, communes: [Commune], text: SireneText, places: Places
  ) throws(Problem) {
    self.file = file
    self.publishers = publishers
    self.communes = communes
    units = try SireneUnits(text)
    establishments = try SireneEstablishments(text, places: places)
  }

  func see(
    _ unit: LegalUnit, _ list: [Establishment], _ memberships: Memberships, in place: Places.Place
  ) throws(Problem) {
    let office = list[unit.moves]
    guard unit.closed == nil, !unit.hidden, office.location == .inCommune,
      var draws = file.draws(for: unit.key, employs: unit.employs)
    else { return }
    guard let category = publishers.category(of: unit, memberships) else { return }
    // Its number in the register of associations is not asked for.
    try unitRow.read { csv throws(Problem) in
      _ = try units.write(unit, list, in: place, association: nil, to: &csv)
    }
    try establishmentRow.read { csv throws(Problem) in try establishments.write(office, of: unit, to: &csv) }
    let address = ["numeroVoieEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement"].map {
      establishmentRow[$0]
    }
    let actor = ActorFile.Actor(
      name: unitRow["denominationUniteLegale"],
      address: Misspelling.titled(address.filter { !$0.isEmpty }.joined(separator: " ")),
      postcode: establishmentRow["codePostalEtablissement"], place: communes[office.place].name, category: category,
      truth: unitRow["siren"])
    try file.write(actor, &draws)
  }

  func finish() throws(Problem) -> WrittenFile { try file.finish() }
}

/// Those of Belgium, as the register names and places them.
final class BelgianActors {
  private let file: ActorFile
  private let names: KboDenominations
  private let addresses: KboAddresses
  private let nameRow = WrittenRow(header: "EntityNumber,Language,TypeOfDenomination,Denomination")
  private let addressRow = WrittenRow(header: KboAddresses.header)

  init(_ file: ActorFile, text: KboText, places: Places) {
    self.file = file
    names = KboDenominations(text, places: places)
    addresses = KboAddresses(text, places: places)
  }

  /// An enterprise of the social economy.
  func see(_ enterprise: Enterprise, category: String) throws(Problem) {
    guard var draws = file.draws(for: enterprise.key, employs: enterprise.employs) else { return }
    try nameRow.read { csv throws(Problem) in try names.write(enterprise, to: &csv) }
    try addressRow.read { csv throws(Problem) in try addresses.write(enterprise, to: &csv) }
    guard addressRow["CountryFR"].isEmpty else { return }
    let actor = ActorFile.Actor(
      name: nameRow["Denomination"], address: "\(addressRow["StreetFR"]) \(addressRow["HouseNumber"])",
      postcode: addressRow["Zipcode"], place: addressRow["MunicipalityFR"], category: category,
      truth: nameRow["EntityNumber"])
    try file.write(actor, &draws)
  }

  func finish() throws(Problem) -> WrittenFile { try file.finish() }
}
