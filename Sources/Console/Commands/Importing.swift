import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Outlines
import Perimeter
import Registers
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
        .init("vintage", "2026-03"), .init("year", "2024"), .init("list", "NAME"), .init("name", "NAME"),
        .init("map", "FIELD=COLUMN,…", repeated: true),
        .init("column", "NAME"), .init("epsg", "CODE"), .init("layer", "NAME"),
        .init("tolerate", "PERCENT"), .init("replace"), .init("format", "text|json"),
      ])
  ) { session, arguments in
    let source = try Source.named(arguments.words[0])
    let bar = ProgressBar(session.words)
    var receipts: [Receipt] = []
    if source == .list, arguments["list"] == nil {
      throw Problem("import.list_name", status: .commandLine)
    }
    if source == .list, arguments.words.count > 2 {
      throw Problem("import.one_list", status: .commandLine, ["count": "#\(arguments.words.count - 1)"])
    }
    if [Source.list, .communes, .boundaries, .typology].contains(source), arguments["year"] != nil {
      throw Problem("import.no_year", status: .commandLine, ["source": source.rawValue])
    }
    if let name = arguments["name"] { try verify(name: name, of: source) }
    let listNotice = try arguments["list"].flatMap { try notice(ofList: $0, session) }
    let listColumns = try ListMapping(options: arguments.all("map"))
    let options = BoundaryReading.Options(
      column: arguments["column"], epsg: try arguments.integer("epsg", in: 1...999_999), layer: arguments["layer"])
    // A typology has a column to name too, that of its classes.
    let ofOutlines =
      source == .typology ? BoundaryReading.Options(epsg: options.epsg, layer: options.layer) : options
    if source != .boundaries, ofOutlines != BoundaryReading.Options() {
      throw Problem("import.only_boundaries", status: .commandLine, ["source": source.rawValue])
    }
    let observatory = try session.observatory(arguments, create: true)
    let importer = session.importer(observatory)
    let boundaries = try source == .boundaries ? session.boundaries(options, observatory) : nil
    for path in arguments.words.dropFirst() {
      var request = Importer.Request(source, path: path)
      request.vintage = arguments["vintage"]
      request.listName = arguments["list"]
      request.listCountry = try arguments["list"].flatMap { try session.nomenclatures().lists[$0]?.country }
      request.listColumns = listColumns
      request.boundaries = boundaries
      request.name = arguments["name"]
      request.column = arguments["column"]
      request.replaces = arguments.has("replace")
      request.year = try arguments.integer("year", in: 1900...2200)
      if let percent = try arguments.number("tolerate", in: 0...100) { request.tolerates = percent / 100 }
      receipts.append(try importer.run(request) { bar.update($0, $1) })
    }
    bar.finishLine()
    if let listNotice { Terminal.say(listNotice) }
    for receipt in receipts {
      guard let columns = receipt.columns else { continue }
      let pairs = ListMapping(plain: columns).ordered.map { "\($0.field.rawValue)=\($0.column)" }
      Terminal.say(
        session.words("list.mapping", ["list": receipt.list ?? "", "columns": pairs.joined(separator: ", ")]))
    }
    if let receipt = receipts.first(where: { $0.list != nil }) {
      let archive = try SourceArchive(observatory, tolerant: true)
      if let newer = archive.newestList(receipt.list ?? ""), newer.receipt.vintage != receipt.vintage {
        Terminal.say(
          session.words("list.superseded", ["vintage": receipt.vintage, "newer": newer.receipt.vintage]))
      }
    }
    if Source.aggregates.contains(source) {
      let archive = try SourceArchive(observatory, tolerant: true)
      for receipt in receipts {
        for newer in archive.newerTables(than: receipt) { Terminal.say(superseded(receipt, newer, session.words)) }
      }
    }
    if try format(arguments, ["text", "json"]) == "json" {
      try Output.json(JSON.text(["receipts": receipts]))
    } else {
      try Output.line(accounts(receipts.flatMap(\.files), session.words))
    }
    for receipt in receipts where receipt.vintage.hasSuffix(Importer.undated) {
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

  /// What a survey or a typology is filed under beside its vintage.
  private static func verify(name: String, of source: Source) throws(Problem) {
    guard [Source.survey, .typology].contains(source) else {
      throw Problem("import.only_named", status: .commandLine, ["source": source.rawValue])
    }
    guard TypologyName.isName(name) else { throw Problem("import.bad_name", status: .commandLine, ["name": name]) }
  }

  private static func superseded(_ receipt: Receipt, _ newer: SourceArchive.NewerTable, _ words: Words) -> String {
    let years = [newer.years.lowerBound, newer.years.upperBound].map(String.init)
    return words(
      "aggregate.superseded",
      [
        "vintage": receipt.vintage, "newer": newer.vintage,
        "years": newer.years.count == 1 ? years[0] : years.joined(separator: "–"),
      ])
  }

  /// The account of files as a table: read = kept + out of scope + rejected.
  static func accounts(_ files: [FileAccount], _ words: Words) -> String {
    var table = TextTable(
      header: ["file", "read", "kept", "out", "rejected"].map { words("account.\($0)") })
    // Tables that are filed but not read (branches, codes) have no account.
    for file in FileAccount.gathered(files, words) where file.read > 0 || files.count == 1 {
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

  /// The name of a list that no perimeter knows makes it a list of actors, which is told: it may be a mistyped one.
  private static func notice(ofList list: String, _ session: Session) throws -> String? {
    let known = Set(try session.perimeters(session.nomenclatures()).flatMap(\.lists))
    if known.contains(list) { return nil }
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    guard let first = list.first, letters.contains(first), list.utf8.count <= 60,
      list.allSatisfy({ (letters + "-_").contains($0) }), list != AssociationRegister.source
    else { throw Problem("list.bad_name", status: .commandLine, ["list": list]) }
    let near = nearest(to: list, among: known)
    return session.words(near == nil ? "list.unknown" : "list.unknown_near", ["list": list, "nearest": near ?? ""])
  }

  /// Files of one name are told apart by what they are filed under.
  private static func label(_ file: FileAccount) -> String {
    let named: [Source] = [.workforce, .list, .boundaries, .survey, .typology]
    return named.contains { $0.rawValue == file.source } ? "\(file.label) (\(file.vintage))" : file.label
  }

  static func format(_ arguments: Arguments, _ known: [String]) throws(Problem) -> String {
    try arguments.choice("format", of: known) ?? known[0]
  }
}

extension FileAccount {
  /// Files of dozens of tables, one a département or one a deposit, are told as one.
  fileprivate static func gathered(_ files: [FileAccount], _ words: Words) -> [FileAccount] {
    var gathered: [FileAccount] = []
    for file in files {
      let alike = files.filter { $0.source == file.source && $0.vintage == file.vintage }
      guard alike.count > mostTables else {
        gathered.append(file)
        continue
      }
      guard alike.first == file else { continue }
      var whole = file
      whole.table = nil
      whole.file = words("account.tables", ["file": file.file, "count": words.number(alike.count)])
      func sum(_ part: (FileAccount) -> Int) -> Int { alike.map(part).reduce(0, +) }
      (whole.read, whole.kept, whole.outOfScope, whole.rejected) = (
        sum(\.read), sum(\.kept), sum(\.outOfScope), sum(\.rejected)
      )
      gathered.append(whole)
    }
    return gathered
  }

  private static let mostTables = 12
}

extension Session {
  /// What outlines are matched with, and how they are read.
  fileprivate func boundaries(
    _ options: BoundaryReading.Options, _ observatory: Observatory
  ) throws -> BoundaryRequest {
    try openProjections()
    return BoundaryRequest(
      options, try territories(observatory), try Envelopes(share: installation.share), environment: environment)
  }
}
