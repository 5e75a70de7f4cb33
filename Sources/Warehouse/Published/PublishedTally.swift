import Diagnostics
import Filesystem

/// Rows of publishers' tables, added up by slot: field, family, measure and quarter.
struct PublishedTally {
  /// What is read of a slot: nothing, the row that is a total, or all.
  enum Use { case nothing, total, all }

  /// By quarter (0: of the year), what the rows say: nil where all of them are hidden.
  typealias Part = (quarter: Int, value: Double?, hidden: Int)

  private struct Entry {
    var thousandths: Int64 = 0
    var shown = 0
    var hidden = 0
  }

  private let index: PublishedIndex
  private var entries: [Entry]

  init(_ index: PublishedIndex) {
    self.index = index
    entries = Array(repeating: Entry(), count: index.slots.count)
  }

  /// The total of a group that it gives itself, or else that of the coarsest classification that it uses.
  mutating func addTotal(of group: Int, _ uses: [Use]) throws(Problem) {
    let (kinds, values) = try index.rows(of: group)
    var row = 0
    while row < kinds.count {
      let slot = try index.kind(kinds.raw[row]).slot
      var coarsest: (rank: (Int, Int, Int), rows: Range<Int>)?
      while row < kinds.count, try index.kind(kinds.raw[row]).slot == slot {
        let run = try run(kinds.raw, from: row)
        row = run.rows.upperBound
        let isTotal = run.classification == index.total
        if uses[slot] == .nothing || uses[slot] == .total && !isTotal { continue }
        let rank = (isTotal ? 0 : 1, run.activities, run.classification)
        if coarsest == nil || coarsest.map({ rank < $0.rank }) == true { coarsest = (rank, run.rows) }
      }
      for row in coarsest?.rows ?? 0..<0 { try add(values.raw[row], to: slot) }
    }
  }

  /// The rows of one slot and classification that follow one another, and how many activities they tell apart.
  private func run(
    _ kinds: UnsafeBufferPointer<UInt32>, from first: Int
  ) throws(Problem) -> (classification: Int, activities: Int, rows: Range<Int>) {
    let start = try index.kind(kinds[first])
    var (end, activities) = (first + 1, 1)
    while end < kinds.count {
      let kind = try index.kind(kinds[end])
      guard kind.slot == start.slot, kind.classification == start.classification else { break }
      if kinds[end] != kinds[end - 1] { activities += 1 }
      end += 1
    }
    return (start.classification, activities, first..<end)
  }

  /// `value` as it is written in the file.
  mutating func add(_ value: UInt32, to slot: Int) throws(Problem) {
    if let thousandths = try index.thousandths(value) {
      entries[slot].thousandths &+= thousandths
      entries[slot].shown += 1
    } else {
      entries[slot].hidden += 1
    }
  }

  /// By field, family and measure, in their order.
  var parts: [(key: [String], parts: [Part])] {
    var found: [(key: [String], parts: [Part])] = []
    for (entry, slot) in zip(entries, index.slots) where entry.shown + entry.hidden > 0 {
      let key = [slot.field, slot.family, slot.measure]
      if found.last?.key != key { found.append((key, [])) }
      found[found.count - 1].parts.append(
        (slot.quarter, entry.shown > 0 ? Double(entry.thousandths) / 1000 : nil, entry.hidden))
    }
    return found
  }
}
