import Nomenclature
import Registers
import Tabular

/// A unit as it was found, whatever the country.
struct FoundUnit {
  var name = ""
  var isActive = true
  var isRestricted = false
  var form = ""
  var activity: Activity?
  var lists: Set<String> = []
  /// Lists that name it for another time.
  var memberships: [Explanation.Membership] = []
}

struct FoundEstablishment {
  var id: UInt64
  var unit: UInt64
  var isActive = true
  var activity: Activity?
}

/// Looks one number up in the imported files themselves: what no perimeter may let in is in no release.
struct SourceLookup {
  private let archive: SourceArchive

  private let book: NomenclatureBook

  init(_ archive: SourceArchive, _ book: NomenclatureBook) { (self.archive, self.book) = (archive, book) }

  /// Stops a reading as soon as what was looked for is found.
  private struct Enough: Error {}

  private func untilFound(_ read: () throws -> Void) throws {
    do { try read() } catch is Enough {}
  }

  private func addLists(to unit: inout FoundUnit, _ country: Country, _ id: UInt64) throws {
    let lists = try MemberLists(archive, book, review: nil)
    let text = (country == .fr ? lists.french : lists.belgian)[id] ?? ""
    unit.lists = Set(text.split(separator: "|").map(String.init))
    unit.memberships = lists.membershipsOfOtherDays(country, id)
  }

  func sirene(unit id: UInt64) throws -> FoundUnit? {
    guard let item = archive.newest(.sireneUnits) else { return nil }
    var found: FoundUnit?
    try untilFound {
      _ = try SireneUnits(item.open()).read { unit in
        guard UInt64(unit.siren) == id else { return }
        found = FoundUnit(
          name: unit.name, isActive: unit.isActive, isRestricted: unit.isRestricted, form: unit.form.text,
          activity: ActivityScheme(sirene: unit.scheme.text).map { Activity($0, unit.activity.text) })
        throw Enough()
      }
    }
    guard var found else { return nil }
    try addLists(to: &found, .fr, id)
    return found
  }

  func sirene(establishment id: UInt64) throws -> FoundEstablishment? {
    guard let item = archive.newest(.sireneEstablishments) else { return nil }
    var found: FoundEstablishment?
    try untilFound {
      _ = try SireneEstablishments(item.open()).read(wantedClosed: { $0 == id }) { establishment in
        guard establishment.siret == id else { return }
        found = FoundEstablishment(
          id: id, unit: UInt64(establishment.siren), isActive: establishment.isActive,
          activity: ActivityScheme(sirene: establishment.scheme.text).map {
            Activity($0, establishment.activity.text)
          })
        throw Enough()
      }
    }
    return found
  }

  /// The register's open data hold active entities only.
  func kbo(unit id: UInt64) throws -> FoundUnit? {
    guard let item = archive.newest(.kbo) else { return nil }
    let kbo = try KBO(item.open())
    var found: FoundUnit?
    try untilFound {
      _ = try kbo.enterprises { enterprise in
        guard enterprise.number == id else { return }
        found = FoundUnit(isRestricted: enterprise.isPerson, form: enterprise.form)
        throw Enough()
      }
    }
    guard var found else { return nil }
    found.activity = try mainActivity(kbo, of: id)
    var name: (rank: UInt8, text: String)?
    _ = try kbo.denominations { line in
      guard line.entity == id, line.rank < name?.rank ?? .max else { return }
      name = (line.rank, line.name)
    }
    found.name = found.isRestricted ? "" : name?.text ?? ""
    try addLists(to: &found, .be, id)
    return found
  }

  func kbo(establishment id: UInt64) throws -> FoundEstablishment? {
    guard let item = archive.newest(.kbo) else { return nil }
    let kbo = try KBO(item.open())
    var found: FoundEstablishment?
    try untilFound {
      _ = try kbo.establishments { establishment in
        guard establishment.number == id else { return }
        found = FoundEstablishment(id: id, unit: establishment.enterprise)
        throw Enough()
      }
    }
    guard var found else { return nil }
    found.activity = try mainActivity(kbo, of: id) ?? mainActivity(kbo, of: found.unit)
    return found
  }

  /// The same choice as that of a build (`StageBelgium`): the order is `ActivityLine.rank`.
  private func mainActivity(_ kbo: KBO, of entity: UInt64) throws -> Activity? {
    var best: (rank: Int, activity: Activity)?
    _ = try kbo.activities { line in
      guard line.entity == entity, line.rank < best?.rank ?? .max, let scheme = ActivityScheme(kbo: line.version) else {
        return
      }
      best = (line.rank, Activity(scheme, String(line.code.prefix(5))))
    }
    return best?.activity
  }
}
