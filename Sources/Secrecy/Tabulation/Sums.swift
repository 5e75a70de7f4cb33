/// What is known of one sum while facts are read: it never leaves this module.
struct KeySum {
  var exact: UInt32 = 0
  var estimated: UInt32 = 0
  /// Of those estimated, whose size is not known at all.
  var unknown: UInt32 = 0
  var unbounded: UInt32 = 0
  /// Employers that count here in part.
  var split: UInt32 = 0
  /// Of the unit that is being put together, its largest part here; 0 where it has none.
  var currentPart: Int64 = 0
  var units: UInt32 = 0
  var splitUnits: UInt32 = 0
  /// Each unit as its largest part counts here, in millionths.
  var unitParts: Int64 = 0

  mutating func add(units count: UInt32, part: Int64) {
    units += count
    unitParts += Int64(count) * part
    if part < Places.whole { splitUnits += count }
  }

  mutating func add(_ leaf: LeafSum, part: Int64) {
    exact += leaf.exact
    estimated += leaf.estimated
    unknown += leaf.unknown
    unbounded += leaf.unbounded
    if part < Places.whole { split += leaf.exact + leaf.estimated }
    add(units: leaf.units, part: part)
  }
}

/// The same for one measure. `largest` and `units` are of what is secret: counts of open registers and size bands that
/// everybody can look up are not.
struct MeasureSum {
  var value: Int64 = 0
  var low: Int64 = 0
  var high: Int64 = 0
  var approximate: Int64 = 0
  var unmapped: Int64 = 0
  var secret: Int64 = 0
  var current: Int64 = 0
  var largest: Int64 = 0
  var units: UInt32 = 0
  /// Employers that give the measure.
  var known: UInt32 = 0

  /// With the units that are wholly in the other, of which the largest may be larger than any before.
  mutating func add(_ other: MeasureSum, _ weight: Int64) {
    value += other.value &* weight
    low += other.low &* weight
    high += other.high &* weight
    approximate += other.approximate &* weight
    unmapped += other.unmapped &* weight
    secret += other.secret &* weight
    largest = max(largest, other.largest &* weight)
    units += other.units
    known += other.known
  }

  /// All of a unit has been read: what it brought is whole.
  @inline(__always)
  mutating func close() {
    if current > 0 {
      units += 1
      largest = max(largest, current)
      current = 0
    }
  }
}

/// The sums of a question, each key with all its measures.
struct Sums {
  var keys: [KeySum]
  /// By key, then by measure.
  var measures: [MeasureSum]
  /// By key, what each unit brings; only where concentration is asked for.
  var contributions: [[Int64]]

  init(keys count: Int, measures: Int, withContributions: Bool) {
    keys = Array(repeating: KeySum(), count: count)
    self.measures = Array(repeating: MeasureSum(), count: count * measures)
    contributions = withContributions ? Array(repeating: [], count: count) : []
  }
}
