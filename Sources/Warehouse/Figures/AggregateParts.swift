import DuckStore
package import Nomenclature
package import Registers

/// Parts of what a publisher's table says of a territory and year: its quarters, its activities.
extension AggregateReading {
  /// Each quarter by itself, as the publisher gives it.
  package func quarters(
    _ table: Table, _ layout: AggregateLayout, _ year: Int
  ) throws -> [(quarter: Int, sum: Sum)] {
    try lendRows(table, year)
    return try byQuarter(table, layout, year).flatMap { key, parts in
      parts.filter { $0.quarter > 0 }.map { part in
        var sum = Sum(field: key[0], family: key[1], measure: key[2])
        (sum.value, sum.hidden) = (part.value, part.hidden)
        return (part.quarter, sum)
      }
    }
  }

  /// Each activity of a classification, from rows that use it or from the divisions that make it up.
  package func activities(
    _ table: Table, _ layout: AggregateLayout, _ year: Int, _ scheme: String, _ sectors: Sectors
  ) throws -> [(activity: String, sum: Sum)] {
    try lendRows(table, year)
    var divisions: [String: [String]] = [:]
    for division in sectors.divisions {
      divisions[scheme == "a88" ? division.code : division.groups[scheme] ?? "", default: []].append(division.code)
    }
    let used = Set(try release.store.rows("SELECT DISTINCT classification FROM told").map { $0[0].text })
    guard used.contains(scheme) || used.contains("a88") else { return [] }
    return try divisions.sorted { $0.key < $1.key }.flatMap { code, parts in
      let list = parts.map(sqlText).joined(separator: ", ")
      let condition =
        used.contains(scheme)
        ? "classification = \(sqlText(scheme)) AND activity = \(sqlText(code))"
        : "classification = 'a88' AND activity IN (\(list))"
      return try byQuarter(table, layout, year, activities: condition).map {
        (code, Self.sum($0.key, $0.parts, layout))
      }
    }
  }
}
