import Diagnostics
import Nomenclature
internal import Wording

/// Finds territories by what people type: a name in French or Dutch, a part of one, or a code.
package struct TerritorySearch: Sendable {
  /// How well a name answers, the best first.
  private enum Fit: Int, Comparable {
    case exact, former, beginning, word, inside
    static func < (a: Fit, b: Fit) -> Bool { a.rawValue < b.rawValue }
  }

  private struct Name {
    let territory: Territory
    let folded: String
    let saints: String
  }

  private struct Former {
    let name: String
    let saints: String
    let number: String
    let today: String
  }

  private let book: TerritoryBook
  private let names: [Name]
  private let populations: [String: Int]
  /// Communes that are no more, under each name, and by the commune of today that has them.
  private let former: [Former]
  private let formerOf: [String: [Former]]

  package init(_ book: TerritoryBook) {
    self.book = book
    names = book.territories.values.flatMap { territory -> [Name] in
      let official: [String?] = [territory.name, territory.dutchName, territory.germanName, territory.englishName]
      return (official.compactMap { $0 } + (book.usualNames[territory.code] ?? [])).map { name in
        let folded = name.folded
        return Name(territory: territory, folded: folded, saints: PlaceNames.saints(folded))
      }
    }
    former = book.former.flatMap { commune, today in
      commune.names.map { name in
        Former(
          name: name, saints: PlaceNames.saints(name.folded), number: commune.code, today: book.communes[today].code)
      }
    }
    formerOf = Dictionary(grouping: former, by: \.today)
    populations = Dictionary(book.communes.map { ($0.code, $0.population) }, uniquingKeysWith: { first, _ in first })
  }

  /// All that answer: exact names and codes, then beginnings, then beginnings of a word, then the rest; the larger
  /// territory before the smaller, the commune of more people before its namesake.
  package func find(_ typed: String) -> [Territory] {
    let wanted = typed.folded
    guard !wanted.isEmpty else { return [] }
    let saints = PlaceNames.saints(wanted)
    var best: [String: Fit] = [:]
    for name in names {
      let fits = [Self.fit(name.folded, wanted), Self.fit(name.saints, saints)].compactMap { $0 }
      guard let fit = fits.min() else { continue }
      best[name.territory.code] = min(fit, best[name.territory.code] ?? fit)
    }
    let beginning = saints + " "
    for commune in former {
      let fit: Fit? =
        commune.saints == saints ? .former : commune.saints.hasPrefix(beginning) ? .beginning : nil
      if let fit { best[commune.today] = min(fit, best[commune.today] ?? fit) }
    }
    for code in book.territories.keys where Self.isCode(typed, code) { best[code] = .exact }
    // A code of before is found with its country or without.
    let pieces = typed.uppercased().split(separator: "-").map(String.init)
    let said = pieces.count == 3 && pieces[1] == "COM" ? Country(rawValue: pieces[0]) : nil
    let number = said == nil ? typed.uppercased() : pieces[2]
    for commune in (said.map { [$0] } ?? Country.allCases).compactMap({ book.commune(number, in: $0) }) {
      best[commune.code] = min(.former, best[commune.code] ?? .former)
    }
    return ordered(best)
  }

  /// What was called so and is now a part of a territory that was found: Lomme, of Lille.
  package func formerNames(in territory: Territory, called typed: String) -> [String] {
    let saints = PlaceNames.saints(typed.folded)
    let number = String(typed.uppercased().split(separator: "-").last ?? "")
    let all = formerOf[territory.code] ?? []
    var named = all.filter { $0.saints == saints }
    if named.isEmpty { named = all.filter { $0.number == number } }
    // Paris 10e is a part of Paris; whoever types Paris means none of them.
    if named.isEmpty, !PlaceNames.saints(territory.name.folded).hasPrefix(saints) {
      named = all.filter { $0.saints.hasPrefix(saints + " ") }
    }
    // One name, as different files write it: the shortest of them.
    let written = Dictionary(grouping: named, by: \.saints).values.compactMap { same in
      same.map(\.name).min { ($0.count, $0) < ($1.count, $1) }
    }
    return Set(written).subtracting([territory.name]).sorted()
  }

  /// The communes of before of this name or code, with its country or without, that several of today share.
  package func divided(_ typed: String) -> [DividedCommune] {
    let saints = PlaceNames.saints(typed.folded)
    let code = typed.uppercased()
    return book.divided.filter { commune in
      commune.code == code || commune.code.hasSuffix("-COM-" + code)
        || !saints.isEmpty && commune.names.contains { PlaceNames.saints($0.folded) == saints }
    }
  }

  /// Those that bear exactly that name.
  package func named(_ typed: String) -> [Territory] {
    let saints = PlaceNames.saints(typed.folded)
    let codes = names.filter { $0.saints == saints }.map { ($0.territory.code, Fit.exact) }
    return ordered(Dictionary(codes, uniquingKeysWith: { first, _ in first }))
  }

  /// The names nearest to a mistyped one.
  package func nearestNames(to typed: String, atMost limit: Int) -> [String] {
    var shown: [String: String] = [:]
    for name in names where shown[name.saints] == nil { shown[name.saints] = name.territory.name }
    for name in names where (name.territory.dutchName ?? "").folded == name.folded {
      shown[name.saints] = name.territory.dutchName
    }
    let near = nearest(to: PlaceNames.saints(typed.folded), among: shown.keys, atMost: limit)
    return near.compactMap { shown[$0] }
  }

  private static func fit(_ name: String, _ wanted: String) -> Fit? {
    if name == wanted { return .exact }
    if name.hasPrefix(wanted) { return .beginning }
    return inside(name, wanted)
  }

  /// At the beginning of a word, or within one: bytes are compared, for both are folded and names are many.
  private static func inside(_ name: String, _ wanted: String) -> Fit? {
    var (name, wanted) = (name, wanted)
    return name.withUTF8 { name in
      wanted.withUTF8 { wanted -> Fit? in
        var fit: Fit?
        for start in 0..<max(0, name.count - wanted.count + 1)
        where name[start] == wanted[0] && name[start..<start + wanted.count].elementsEqual(wanted) {
          if start > 0, name[start - 1] == UInt8(ascii: " ") { return .word }
          fit = .inside
        }
        return fit
      }
    }
  }

  /// `FR-COM-59350`, in any case, or its last part alone, `59350`; `ZONE`, `FR-ZE`: all of a kind.
  private static func isCode(_ typed: String, _ code: String) -> Bool {
    let typed = typed.uppercased()
    return code == typed || code.hasSuffix("-" + typed) || typed.count >= 4 && code.hasPrefix(typed + "-")
  }

  private func ordered(_ fits: [String: Fit]) -> [Territory] {
    func place(_ territory: Territory) -> Int { Territory.Level.allCases.firstIndex(of: territory.level) ?? 0 }
    return fits.compactMap { code, fit in book[code].map { (fit: fit, territory: $0) } }.sorted { a, b in
      if a.fit != b.fit { return a.fit < b.fit }
      let levels = (place(a.territory), place(b.territory))
      if levels.0 != levels.1 { return levels.0 < levels.1 }
      let people = (populations[a.territory.code] ?? 0, populations[b.territory.code] ?? 0)
      return people.0 != people.1 ? people.0 > people.1 : a.territory.code < b.territory.code
    }.map(\.territory)
  }
}
