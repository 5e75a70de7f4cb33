import Arguments
import Diagnostics
import Filesystem
import Territory
import Warehouse
import Wording

extension Command {
  static let territories = Command(
    name: "territories", syntax: Syntax(["[NAME]"], [.init("format", "text|json")])
  ) { session, arguments in
    let isJSON = try format(arguments, ["text", "json"]) == "json"
    let book = try session.territories(arguments)
    let found: [Territory]
    var former: (Territory) -> [String] = { _ in [] }
    if let name = arguments.words.first {
      let search = TerritorySearch(book)
      found = search.find(name)
      guard !found.isEmpty else { throw nothing(name, search) }
      former = { search.formerNames(in: $0, called: name) }
    } else {
      found = book.territories.values.filter { $0.level == .region || $0.level == .country }.sorted {
        $0.code < $1.code
      }
    }
    let listing = TerritoryListing(session.words, book, former: former)
    if isJSON {
      try Output.json(listing.json(found))
    } else {
      try Output.line(listing.text(found))
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

  private let words: Words
  private let book: TerritoryBook
  /// The names of communes that are no more by which a territory was found.
  private let former: (Territory) -> [String]

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

  func text(_ found: [Territory]) -> String {
    let shown = Array(found.prefix(Self.mostLines))
    let around = book.surroundings(of: shown)
    var table = TextTable(header: ["code", "level", "name", "in"].map { words("territory.\($0)") })
    table.textColumns = 4
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
    }.joined(separator: words.language == .fr ? " ; " : "; ")
  }

  private struct Item: Encodable {
    let code: String
    let level: String
    let name: String
    let dutchName: String?
    let englishName: String?
    let former: [String]
    let within: [String]

    enum CodingKeys: String, CodingKey {
      case code, level, name, former, within
      case dutchName = "name_nl"
      case englishName = "name_en"
    }
  }

  /// All of them, with the codes of what holds each.
  func json(_ found: [Territory]) throws -> String {
    let around = book.surroundings(of: found)
    return try JSON.text(
      found.map {
        Item(
          code: $0.code, level: $0.level.rawValue, name: $0.name, dutchName: $0.dutchName, englishName: $0.englishName,
          former: former($0), within: (around[$0.code] ?? []).map(\.code))
      })
  }
}
