import Arguments
import Diagnostics
import Filesystem
import Geometry
import Nomenclature
import Outlines
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  static let outlines = Command(
    name: "outlines",
    syntax: Syntax(
      ["TERRITORY"],
      [
        .init("level", "LEVEL"), .init("tolerance", "METRES"), .init("epsg", "CODE"),
        .init("format", "geojson|topojson|svg"), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let known = OutlineDocument.Format.allCases.map(\.rawValue)
    let format = OutlineDocument.Format(rawValue: try format(arguments, known)) ?? .geojson
    let level = try level(arguments)
    let tolerance = try arguments.number("tolerance", in: 0...1_000_000)
    let epsg = try arguments.integer("epsg", in: 1...999_999)
    try session.openProjections()
    let observatory = try session.observatoryIfThere(arguments)
    let book = try session.territories(observatory)
    let territory = try session.territory(arguments.words[0], book)
    try OutlineSet.check(territory, level: level, book)
    let archive = OutlineArchive(session.installation, observatory, book, environment: session.environment)
    let countries = Set(book.communes(of: territory.code).compactMap { Country(rawValue: String($0.code.prefix(2))) })
    let sources = try archive.communes(of: countries)
    let whole = try OutlineSet(territory, level: level, sources, book)
    let envelopes = try Envelopes(share: session.installation.share)
    let set = try whole.simplified(tolerance: tolerance ?? whole.tolerance(forWidth: usualWidth, envelopes))
    let document = try OutlineDocument(set, format, epsg: epsg, envelopes, session.words)
    let bytes = document.bytes(format)
    try ResultTarget(arguments["output"]).write { try $0(bytes) }
    if set.isApproximate { Terminal.say(session.words("outlines.approximate")) }
    if !set.missing.isEmpty {
      let count = ["count": session.words.number(set.missing.count)]
      let names = set.missing.prefix(mostMissing).map { "\($0.code) \($0.name)".printable }.joined(separator: ", ")
      let more = set.missing.count > mostMissing ? "…" : ""
      Terminal.say(session.words("outlines.missing", count) + " \(names)\(more)")
    }
    return 0
  }

  /// A drawing a thousand points wide loses nothing that could be seen.
  private static let usualWidth = 1000.0
  private static let mostMissing = 10

  private static func level(_ arguments: Arguments) throws(Problem) -> Territory.Level {
    let name = try arguments.choice("level", of: Territory.Level.allCases.map(\.rawValue))
    return name.flatMap(Territory.Level.init(rawValue:)) ?? .commune
  }
}
