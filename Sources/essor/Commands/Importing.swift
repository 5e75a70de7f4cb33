import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Territory
import Warehouse
import Wording

extension Command {
  static let initialise = Command(
    name: "init",
    syntax: Syntax(["[DIR]"], [.init("name", "TEXT"), .init("territory", "CODE"), .init("perimeter", "ID")])
  ) { session, arguments in
    let path = arguments.words.first ?? session.observatoryPath(arguments)
    // Everything is checked before anything is made.
    let perimeter = try arguments["perimeter"].map { id in
      try PerimeterBook(share: session.installation.share, session.nomenclatures()).perimeter(id).id
    }
    let territory = try arguments["territory"].map { code in
      try session.territory(code, session.territories(nil)).code
    }
    var observatory = try Observatory(path, create: true)
    if let name = arguments["name"] { observatory.settings.name = name }
    if let territory { observatory.settings.territory = territory }
    if let perimeter { observatory.settings.perimeter = perimeter }
    try observatory.save()
    try Output.line(session.words("init.done", ["folder": path]))
    return 0
  }

  static let importSource = Command(
    name: "import",
    syntax: Syntax(
      ["SOURCE", "FILE…"],
      [
        .init("vintage", "2026-03"), .init("year", "2024"), .init("list", "NAME"),
        .init("tolerate", "PERCENT"), .init("replace"), .init("format", "text|json"),
      ])
  ) { session, arguments in
    let source = try Source.named(arguments.words[0])
    let bar = ProgressBar(session.words)
    var receipts: [Receipt] = []
    if source == .list, arguments["list"] == nil {
      throw Problem("import.list_name", status: .commandLine)
    }
    if let list = arguments["list"] {
      let known = Set(try session.perimeters(session.nomenclatures()).flatMap(\.lists))
      guard known.contains(list) else {
        throw arguments.bad("list", list, known.sorted().joined(separator: ", "))
      }
    }
    let observatory = try session.observatory(arguments, create: true)
    let importer = Importer(observatory, ImportRules(session.installation, observatory))
    for path in arguments.words.dropFirst() {
      var request = Importer.Request(source, path: path)
      request.vintage = arguments["vintage"]
      request.listName = arguments["list"]
      request.listCountry = try arguments["list"].flatMap { try session.nomenclatures().lists[$0]?.country }
      request.replaces = arguments.has("replace")
      request.year = try arguments.integer("year", in: 1900...2200)
      if let percent = try arguments.number("tolerate", in: 0...100) { request.tolerates = percent / 100 }
      receipts.append(try importer.run(request) { bar.update($0, $1) })
    }
    bar.finishLine()
    if try format(arguments, ["text", "json"]) == "json" {
      try Output.json(JSON.text(["receipts": receipts]))
    } else {
      try Output.line(accounts(receipts.flatMap(\.files), session.words))
    }
    for receipt in receipts where receipt.vintage == Importer.undated {
      Terminal.say(session.words("import.undated", ["file": receipt.files.first?.file ?? ""]))
    }
    for file in receipts.flatMap(\.files) {
      for (remark, count) in file.remarks.sorted(by: { $0.key < $1.key }) {
        Terminal.say(
          session.words("remark.\(remark)", ["count": session.words.number(count), "file": file.label]))
      }
    }
    for file in receipts.flatMap(\.files) where file.rejected > 0 {
      Terminal.say(
        session.words(
          "import.rejected",
          [
            "count": session.words.number(file.rejected), "file": file.label,
            "folder": "\(observatory.sources)/\(source.rawValue)",
          ]))
    }
    return 0
  }

  /// The account of files as a table: read = kept + out of scope + rejected.
  static func accounts(_ files: [FileAccount], _ words: Words) -> String {
    var table = TextTable(
      header: ["file", "read", "kept", "out", "rejected"].map { words("account.\($0)") })
    // Tables that are filed but not read (branches, codes) have no account.
    for file in files where file.read > 0 || files.count == 1 {
      table.lines.append(
        .init(cells: [
          label(file), words.number(file.read), words.number(file.kept), words.number(file.outOfScope),
          words.number(file.rejected),
        ]))
    }
    if files.count > 1 {
      func sum(_ part: (FileAccount) -> Int) -> String { words.number(files.map(part).reduce(0, +)) }
      table.lines.append(
        .init(
          cells: [
            words("account.total"), sum(\.read), sum(\.kept), sum(\.outOfScope), sum(\.rejected),
          ], isTotal: true))
    }
    return table.drawn()
  }

  /// Files of one name are told apart by what they are filed under.
  private static func label(_ file: FileAccount) -> String {
    ["workforce", "list"].contains(file.source) ? "\(file.label) (\(file.vintage))" : file.label
  }

  static func format(_ arguments: Arguments, _ known: [String]) throws(Problem) -> String {
    guard let format = arguments["format"] else { return known[0] }
    guard known.contains(format) else {
      var problem = arguments.bad("format", format, known.joined(separator: ", "))
      problem.facts["nearest"] = nearest(to: format, among: known)
      throw problem
    }
    return format
  }
}
