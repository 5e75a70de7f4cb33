import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import Warehouse
import Wording

extension Command {
  static let explain = Command(
    name: "explain", syntax: Syntax(["ID"], [.init("release", "NAME"), .init("format", "text|json")])
  ) { session, arguments in
    _ = try session.openEngine()
    let observatory = try session.observatory(arguments)
    let book = try session.nomenclatures()
    let release = try ReleaseFolder.current(observatory, named: arguments["release"]).map(Release.init)
    let settings = release.map { release in
      Dictionary(release.manifest.ruleSets.map { ($0.id, $0.settings) }, uniquingKeysWith: { first, _ in first })
    }
    let perimeters = try Release.perimeters(
      PerimeterBook(share: session.installation.share, book), settings ?? observatory.settings.options)
    let explanation = try Explainer(observatory, release, perimeters, book).explain(arguments.words[0])
    let reasons = Reasons(book: book, words: session.words)
    if try format(arguments, ["text", "json"]) == "json" {
      try Output.json(reasons.json(explanation))
    } else {
      try Output.line(reasons.text(explanation))
    }
    return 0
  }
}
