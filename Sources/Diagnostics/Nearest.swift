/// The known word nearest to a mistyped one, for "did you mean …".
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
  nearest(to: word, among: known, atMost: 1).first
}

/// The few known words that a mistyped one may stand for, the nearest first; of two as near, the first by alphabet.
package func nearest(to word: String, among known: some Sequence<String>, atMost limit: Int) -> [String] {
  let typed = Array(word.lowercased().utf8)
  let most = max(2, typed.count / 3)
  let near = known.compactMap { candidate -> (word: String, distance: Int)? in
    let letters = Array(candidate.lowercased().utf8)
    guard abs(letters.count - typed.count) <= most else { return nil }
    let distance = editDistance(typed, letters)
    return distance <= most ? (candidate, distance) : nil
  }
  return near.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }.prefix(limit).map(\.word)
}

/// The least number of insertions, deletions and replacements between two words (Levenshtein).
func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var previous = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var current = [i + 1]
    current.reserveCapacity(b.count + 1)
    for (j, y) in b.enumerated() {
      current.append(min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, current[j] + 1))
    }
    previous = current
  }
  return previous[b.count]
}
