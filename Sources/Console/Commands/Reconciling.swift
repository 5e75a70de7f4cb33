import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Registers
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  /// What publishers say beside what the units give, with the gap.
  static let reconcile = Command(
    name: "reconcile",
    syntax: Syntax(
      [],
      [
        .init("territory", "CODE"), .init("year", "2024"), .init("source", "NAME"), .init("release", "NAME"),
        .init("format", "text|csv|json"), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, ["text", "csv", "json"])
    if let source = arguments["source"], !Source.aggregates.map(\.rawValue).contains(source) {
      throw arguments.bad("source", source, Source.aggregates.map(\.rawValue).joined(separator: ", "))
    }
    let observatory = try session.observatory(arguments)
    _ = try session.openEngine()
    let release = try Release(observatory, named: arguments["release"])
    let territories = try session.territories(observatory)
    let territory = try session.territory(arguments["territory"] ?? observatory.settings.territory, territories)
    let book = try PerimeterBook(share: session.installation.share, session.nomenclatures())
    let table = try SideBySide(
      release, territory, territories, year: arguments.integer("year", in: 1900...2200),
      AggregateLayouts(share: session.installation.share), source: arguments["source"]
    ) { id in
      id.isEmpty ? nil : try release.perimeter(id, book)
    }
    guard !table.rows.isEmpty else {
      throw Problem(
        "reconcile.nothing", status: .commandLine,
        [
          "territory": territory.code, "year": String(table.year),
          "known": table.years.isEmpty ? "–" : table.years.map(String.init).joined(separator: ", "),
        ])
    }
    let printer = SideBySidePrinter(
      table: table, release: release.manifest, words: session.words, families: try session.nomenclatures().families)
    try ResultTarget(arguments["output"]).write(printer, as: format)
    return 0
  }
}
