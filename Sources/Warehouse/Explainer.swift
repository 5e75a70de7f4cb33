package import Diagnostics
import DuckStore
package import Nomenclature
package import Perimeter
import Registers
import Tabular

/// A number that a person gave: a SIREN, a SIRET, a BCE number of an enterprise or of an establishment.
package enum OrganisationNumber: Sendable, Equatable {
  case siren(UInt64)
  case siret(UInt64)
  case enterprise(UInt64)
  case belgianEstablishment(UInt64)

  package init(_ text: String) throws(Problem) {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    let clean = text.allSatisfy { $0.isNumber || ". -BbEe\u{a0}\u{202f}".contains($0) }
    guard clean, let number = UInt64(digits) else { throw Self.bad(text, "identifier") }
    switch digits.count {
    case 9:
      guard Identifiers.luhn(number) else { throw Self.bad(text, "luhn") }
      self = .siren(number)
    case 14:
      guard Identifiers.isValidSIRET(number) else { throw Self.bad(text, "luhn") }
      self = .siret(number)
    case 10:
      guard Identifiers.isValidBelgian(number) else { throw Self.bad(text, "mod97") }
      self = Identifiers.isBelgianEstablishment(number) ? .belgianEstablishment(number) : .enterprise(number)
    default:
      throw Self.bad(text, "identifier")
    }
  }

  private static func bad(_ text: String, _ rule: String) -> Problem {
    Problem("explain.bad_\(rule)", status: .commandLine, ["id": text])
  }
}

/// What is known of one organisation, and what each perimeter says of it.
package struct Explanation: Sendable {
  package var id: String
  package var name: String
  package var isRestricted: Bool
  package var facts: UnitFacts
  /// The activity of the establishment asked for, where one was.
  package var establishmentActivity: Activity?
  package var decisions: [(perimeter: Perimeter, decision: Decision)]
}

/// Looks an organisation up, in the release or else in the imported files, and judges it alone.
package struct Explainer {
  let observatory: Observatory
  let release: Release?
  let perimeters: [Perimeter]

  package init(_ observatory: Observatory, _ release: Release?, _ perimeters: [Perimeter]) {
    self.observatory = observatory
    self.release = release
    self.perimeters = perimeters
  }

  private struct Found {
    var country: Country
    var id: UInt64
    var name = ""
    var isRestricted = false
    var form = ""
    var activity: Activity?
    var lists: Set<String> = []
  }

  package func explain(_ text: String) throws -> Explanation {
    let number = try OrganisationNumber(text)
    let archive = try SourceArchive(observatory)
    var establishment: (unit: UInt64, activity: Activity?)?
    let found: Found?
    switch number {
    case .siren(let siren):
      found = try unit(.fr, siren, archive)
    case .siret(let siret):
      establishment = try establishmentInRelease(.fr, siret) ?? (siret / 100_000, nil)
      found = try unit(.fr, siret / 100_000, archive)
    case .enterprise(let enterprise):
      found = try unit(.be, enterprise, archive)
    case .belgianEstablishment(let id):
      establishment = try establishmentInRelease(.be, id) ?? establishmentInSource(id, archive)
      found = try establishment.flatMap { try unit(.be, $0.unit, archive) }
    }
    guard let found else { throw Problem("explain.unknown", at: Place(file: observatory.path), ["id": text]) }
    let facts = UnitFacts(country: found.country, form: found.form, activity: found.activity, lists: found.lists)
    let decisions = perimeters.map { perimeter in
      var judged = facts
      if perimeter.level == .establishment, let own = establishment?.activity { judged.activity = own }
      return (perimeter, perimeter.decide(judged))
    }
    return Explanation(
      id: found.country == .fr ? Identifiers.padded(found.id, 9) : Identifiers.printedBelgian(found.id),
      name: found.name, isRestricted: found.isRestricted, facts: facts,
      establishmentActivity: establishment?.activity, decisions: decisions)
  }

  private func unit(_ country: Country, _ id: UInt64, _ archive: SourceArchive) throws -> Found? {
    if let found = try unitInRelease(country, id) { return found }
    return try country == .fr ? unitInSirene(id, archive) : unitInKBO(id, archive)
  }

  private func unitInRelease(_ country: Country, _ id: UInt64) throws -> Found? {
    guard let release else { return nil }
    let rows = try release.store.rows(
      "SELECT name, restricted, form, activity_scheme, activity, lists FROM units WHERE country = '\(country.rawValue)' AND id = \(id)"
    )
    guard let row = rows.first else { return nil }
    return Found(
      country: country, id: id, name: row[0].text, isRestricted: row[1] == .boolean(true), form: row[2].text,
      activity: ActivityScheme(rawValue: row[3].text).map { Activity($0, row[4].text) },
      lists: Set(row[5].text.split(separator: "|").map(String.init)))
  }

  private func establishmentInRelease(_ country: Country, _ id: UInt64) throws -> (unit: UInt64, activity: Activity?)? {
    guard let release else { return nil }
    let rows = try release.store.rows(
      "SELECT unit, activity_scheme, activity FROM establishments WHERE country = '\(country.rawValue)' AND id = \(id)")
    guard let row = rows.first, let unit = row[0].integer else { return nil }
    return (UInt64(unit), ActivityScheme(rawValue: row[1].text).map { Activity($0, row[2].text) })
  }

  /// Stops a reading as soon as what was looked for is found.
  private struct Enough: Error {}

  private func lists(_ country: Country, _ id: UInt64, _ archive: SourceArchive) throws -> Set<String> {
    let lists = try MemberLists(archive)
    let text = (country == .fr ? lists.french : lists.belgian)[id] ?? ""
    return Set(text.split(separator: "|").map(String.init))
  }

  /// Units that no perimeter may let in are not in the release: the imported file still has them.
  private func unitInSirene(_ id: UInt64, _ archive: SourceArchive) throws -> Found? {
    guard let item = archive.newest(.sireneUnits) else { return nil }
    var found: Found?
    do {
      _ = try SireneUnits(item.open()).read { unit in
        guard UInt64(unit.siren) == id else { return }
        found = Found(
          country: .fr, id: id, name: unit.name, isRestricted: unit.isRestricted, form: unit.form.text,
          activity: ActivityScheme(sirene: unit.scheme.text).map { Activity($0, unit.activity.text) })
        throw Enough()
      }
    } catch is Enough {}
    found?.lists = try lists(.fr, id, archive)
    return found
  }

  private func unitInKBO(_ id: UInt64, _ archive: SourceArchive) throws -> Found? {
    guard let item = archive.newest(.kbo) else { return nil }
    let kbo = try KBO(item.open())
    var found: Found?
    do {
      _ = try kbo.enterprises { enterprise in
        guard enterprise.number == id else { return }
        found = Found(country: .be, id: id, isRestricted: enterprise.isPerson, form: enterprise.form)
        throw Enough()
      }
    } catch is Enough {}
    guard var found else { return nil }
    var best: (rank: Int, activity: Activity)?
    _ = try kbo.activities { line in
      guard line.entity == id, let scheme = ActivityScheme(kbo: line.version) else { return }
      let version = scheme == .nacebel2008 ? 0 : scheme == .nacebel2025 ? 1 : 2
      let group = line.group == "006" ? 0 : line.group == "001" ? 1 : 2 + (Int(line.group) ?? 0)
      let code = String(line.code.prefix(5))
      let rank = version * 1_000_000_000 + (line.isMain ? 0 : 100_000_000) + group * 10_000_000 + (Int(code) ?? 99_999)
      if rank < best?.rank ?? Int.max { best = (rank, Activity(scheme, code)) }
    }
    var name: (rank: UInt8, text: String)?
    _ = try kbo.denominations { line in
      guard line.entity == id else { return }
      let rank = min(line.kind, 9) * 10 + ([1, 2, 3, 4].contains(line.language) ? line.language : 5)
      if rank < name?.rank ?? .max { name = (rank, line.name) }
    }
    found.activity = best?.activity
    found.name = found.isRestricted ? "" : name?.text ?? ""
    found.lists = try lists(.be, id, archive)
    return found
  }

  private func establishmentInSource(_ id: UInt64, _ archive: SourceArchive) throws -> (
    unit: UInt64, activity: Activity?
  )? {
    guard let item = archive.newest(.kbo) else { return nil }
    var found: UInt64?
    do {
      _ = try KBO(item.open()).establishments { establishment in
        guard establishment.number == id else { return }
        found = establishment.enterprise
        throw Enough()
      }
    } catch is Enough {}
    return found.map { ($0, nil) }
  }
}
