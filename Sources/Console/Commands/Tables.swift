import Arguments
import Diagnostics
import Exchange
import Filesystem
import Indicators
import Nomenclature
import Perimeter
import Secrecy
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  static let tables = Command(
    name: "tables",
    syntax: Syntax(["[ID]"], [.init("format", listFormats.joined(separator: "|")), .init("output", "FILE")])
  ) { session, arguments in
    let id = arguments.words.first
    // One alone is told, not listed.
    let (format, file): (String, ExchangeFormat?) =
      try id == nil ? listFormat(arguments) : (format(arguments, ["text", "json"]), nil)
    let book = try session.tables(session.observatoryIfThere(arguments))
    let catalogue = TableCatalogue(book, session.words)
    let target = ResultTarget(arguments["output"])
    if let id {
      try target.write(
        format == "json" ? catalogue.json(of: [book.table(id)]) : catalogue.text(of: book.table(id)))
    } else if let file {
      try session.write(book.tableList(session.words), as: file, arguments)
    } else {
      try target.write(format == "json" ? catalogue.json(of: book.tables) : catalogue.text)
    }
    if id == nil { session.tellFaults(of: book) }
    return 0
  }

  static let table = Command(
    name: "table",
    syntax: Syntax(
      ["ID"],
      [
        .init("territory", "CODE"), .init("year", "2024|2020-2024"), .init("by", "a38|a88|commune|…"),
        .init("geography", "2010-01-01"), .init("reference", "CODE"), .init("perimeter", "ID"),
        .init("secrecy", "ID"), .init("release", "NAME"),
        .init("format", tableFormats.joined(separator: "|")), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let format = try format(arguments, tableFormats)
    let observatory = try session.observatory(arguments)
    session.beginTerritories(observatory)
    let book = try session.tables(observatory)
    let declaration = try book.table(arguments.words[0])
    let years = try years(arguments, "year", in: 1900...2200)
    let target = ResultTarget(arguments["output"])
    let ground = try Ground(Release(observatory, named: arguments["release"]), session.territories(observatory))
    let filler = try session.filler(ground, observatory)
    let area = try area(
      arguments["territory"] ?? observatory.settings.territory, geography(arguments), session, ground.book)
    var request = TableRequest(
      declaration, of: [area], years: years.map(Array.init),
      try session.perimeter(arguments["perimeter"] ?? declaration.perimeter, ground.release),
      try session.gate(arguments["secrecy"], observatory))
    request.by = arguments["by"]
    if let reference = arguments["reference"] {
      request.reference = ground.book.area(of: try session.territory(reference, ground.book))
    }
    try target.write(TableReport(table: filler.fill(request), session: session), as: format)
    return 0
  }

  static let tableFormats =
    ["text", "json"] + ExchangeFormat.files.map(\.rawValue)

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

  /// A territory of the communes of that day, or several together, where their codes tell which they were.
  private static func area(_ code: String, _ day: Day?, _ session: Session, _ book: TerritoryBook) throws -> Area {
    guard let day else { return book.area(of: try session.territory(code, book)) }
    try Session.checkSides(code)
    // A side that is no territory at all is told before what another was then.
    for member in Territory.members(ofGroup: code) ?? [] where !member.contains("-COM-") {
      _ = try session.territory(member, book)
    }
    if let members = Territory.members(ofGroup: code),
      let group = try Area.group(members.map { try area($0, day, session, book) })
    {
      return group
    }
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
