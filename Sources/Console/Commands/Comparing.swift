import Arguments
import Diagnostics
import Indicators
import Secrecy
import Territory
import Warehouse

extension Command {
  /// Why a figure is not the same in two releases.
  static let compare = Command(
    name: "compare",
    syntax: Syntax(
      ["RELEASE", "RELEASE"],
      [
        .init("territory", "CODE"), .init("year", "2023|2023:2024"), .init("by", "family|a17|commune|…"),
        .init("measure", "jobs"), .init("perimeter", "ID"), .init("secrecy", "ID"), .init("format", "text|csv|json"),
        .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, ["text", "csv", "json"])
    let observatory = try session.observatory(arguments)
    let years = try twoYears(arguments)
    let releases = (
      try Release(observatory, named: arguments.words[0]), try Release(observatory, named: arguments.words[1])
    )
    guard releases.0.manifest.name != releases.1.manifest.name else {
      throw Problem("compare.same", status: .commandLine, ["release": releases.0.manifest.name])
    }
    let territories = try session.territories(observatory)
    let territory = try session.territory(arguments["territory"] ?? observatory.settings.territory, territories)
    // Both by the same rules: those in force in the second release, unless others are asked for.
    let id = arguments["perimeter"] ?? releases.1.manifest.perimeter
    let request = RevisionRequest(
      territories.area(of: territory), by: arguments["by"] ?? "family", measure: arguments["measure"] ?? "jobs",
      years: years, (try session.perimeter(id, releases.0), try session.perimeter(id, releases.1)),
      reader: try session.gate(arguments["secrecy"], observatory), inForce: try session.gate(nil, observatory))
    let filler = RevisionFiller(
      from: Ground(releases.0, territories), to: Ground(releases.1, territories), try session.tables(observatory),
      try session.nomenclatures(), session.words)
    let revision = try filler.fill(request)
    let units = try LedgerUnits(revision, observatory, session.words)
    try ResultTarget(arguments["output"]).write(
      LedgerPrinter(revision: revision, units: units.all, words: session.words), as: format)
    return 0
  }

  /// `2024`, or `2023:2024` where each release has its own.
  private static func twoYears(_ arguments: Arguments) throws(Problem) -> (before: Int, after: Int)? {
    guard let text = arguments["year"] else { return nil }
    let years = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(years.count), let first = years[0], let last = years[years.count - 1] else {
      throw arguments.bad("year", text, "2024, 2023:2024")
    }
    return (first, last)
  }
}
