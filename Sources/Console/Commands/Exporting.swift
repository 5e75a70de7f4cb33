import Arguments
import Diagnostics
import Exchange
import Filesystem
import Indicators
import Nomenclature
import Secrecy
import Warehouse
import Wording

extension Command {
  /// Everything that others read, at once.
  static let export = Command(
    name: "export",
    syntax: Syntax(
      ["catalogue", "DIR"],
      [
        .init("territory", "CODE"), .init("year", "2024|2020-2024"), .init("perimeter", "ID"), .init("secrecy", "ID"),
        .init("release", "NAME"), .init("base", "IRI"),
      ])
  ) { session, arguments in
    let what = arguments.words[0]
    guard what == "catalogue" else {
      throw Problem(
        "export.unknown", status: .commandLine,
        ["what": what, "nearest": nearest(to: what, among: ["catalogue"]) ?? ""])
    }
    let started = ContinuousClock.now
    let folder = try folder(arguments.words[1], observatory: session.observatoryPath(arguments))
    let base = try base(arguments)
    let observatory = try session.observatory(arguments)
    let book = try session.tables(observatory)
    let plan = try CataloguePlan(session, observatory, arguments)
    let name = observatory.settings.name
    let facts = CatalogueFacts(base: base, publisher: Label(fr: name, nl: name, en: name))
    let publication = try Publication(facts, session.words)
    _ = try session.openEngine()
    let filler = try session.filler(plan.ground, observatory)
    let bar = ProgressBar(session.words)
    let step = session.words("export.progress")
    bar.update(step, 0)
    var leftOut: [TableDeclaration] = []
    let summary = try publication.write(
      to: folder, count: book.tables.count, nomenclatures: session.nomenclatures(), progress: { bar.update(step, $0) }
    ) { position in
      let declaration = book.tables[position]
      if let request = try plan.request(declaration) {
        let table = try filler.fill(request)
        // Without its source a table is a list of what is not available: nobody is sent one.
        if table.cells.contains(where: { $0.status != .notAvailable }) { return table }
      }
      leftOut.append(declaration)
      return nil
    }
    bar.finishLine()
    try tell(summary, folder, leftOut, plan.ground.release, ContinuousClock.now - started, session.words)
    return 0
  }

  // MARK: - Where, and under which address

  private static func folder(_ path: String, observatory: String) throws(Problem) -> CatalogueFolder {
    guard !path.isEmpty else { throw Problem("arguments.missing_word", status: .commandLine, ["word": "DIR"]) }
    let folder = try CatalogueFolder(path)
    var owners = [observatory]
    var above = Folder.parent(of: folder.path)
    while above != "/", above != "." {
      owners.append(above)
      above = Folder.parent(of: above)
    }
    for owner in owners where Observatory.keeps(folder.path, in: owner) {
      throw Problem("export.own", status: .commandLine, at: Place(file: path), ["observatory": owner])
    }
    do throws(Problem) {
      try Folder.tryWriting(in: Folder.parent(of: folder.path))
    } catch {
      // Another observatory would not help: it is this folder that was chosen.
      guard ["file.forbidden", "disk.readonly"].contains(error.code) else { throw error }
      throw Problem("export.forbidden", status: .machine, at: Place(file: path), error.facts)
    }
    return folder
  }

  /// What every address begins with: one that others can be made from.
  private static func base(_ arguments: Arguments) throws(Problem) -> String {
    guard let base = arguments["base"] else { return "urn:essor:" }
    let parts = base.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let letters = parts[0].utf8
    guard parts.count == 2, !parts[1].isEmpty, !letters.isEmpty,
      letters.allSatisfy({ 0x61...0x7a ~= $0 | 0x20 }), base == IRI.clean(base)
    else { throw arguments.bad("base", base, "https://…/, urn:…:") }
    return base
  }

  // MARK: - What became of it

  private static func tell(
    _ summary: Publication.Summary, _ folder: CatalogueFolder, _ leftOut: [TableDeclaration], _ release: Release,
    _ time: Duration, _ words: Words
  ) throws {
    try Output.line(
      words(
        "export.done",
        [
          "tables": words.number(summary.tables), "files": words.number(summary.files),
          "bytes": Numbers.bytes(summary.bytes, words.language), "folder": folder.path,
          "seconds": words.number(ProgressBar.seconds(time), decimals: 1),
        ]))
    guard !leftOut.isEmpty else { return }
    try Output.line(words("export.left_out", ["count": words.number(leftOut.count)]))
    let imported = Set(release.manifest.sources.map(\.source))
    for table in leftOut {
      let missing = table.sources.filter { !imported.contains($0) }
      let why =
        missing.isEmpty
        ? words("export.no_figure") : words("export.to_import", ["sources": missing.joined(separator: ", ")])
      let told = words("export.one_left_out", ["title": table.title[words.language], "why": why])
      try Output.line("  \(table.id)  " + told)
    }
  }
}
