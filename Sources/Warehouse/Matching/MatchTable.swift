import DuckStore
import Matching
import Registers

/// The matches of a release, a row a record, and those that wait for a person.
final class MatchTable {
  private let stage: Stage
  private let appender: Appender
  /// By source, what is doubtful.
  private var doubtful: [String: [Waiting]] = [:]
  /// The names of their candidates, in France and in Belgium.
  private var names: [Bool: [UInt64: String]] = [:]

  private struct Waiting {
    var row: ReviewFile.Row
    let candidates: [Scored]
    let isFrench: Bool
  }

  init(_ stage: Stage) throws {
    self.stage = stage
    try stage.store.run(
      """
      CREATE TABLE match(source VARCHAR, record VARCHAR, name VARCHAR, place VARCHAR, country UTINYINT, unit BIGINT,
        method VARCHAR, confidence DOUBLE, status VARCHAR)
      """)
    appender = try stage.store.appender(
      "match", [.text, .text, .text, .text, .integer8, .integer64, .text, .double, .text])
  }

  func add(
    _ source: String, _ record: String, name: String, place: String, isFrench: Bool, _ verdict: Verdict
  ) throws {
    appender.add(source)
    appender.add(record)
    appender.add(name)
    appender.add(place)
    appender.add(UInt8(isFrench ? 0 : 1))
    // Of what is doubtful, the best candidate; of what is none, nothing.
    let best = verdict.status == .none || verdict.status == .rejected ? nil : verdict.candidates.first
    if let best { appender.add(Int64(best.number)) } else { appender.addNull() }
    appender.add(verdict.method.rawValue)
    appender.add(best == nil ? 0 : (verdict.confidence * 1000).rounded() / 1000)
    appender.add(verdict.status.rawValue)
    try appender.endRow()
    if verdict.status == .doubtful {
      let row = ReviewFile.Row(record: record, name: name, place: place, candidates: "")
      doubtful[source, default: []].append(Waiting(row: row, candidates: verdict.candidates, isFrench: isFrench))
    }
  }

  func finish() throws { try appender.finish() }

  /// Looks up what the candidates are called, as long as all of them are staged.
  func learnNames() throws {
    for (isFrench, some) in Dictionary(grouping: doubtful.values.joined(), by: \.isFrench) {
      names[isFrench] = try names(of: Set(some.flatMap { $0.candidates.map(\.number) }), isFrench)
    }
  }

  /// What waits, with the names of the candidates, in the order of the names.
  func reviewRows(_ source: String) -> [ReviewFile.Row] {
    (doubtful[source] ?? []).map { one in
      var row = one.row
      row.candidates = one.candidates.map { candidate in
        let score = Double(Int((candidate.score * 100).rounded())) / 100
        let printed = MemberLists.printed(.init(isFrench: one.isFrench, number: candidate.number))
        return "\(printed) \(names[one.isFrench]?[candidate.number] ?? "") \(score)"
      }.joined(separator: " | ")
      return row
    }.sorted { ($0.name, $0.place, $0.record) < ($1.name, $1.place, $1.record) }
  }

  private func names(of numbers: Set<UInt64>, _ isFrench: Bool) throws -> [UInt64: String] {
    guard !numbers.isEmpty else { return [:] }
    var names: [UInt64: String] = [:]
    let wanted = Array(numbers).sorted()
    for start in stride(from: 0, to: wanted.count, by: 2_000) {
      let list = wanted[start..<min(start + 2_000, wanted.count)].map(String.init).joined(separator: ", ")
      let sql = "SELECT id, name FROM unit WHERE country = \(isFrench ? 0 : 1) AND id IN (\(list))"
      for row in try stage.store.rows(sql) {
        names[UInt64(row[0].integer ?? 0)] = row[1].text
      }
    }
    return names
  }
}
