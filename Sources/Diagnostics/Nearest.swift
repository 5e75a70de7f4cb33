/// The known word nearest to a mistyped one, for "did you mean …".
package func nearest(to word: String, among known: some Sequence<String>) -> String? {
  nearest(to: word, among: known, atMost: 1).first
}

/// The few known words that a mistyped one may stand for, the nearest first; of two as near, the one that begins more
/// alike, then the first by alphabet. Where none is near, the only one of which it is a whole part: `insee` for
/// `fr-insee`.
package func nearest(to word: String, among known: some Sequence<String>, atMost limit: Int) -> [String] {
  let known = Array(known)
  let typed = Array(word.lowercased().utf8)
  // Two letters away from a code of two or three stands nearly any other.
  let most = typed.count < 2 ? 0 : typed.count < 4 ? 1 : max(2, typed.count / 3)
  let near = known.compactMap { candidate -> (word: String, distance: Int, alike: Int)? in
    let letters = Array(candidate.lowercased().utf8)
    guard abs(letters.count - typed.count) <= most else { return nil }
    let distance = editDistance(typed, letters)
    return distance <= most ? (candidate, distance, zip(typed, letters).prefix { $0 == $1 }.count) : nil
  }
  let sorted = near.sorted { ($0.distance, $1.alike, $0.word) < ($1.distance, $0.alike, $1.word) }.map(\.word)
  return Array((sorted.isEmpty ? holding(typed, among: known) : sorted).prefix(limit))
}

/// The word that alone has some letters between its hyphens.
private func holding(_ part: [UInt8], among known: [String]) -> [String] {
  guard part.count > 2 else { return [] }
  let holding = known.filter { word in
    word.lowercased().utf8.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }.contains {
      $0.elementsEqual(part)
    }
  }
  return holding.count == 1 ? holding : []
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
