import Arguments
import Diagnostics
import Directory
import Filesystem
import Registers
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  /// The list of the organisations of a territory, or the sheet of one, from the directory alone: no engine is started
  /// and no table of rules is read.
  static let find = Command(
    name: "find",
    syntax: Syntax(
      ["[NAME|NUMBER]…"],
      [
        .init("in", "TERRITORY"), .init("family", "ID"), .init("sector", "CODE"), .init("size", "S2|10-19"),
        .init("employers"), .init("perimeter", "ID"), .init("release", "NAME"), .init("limit", "20"),
        .init("offset", "0"), .init("format", listFormats.joined(separator: "|")), .init("output", "FILE"),
      ])
  ) { session, arguments in
    let (format, file) = try listFormat(arguments)
    let limit = try arguments.integer("limit", in: 1...1_000_000) ?? (file == nil ? usualLimit : nil)
    let offset = try arguments.integer("offset", in: 0...10_000_000) ?? 0
    let observatory = try session.observatory(arguments)
    let (directory, release) = try ReleaseFolder.directory(observatory, named: arguments["release"])
    var question = DirectoryQuestion(arguments.words.joined(separator: " "))
    if !arguments.words.isEmpty, question.words.isEmpty { question.words = " " }
    question.territory = arguments["in"]
    question.family = arguments["family"]
    question.sector = arguments["sector"]
    question.size = arguments["size"]
    question.perimeter = arguments["perimeter"]
    question.employersOnly = arguments.has("employers")
    let named = try session.position(of: question.words, directory, observatory, arguments)
    if file == nil, let position = named {
      return try sheet(session, arguments, observatory, directory, position, asJSON: format == "json")
    }
    let answer: DirectoryAnswer
    if let position = named {
      answer = DirectoryAnswer(only: position)
    } else {
      answer = try session.explainingTerritory(question, observatory) {
        try directory.answer(question, offset: offset, limit: limit)
      }
    }
    let printer = DirectoryPrinter(
      directory: directory, release: release, question: question, answer: answer, offset: offset, words: session.words)
    if let file {
      try session.write(printer.list, as: file, arguments)
    } else {
      try ResultTarget(arguments["output"]).write(format == "json" ? printer.json.escapedControls : printer.text)
    }
    return 0
  }

  /// What a person reads on one screen.
  private static let usualLimit = 20

  /// The organisation of what may be a number; nil where it is none.
  static func position(of text: String, _ directory: OrganisationDirectory) throws -> Int? {
    if let association = associationNumber(text) {
      guard let position = try directory.positions(ofAssociation: association).first else {
        throw Problem("sheet.unknown_association", ["id": association])
      }
      return position
    }
    let digits = text.count { $0.isASCII && $0.isNumber }
    guard [9, 10, 14].contains(digits), text.allSatisfy({ $0.isNumber || ". -\u{a0}\u{202f}BbEe".contains($0) }) else {
      return nil
    }
    let number = try OrganisationNumber(text)
    guard let position = try directory.position(of: number) else {
      throw Problem("sheet.unknown", ["id": text])
    }
    return position
  }

  /// `W123456789`, in any case.
  private static func associationNumber(_ text: String) -> String? {
    let text = text.uppercased().filter { $0 != " " }
    guard text.utf8.count == 10, text.first == "W", text.dropFirst(4).allSatisfy({ "0123456789".contains($0) }),
      text.dropFirst().prefix(3).allSatisfy({ "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".contains($0) })
    else { return nil }
    return text
  }
}

extension Session {
  /// A territory that the directory does not know, or knows several times, is looked for in the books: they tell what
  /// became of it, where its namesakes lie, and which names are near.
  func explainingTerritory<Answer>(
    _ question: DirectoryQuestion, _ observatory: Observatory, _ answer: () throws -> Answer
  ) throws -> Answer {
    do {
      return try answer()
    } catch let problem as Problem where problem.code == "find.unknown_territory" {
      throw try unknownTerritory(question.territory ?? "", territories(observatory))
    } catch var problem as Problem where problem.code == "find.several_territories" {
      let book = try territories(observatory)
      let named = TerritorySearch(book).named(question.territory ?? "").filter { $0.level == .commune }
      if !named.isEmpty { problem.facts["codes"] = TerritoryListing(words, book).inline(Array(named.prefix(6))) }
      throw problem
    }
  }

  private func unknownTerritory(_ text: String, _ book: TerritoryBook) throws -> Problem {
    do {
      return Problem(
        "find.territory_since", status: .commandLine, ["territory": try territory(text, book).code])
    } catch let problem as Problem where problem.code == "territory.unknown" {
      let search = TerritorySearch(book)
      let found = search.find(text)
      let former = found.filter { !search.formerNames(in: $0, called: text).isEmpty }
      let near = search.nearestNames(to: text, atMost: 5)
      // What it was called before, then names that a typing mistake turns into it, then names that hold it.
      if !former.isEmpty || near.isEmpty && !found.isEmpty {
        let listing = TerritoryListing(words, book, former: { search.formerNames(in: $0, called: text) })
        return Problem(
          "find.near_territories", status: .commandLine,
          ["territory": text, "codes": listing.inline(Array((former.isEmpty ? found : former).prefix(6)))])
      }
      var unknown = Problem("find.unknown_territory", status: .commandLine, ["territory": text])
      unknown.facts["nearest"] = near.joined(separator: ", ")
      return unknown
    }
  }
}
