/// What is known of one leaf in one year. All but `units` adds up row by row.
struct LeafSum {
  var exact: UInt32 = 0
  var estimated: UInt32 = 0
  var unknown: UInt32 = 0
  var unbounded: UInt32 = 0
  /// Whose rows are all in this leaf.
  var units: UInt32 = 0
  /// The unit whose rows are being read has one here.
  var isTouched = false
}

/// The sums of the leaves of a year, each with all its measures.
struct LeafSums {
  private(set) var leaves: UnsafeMutablePointer<LeafSum>
  /// By leaf, then by measure.
  private(set) var measures: UnsafeMutablePointer<MeasureSum>
  /// By leaf, what each unit brings that is wholly in it; only where concentration is asked for.
  var contributions: [[Int64]]
  let measureCount: Int
  private var capacity = 256

  init(measures measureCount: Int, withContributions: Bool) {
    self.measureCount = measureCount
    leaves = .allocate(capacity: capacity)
    leaves.initialize(repeating: LeafSum(), count: capacity)
    measures = .allocate(capacity: capacity * measureCount)
    measures.initialize(repeating: MeasureSum(), count: capacity * measureCount)
    contributions = withContributions ? Array(repeating: [], count: capacity) : []
  }

  func deallocate() {
    leaves.deallocate()
    measures.deallocate()
  }

  @inline(__always)
  mutating func hold(_ leaf: Int) {
    if leaf >= capacity { grow() }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<LeafSum>.allocate(capacity: capacity * 2)
    larger.initialize(repeating: LeafSum(), count: capacity * 2)
    larger.update(from: leaves, count: capacity)
    let wider = UnsafeMutablePointer<MeasureSum>.allocate(capacity: capacity * 2 * measureCount)
    wider.initialize(repeating: MeasureSum(), count: capacity * 2 * measureCount)
    wider.update(from: measures, count: capacity * measureCount)
    deallocate()
    (leaves, measures) = (larger, wider)
    if !contributions.isEmpty { contributions += Array(repeating: [], count: capacity) }
    capacity *= 2
  }

  /// Makes place for another year.
  mutating func clear(_ count: Int) {
    leaves.update(repeating: LeafSum(), count: min(count, capacity))
    measures.update(repeating: MeasureSum(), count: min(count, capacity) * measureCount)
    for leaf in contributions.indices where !contributions[leaf].isEmpty { contributions[leaf] = [] }
  }
}
