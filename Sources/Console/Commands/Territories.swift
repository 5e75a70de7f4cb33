import Arguments
import Diagnostics
import Filesystem
import Tabular
import Territory
import Warehouse
import Wording

extension Command {
  static let territories = Command(
    name: "territories",
    syntax: Syntax(
      ["[NAME]"], [.init("format", listFormats.joined(separator: "|")), .init("output", "FILE")])
  ) { session, arguments in
    let (format, file) = try listFormat(arguments)
    let book = try session.territories(arguments)
    let found: [Territory]
    var divided: [DividedCommune] = []
    var former: (Territory) -> [String] = { _ in [] }
    if let name = arguments.words.first {
      let search = TerritorySearch(book)
      found = search.find(name)
      divided = search.divided(name)
      guard !found.isEmpty || !divided.isEmpty else { throw nothing(name, search) }
      former = { search.formerNames(in: $0, called: name) }
    } else {
      found = book.territories.values.filter { $0.level == .region || $0.level == .country }.sorted {
        $0.code < $1.code
      }
    }
    let listing = TerritoryListing(session.words, book, former: former)
    if let file {
      try session.write(listing.list(found, divided, named: arguments.words.first), as: file, arguments)
    } else {
      try ResultTarget(arguments["output"]).write(
        format == "json" ? listing.json(found, divided).escapedControls : listing.text(found, divided))
    }
    return 0
  }

  private static func nothing(_ name: String, _ search: TerritorySearch) -> Problem {
    let near = search.nearestNames(to: name, atMost: 5)
    guard !near.isEmpty else {
      return Problem("territories.unheard_of", status: .commandLine, ["name": name])
    }
    return Problem(
      "territories.not_found", status: .commandLine, ["name": name, "nearest": near.joined(separator: ", ")])
  }
}

/// Territories that were found, with where they lie: several communes are called Saint-Denis.
struct TerritoryListing {
  /// What a person reads on one screen.
  static let mostLines = 40

  let words: Words
  let book: TerritoryBook
  /// The names of communes that are no more by which a territory was found.
  let former: (Territory) -> [String]

  init(_ words: Words, _ book: TerritoryBook, former: @escaping (Territory) -> [String] = { _ in [] }) {
    self.words = words
    self.book = book
    self.former = former
  }

  func name(_ territory: Territory) -> String { territory.name(in: words.language) }

  /// `Lille (Lomme)`: whoever looks for Lomme sees where it went.
  private func nameWithFormer(_ territory: Territory) -> String {
    let names = former(territory)
    return names.isEmpty ? name(territory) : "\(name(territory)) (\(names.joined(separator: ", ")))"
  }

  /// La Réunion is a département and a region: said once.
  private func names(_ holders: [Territory]) -> [String] {
    var names: [String] = []
    for name in holders.map(name) where !names.contains(name) { names.append(name) }
    return names
  }

  /// `divisée : FR-COM-51440 Pontfaverger-Moronvilliers (60 %), …`
  private func fate(_ commune: DividedCommune) -> String {
    let parts = commune.shares.map { share in
      words(
        "territories.share",
        [
          "code": share.code, "name": book[share.code].map(name) ?? "",
          "percent": words.number(share.weight * 100, decimals: 0),
        ])
    }
    return words("territories.divided", ["parts": parts.joined(separator: ", ")])
  }

  func text(_ found: [Territory], _ divided: [DividedCommune] = []) -> String {
    let shown = Array(found.prefix(Self.mostLines))
    let around = book.surroundings(of: shown)
    var table = TextTable(header: ["code", "level", "name", "in"].map { words("territory.\($0)") })
    table.textColumns = 4
    for commune in divided {
      table.lines.append(
        .init(cells: [commune.code, words("level.commune"), commune.names.joined(separator: ", "), fate(commune)]))
    }
    for territory in shown {
      let holders = names(around[territory.code] ?? [])
      table.lines.append(
        .init(cells: [
          territory.code, words("level.\(territory.level.rawValue)"), nameWithFormer(territory),
          holders.joined(separator: ", "),
        ]))
    }
    let more = found.count - shown.count
    return table.drawn()
      + (more > 0 ? "\n" + words("territories.more", ["count": words.number(more)]) : "")
  }

  /// `Lille : FR-COM-59350 (commune, Nord, Hauts-de-France)`, for a message.
  func inline(_ found: [Territory]) -> String {
    let around = book.surroundings(of: found)
    return found.map { territory in
      let where_ = [words("level.\(territory.level.rawValue)")] + names(around[territory.code] ?? [])
      let code = "\(territory.code) (\(where_.joined(separator: ", ")))"
      return words("place.colon", ["place": nameWithFormer(territory), "what": code])
    }.joined(separator: words.language.semicolon)
  }

  private struct Item: Encodable {
    struct Part: Encodable {
      let code: String
      let share: Double
    }
    let code: String
    let level: String
    let name: String
    let dutchName: String?
    let englishName: String?
    let former: [String]
    let within: [String]
    /// Of a commune that is no more: the communes of today that have a part of it.
    var divided: [Part]?

    enum CodingKeys: String, CodingKey {
      case code, level, name, former, within, divided
      case dutchName = "name_nl"
      case englishName = "name_en"
    }
  }

  /// All of them, with the codes of what holds each.
  func json(_ found: [Territory], _ divided: [DividedCommune] = []) throws -> String {
    let around = book.surroundings(of: found)
    let before = divided.map { commune in
      Item(
        code: commune.code, level: Territory.Level.commune.rawValue, name: commune.names.first ?? commune.code,
        dutchName: nil, englishName: nil, former: [], within: [],
        divided: commune.shares.map { .init(code: $0.code, share: $0.weight) })
    }
    return try JSON.text(
      before
        + found.map {
          Item(
            code: $0.code, level: $0.level.rawValue, name: $0.name, dutchName: $0.dutchName,
            englishName: $0.englishName, former: former($0), within: (around[$0.code] ?? []).map(\.code))
        })
  }
}
