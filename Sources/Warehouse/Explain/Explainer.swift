import Diagnostics
import DuckStore
package import Nomenclature
package import Perimeter
import Registers
import Tabular

/// What is known of one organisation, and what each perimeter says of it.
package struct Explanation: Sendable {
  package var id: String
  package var name: String
  /// False where the register says that the unit has ceased: judged by the rules, but counted no more.
  package var isActive: Bool
  package var isRestricted: Bool
  package var facts: UnitFacts
  /// The lists that name it for another time than that of its register.
  package var memberships: [Membership]
  /// The establishment asked for, where one was.
  package var establishment: Establishment?
  /// Some source of what is said was simulated.
  package var isSimulated: Bool
  package var decisions: [(perimeter: Perimeter, decision: Decision)]

  package struct Establishment: Sendable {
    package var id: String
    package var isActive: Bool
    package var activity: Activity?
  }
}

/// Looks an organisation up, in the release or else in the imported files, and judges it alone.
package struct Explainer {
  let release: Release?
  let perimeters: [Perimeter]
  private let place: Place
  private let archive: SourceArchive
  private let book: NomenclatureBook

  package init(_ observatory: Observatory, _ release: Release?, _ perimeters: [Perimeter], _ book: NomenclatureBook)
    throws
  {
    self.release = release
    self.perimeters = perimeters
    self.book = book
    place = Place(file: observatory.path)
    archive = try SourceArchive(observatory)
  }

  package func explain(_ text: String) throws -> Explanation {
    let unknown = Problem("explain.unknown", at: place, ["id": text])
    let number = try OrganisationNumber(text)
    let source = SourceLookup(archive, book)
    var establishment: FoundEstablishment?
    let id: UInt64
    switch number {
    case .siren(let siren): id = siren
    case .enterprise(let enterprise): id = enterprise
    case .siret(let siret):
      guard let found = try establishmentInRelease(.fr, siret) ?? source.sirene(establishment: siret) else {
        throw unknown
      }
      establishment = found
      id = found.unit
    case .belgianEstablishment(let asked):
      guard let found = try establishmentInRelease(.be, asked) ?? source.kbo(establishment: asked) else {
        throw unknown
      }
      establishment = found
      id = found.unit
    }
    let country = number.country
    // Units that no perimeter may let in are not in the release: the imported file still has them.
    guard
      let unit = try unitInRelease(country, id) ?? (country == .fr ? source.sirene(unit: id) : source.kbo(unit: id))
    else { throw unknown }
    let facts = UnitFacts(country: country, form: unit.form, activity: unit.activity, lists: unit.lists)
    let decisions = perimeters.map { perimeter in
      var judged = facts
      if perimeter.level == .establishment, let own = establishment?.activity { judged.activity = own }
      return (perimeter, perimeter.decide(judged))
    }
    let memberships = try release?.membershipsOfOtherDays(country, id) ?? unit.memberships
    return Explanation(
      id: Self.printed(country, unit: id), name: unit.name, isActive: unit.isActive, isRestricted: unit.isRestricted,
      facts: facts, memberships: memberships,
      establishment: establishment.map {
        .init(id: Self.printed(country, establishment: $0.id), isActive: $0.isActive, activity: $0.activity)
      }, isSimulated: release?.manifest.simulated ?? false || archive.items.contains(where: \.receipt.simulated),
      decisions: decisions)
  }

  private static func printed(_ country: Country, unit id: UInt64) -> String {
    country == .fr ? Identifiers.padded(id, 9) : Identifiers.printedBelgian(id)
  }

  private static func printed(_ country: Country, establishment id: UInt64) -> String {
    country == .fr ? Identifiers.padded(id, 14) : Identifiers.printedBelgian(id)
  }

  private func unitInRelease(_ country: Country, _ id: UInt64) throws -> FoundUnit? {
    guard let release else { return nil }
    let rows = try release.store.rows(
      """
      SELECT name, active, restricted, form, activity_scheme, activity, lists FROM units
      WHERE country = '\(country.rawValue)' AND id = \(id)
      """)
    guard let row = rows.first else { return nil }
    return FoundUnit(
      name: row[0].text, isActive: row[1] == .boolean(true), isRestricted: row[2] == .boolean(true), form: row[3].text,
      activity: ActivityScheme(rawValue: row[4].text).map { Activity($0, row[5].text) },
      lists: Set(row[6].text.split(separator: "|").map(String.init)))
  }

  private func establishmentInRelease(_ country: Country, _ id: UInt64) throws -> FoundEstablishment? {
    guard let release else { return nil }
    let rows = try release.store.rows(
      """
      SELECT unit, active, activity_scheme, activity FROM establishments
      WHERE country = '\(country.rawValue)' AND id = \(id)
      """)
    guard let row = rows.first, let unit = row[0].integer else { return nil }
    return FoundEstablishment(
      id: id, unit: UInt64(unit), isActive: row[1] == .boolean(true),
      activity: ActivityScheme(rawValue: row[2].text).map { Activity($0, row[3].text) })
  }
}
