import Arguments
import Diagnostics
import Exchange
import Indicators
import Nomenclature
import Tabular
import Territory
import Warehouse

extension Command {
  /// What each indicator means in each country; and its figures, where a territory is asked for.
  static let indicators = Command(
    name: "indicators",
    syntax: Syntax(
      ["[ID]"],
      [
        .init("territory", "CODE"), .init("year", "2024|2020-2024"), .init("by", "area|a17|family|…"),
        .init("reference", "CODE"), .init("perimeter", "ID"), .init("secrecy", "ID"), .init("release", "NAME"),
        .init("format", tableFormats.joined(separator: "|")), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let asked = ["territory", "year", "by", "reference", "perimeter", "secrecy", "release"].filter(arguments.has)
    let isList = asked.isEmpty && arguments.words.isEmpty
    let (format, file): (String, ExchangeFormat?) =
      try isList ? listFormat(arguments) : (format(arguments, asked.isEmpty ? ["text", "json"] : tableFormats), nil)
    let target = ResultTarget(arguments["output"])
    if !asked.isEmpty {
      guard let id = arguments.words.first else {
        throw Problem("arguments.missing_word", status: .commandLine, ["word": "ID"])
      }
      try target.write(TableReport(table: figures(of: id, session, arguments), session: session), as: format)
      return 0
    }
    let book = try session.tables(session.observatoryIfThere(arguments))
    let catalogue = IndicatorCatalogue(book, session.words)
    if let id = arguments.words.first {
      let indicator = try book.indicator(id)
      try target.write(format == "json" ? catalogue.json(of: indicator).escapedControls : catalogue.text(of: indicator))
    } else if let file {
      try session.write(book.indicatorList(session.words), as: file, arguments)
    } else {
      try target.write(format == "json" ? catalogue.json.escapedControls : catalogue.text)
    }
    if isList { session.tellFaults(of: book) }
    return 0
  }

  private static func figures(
    of id: String, _ session: Session, _ arguments: Arguments
  ) throws -> StatisticalTable {
    let observatory = try session.observatory(arguments)
    session.beginTerritories(observatory)
    let book = try session.tables(observatory)
    let indicator = try book.indicator(id)
    let declaration = try TableDeclaration(indicator, by: arguments["by"], book)
    let years = try years(arguments, "year", in: 1900...2200)
    let ground = try Ground(Release(observatory, named: arguments["release"]), session.territories(observatory))
    func area(_ code: String) throws -> Area { ground.book.area(of: try session.territory(code, ground.book)) }
    let territory = try area(arguments["territory"] ?? observatory.settings.territory)
    var request = TableRequest(
      declaration, of: [territory], years: years.map(Array.init),
      try session.perimeter(arguments["perimeter"], ground.release),
      try session.gate(arguments["secrecy"], observatory))
    request.reference = try arguments["reference"].map(area)
    return try session.filler(ground, observatory).fill(request)
      .noting(
        breaksOf: indicator, in: Set(territory.countries.map(\.rawValue)), before: declaration.before, session.words)
  }
}
