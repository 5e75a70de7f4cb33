import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  /// What came into the perimeter and what left it between two stocks of a register.
  static let changes = Command(
    name: "changes",
    syntax: Syntax(
      [],
      [
        .init("territory", "CODE"), .init("perimeter", "ID"), .init("from", "2024-01"), .init("to", "2025-01"),
        .init("release", "NAME"), .init("format", "text|csv|json"), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, ["text", "csv", "json"])
    let observatory = try session.observatory(arguments)
    _ = try session.openEngine()
    let release = try Release(observatory, named: arguments["release"])
    let territories = try session.territories(observatory)
    let territory = try session.territory(arguments["territory"] ?? observatory.settings.territory, territories)
    let book = try session.nomenclatures()
    let perimeter = try release.perimeter(
      arguments["perimeter"], PerimeterBook(share: session.installation.share, book))
    let country = try country(of: territory, perimeter, territories)
    let (from, to) = try span(arguments, Changes.vintages(release)[country] ?? [], country)
    let changes = try Changes(release, perimeter, territory, territories, country, from: from, to: to)
    let printer = ChangesPrinter(
      changes: changes, release: release.manifest, words: session.words, families: book.families)
    try ResultTarget(arguments["output"]).write(printer, as: format)
    return 0
  }

  /// Registers are of one country: a territory across the border has two accounts.
  private static func country(
    of territory: Territory, _ perimeter: Perimeter, _ book: TerritoryBook
  ) throws(Problem) -> Country {
    let countries = Set(book.communes(of: territory.code).compactMap { Country(rawValue: String($0.code.prefix(2))) })
    guard countries.count == 1, let country = countries.first else {
      throw Problem("changes.two_countries", status: .commandLine, ["territory": territory.code])
    }
    guard perimeter.countries.contains(country) else {
      throw Problem(
        "table.perimeter_elsewhere", status: .commandLine, ["perimeter": perimeter.id, "territory": territory.code])
    }
    return country
  }

  /// The last two stocks, unless asked otherwise.
  private static func span(
    _ arguments: Arguments, _ known: [String], _ country: Country
  ) throws(Problem) -> (String, String) {
    guard known.count > 1 else {
      throw Problem(
        "changes.one_stock", status: .commandLine,
        ["country": country.rawValue, "known": known.isEmpty ? "–" : known.joined(separator: ", ")])
    }
    for option in ["from", "to"] {
      if let vintage = arguments[option], !known.contains(vintage) {
        throw arguments.bad(option, vintage, known.joined(separator: ", "))
      }
    }
    let to = arguments["to"] ?? known[known.count - 1]
    guard let from = arguments["from"] ?? known.last(where: { $0 < to }), from < to else {
      throw Problem(
        "changes.backwards", status: .commandLine,
        ["from": arguments["from"] ?? "–", "to": to, "known": known.joined(separator: ", ")])
    }
    return (from, to)
  }
}
