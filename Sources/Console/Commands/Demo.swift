import Arguments
import Diagnostics
import Filesystem
import Indicators
import Nomenclature
import Secrecy
import Simulator
import Territory
import Warehouse
import Wording

extension Command {
  /// The whole way in one command, on simulated registers: what a newcomer runs first.
  static let demo = Command(
    name: "demo", syntax: Syntax(["[DIR]"], [.init("scale", "0.1"), .init("seed", "1"), .init("no-serve")])
  ) { session, arguments in
    let folder = arguments.words.first ?? "observatory/demo"
    let plan = SimulationPlan(
      territory: "hdf-wallonia",
      scale: try arguments.number("scale", in: SimulationPlan.scales) ?? SimulationPlan.usualScale,
      seed: UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 1), years: 2020...2024, vintages: 2)
    try Folder.make(folder)
    // From the registers to the tables: what a second one changed in between would be told as this one's.
    let lock = try FolderLock(folder)
    defer { withExtendedLifetime(lock) {} }
    do {
      return try demonstrate(session, arguments, plan, in: folder)
    } catch let problem as Problem where problem.status == .interrupted {
      throw Problem("demo.interrupted", status: .interrupted, ["folder": folder])
    }
  }

  /// From the registers to what is told at the end; whatever lay there of a demonstration before goes first.
  private static func demonstrate(
    _ session: Session, _ arguments: Arguments, _ plan: SimulationPlan, in folder: String
  ) throws -> Int32 {
    let words = session.words
    let bar = ProgressBar(words)
    var observatory = try Observatory("\(folder)/observatory", create: true)
    try clear(observatory)
    Terminal.say(words("demo.start", ["folder": folder]))
    let registers = "\(folder)/registers"
    let files = try Command.simulate(session, plan, to: registers) { bar.update(words("demo.simulating"), $0) }
    observatory.settings.name = words("demo.name")
    observatory.settings.territory = "FR-REG-32"
    try observatory.save()
    let requests = demoRequests(files, in: registers)
    let importer = session.importer(observatory)
    for (done, request) in requests.enumerated() {
      _ = try importer.run(request) {
        bar.update(words("demo.importing"), (Double(done) + $1) / Double(requests.count))
      }
    }
    let manifest = try make(session, observatory, arguments) { bar.update(words("demo.building"), $1) }.manifest
    bar.finishLine()
    let check = try check(session, observatory)
    try Output.line(try DemoSummary(session: session, observatory: observatory, manifest: manifest, check: check).text)
    return check.passed ? 0 : Problem.Status.data.rawValue
  }

  /// What this demonstration simulated, and nothing else that may be in the folder: registers first, then the
  /// workforce, then the lists, each under the name that its file gives it, then the tables of publishers.
  private static func demoRequests(_ files: [SimulatedFile], in registers: String) -> [Importer.Request] {
    let requests = files.compactMap { file -> Importer.Request? in
      let (source, list): (Source, String?)
      switch file.content {
      case .units: (source, list) = (.sireneUnits, nil)
      case .establishments: (source, list) = (.sireneEstablishments, nil)
      case .kbo: (source, list) = (.kbo, nil)
      case .workforce: (source, list) = (.workforce, nil)
      case .list(let name): (source, list) = (.list, name)
      case .urssafRegions, .urssafFrance, .urssafCommunes: (source, list) = (.urssaf, nil)
      case .clapESS, .clapCommunes, .floresESS, .floresAll: (source, list) = (.flores, nil)
      case .onssWorkplace, .onssHeadOffice: (source, list) = (.onss, nil)
      case .vatTurnover: (source, list) = (.vat, nil)
      case .associations, .olderAssociations: (source, list) = (.rna, nil)
      case .accounts: (source, list) = (.nbb, nil)
      // The same deposits again, as the web service gives them.
      case .accountsJSON: return nil
      case .actors: (source, list) = (.list, "acteurs-locaux-\(file.country.rawValue.lowercased())")
      }
      var request = Importer.Request(source, path: "\(registers)/\(file.name)")
      request.listName = list
      return request
    }
    return Source.allCases.flatMap { source in requests.filter { $0.source == source } }
  }

  /// A second demonstration, with another seed or scale, takes the place of the first, and of nothing else.
  private static func clear(_ observatory: Observatory) throws {
    guard try SourceArchive(observatory).items.allSatisfy(\.receipt.simulated) else {
      throw Problem("demo.not_simulated", at: Place(file: observatory.path))
    }
    try Folder.remove(observatory.sources)
  }
}

/// What the demonstration tells at its end: what went in, what came out, what to try.
struct DemoSummary {
  let session: Session
  let observatory: Observatory
  let manifest: Manifest
  let check: Check

  var text: String {
    get throws {
      let words = session.words
      var text = "\n" + Terminal.bold(words("demo.title")) + "\n" + words("simulated") + "\n\n"
      let read = check.files.map(\.read).reduce(0, +)
      text +=
        words(
          "demo.read",
          [
            "rows": words.number(read), "files": words.number(check.files.count),
            "kept": words.number(check.files.map(\.kept).reduce(0, +)),
            "out": words.number(check.files.map(\.outOfScope).reduce(0, +)),
            "rejected": words.number(check.files.map(\.rejected).reduce(0, +)),
          ]) + "\n\n"
      let ground = try Ground(Release(observatory), session.territories(observatory))
      let filler = try session.filler(ground, observatory)
      for territory in ["FR-REG-32", "BE-REG-03000"] {
        let table = try filler.fill(
          TableRequest(
            filler.table("T02"), of: [ground.book.area(of: session.territory(territory, ground.book))],
            session.perimeter(nil, ground.release), session.gate(nil, observatory)))
        text += TableText(table: table, words: words).text + "\n\n"
        text += bars(table) + "\n"
      }
      let failed = check.quality.filter { !$0.passed }
      text +=
        failed.isEmpty
        ? Terminal.green("✓ ") + words("demo.checked", ["count": words.number(check.quality.count)])
        : Terminal.red("✗ ") + words("demo.failed", ["tests": failed.map(\.name).joined(separator: ", ")])
      text += "\n\n" + words("demo.next", ["folder": ShellWord.of(observatory.path)])
      return text
    }
  }

  /// The families by their share of jobs, the longest bar first.
  private func bars(_ table: StatisticalTable) -> String {
    guard let column = table.columns.firstIndex(where: { $0.id == "share_jobs" }), let axis = table.axes.last else {
      return ""
    }
    let rows = axis.members.indices.filter { !axis.members[$0].isTotal }.compactMap { row in
      table[row, column].value.map { (label: axis.members[row].label[session.words.language], share: $0) }
    }.sorted { $0.share > $1.share }
    let width = rows.map(\.label.count).max() ?? 0
    return rows.map { row in
      let length = max(row.share > 0 ? 1 : 0, Int((row.share * 0.4).rounded()))
      return "  " + row.label.padded(to: width) + "  " + String(repeating: "█", count: length) + " "
        + session.words.number(row.share, decimals: 1) + " %"
    }.joined(separator: "\n") + "\n"
  }
}
