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
        .init("territory", "CODE"), .init("country", "FR|BE"), .init("perimeter", "ID"), .init("from", "2024-01"),
        .init("to", "2025-01"), .init("release", "NAME"), .init("format", "text|csv|json"), .init("output", "FILE"),
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
    let sides = territories.area(of: territory).countries
    let asked = try countries(arguments, among: sides)
    let known = try Changes.vintages(release)
    var accounts: [Changes] = []
    var untold: [Problem] = []
    for country in asked {
      do {
        guard perimeter.countries.contains(country) else {
          throw Problem(
            "table.perimeter_elsewhere", status: .commandLine,
            ["perimeter": perimeter.id, "territory": asked.count > 1 ? country.rawValue : territory.code])
        }
        let (from, to) = try span(arguments, known[country] ?? [], country)
        accounts.append(try Changes(release, perimeter, territory, territories, country, from: from, to: to))
      } catch let problem as Problem where asked.count > 1 && problem.status == .commandLine {
        untold.append(problem)
      }
    }
    // What cannot be told of one side does not silence the other.
    if accounts.isEmpty, let first = untold.first { throw first }
    let printer = ChangesPrinter(
      accounts: accounts, isDivided: sides.count > 1, release: release.manifest, words: session.words,
      families: book.families)
    try ResultTarget(arguments["output"]).write(printer, as: format)
    for problem in untold { Terminal.say(session.words.describe(problem)) }
    return 0
  }

  /// Registers are of one country: a territory across the border has two accounts, unless one side is asked for.
  private static func countries(_ arguments: Arguments, among sides: Set<Country>) throws(Problem) -> [Country] {
    let countries = Country.allCases.filter(sides.contains)
    guard let text = arguments["country"] else { return countries }
    guard let country = Country(rawValue: text.uppercased()), sides.contains(country) else {
      throw arguments.bad("country", text, known: countries.map(\.rawValue))
    }
    return [country]
  }

  /// The last two stocks, unless asked otherwise.
  private static func span(
    _ arguments: Arguments, _ known: [String], _ country: Country
  ) throws(Problem) -> (String, String) {
    let facts = ["country": "@country.\(country.rawValue)", "known": known.joined(separator: ", ")]
    guard known.count > 1 else { throw Problem("changes.one_stock", status: .commandLine, facts) }
    for option in ["from", "to"] {
      if let vintage = arguments[option], !known.contains(vintage) {
        throw Problem(
          "changes.no_stock", status: .commandLine,
          facts.merging(["option": "--\(option)", "vintage": vintage]) { $1 })
      }
    }
    let to = arguments["to"] ?? known[known.count - 1]
    guard let from = arguments["from"] ?? known.last(where: { $0 < to }), from < to else {
      throw Problem(
        "changes.backwards", status: .commandLine,
        facts.merging(["from": arguments["from"] ?? "–", "to": to]) { $1 })
    }
    return (from, to)
  }
}
