import Diagnostics

/// Does every total of a table equal the sum of its parts?
///
/// A total is compared where none of its parts is hidden; parts that are left out may be zero or secret, and those that
/// are there may then be less than the total, never more. Publishers round: half a unit a part and for the total is let
/// pass.
struct AggregateTotals {
  struct Wrong {
    let line: Int
    let facts: [String: String]
  }

  private struct Entry {
    /// Nil where the publisher hides it.
    let thousandths: Int64?
    let line: Int32
  }

  let isNeeded: Bool
  private let layout: AggregateLayout
  private let places: AggregatePlaces
  private let withActivities: Bool
  private var entries: [UInt64: Entry] = [:]
  /// The bits of the activities that the table uses, by classification: a part that is nowhere in the table is no part.
  private var activities: [UInt64: Set<UInt64>] = [:]
  private var families: Set<UInt64> = []
  private var territories: Set<String> = []

  init(_ layout: AggregateLayout, _ places: AggregatePlaces, isNeeded: Bool, withActivities: Bool) {
    self.withActivities = withActivities
    self.layout = layout
    self.places = places
    self.isNeeded = isNeeded && !layout.totals.isEmpty
  }

  mutating func note(_ aggregate: Aggregate, _ key: UInt64, _ keys: borrowing AggregateKeys, line: Int) {
    guard isNeeded else { return }
    let isNew = entries.updateValue(Entry(thousandths: aggregate.thousandths, line: Int32(line)), forKey: key) == nil
    guard isNew else { return }
    let cell = aggregate.cell
    if !cell.classification.isEmpty {
      let classification = key ^ keys.classification.cleared(key)
      activities[classification, default: []].insert(classification | (key ^ keys.activity.cleared(key)))
    }
    if !cell.family.isEmpty { families.insert(key ^ keys.family.cleared(key)) }
    territories.insert(cell.territory)
  }

  func firstWrong(tolerance: Double, _ keys: AggregateKeys) -> Wrong? {
    let parts = Parts(
      layout, keys, activities: withActivities ? activities : [:], families: families, territories: territories, places)
    var wrong: Wrong?
    for (key, entry) in entries {
      guard let total = entry.thousandths, Int(entry.line) < wrong?.line ?? .max else { continue }
      parts.forEach(of: key) { rest, group in
        guard Int(entry.line) < wrong?.line ?? .max, let (sum, isWhole) = sum(rest, group) else { return }
        let slack = Int64(500 * (group.count + 1)) + Int64(tolerance * Double(total))
        if sum - total > slack || isWhole && total - sum > slack {
          wrong = Wrong(line: Int(entry.line), facts: facts(key, keys, total: total, sum: sum, parts: group.count))
        }
      }
    }
    return wrong
  }

  /// The sum of those that are there, and whether they all are; nil where one is hidden, or where none is there: a
  /// table may give totals alone. `rest` is the part of their keys that the group leaves open.
  private func sum(_ rest: UInt64, _ group: [UInt64]) -> (sum: Int64, isWhole: Bool)? {
    var sum: Int64 = 0
    var found = 0
    for part in group {
      guard let entry = entries[rest | part] else { continue }
      guard let value = entry.thousandths else { return nil }
      found += 1
      sum += value
    }
    return found > 0 ? (sum, found == group.count) : nil
  }

  private func facts(
    _ key: UInt64, _ keys: AggregateKeys, total: Int64, sum: Int64, parts: Int
  ) -> [String: String] {
    let what = [
      keys.territory.code(in: key), String(keys.year(of: key)), keys.family.code(in: key), keys.activity.code(in: key),
    ].filter { !$0.isEmpty }
    return [
      "cell": what.joined(separator: " "), "measure": keys.measure.code(in: key), "total": "#\(total / 1000)",
      "sum": "#\(sum / 1000)",
      "parts": "#\(parts)",
      "percent": String((Double(abs(sum - total)) / Double(max(1, total)) * 1000).rounded(.up) / 10),
    ]
  }
}

/// By dimension, the cells that should add up to another, as bits of their keys.
private struct Parts {
  private let keys: AggregateKeys
  private let activities: [[UInt64]]
  private let families: [UInt64]
  private let fields: [UInt64]
  /// By the number of the territory: those below it, where the table has them all.
  private let territories: [Int: [[UInt64]]]
  private let ess: UInt64?
  private let all: UInt64?

  init(
    _ layout: AggregateLayout, _ keys: AggregateKeys, activities: [UInt64: Set<UInt64>], families: Set<UInt64>,
    territories: Set<String>, _ places: AggregatePlaces
  ) {
    self.keys = keys
    func isDeclared(_ dimension: String) -> Bool { layout.totals.contains(dimension) }
    self.activities = isDeclared("activity") ? activities.values.map(Array.init) : []
    self.families = isDeclared("family") ? Array(families) : []
    ess = keys.field.known("ess")
    all = isDeclared("field") ? keys.field.known("all") : nil
    // The ESS and the rest are parts of all employers, whether the table has them or not: no code has this number.
    let absent: UInt64 = (1 << keys.field.bits - 1) << keys.field.shift
    fields = [ess ?? absent, keys.field.known("rest") ?? absent]
    var below: [Int: [[UInt64]]] = [:]
    if isDeclared("territory") {
      for code in territories {
        guard let whole = keys.territory.known(code) else { continue }
        below[keys.territory.number(in: whole)] = places.parts(of: code).filter(territories.isSuperset).map { codes in
          codes.compactMap(keys.territory.known)
        }
      }
    }
    self.territories = below
  }

  func forEach(of key: UInt64, _ body: (_ rest: UInt64, _ group: [UInt64]) -> Void) {
    if keys.classification.number(in: key) == 0 { for group in activities { body(key, group) } }
    let isWholeField = keys.family.number(in: key) == 0
    let field = key ^ keys.field.cleared(key)
    if isWholeField, field == ess, !families.isEmpty { body(key, families) }
    if isWholeField, field == all { body(keys.field.cleared(key), fields) }
    for group in territories[keys.territory.number(in: key)] ?? [] { body(keys.territory.cleared(key), group) }
  }
}
