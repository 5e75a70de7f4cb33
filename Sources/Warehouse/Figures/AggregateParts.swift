import Filesystem
package import Nomenclature
package import Registers

/// The activities of what a publisher's table says of a territory and year.
extension AggregateReading {
  /// Each activity of a classification, from rows that use it or from the divisions that make it up.
  package func activities(
    _ table: Table, _ layout: AggregateLayout, _ year: Int, _ scheme: String, _ sectors: Sectors
  ) throws -> [(activity: String, sum: Sum)] {
    guard let edition = table.editions[year] else { return [] }
    let groups = groups(of: edition)
    let used = try classifications(of: groups.told, edition.measures)
    guard let read = [scheme, "a88"].first(where: used.contains),
      let classification = index.classifications.firstIndex(of: read)
    else { return [] }
    var codes: [String] = []
    /// By activity of the index, the position of the code that it counts under.
    var codeOf: [Int: Int] = [:]
    for (code, divisions) in Self.divisions(scheme, sectors) {
      for activity in read == scheme ? [code] : divisions {
        if let position = index.activities[activity] { codeOf[position] = codes.count }
      }
      codes.append(code)
    }
    let uses = uses(edition, layout)
    var tallies = Array(repeating: PublishedTally(index), count: codes.count)
    for group in groups.counted {
      let (kinds, values) = try index.rows(of: group)
      for row in 0..<kinds.count {
        let kind = try index.kind(kinds.raw[row])
        guard kind.classification == classification, uses[kind.slot] == .all, let code = codeOf[kind.activity]
        else { continue }
        try tallies[code].add(values.raw[row], to: kind.slot)
      }
    }
    return zip(codes, tallies).flatMap { code, tally in
      tally.parts.map { (activity: code, sum: Self.sum($0.key, $0.parts, layout)) }
    }
  }

  /// Those that some groups use.
  private func classifications(of groups: [Int], _ measures: PublishedIndex.Measures) throws -> Set<String> {
    var used: Set<Int> = []
    for group in groups {
      let kinds = try index.rows(of: group).kinds
      for row in 0..<kinds.count {
        let kind = try index.kind(kinds.raw[row])
        if index.slots[kind.slot].bit & measures != 0 { used.insert(kind.classification) }
      }
    }
    return Set(used.map { index.classifications[$0] })
  }

  /// The codes of a classification in their order, each with its divisions.
  private static func divisions(_ scheme: String, _ sectors: Sectors) -> [(key: String, value: [String])] {
    var divisions: [String: [String]] = [:]
    for division in sectors.divisions {
      divisions[scheme == "a88" ? division.code : division.groups[scheme] ?? "", default: []].append(division.code)
    }
    return divisions.sorted { $0.key < $1.key }
  }
}
