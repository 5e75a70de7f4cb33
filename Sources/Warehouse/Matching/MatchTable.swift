import DuckStore
import Matching
import Nomenclature
import Registers

/// The matches of a release, a row a record, and those that wait for a person.
final class MatchTable {
  private let stage: Stage
  private let words: NameReading
  private let appender: Appender
  /// By source, what is doubtful.
  private var doubtful: [String: [Waiting]] = [:]
  /// The names of their candidates, in France and in Belgium.
  private var names: [Bool: [UInt64: String]] = [:]
  /// What the doors are called of those that were found by such a name, by its key.
  private var doors: [Bool: [UInt64: [UInt64: String]]] = [:]

  private struct Waiting {
    var row: ReviewFile.Row
    let candidates: [Scored]
    let isFrench: Bool
  }

  init(_ stage: Stage, _ words: NameReading) throws {
    self.stage = stage
    self.words = words
    // `number` is the unit, or what a row gives as the number of one; it is in no release.
    try stage.store.run(
      """
      CREATE TABLE match(source VARCHAR, record VARCHAR, name VARCHAR, place VARCHAR, country UTINYINT, unit BIGINT,
        method VARCHAR, confidence DOUBLE, status VARCHAR, since INTEGER, until INTEGER, number BIGINT)
      """)
    appender = try stage.store.appender(
      "match",
      [
        .text, .text, .text, .text, .integer8, .integer64, .text, .double, .text, .integer32, .integer32, .integer64,
      ])
  }

  /// `given`: the number that the row itself gives; `period`: since when and until when it holds.
  func add(
    _ source: String, _ record: String, name: String, place: String, isFrench: Bool, given: UInt64? = nil,
    period: ListFile.Period? = nil, _ verdict: Verdict
  ) throws {
    appender.add(source)
    appender.add(record)
    appender.add(name)
    appender.add(place)
    appender.add(UInt8(isFrench ? 0 : 1))
    // Of what is doubtful, the best candidate; of what is none, nothing, save the number that a person gave for one.
    let isUnknown = verdict.status == .none && verdict.method == .decision
    let best = verdict.status.counts || verdict.status == .doubtful || isUnknown ? verdict.candidates.first : nil
    if let best { appender.add(Int64(best.number)) } else { appender.addNull() }
    appender.add(verdict.method.rawValue)
    appender.add(best == nil || isUnknown ? 0 : (verdict.confidence * 1000).rounded() / 1000)
    appender.add(verdict.status.rawValue)
    if let since = period?.since { appender.add(since) } else { appender.addNull() }
    if let until = period?.until { appender.add(until) } else { appender.addNull() }
    if let number = best?.number ?? given { appender.add(Int64(number)) } else { appender.addNull() }
    try appender.endRow()
    if verdict.status == .doubtful {
      let row = ReviewFile.Row(record: record, name: name, place: place, candidates: "")
      doubtful[source, default: []].append(Waiting(row: row, candidates: verdict.candidates, isFrench: isFrench))
    }
  }

  /// Once all is added, and as long as all candidates are staged.
  func finish() throws {
    try appender.finish()
    // A name beside a number would tell whom a register withholds: it stays where the register tells it too.
    for country in Country.allCases.map(Stage.index) {
      try stage.store.run(
        """
        UPDATE match SET name = '', place = '' WHERE country = \(country)
          AND number NOT IN (SELECT id FROM unit WHERE country = \(country) AND NOT restricted)
        """)
    }
    try learnNames()
  }

  // MARK: - For people

  /// Looks up what the candidates are called, and their doors where the name of one is alike.
  private func learnNames() throws {
    for (isFrench, some) in Dictionary(grouping: doubtful.values.joined(), by: \.isFrench) {
      let candidates = some.flatMap(\.candidates)
      let country = isFrench ? 0 : 1
      var (units, places): ([UInt64: String], [UInt64: [UInt64: String]]) = ([:], [:])
      try forEachName(
        of: candidates.map(\.number), "SELECT id, name FROM unit WHERE country = \(country) AND id"
      ) { units[$0] = $1 }
      try forEachName(
        of: candidates.filter { $0.otherName != nil }.map(\.number),
        "SELECT DISTINCT unit, name FROM establishment WHERE country = \(country) AND active AND unit"
      ) { unit, name in
        let key = words(name).key
        if places[unit]?[key] == nil { places[unit, default: [:]][key] = name }
      }
      names[isFrench] = units
      doors[isFrench] = places
    }
  }

  /// Some thousands at a time: no query is too long.
  private func forEachName(of numbers: [UInt64], _ query: String, _ body: (UInt64, String) -> Void) throws {
    let wanted = Set(numbers).sorted()
    for start in stride(from: 0, to: wanted.count, by: 2_000) {
      let list = wanted[start..<min(start + 2_000, wanted.count)].map(String.init).joined(separator: ", ")
      for row in try stage.store.rows("\(query) IN (\(list)) ORDER BY ALL") {
        body(UInt64(row[0].integer ?? 0), row[1].text)
      }
    }
  }

  /// What waits, with the names of the candidates, in the order of the names.
  func reviewRows(_ source: String) -> [ReviewFile.Row] {
    (doubtful[source] ?? []).map { one in
      var row = one.row
      row.candidates = one.candidates.map { printed($0, one.isFrench) }.joined(separator: " | ")
      return row
    }.sorted { ($0.name, $0.place, $0.record) < ($1.name, $1.place, $1.record) }
  }

  /// Its number, its name, the name that is alike where that is another, and how much.
  private func printed(_ candidate: Scored, _ isFrench: Bool) -> String {
    let score = Double(Int((candidate.score * 100).rounded())) / 100
    let number = MemberLists.printed(.init(isFrench: isFrench, number: candidate.number))
    let name = names[isFrench]?[candidate.number] ?? ""
    let door = candidate.otherName.flatMap { doors[isFrench]?[candidate.number]?[$0] }
    let told = door.map { "\(name) \(ReviewFile.establishment) \($0))" } ?? name
    return "\(number) \(told) \(score)"
  }
}
