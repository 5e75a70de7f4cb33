import Arguments
import Diagnostics
import Filesystem
import Indicators
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
        .init("secrecy", "ID"), .init("format", "text|csv|json"), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, ["text", "csv", "json"])
    _ = try arguments.choice("source", of: Source.aggregates.map(\.rawValue))
    let observatory = try session.observatory(arguments)
    let release = try Release(observatory, named: arguments["release"])
    let territories = try session.territories(observatory)
    let territory = try session.territory(arguments["territory"] ?? observatory.settings.territory, territories)
    let book = try PerimeterBook(share: session.installation.share, session.nomenclatures())
    let layouts = try AggregateLayouts(share: session.installation.share)
    try refuseElsewhere(arguments["source"], layouts, territory, territories)
    let table = try SideBySide(
      Ground(release, territories), territory, year: arguments.integer("year", in: 1900...2200), layouts,
      session.gate(arguments["secrecy"], observatory), source: arguments["source"]
    ) { id in
      id.isEmpty ? nil : try release.perimeter(id, book)
    }
    guard !table.years.isEmpty else {
      let sources = arguments["source"] ?? Source.aggregates.map(\.rawValue).joined(separator: ", ")
      throw Problem(
        "reconcile.never", status: .commandLine, ["territory": territory.code, "sources": sources])
    }
    guard !table.rows.isEmpty else {
      throw Problem(
        "reconcile.nothing", status: .commandLine,
        [
          "territory": territory.code, "year": String(table.year),
          "known": table.years.map(String.init).joined(separator: ", "),
        ])
    }
    let printer = SideBySidePrinter(
      table: table, release: release.manifest, words: session.words, families: try session.nomenclatures().families)
    try ResultTarget(arguments["output"]).write(printer, as: format)
    return 0
  }

  /// A publisher of one country says nothing of the other, whatever is imported.
  private static func refuseElsewhere(
    _ source: String?, _ layouts: AggregateLayouts, _ territory: Territory, _ book: TerritoryBook
  ) throws(Problem) {
    guard let source else { return }
    let told = Set(layouts.layouts.filter { $0.source == source }.map(\.country))
    guard told.count == 1, let country = told.first, !book.area(of: territory).countries.contains(country) else {
      return
    }
    throw Problem(
      "reconcile.elsewhere", status: .commandLine,
      ["source": source, "country": "@country.\(country.rawValue)", "territory": territory.code])
  }
}
