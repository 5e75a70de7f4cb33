import Diagnostics
import Tabular
import Territory

/// Where the rows of the register of associations come from: units of SIRENE as it tells of them, or nothing but draws.
final class AssociationSource {
  /// The communes of a département, drawn by population.
  struct Seats {
    let places: [Int]
    let chooser: Chooser
  }

  private let register: FrenchRegister
  private let areas: FrenchAreas
  private let rates: AssociationRates
  private let words: AssociationWords
  private let text: SireneText
  private let units: SireneUnits
  private let establishments: SireneEstablishments
  private let unitRow = WrittenRow(header: SireneUnits.header)
  private let establishmentRow = WrittenRow(header: SireneEstablishments.header)
  private let nameRow = WrittenRow(header: "name")
  private let ways, streets: Vocabulary.List
  private let names: NameBook.Set
  private var ofSirene: RegisteredNumbers
  private let arena = Arena()
  private var list: [Establishment] = []

  init(
    _ folder: String, register: FrenchRegister, text: SireneText, areas: FrenchAreas, rates: AssociationRates
  ) throws {
    self.register = register
    self.text = text
    self.areas = areas
    self.rates = rates
    words = try AssociationWords(folder, arena: arena)
    units = try SireneUnits(text)
    ofSirene = RegisteredNumbers(register.profile)
    establishments = try SireneEstablishments(text, places: register.places)
    ways = try text.words.list("way")
    streets = try text.words.list("street")
    names = try text.names.set("association")
  }

  func seats(of area: FrenchAreas.Area) -> Seats {
    Seats(
      places: area.communes,
      chooser: Chooser(area.communes.map { Double(areas.communes[$0].population) }, in: arena))
  }

  /// What says in each table that it is simulated: a row struck off, under a number that no other table has.
  func mark(_ table: Int) -> Association {
    Association(
      office: "000", number: table, title: SimulationMark.name, purpose: ("000000", SimulationMark.name),
      seat: Association.Seat(), updated: (text.today - 1, 0), position: .deleted)
  }

  /// An association of SIRENE; nothing where this register does not know it. All those of a département come, in the
  /// order of the units.
  func registered(
    _ unit: LegalUnit, _ numbers: inout AssociationNumbers, _ draws: inout Draws
  ) throws(Problem) -> Association? {
    register.establishments(of: unit, into: &list)
    let place = register.places.all[unit.place]
    let known = ofSirene.take(for: unit, in: place)
    try unitRow.read { csv throws(Problem) in
      _ = try units.write(unit, list, in: place, association: known, to: &csv)
    }
    let w = unitRow["identifiantAssociationUniteLegale"]
    let fresh = numbers.take()
    if w.isEmpty, !draws.happens(rates.withoutNumber) { return nil }
    var one = Association(
      office: fresh.office, number: fresh.number, title: unitRow["denominationUniteLegale"],
      purpose: words.purpose(&draws), seat: try seat(unit, &draws), updated: updated(since: unit.created, &draws))
    if w.utf8.count == 10, let number = Int(w.suffix(6)) {
      one.office = String(w.dropFirst().prefix(3))
      one.number = number
    }
    if draws.happens(rates.titleDiffers) { one.title = Misspelling.of(one.title, &draws) }
    date(&one, unit.created, &draws)
    if let closed = unit.closed, draws.happens(rates.dissolutionDeclared) {
      one.position = .dissolved
      one.dissolved = closed
    }
    if draws.happens(rates.siretKnown) { one.siret = siret(unit, &draws) }
    return one
  }

  private func siret(_ unit: LegalUnit, _ draws: inout Draws) -> String {
    let siret = establishmentRow["siret"]
    guard draws.happens(rates.siretWrong), let last = siret.last?.wholeNumberValue else { return siret }
    return "\(siret.dropLast())\((last + 1) % 10)"
  }

  /// That of the head office, in its commune of today or in one that this took over.
  private func seat(_ unit: LegalUnit, _ draws: inout Draws) throws(Problem) -> Association.Seat {
    let office = list[unit.moves]
    try establishmentRow.read { csv throws(Problem) in try establishments.write(office, of: unit, to: &csv) }
    guard office.location == .inCommune, !unit.hidden else { return seat(in: unit.place, &draws) }
    var seat = Association.Seat(
      number: establishmentRow["numeroVoieEtablissement"], way: establishmentRow["typeVoieEtablissement"],
      street: establishmentRow["libelleVoieEtablissement"], postcode: establishmentRow["codePostalEtablissement"],
      commune: areas.communes[office.place].name, code: establishmentRow["codeCommuneEtablissement"])
    age(&seat, office.place, &draws)
    return seat
  }

  /// One that no other register knows.
  func unregistered(
    _ seats: Seats, _ numbers: inout AssociationNumbers, _ draws: inout Draws
  ) throws(Problem) -> Association {
    let place = seats.places[seats.chooser.pick(&draws)]
    let created = register.profile.creation.day(at: draws.share()).day
    let fresh = numbers.take()
    try nameRow.read { csv throws(Problem) in
      text.names.write(names, commune: register.places.all[place].name, &draws, to: &csv)
    }
    var one = Association(
      office: fresh.office, number: fresh.number, title: nameRow["name"], purpose: words.purpose(&draws),
      seat: seat(in: place, &draws), updated: updated(since: created, &draws))
    date(&one, created, &draws)
    one.position = rates.position(&draws)
    if one.position == .dissolved {
      one.dissolved = created + 1 + draws.below(max(1, text.today - created - 1))
    }
    return one
  }

  private func seat(in place: Int, _ draws: inout Draws) -> Association.Seat {
    let commune = areas.communes[place]
    let postcodes = commune.postcodes
    var seat = Association.Seat(
      number: draws.below(6) == 0 ? "" : String(1 + draws.below(180)), way: ways.pick(&draws).text,
      street: streets.pick(&draws).text,
      postcode: postcodes.isEmpty ? commune.official : postcodes[draws.below(postcodes.count)], commune: commune.name,
      code: commune.official)
    age(&seat, place, &draws)
    return seat
  }

  /// The code of a commune that is no more, which the register keeps as it was declared.
  private func age(_ seat: inout Association.Seat, _ place: Int, _ draws: inout Draws) {
    guard draws.happens(rates.communeGone) else { return }
    if let former = words.former(of: areas.communes[place].official, &draws) { seat.code = former }
  }

  private func date(_ one: inout Association, _ created: Int, _ draws: inout Draws) {
    one.created = draws.happens(rates.createdUnknown) ? nil : created
    one.published = draws.below(3) == 0 ? nil : min(text.today - 1, created + 10 + draws.below(60))
  }

  /// Rows are those of a system of 2007.
  private func updated(since created: Int, _ draws: inout Draws) -> (day: Int, second: Int) {
    let from = min(text.today - 1, max(created, DayTable.day(2007, 1, 1)))
    return (from + draws.below(max(1, text.today - from)), draws.below(86_400))
  }
}
