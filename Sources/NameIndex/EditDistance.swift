/// How many typing mistakes lie between two words: a letter missing, added or changed, or two neighbours exchanged
/// (optimal string alignment). Only small distances are of interest, so most pairs are given up after a few letters.
struct EditDistance {
  private var rows: [[UInt8]]

  init() { rows = Array(repeating: [UInt8](repeating: 0, count: Folding.longestWord + 2), count: 3) }

  /// The distance, or nil where it is more than `most`.
  mutating func between(_ a: [UInt32], _ b: [UInt32], atMost most: Int) -> Int? {
    guard abs(a.count - b.count) <= most, max(a.count, b.count) <= Folding.longestWord else { return nil }
    // What begins or ends alike costs nothing.
    var (start, endA, endB) = (0, a.count, b.count)
    while start < endA, start < endB, a[start] == b[start] { start += 1 }
    while endA > start, endB > start, a[endA - 1] == b[endB - 1] { (endA, endB) = (endA - 1, endB - 1) }
    let (m, n) = (endA - start, endB - start)
    if m == 0 || n == 0 { return max(m, n) <= most ? max(m, n) : nil }
    for column in 0...n { rows[0][column] = UInt8(column) }
    for row in 1...m {
      let (now, before, twoBefore) = (row % 3, (row + 2) % 3, (row + 1) % 3)
      rows[now][0] = UInt8(row)
      var least = UInt8(row)
      for column in 1...n {
        let (x, y) = (a[start + row - 1], b[start + column - 1])
        var best = min(
          rows[before][column - 1] + (x == y ? 0 : 1), rows[before][column] + 1, rows[now][column - 1] + 1)
        if row > 1, column > 1, x == b[start + column - 2], a[start + row - 2] == y {
          best = min(best, rows[twoBefore][column - 2] + 1)
        }
        rows[now][column] = best
        least = min(least, best)
      }
      // An exchange looks two rows back: one row above the limit is not the end yet.
      if Int(least) > most + 1 { return nil }
    }
    let distance = Int(rows[m % 3][n])
    return distance <= most ? distance : nil
  }
}
