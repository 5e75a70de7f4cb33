import Arguments
import Diagnostics
import Indicators
import Nomenclature
import Perimeter
import Secrecy
import Territory
import Warehouse

/// Of which territories and years each table of a catalogue is, and under which rules.
final class CataloguePlan {
  let ground: Ground
  private let session: Session
  private let asked: String?
  private let gate: Gate
  private let years: [Int]
  /// Regions, départements and provinces with their countries behind them, where somebody employs.
  private let areas: [Shown]
  /// What tables that tell an area apart are of.
  private let whole: [Shown]
  private var perimeters: [String: Perimeter] = [:]

  private struct Shown {
    let area: Area
    let countries: Set<Country>

    init(_ area: Area) {
      self.area = area
      countries = area.countries
    }
  }

  init(_ session: Session, _ observatory: Observatory, _ arguments: Arguments) throws {
    self.session = session
    asked = arguments["perimeter"]
    gate = try Self.gate(arguments["secrecy"], session, observatory)
    let years: [Int]? = try Command.years(arguments, "year", in: 1900...2200).map(Array.init)
    ground = try Ground(Release(observatory, named: arguments["release"]), session.territories(observatory))
    let release = ground.release
    let perimeter = try session.perimeter(asked, release)
    let book = ground.book
    let held = Self.employing(release, book)
    let countries = Country.allCases.filter { perimeter.countries.contains($0) && held.contains($0.rawValue) }
    guard !countries.isEmpty else {
      throw Problem(
        "export.no_territory", status: .commandLine,
        ["perimeter": perimeter.id, "release": release.manifest.name])
    }
    let covered = release.manifest.coverage.filter { row in countries.contains { $0.rawValue == row.country } }
    self.years = years ?? Set(covered.map(\.year)).sorted()
    let wholes = countries.compactMap { book[$0.rawValue] }.map { Shown(book.area(of: $0)) }
    var areas = Self.parts(of: wholes.map(\.area), held, book).map(Shown.init)
    let own = Shown(
      book.area(of: try session.territory(arguments["territory"] ?? observatory.settings.territory, book)))
    let isKnown = own.countries.isSubset(of: countries)
    if arguments["territory"] != nil, !isKnown {
      throw Problem(
        "table.perimeter_elsewhere", status: .commandLine,
        ["perimeter": perimeter.id, "territory": own.area.territory.code])
    }
    if isKnown, !(areas + wholes).contains(where: { $0.area.territory.code == own.area.territory.code }) {
      areas.append(own)
    }
    self.areas = areas + wholes
    whole = isKnown ? [own] : wholes
  }

  /// Figures that leave are held to the rules of both countries; a profile that is asked for comes on top.
  private static func gate(_ asked: String?, _ session: Session, _ observatory: Observatory) throws -> Gate {
    let own = try session.gate(nil, observatory)
    guard let asked else { return own }
    let other = try session.gate(asked, observatory)
    guard !other.isOpen else { throw Problem("export.internal", status: .commandLine, ["profile": asked]) }
    return Gate(own.profiles + other.profiles.filter { !own.profiles.contains($0) })
  }

  /// The territories in which somebody employs, in any year of the release.
  private static func employing(_ release: Release, _ book: TerritoryBook) -> Set<String> {
    let facts = release.facts
    var communes: Set<String> = []
    for year in facts.years {
      for (position, count) in facts.employers(in: year).enumerated() where count > 0 {
        communes.insert(facts.communes[position])
      }
    }
    var held: Set<String> = []
    for commune in book.communes where communes.contains(commune.code) { held.formUnion(commune.ancestors) }
    return held
  }

  private static func parts(of wholes: [Area], _ held: Set<String>, _ book: TerritoryBook) -> [Area] {
    var found: [Area] = []
    for whole in wholes {
      var parts: [String: [Area.Part]] = [:]
      for part in whole.parts {
        for code in part.commune.ancestors where held.contains(code) { parts[code, default: []].append(part) }
      }
      for level in [Territory.Level.region, .departement, .province] {
        for (code, parts) in parts.sorted(by: { $0.key < $1.key }) {
          guard let territory = book[code], territory.level == level else { continue }
          found.append(Area(territory: territory, parts: parts, day: nil))
        }
      }
    }
    return found
  }

  /// Nil where the perimeter of the table speaks of none of the territories.
  func request(_ table: TableDeclaration) throws -> TableRequest? {
    let perimeter = try self.perimeter(asked ?? table.perimeter)
    let places = (table.dimensions.contains("area") ? whole : areas)
      .filter { $0.countries.isSubset(of: perimeter.countries) }
    guard !places.isEmpty else { return nil }
    return TableRequest(table, of: places.map(\.area), years: years, perimeter, gate)
  }

  private func perimeter(_ id: String?) throws -> Perimeter {
    if let known = perimeters[id ?? ""] { return known }
    let fresh = try session.perimeter(id, ground.release)
    perimeters[id ?? ""] = fresh
    return fresh
  }
}
