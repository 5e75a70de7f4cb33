import Diagnostics
import Tabular

/// Belgian communes that began or ended since 1970, from the project's table of facts.
struct BelgianHistory {
  private(set) var movements: [CommuneHistory.Movement] = []
  private(set) var former: [FormerCommune] = []
  /// Inhabitants of communes that ended, where they are known.
  private(set) var parts: [String: Int] = [:]

  private struct Life {
    let code: String
    let from: Day
    /// The first day without it; nil for a commune of today.
    let end: Day?
    let into: [String]
  }

  init(share: String, present: Set<String>) throws {
    let table = try DeclaredTable(
      "\(share)/territories/be-history.csv",
      columns: ["nis", "name_fr", "name_nl", "name_de", "from", "until", "into", "basis", "confidence", "people"])
    let known = present.union(table.entries.map { $0["nis"] })
    let lives = try table.entries.map { entry -> Life in
      let into = entry["into"].split(separator: ";").map(String.init)
      let until = entry["until"].isEmpty ? nil : Day(entry["until"])
      guard let from = Day(entry["from"]), entry["until"].isEmpty || until != nil, from <= until ?? from else {
        throw table.problem("share.bad_period", entry, ["from": entry["from"], "until": entry["until"]])
      }
      if let missing = into.first(where: { !known.contains($0) }) ?? (until == nil || !into.isEmpty ? nil : "") {
        throw table.problem("share.no_parent", entry, ["code": entry["nis"], "parent": missing])
      }
      if let people = Int(entry["people"]) { parts[entry["nis"]] = people }
      if until != nil {
        var names: [String] = []
        for name in [entry["name_fr"], entry["name_nl"], entry["name_de"]] where !name.isEmpty && !names.contains(name)
        {
          names.append(name)
        }
        former.append(FormerCommune(code: entry["nis"], names: names))
      }
      return Life(code: entry["nis"], from: from, end: until?.next, into: into)
    }
    let begun = Dictionary(lives.map { ($0.code, $0.from) }, uniquingKeysWith: min)
    for life in lives {
      guard let end = life.end else { continue }
      // REFNIS names no successor of the years 1971 to 1976: the movement waits for the one that it became.
      let day = life.into.compactMap { begun[$0] }.reduce(end, max)
      movements.append(.init(day, life.code, life.into))
      // A commune that was there before takes the other in.
      for code in life.into where code != life.code && begun[code] ?? life.from < day {
        movements.append(.init(day, code, [code]))
      }
    }
  }
}

/// A commune that is no more, under the names that it bore.
package struct FormerCommune: Sendable, Equatable {
  package let code: String
  package let names: [String]

  package init(code: String, names: [String]) { (self.code, self.names) = (code, names) }
}
