/// The known word nearest to a mistyped one, for "did you mean …".
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
  let typed = Array(word.lowercased().utf8)
  var best: (word: String, distance: Int)?
  for candidate in known {
    let distance = editDistance(typed, Array(candidate.lowercased().utf8))
    if distance <= max(2, typed.count / 3), distance < best?.distance ?? Int.max {
      best = (candidate, distance)
    }
  }
  return best?.word
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
