/// A publisher's table beside others of its layout: of two that tell a year, one counts.
extension SourceArchive {
  package struct NewerTable: Equatable {
    package let vintage: String
    /// Those of the older table that this one tells.
    package let years: ClosedRange<Int>
  }

  /// The tables that go on counting for years of one that was just imported. Which of two is newer, `AggregateReading`
  /// decides in the same order: the last year that the name of the vintage tells, then that name.
  package func newerTables(than receipt: Receipt) -> [NewerTable] {
    guard let source = Source(rawValue: receipt.source), Source.aggregates.contains(source) else { return [] }
    let own = TableVintage(receipt)
    let filed = all(source).map { TableVintage($0.receipt) }.sorted { $0.name < $1.name }
    return filed.compactMap { other -> NewerTable? in
      guard other.layout == own.layout, (other.age, other.name) > (own.age, own.name), let years = own.years,
        let others = other.years, years.overlaps(others)
      else { return nil }
      return NewerTable(vintage: other.name, years: years.clamped(to: others))
    }
  }
}

/// `flores-ess-2018-2023`: a layout, and what somebody or the table itself says of its time.
private struct TableVintage {
  let name: String
  let layout: String
  /// The last year that the name tells; empty where it tells none.
  let age: Substring
  /// Those of the table, as far as its receipt tells them.
  let years: ClosedRange<Int>?

  init(_ receipt: Receipt) {
    name = receipt.vintage
    let parts = name.split(separator: "-")
    let time = parts.reversed().prefix { $0.allSatisfy(\.isNumber) || $0 == "undated" }
    layout = parts.dropLast(time.count).joined(separator: "-")
    let told = time.filter { $0.utf8.count == 4 && $0.allSatisfy(\.isNumber) }
    age = told.first ?? ""
    let last = receipt.year ?? told.first.flatMap { Int($0) }
    // Of a span, its first year stands in the name; a vintage that somebody gave is one date.
    let first = told.count == 2 ? told.last.flatMap { Int($0) } : last
    if let first, let last, first <= last { years = first...last } else { years = nil }
  }
}
