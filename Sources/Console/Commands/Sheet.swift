import Arguments
import Diagnostics
import Directory
import Filesystem
import Nomenclature
import Perimeter
import Registers
import Tabular
import Warehouse
import Wording

extension Command {
  /// One organisation: who it is, where, why it is of the ESS or not, and which files say so.
  static let sheet = Command(
    name: "sheet", syntax: Syntax(["NUMBER"], [.init("release", "NAME"), .init("format", "text|json")])
  ) { session, arguments in
    let isJSON = try format(arguments, ["text", "json"]) == "json"
    let observatory = try session.observatory(arguments)
    let (directory, _) = try ReleaseFolder.directory(observatory, named: arguments["release"])
    guard let position = try session.position(of: arguments.words[0], directory, observatory, arguments) else {
      throw Problem("explain.bad_identifier", status: .commandLine, ["id": arguments.words[0]])
    }
    return try sheet(session, arguments, observatory, directory, position, asJSON: isJSON)
  }

  static func sheet(
    _ session: Session, _ arguments: Arguments, _ observatory: Observatory, _ directory: OrganisationDirectory,
    _ position: Int, asJSON: Bool
  ) throws -> Int32 {
    _ = try session.openEngine()
    let release = try Release(observatory, named: arguments["release"])
    let book = try session.nomenclatures()
    let settings = Dictionary(
      release.manifest.ruleSets.map { ($0.id, $0.settings) }, uniquingKeysWith: { first, _ in first })
    let perimeters = try Release.perimeters(PerimeterBook(share: session.installation.share, book), settings)
    let organisation = try directory.organisation(position)
    let explanation = try Explainer(observatory, release, perimeters, book).explain(organisation.id)
    let sheet = SheetPrinter(
      directory: directory, organisation: organisation, explanation: explanation,
      establishments: try release.establishments(of: organisation.country, organisation.number),
      sources: try release.sources(
        of: organisation.country, organisation.number, isRestricted: organisation.isRestricted,
        lists: Set(organisation.lists.map(\.code) + explanation.memberships.map(\.list))),
      manifest: release.manifest, reasons: Reasons(book: book, words: session.words))
    let text = asJSON ? try sheet.json.escapedControls : try sheet.text + "\n"
    try ResultTarget(arguments["output"]).write { try $0(Array(text.utf8)) }
    return 0
  }
}

extension Session {
  /// The organisation of what may be a number; nil where it is none. Of one that no perimeter has, the lists that name
  /// it for another time are told: they may have been why it was in one.
  func position(
    of text: String, _ directory: OrganisationDirectory, _ observatory: Observatory, _ arguments: Arguments
  ) throws -> Int? {
    do {
      return try Command.position(of: text, directory)
    } catch var problem as Problem where problem.code == "sheet.unknown" {
      let folder = try ReleaseFolder(observatory, named: arguments["release"])
      // Tables are opened where the manifest says that there is something to find.
      guard folder.manifest.matching.contains(where: { $0.notInForce ?? 0 > 0 }) else { throw problem }
      _ = try openEngine()
      let memberships = try Release(folder).membershipsOfOtherDays(of: OrganisationNumber(text))
      problem.parts = Reasons(book: try nomenclatures(), words: words).parts(memberships)
      throw problem
    }
  }
}
