import Diagnostics

/// Does every total of a table equal the sum of its parts?
///
/// Where parts are hidden or left out, which may be zero or secret, those that are there may be less than the total,
/// never more. An activity that is left out is zero where the layout says that its publisher lists them all. Publishers
/// round: half a unit a part and for the total is let pass.
struct AggregateTotals {
  struct Wrong {
    let line: Int
    /// Rounding or secrecy may explain so small a gap, and somebody may admit it.
    let isSmall: Bool
    let facts: [String: String]
  }

  private struct Entry {
    /// Nil where the publisher hides it, and where it cannot be read.
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
    guard isNeeded, layout.addsUp(aggregate.cell.measure) else { return }
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

  /// `isWhole`: the table has no row of which the cell is unknown.
  func firstWrong(tolerance: Double, isWhole: Bool, _ keys: AggregateKeys) -> Wrong? {
    let parts = Parts(
      layout, keys, activities: withActivities ? activities : [:], families: families, territories: territories, places,
      absentIsZero: layout.listsEveryActivity && isWhole)
    var wrong: Wrong?
    for (key, entry) in entries {
      guard let total = entry.thousandths, Int(entry.line) < wrong?.line ?? .max else { continue }
      parts.forEach(of: key) { rest, group in
        guard Int(entry.line) < wrong?.line ?? .max, let (sum, told, isHidden) = sum(rest, group.parts) else { return }
        let slack = Int64(500 * (told + 1)) + Int64(tolerance * Double(total))
        let areAllKnown = told == group.parts.count || group.absentIsZero && !isHidden
        if sum - total > slack || areAllKnown && !group.mayLack && total - sum > slack {
          wrong = gap(at: Int(entry.line), key, keys, total: total, sum: sum, parts: told)
        }
      }
    }
    return wrong
  }

  /// The sum of those that tell a figure, how many they are, and whether others are there without one; nil where none
  /// tells one: a table may give totals alone. `rest` is the part of their keys that the group leaves open.
  private func sum(_ rest: UInt64, _ group: [UInt64]) -> (sum: Int64, told: Int, isHidden: Bool)? {
    var sum: Int64 = 0
    var told = 0
    var isHidden = false
    for part in group {
      guard let entry = entries[rest | part] else { continue }
      guard let value = entry.thousandths else {
        isHidden = true
        continue
      }
      told += 1
      // Beyond what a number holds is more than any total.
      let (next, isTooMuch) = sum.addingReportingOverflow(value)
      if isTooMuch { return (.max, told, true) }
      sum = next
    }
    return told > 0 ? (sum, told, isHidden) : nil
  }

  private func gap(
    at line: Int, _ key: UInt64, _ keys: AggregateKeys, total: Int64, sum: Int64, parts: Int
  ) -> Wrong {
    let percent = (Double(abs(sum - total)) / Double(max(1, total)) * 1000).rounded(.up) / 10
    let what = [
      keys.territory.code(in: key), String(keys.year(of: key)), keys.family.code(in: key), keys.activity.code(in: key),
    ].filter { !$0.isEmpty }
    return Wrong(
      line: line, isSmall: percent <= Self.mostAdmitted,
      facts: [
        "cell": what.joined(separator: " "), "measure": "@measure.\(keys.measure.code(in: key))",
        "total": "#\(total / 1000)",
        "sum": "#\(sum / 1000)",
        "parts": "#\(parts)",
        "percent": String(percent),
        "cause": "@aggregate.cause.\(Self.cause(total: total, sum: sum))",
      ])
  }

  /// Above so many percent of the total, a gap is no matter of rounding or secrecy (D).
  private static let mostAdmitted = 5.0

  /// What is probably wrong where a total and its parts are far apart.
  private static func cause(total: Int64, sum: Int64) -> String {
    let times = Double(max(total, sum)) / Double(max(1, min(total, sum)))
    let isOtherUnit = min(total, sum) > 0 && [10.0, 100, 1_000, 1_000_000].contains { 0.9...1.1 ~= times / $0 }
    return isOtherUnit ? "unit" : sum > total ? "twice" : "rows"
  }
}

/// By dimension, the cells that should add up to another, as bits of their keys.
private struct Parts {
  struct Group {
    let parts: [UInt64]
    /// Something of the whole may be in none of these.
    var mayLack = false
    /// A part that the table has not is zero.
    var absentIsZero = false
  }

  private let keys: AggregateKeys
  /// By classification. Of the finer levels of one nomenclature a table may give some activities only.
  private let activities: [Group]
  private let families: Group
  private let fields: Group
  /// By the number of the territory: those below it that the table has.
  private let territories: [Int: [Group]]
  private let ess: UInt64?
  private let all: UInt64?

  init(
    _ layout: AggregateLayout, _ keys: AggregateKeys, activities: [UInt64: Set<UInt64>], families: Set<UInt64>,
    territories: Set<String>, _ places: AggregatePlaces, absentIsZero: Bool
  ) {
    self.keys = keys
    func isDeclared(_ dimension: String) -> Bool { layout.totals.contains(dimension) }
    let hasSeveral = activities.count > 1
    let declared = isDeclared("activity") ? activities : [:]
    self.activities = declared.sorted { $0.key < $1.key }.map { classification, group in
      Group(
        parts: Array(group), mayLack: hasSeveral && keys.classification.code(in: classification).contains("/"),
        absentIsZero: absentIsZero)
    }
    self.families = Group(parts: isDeclared("family") ? Array(families) : [])
    ess = keys.field.known("ess")
    all = isDeclared("field") ? keys.field.known("all") : nil
    // The ESS and the rest are parts of all employers, whether the table has them or not: no code has this number.
    let absent: UInt64 = (1 << keys.field.bits - 1) << keys.field.shift
    fields = Group(parts: [ess ?? absent, keys.field.known("rest") ?? absent])
    var below: [Int: [Group]] = [:]
    if isDeclared("territory") {
      for code in territories {
        guard let whole = keys.territory.known(code) else { continue }
        // Some of them alone may not make more than the whole either.
        below[keys.territory.number(in: whole)] = places.parts(of: code).map { codes, cover in
          Group(
            parts: codes.compactMap { territories.contains($0) ? keys.territory.known($0) : nil },
            mayLack: !cover || !territories.isSuperset(of: codes))
        }
      }
    }
    self.territories = below
  }

  func forEach(of key: UInt64, _ body: (_ rest: UInt64, _ group: Group) -> Void) {
    if keys.classification.number(in: key) == 0 {
      for group in activities { body(key, group) }
    }
    let isWholeField = keys.family.number(in: key) == 0
    let field = key ^ keys.field.cleared(key)
    if isWholeField, field == ess { body(key, families) }
    if isWholeField, field == all { body(keys.field.cleared(key), fields) }
    for group in territories[keys.territory.number(in: key)] ?? [] { body(keys.territory.cleared(key), group) }
  }
}
