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
  static let tables = Command(name: "tables", syntax: Syntax()) { session, _ in
    for id in StandardTable.known { try Output.line("\(id)  " + session.words("table.\(id)")) }
    return 0
  }

  static let table = Command(
    name: "table",
    syntax: Syntax(
      ["ID"],
      [
        .init("territory", "CODE"), .init("year", "2024"), .init("perimeter", "ID"), .init("release", "NAME"),
        .init("format", "text|csv|json"), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, ["text", "csv", "json"])
    guard StandardTable.known.contains(arguments.words[0].uppercased()) else {
      throw Problem(
        "table.unknown", status: .commandLine,
        [
          "table": arguments.words[0], "known": StandardTable.known.joined(separator: ", "),
          "nearest": nearest(to: arguments.words[0].uppercased(), among: StandardTable.known) ?? "",
        ])
    }
    let observatory = try session.observatory(arguments)
    _ = try session.openEngine()
    let table = try filled(
      arguments.words[0], session, observatory, territory: arguments["territory"],
      year: arguments.integer("year", in: 1900...2200), perimeter: arguments["perimeter"], release: arguments["release"]
    )
    let printer = TablePrinter(table: table, words: session.words)
    let text =
      switch format {
      case "csv": printer.csv
      case "json": try printer.json.escapedControls
      default: printer.text
      }
    if let path = arguments["output"] {
      try Folder.write(Array(text.utf8) + (text.hasSuffix("\n") ? [] : [UInt8(ascii: "\n")]), to: path)
    } else {
      try Output.write(text.hasSuffix("\n") ? text : text + "\n")
    }
    return 0
  }

  static func filled(
    _ id: String, _ session: Session, _ observatory: Observatory, territory: String?, year: Int?,
    perimeter: String?, release name: String? = nil
  ) throws -> StandardTable {
    let release = try Release(observatory, named: name)
    let book = try session.nomenclatures()
    let territories = try session.territories(observatory)
    let settings = release.manifest.ruleSets.first { $0.id == perimeter ?? release.manifest.perimeter }?.settings ?? [:]
    let chosen = try PerimeterBook(share: session.installation.share, book)
      .perimeter(perimeter ?? release.manifest.perimeter).with(settings)
    let place = try session.territory(territory ?? observatory.settings.territory, territories)
    let countries = Set(territories.communes(of: place.code).map { String($0.code.prefix(2)) })
    let query = try FigureQuery(
      release, chosen, place, territories, year: year ?? release.manifest.stockYear(of: countries))
    return try StandardTable(id, query, book, session.words)
  }
}
