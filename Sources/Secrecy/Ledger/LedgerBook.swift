/// What is known of the changes while both files are read: it never leaves this module.
struct LedgerBook {
  /// What one unit brings more or less to a group, for one reason.
  struct Entry {
    let unit: UnitNumber
    let reason: Ledger.Reason
    let change: Int64
    /// Some of it stands in files that are not public.
    let isSecret: Bool
  }

  /// By group: the sums of the first side and of the last.
  private(set) var before: [Int64]
  private(set) var after: [Int64]
  private(set) var entries: [[Entry]]
  private let countries: [String]
  private var isBegun = false

  init(keys count: Int, countries: [String]) {
    before = Array(repeating: 0, count: count)
    after = before
    entries = Array(repeating: [], count: count)
    self.countries = countries
  }

  mutating func add(_ entry: Entry, to key: Int) { entries[key].append(entry) }

  /// The sums of the two sides of one walk: the first walk begins, the last one ends.
  mutating func close(from first: [Int64], to last: [Int64]) {
    if !isBegun { before = first }
    isBegun = true
    after = last
  }

  func part(_ reason: Ledger.Reason, of key: Int) -> Int64 {
    entries[key].lazy.filter { $0.reason == reason }.map(\.change).reduce(0, +)
  }

  /// The largest changes of a group, the same in every run.
  func largest(_ key: Int, atMost count: Int, _ unit: LedgerUnit) -> [LedgerAccount.UnitChange] {
    guard entries.indices.contains(key) else { return [] }
    let ordered = entries[key].sorted {
      ($1.change.magnitude, $0.unit, $0.reason.rawValue) < ($0.change.magnitude, $1.unit, $1.reason.rawValue)
    }
    return ordered.prefix(count).map {
      .init(
        country: countries.indices.contains($0.unit.country) ? countries[$0.unit.country] : "",
        number: $0.unit.number, reason: $0.reason, change: unit.value($0.change))
    }
  }
}
