import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Registers
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  /// Two zips in, one table out, nothing stored: a first look at a new vintage.
  static let preview = Command(
    name: "preview", syntax: Syntax(["UNITS", "ESTABLISHMENTS"], [.init("perimeter", "ID"), .init("output", "FILE")])
  ) { session, arguments in
    let book = try session.nomenclatures()
    let perimeter = try PerimeterBook(share: session.installation.share, book)
      .perimeter(arguments["perimeter"] ?? "fr-flores-2018")
    guard perimeter.countries.contains(.fr) else {
      throw Problem(
        "table.perimeter_elsewhere", status: .commandLine, ["perimeter": perimeter.id, "territory": "FR"])
    }
    let (units, establishments) = (try Container.open(arguments.words[0]), try Container.open(arguments.words[1]))
    let bar = ProgressBar(session.words)
    let size = Double(max(1, establishments.size()))
    let tally = try Tally(
      units: units, establishments: establishments, perimeter: perimeter, book: book,
      installation: session.installation
    ) { bar.update(Folder.name(of: arguments.words[1]), Double($0) / size) }
    bar.finishLine()
    var text = CSVText(["commune", "a88", "family", "size", "establishments", "low", "high", "open"])
    tally.forEachCell { key, cell in
      text.add([
        key.commune, key.division, key.family, key.size, String(cell.establishments), String(cell.low),
        String(cell.high), String(cell.open),
      ])
    }
    try ResultTarget(arguments["output"]).write { try $0(text.bytes) }
    if !perimeter.lists.isEmpty {
      Terminal.say(session.words("preview.lists", ["lists": perimeter.lists.joined(separator: ", ")]))
    }
    if tally.withoutUnit > 0 {
      Terminal.say(session.words("preview.without_unit", ["count": session.words.number(tally.withoutUnit)]))
    }
    if perimeter.isProvisional { Terminal.say(session.words("note.provisional")) }
    if tally.isSimulated { Terminal.say(session.words("simulated")) }
    for (path, account) in zip(arguments.words, tally.accounts) where account.rejectedCount > 0 {
      Terminal.say(
        session.words(
          "preview.rejected",
          [
            "file": path, "count": session.words.number(account.rejectedCount),
            "line": String(account.rejectedRows.first?.line ?? 0),
          ]))
    }
    return 0
  }
}
