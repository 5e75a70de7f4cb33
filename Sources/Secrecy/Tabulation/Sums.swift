/// What is known of one sum while facts are read: it never leaves this module.
struct KeySum {
  var exact: UInt32 = 0
  var estimated: UInt32 = 0
  /// Of those estimated, whose size is not known at all.
  var unknown: UInt32 = 0
  var unbounded: UInt32 = 0
  /// Employers that count here in part.
  var split: UInt32 = 0
  /// The unit whose rows are being read, plus one; 0 before the first.
  var current: UInt32 = 0
  var currentPart: Int64 = 0
  var units: UInt32 = 0
  var splitUnits: UInt32 = 0
  /// Each unit as its largest part counts here, in millionths.
  var unitParts: Int64 = 0
}

/// The same for one measure. `largest`, `second` and `units` are of what is secret: counts of open registers and size bands
/// that everybody can look up are not.
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

  /// The next unit begins: what the last one brought is whole.
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
