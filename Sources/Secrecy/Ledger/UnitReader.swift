internal import Filesystem

/// A unit by the number of its country's register, in the order in which facts have them.
struct UnitNumber: Hashable, Comparable {
  let country: Int
  let number: Int64

  static func < (one: UnitNumber, other: UnitNumber) -> Bool {
    (one.country, one.number) < (other.country, other.number)
  }
}

/// Reads the employers of a year unit after unit: facts have them in that order, those that some perimeter may let in
/// apart from the others.
struct UnitReader {
  private struct Stream {
    var next: Int
    let end: Int
    /// Its units count somewhere; those of the others are only looked for.
    let leads: Bool
  }

  private let facts: Facts
  /// By class.
  private let countries: [Int]
  private var streams: [Stream]

  init(_ side: Ledger.Side, _ order: [String]) {
    facts = side.facts
    countries = side.facts.classes.map { order.firstIndex(of: $0.country) ?? order.count }
    let holdsOutsiders = side.question.holdsOutsiders(of: side.facts)
    streams = side.facts.segments.filter { $0.year == side.year }.map {
      Stream(next: $0.rows.lowerBound, end: $0.rows.upperBound, leads: $0.isCandidate || holdsOutsiders)
    }
  }

  private func number(of row: Int) -> UnitNumber {
    UnitNumber(
      country: countries[Int(facts.rowClass.raw[row])], number: facts.unitNumbers.raw[Int(facts.unit.raw[row])])
  }

  /// The next unit that may count.
  var next: UnitNumber? {
    var least: UnitNumber?
    for stream in streams where stream.leads && stream.next < stream.end {
      let found = number(of: stream.next)
      if least.map({ found < $0 }) ?? true { least = found }
    }
    return least
  }

  /// All that the year has of a unit; those before it are left behind.
  mutating func rows(of unit: UnitNumber) -> [Int] {
    var rows: [Int] = []
    for index in streams.indices {
      while streams[index].next < streams[index].end {
        let row = streams[index].next
        let found = number(of: row)
        if found > unit { break }
        if found == unit { rows.append(row) }
        streams[index].next += 1
      }
    }
    return rows
  }

  /// The countries in the order in which facts number their units.
  static func order(_ sides: [Ledger.Side]) -> [String] {
    var order: [String] = []
    for found in sides.map({ Self.order($0.facts) }).sorted(by: { $0.count > $1.count }) {
      order += found.filter { !order.contains($0) }
    }
    return order
  }

  private static func order(_ facts: Facts) -> [String] {
    let names = Set(facts.classes.map(\.country)).sorted()
    let countries = facts.classes.map { names.firstIndex(of: $0.country) ?? 0 }
    var first = [UInt32](repeating: .max, count: names.count)
    for row in 0..<facts.count {
      let country = countries[Int(facts.rowClass.raw[row])]
      first[country] = min(first[country], facts.unit.raw[row])
    }
    return names.indices.filter { first[$0] != .max }.sorted { first[$0] < first[$1] }.map { names[$0] }
  }
}
