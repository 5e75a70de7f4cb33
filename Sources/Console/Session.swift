import Arguments
import Diagnostics
import DuckStore
import Filesystem
import Geometry
import Indicators
import Nomenclature
import Perimeter
import Secrecy
import Territory
import Warehouse
import Wording

/// What every command works with: the rules, the words, and the observatory asked for.
struct Session {
  let installation: Installation
  let words: Words
  let environment: [String: String]
  private let loaded = Loaded()

  /// What several steps of one command ask for, read once.
  private final class Loaded {
    var territories: TerritoryBook?
    var begun: Begun<TerritoryBook>?
    var nomenclatures: NomenclatureBook?
    var tables: TableBook?
    /// The command looks at all territories: what is wrong with any that was made to measure is told.
    var tellsFaults = false
  }

  init(_ installation: Installation, _ words: Words, _ environment: [String: String]) {
    self.installation = installation
    self.words = words
    self.environment = environment
  }

  func run(_ line: [String]) throws -> Int32 {
    guard let name = line.first, !["help", "--help", "-h"].contains(name) else {
      try help(line.dropFirst().first)
      return 0
    }
    if name == "--version" {
      try Output.line(Builder.programVersion)
      return 0
    }
    guard let command = Command.all.first(where: { $0.name == name }) else { throw unknown(name) }
    if line.contains("--help") || line.contains("-h") {
      try help(name)
      return 0
    }
    let arguments = try Arguments(
      Array(line.dropFirst()), Syntax(command.syntax.words, command.syntax.options + Command.common))
    try ResultTarget.check(arguments, observatory: observatoryPath(arguments))
    loaded.tellsFaults = ["territories", "build"].contains(name)
    return try command.run(self, arguments)
  }

  private func unknown(_ name: String) -> Problem {
    let known = Command.all.map(\.name)
    return Problem(
      "arguments.unknown_command", status: .commandLine,
      ["command": name, "nearest": nearest(to: name, among: known) ?? ""])
  }

  private func help(_ name: String?) throws {
    guard let name else {
      try Output.line(words("help.head"))
      let width = Command.all.map(\.name.count).max() ?? 0
      for command in Command.all {
        try Output.line("  essor " + command.name.padded(to: width) + "  " + words("help.\(command.name)"))
      }
      try Output.line("\n" + words("help.tail"))
      return
    }
    guard let command = Command.all.first(where: { $0.name == name }) else { throw unknown(name) }
    let options = command.syntax.options + Command.common
    try Output.line(words("help.\(name)"))
    try Output.line("\n  essor " + ([name] + command.syntax.words).joined(separator: " ") + " [options]\n")
    let shown = options.map { "--\($0.name)" + ($0.value.map { " \($0)" } ?? "") }
    let width = shown.map(\.count).max() ?? 0
    for (option, text) in zip(options, shown) {
      // An option may mean something of its own to one command.
      let own = "option.\(name).\(option.name)"
      let key = words.has(own) ? own : "option.\(option.name)"
      try Output.line("  " + text.padded(to: width) + "  " + words(key))
    }
  }

  // MARK: - Loading

  func observatoryPath(_ arguments: Arguments) -> String {
    arguments["observatory"] ?? environment["ESSOR_OBSERVATORY"] ?? "observatory"
  }

  func observatory(_ arguments: Arguments, create: Bool = false) throws -> Observatory {
    try Observatory(observatoryPath(arguments), create: create)
  }

  /// For commands that heed an observatory and can do without one.
  func observatoryIfThere(_ arguments: Arguments) throws -> Observatory? {
    let path = observatoryPath(arguments)
    return Folder.fileExists("\(path)/essor.json") ? try Observatory(path) : nil
  }

  /// PROJ: the installed one, else the machine's.
  @discardableResult
  func openProjections() throws -> String { try ProjectionLibrary.open(folder: "\(installation.libraries)/proj") }

  func openEngine() throws -> String { try Library.open(installation, environment: environment) }

  func nomenclatures() throws -> NomenclatureBook {
    if let book = loaded.nomenclatures { return book }
    let book = try NomenclatureBook(share: installation.share)
    loaded.nomenclatures = book
    return book
  }

  /// The territories of today, with the history of communes that the observatory has, if there is one.
  func territories(_ arguments: Arguments) throws -> TerritoryBook {
    try territories(observatoryIfThere(arguments))
  }

  func territories(_ observatory: Observatory?) throws -> TerritoryBook {
    if let book = loaded.territories { return book }
    let book = try loaded.begun?.value ?? TerritoryBook(installation, observatory)
    loaded.territories = book
    if loaded.tellsFaults { book.faults.forEach(tell) }
    return book
  }

  /// For commands that will ask for territories: they take longer to read than all else, and can be read meanwhile.
  func beginTerritories(_ observatory: Observatory) {
    let installation = installation
    loaded.begun = Begun { try TerritoryBook(installation, observatory) }
  }

  private func tell(_ fault: Problem) { Terminal.say("essor: " + words.describe(fault)) }

  func importer(_ observatory: Observatory) -> Importer {
    Importer(observatory, ImportRules(installation) { try territories(observatory) })
  }

  /// The perimeters with the settings of the observatory, which may name none that does not exist.
  func perimeters(_ book: NomenclatureBook, _ observatory: Observatory? = nil) throws -> [Perimeter] {
    let perimeters = try PerimeterBook(share: installation.share, book)
    if let settings = observatory?.settings {
      for id in [settings.perimeter] + settings.options.keys.sorted() { _ = try perimeters.perimeter(id) }
    }
    return try Release.perimeters(perimeters, observatory?.settings.options ?? [:])
  }

  func perimeter(_ id: String, _ book: NomenclatureBook, _ observatory: Observatory?) throws -> Perimeter {
    try PerimeterBook(share: installation.share, book).perimeter(id)
      .with(observatory?.settings.options[id] ?? [:])
  }

  /// The tables and indicators of the program, and those that the observatory adds.
  func tables(_ observatory: Observatory?) throws -> TableBook {
    if let book = loaded.tables { return book }
    let book = try TableBook(share: installation.share, own: observatory.map { [$0.path] } ?? [])
    loaded.tables = book
    return book
  }

  /// Files of tables and indicators that are left out, each with where and what to do.
  func tellFaults(of book: TableBook) { book.faults.forEach(tell) }

  func filler(_ ground: Ground, _ observatory: Observatory) throws -> TableFiller {
    try TableFiller(
      ground, tables(observatory), nomenclatures(), words,
      beside: BesideRelease(installation, observatory, ground.release, ground.book))
  }

  func perimeter(_ id: String?, _ release: Release) throws -> Perimeter {
    try release.perimeter(id, PerimeterBook(share: installation.share, nomenclatures()))
  }

  /// The profiles of both countries, or the one asked for.
  func gate(_ id: String?, _ observatory: Observatory) throws -> Gate {
    let book = try SecrecyBook(share: installation.share)
    let own = book.profiles.filter { $0.country != nil }
    guard let id else { return Gate(own) }
    let asked = try book.profile(id)
    // Another profile is asked for beside those of the countries, whose data it does not free.
    return Gate(asked.isOpen ? [asked] : own + (own.contains(asked) ? [] : [asked]))
  }

  /// A group has a territory on either side of each `+`.
  static func checkSides(_ code: String) throws(Problem) {
    if Territory.members(ofGroup: code)?.contains("") == true {
      throw Problem("territory.one_sided", status: .commandLine, ["territory": code])
    }
  }

  /// The territory of a code, or of several together (`A+B`); whoever gave a name, or a code that is no more, is told
  /// the one to use.
  func territory(_ code: String, _ book: TerritoryBook) throws -> Territory {
    try Self.checkSides(code)
    if let members = Territory.members(ofGroup: code),
      let group = try Territory.group(members.map { try territory($0, book) })
    {
      return group
    }
    let found = book[code] ?? book[code.uppercased()]
    if let fault = book.fault(of: code) {
      guard found != nil else { throw fault }
      tell(fault)  // somebody's file bears the name of another territory, which answers
    }
    if let found { return found }
    let pieces = code.uppercased().split(separator: "-").map(String.init)
    let official = pieces.last ?? ""
    let said = pieces.count == 3 && pieces[1] == "COM" ? Country(rawValue: pieces[0]) : nil
    for country in said.map({ [$0] }) ?? (pieces.count == 1 ? Country.allCases : []) {
      if let today = book.commune(official, in: country) {
        let what = book.isRecoded(official, in: country) ? "territory.recoded" : "territory.merged"
        throw Problem(
          said != nil || today.official != official ? what : "territory.bare", status: .commandLine,
          ["territory": code, "code": today.code, "name": today.name])
      }
      if case .divided(let parts)? = book.histories[country]?.fate(of: official) {
        let codes = parts.map { "\(country.rawValue)-COM-\($0.code)" }.joined(separator: ", ")
        throw Problem("territory.divided", status: .commandLine, ["territory": code, "codes": codes])
      }
    }
    let named = TerritorySearch(book).named(code)
    if !named.isEmpty {
      let codes = TerritoryListing(words, book).inline(Array(named.prefix(6)))
      throw Problem("territory.a_name", status: .commandLine, ["territory": code, "codes": codes])
    }
    throw Problem(
      "territory.unknown", status: .commandLine,
      ["territory": code, "nearest": nearest(to: code, among: book.territories.keys) ?? ""])
  }
}
