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
        .init("territory", "CODE"), .init("year", "2024|2020-2024"), .init("geography", "2010-01-01"),
        .init("perimeter", "ID"),
        .init("release", "NAME"),
        .init("format", "text|csv|json"), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, ["text", "csv", "json"])
    guard StandardTable.known.contains(arguments.words[0].uppercased()) else {
      throw StandardTable.unknown(arguments.words[0])
    }
    let observatory = try session.observatory(arguments)
    _ = try session.openEngine()
    let years = try years(arguments, "year", in: 1900...2200)
    let printers = try filled(
      arguments.words[0], session, observatory, territory: arguments["territory"], years: years,
      perimeter: arguments["perimeter"], release: arguments["release"], geography: geography(arguments)
    ).map { TablePrinter(table: $0, words: session.words) }
    let target = ResultTarget(arguments["output"])
    if printers.count == 1 {
      try target.write(printers[0], as: format)
    } else {
      try target.write(TableSeriesPrinter(years: printers), as: format)
    }
    return 0
  }

  /// One table a year; that of the newest stock where no years are asked for.
  static func filled(
    _ id: String, _ session: Session, _ observatory: Observatory, territory: String?, years: ClosedRange<Int>?,
    perimeter: String?, release name: String? = nil, geography: Day? = nil
  ) throws -> [StandardTable] {
    let release = try Release(observatory, named: name)
    let book = try session.nomenclatures()
    let territories = try session.territories(observatory)
    let chosen = try release.perimeter(perimeter, PerimeterBook(share: session.installation.share, book))
    let area = try area(territory ?? observatory.settings.territory, geography, session, territories)
    let countries = Set(area.countries.map(\.rawValue))
    return try (years.map(Array.init) ?? [release.manifest.stockYear(of: countries)]).map { year in
      try StandardTable(id, FigureQuery(release, chosen, area, territories, year: year), book, session.words)
    }
  }

  /// `2024` or `2019-2024`.
  static func years(
    _ arguments: Arguments, _ option: String, in range: ClosedRange<Int>
  ) throws(Problem) -> ClosedRange<Int>? {
    guard let text = arguments[option] else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2, first <= last,
      range.contains(first), range.contains(last)
    else { throw arguments.bad(option, text, "2024, 2019-2024 (\(range.lowerBound)–\(range.upperBound))") }
    return first...last
  }

  /// The day whose communes are meant: a year stands for its first day.
  private static func geography(_ arguments: Arguments) throws(Problem) -> Day? {
    guard let text = arguments["geography"] else { return nil }
    guard let day = Day(text) ?? Day(text + "-01-01") else {
      throw arguments.bad("geography", text, "2010, 2010-01-01")
    }
    return day
  }

  /// A territory of the communes of that day, where their codes tell which they were.
  private static func area(_ code: String, _ day: Day?, _ session: Session, _ book: TerritoryBook) throws -> Area {
    guard let day else { return book.area(of: try session.territory(code, book)) }
    let code = code.uppercased()
    let said = Country(rawValue: String(code.prefix(2)))
    let countries = book[code].map { book.area(of: $0).countries } ?? Set([said].compactMap(\.self))
    for country in Country.allCases where countries.contains(country) {
      guard let first = book.histories[country]?.days.first, day < Day(first.year, 1, 1) || day > Day.today else {
        continue
      }
      throw Problem(
        "territory.geography_range", status: .commandLine,
        ["day": day.description, "first": String(first.year), "country": "@country.\(country.rawValue)"])
    }
    let isKnown = countries.allSatisfy { book.histories[$0]?.days.isEmpty != true }
    if code.contains("-COM-") {
      if let area = book.area(ofCommune: code, on: day) { return area }
      throw Problem(
        isKnown ? "territory.not_commune_then" : "territory.not_then", status: .commandLine,
        ["territory": code, "day": day.description])
    }
    let territory = try book.territory(code, on: day) ?? session.territory(code, book)
    let found = book.area(of: territory, on: day)
    // What is answered with its ground of today needs no import.
    guard isKnown || found?.territory.isOfToday == true else {
      throw Problem("territory.not_then", status: .commandLine, ["territory": territory.code, "day": day.description])
    }
    guard let area = found else {
      throw Problem(
        "territory.no_geography", status: .commandLine, ["territory": territory.code, "day": day.description])
    }
    return area
  }
}
