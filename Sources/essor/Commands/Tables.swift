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
    for id in StandardTable.known { print("\(id)  " + session.words("table.\(id)")) }
    return 0
  }

  static let perimeters = Command(
    name: "perimeters", syntax: Syntax(["[ID]"], [.init("format", "text|json")])
  ) { session, arguments in
    let book = try session.nomenclatures()
    let perimeters = try PerimeterBook(share: session.installation.share, book)
    if let id = arguments.words.first {
      print(describe(try perimeters.perimeter(id), session.words, book))
    } else if try format(arguments, ["text", "json"]) == "json" {
      print(
        String(decoding: try JSON.encode(perimeters.perimeters.map(PerimeterSummary.init)), as: UTF8.self),
        terminator: "")
    } else {
      for perimeter in perimeters.perimeters {
        print(
          Terminal.bold(perimeter.id) + (perimeter.isProvisional ? "  " + session.words("explain.provisional") : ""))
        print("  " + perimeter.title[session.words.language])
      }
    }
    return 0
  }

  private static func describe(_ perimeter: Perimeter, _ words: Words, _ book: NomenclatureBook) -> String {
    var text = Terminal.bold(perimeter.title[words.language]) + "\n"
    text +=
      words(
        "perimeter.head",
        [
          "id": perimeter.id, "version": perimeter.version, "from": perimeter.validFrom,
          "to": perimeter.validTo ?? "…", "countries": perimeter.countries.map(\.rawValue).joined(separator: ", "),
          "level": words("level.\(perimeter.level.rawValue)"), "source": perimeter.source,
        ]) + "\n"
    for option in perimeter.options {
      text += "  \(option.name)=\(option.isOn ? "on" : "off")  \(option.label[words.language])\n"
    }
    var table = TextTable(header: ["rule", "effect", "code", "family", "confidence"].map { words("perimeter.\($0)") })
    table.textColumns = 5
    for rule in perimeter.rules {
      table.lines.append(
        .init(cells: [
          rule.id, words("effect.\(rule.effect.rawValue)"),
          rule.subject == .list ? words("perimeter.list", ["list": rule.scheme]) : rule.code,
          rule.family.flatMap { book.families[$0]?.label[words.language] } ?? "",
          rule.confidence + (rule.isProvisional ? " ?" : ""),
        ]))
    }
    return text + "\n" + table.drawn()
  }

  static let territories = Command(
    name: "territories", syntax: Syntax(["[NAME]"])
  ) { session, arguments in
    let book = try TerritoryBook(session.installation)
    let wanted = (arguments.words.first ?? "").lowercased()
    let found = book.territories.values.filter { territory in
      wanted.isEmpty
        ? territory.level == .region || territory.level == .country
        : territory.name.lowercased().contains(wanted) || territory.code.lowercased() == wanted
          || territory.dutchName?.lowercased().contains(wanted) == true
    }
    var table = TextTable(header: ["code", "level", "name"].map { session.words("territory.\($0)") })
    table.textColumns = 3
    for territory in found.sorted(by: { $0.code < $1.code }) {
      let name = session.words.language == .nl ? territory.dutchName ?? territory.name : territory.name
      table.lines.append(.init(cells: [territory.code, session.words("level.\(territory.level.rawValue)"), name]))
    }
    print(table.drawn())
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
          "nearest": nearest(to: arguments.words[0].uppercased(), among: StandardTable.known) ?? "T01",
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
      case "json": try printer.json
      default: printer.text
      }
    if let path = arguments["output"] {
      try Folder.write(Array(text.utf8), to: path)
    } else {
      print(text, terminator: text.hasSuffix("\n") ? "" : "\n")
    }
    return 0
  }

  static func filled(
    _ id: String, _ session: Session, _ observatory: Observatory, territory: String?, year: Int?,
    perimeter: String?, release name: String? = nil
  ) throws -> StandardTable {
    let release = try Release(observatory, named: name)
    let book = try session.nomenclatures()
    let territories = try TerritoryBook(session.installation)
    let settings = release.manifest.ruleSets.first { $0.id == perimeter ?? release.manifest.perimeter }?.settings ?? [:]
    let chosen = try PerimeterBook(share: session.installation.share, book)
      .perimeter(perimeter ?? release.manifest.perimeter).with(settings)
    let query = try FigureQuery(
      release, chosen, session.territory(territory ?? observatory.settings.territory, territories),
      territories, year: year ?? release.manifest.stockYear)
    return try StandardTable(id, query, book, session.words)
  }
}

private struct PerimeterSummary: Encodable {
  let id: String
  let version: String
  let title: String
  let countries: [String]
  let level: String
  let provisional: Bool
  let rules: Int

  init(_ perimeter: Perimeter) {
    id = perimeter.id
    version = perimeter.version
    title = perimeter.title.fr
    countries = perimeter.countries.map(\.rawValue)
    level = perimeter.level.rawValue
    provisional = perimeter.isProvisional
    rules = perimeter.rules.count
  }
}
