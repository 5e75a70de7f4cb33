import DuckStore
import Matching
import Territory

/// The units of the stage as candidates, a commune at a time: some thousand communes are in memory, never all.
struct UnitPool {
  let stage: Stage
  let rules: MatchingRules

  private static let communesAtOnce = 1_500

  /// A unit stands in every commune where an establishment of it is active, or where its seat is if it has none, under
  /// its name and those of its doors.
  ///
  /// `condition` is SQL about the unit `u`; `wanted` the communes that some record is in. `entering` says which communes
  /// the next blocks are of, for those who have records to read.
  func forEachBlock(
    _ wanted: Set<Int32>, where condition: String = "true", entering: (Range<Int32>) throws -> Void = { _ in },
    _ body: (Int32, CandidateBlock) throws -> Void
  ) throws {
    let communes = stage.books.territories.communes
    for start in stride(from: 0, to: communes.count, by: Self.communesAtOnce) {
      let range = Int32(start)..<Int32(min(start + Self.communesAtOnce, communes.count))
      guard wanted.contains(where: range.contains) else { continue }
      try entering(range)
      var weights = WordWeights()
      var candidates: [Int32: [Candidate]] = [:]
      try stage.store.query(
        """
        SELECT e.commune, u.id, u.name, string_agg(DISTINCT nullif(e.name, ''), chr(31) ORDER BY nullif(e.name, '')),
          string_agg(DISTINCT nullif(d.street, ''), chr(31) ORDER BY nullif(d.street, '')),
          string_agg(DISTINCT nullif(h.street, ''), chr(31) ORDER BY nullif(h.street, ''))
        FROM unit u JOIN (
            SELECT country, id, unit, commune, name FROM establishment WHERE active
            UNION ALL
            SELECT country, unit, unit, commune, '' FROM lone_seat) e ON e.country = u.country AND e.unit = u.id
          LEFT JOIN door d ON d.country = e.country AND d.entity = e.id
          LEFT JOIN door h ON h.country = u.country AND h.entity = u.id
        WHERE u.active AND u.name <> '' AND e.commune >= \(range.lowerBound)
          AND e.commune < \(range.upperBound) AND \(condition)
        GROUP BY e.commune, u.id, u.name ORDER BY e.commune, u.id
        """
      ) { chunk in
        for row in 0..<chunk.count {
          let commune = Int32(chunk.value(row, 0).integer ?? -1)
          let name = rules.words(chunk.value(row, 2).text)
          weights.add(name)
          guard wanted.contains(commune) else { continue }
          candidates[commune, default: []].append(
            Candidate(
              UInt64(chunk.value(row, 1).integer ?? 0), [name] + names(chunk.value(row, 3).text),
              streets: names(chunk.value(row, 4).text) + names(chunk.value(row, 5).text)))
        }
      }
      for (commune, found) in candidates.sorted(by: { $0.key < $1.key }) {
        try body(commune, CandidateBlock(found, weights, local: local(communes[Int(commune)]), rules))
      }
    }
  }

  /// Several names that the query has put into one text.
  private func names(_ text: String) -> [NormalName] {
    text.split(separator: "\u{1f}").map { rules.words(String($0)) }
  }

  /// The words of the names of a commune: half of its associations bear them.
  private func local(_ commune: Commune) -> Set<UInt64> {
    let names = [commune.name, commune.dutchName, commune.germanName].compactMap(\.self)
    return Set(names.flatMap { rules.words($0).tokens.map(\.hash) })
  }
}
