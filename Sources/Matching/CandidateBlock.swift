/// An organisation that a record may be: its number, and the names that it bears in its place.
package struct Candidate: Sendable {
  package let number: UInt64
  package let names: [NormalName]
  /// Where it stands, as far as that is known: the words of its streets, and their numbers.
  package let streets: [NormalName]

  package init(_ number: UInt64, _ names: [NormalName], streets: [NormalName] = []) {
    self.number = number
    self.names = names
    self.streets = streets
  }
}

/// A candidate and how alike its name is.
package struct Scored: Sendable, Equatable {
  package let number: UInt64
  package var score: Double
  /// Did the street tell it from others?
  package var byAddress = false
  /// The key of the name that is alike, where it is another than the organisation's own.
  package var otherName: UInt64?
  /// Not quite the same name, and quite another street.
  var isElsewhere = false

  package init(_ number: UInt64, _ score: Double) { (self.number, self.score) = (number, score) }
}

/// The candidates of one place, and which of them are worth comparing with a name.
///
/// A name is compared with those that have its key, or share a word, the beginning or the end of one: a single
/// mistyped letter leaves one of the two. The more telling the shared words, the sooner a candidate is compared;
/// `compared` of them at most.
package struct CandidateBlock {
  private let rules: MatchingRules
  private let weights: WordWeights
  private let local: Set<UInt64>
  private let candidates: [Candidate]
  private var names: [(candidate: Int, name: WeighedName)] = []
  private var byKey: [UInt64: [Int32]] = [:]
  private var byPart: [UInt64: [Int32]] = [:]
  private let shares = Shares()

  /// How much each name shares with the one that is looked for: nothing, between two of them. One array serves them all,
  /// for in a large commune it is much longer than what one name touches of it.
  private final class Shares {
    var values: [Float] = []
  }

  /// A part of a word that more names than this have tells nothing.
  private static let longestList = 400

  /// `local`: the words of the name of the place, which tell little there.
  package init(
    _ candidates: [Candidate], _ weights: WordWeights, local: Set<UInt64> = [], _ rules: MatchingRules
  ) {
    self.rules = rules
    self.weights = weights
    self.local = local
    self.candidates = candidates
    for (position, candidate) in candidates.enumerated() {
      for name in candidate.names where !name.isEmpty {
        let index = Int32(names.count)
        names.append((position, WeighedName(name, weights, local: local, rules)))
        byKey[name.key, default: []].append(index)
        for part in Set(name.tokens.flatMap(Self.parts)) { byPart[part, default: []].append(index) }
      }
    }
    shares.values = [Float](repeating: 0, count: names.count)
  }

  /// A word whole, its beginning and its end.
  private static func parts(_ token: Token) -> [UInt64] {
    guard token.bytes.count >= 5, !token.hasDigit else { return [token.hash] }
    let half = max(3, token.bytes.count / 2)
    return [
      token.hash, NameReading.hash([1] + token.bytes.prefix(half)), NameReading.hash([2] + token.bytes.suffix(half)),
    ]
  }

  /// The best candidates for a name, the best first, with scores from `doubtful` up; an order that is always the same.
  package func best(_ name: NormalName, street: NormalName? = nil) -> [Scored] {
    guard !name.isEmpty, !names.isEmpty else { return [] }
    let weighed = WeighedName(name, weights, local: local, rules)
    let similarity = Similarity(rules: rules)
    var best: [Int: Likeness] = [:]
    // Of two names as alike, the first: an organisation's own comes before those of its doors.
    func note(_ score: Double, of index: Int) {
      let candidate = names[index].candidate
      if let known = best[candidate], (known.score, index) >= (score, known.name) { return }
      best[candidate] = Likeness(score: score, name: index)
    }
    for index in byKey[name.key] ?? [] { note(1, of: Int(index)) }
    for index in worthComparing(weighed) {
      let score = similarity.of(weighed, names[index].name)
      if score >= rules.doubtful { note(score, of: index) }
    }
    var scored = best.map { found(candidates[$0.key], by: $0.value, street) }
    if let street, scored.count > 1 { scored = apart(scored, best.keys, street) }
    scored.sort { ($0.score, $1.number) > ($1.score, $0.number) }
    return Array(scored.prefix(rules.candidates))
  }

  /// How alike a candidate is, and by which of the names.
  private struct Likeness {
    let score: Double
    let name: Int
  }

  private func found(_ candidate: Candidate, by likeness: Likeness, _ street: NormalName?) -> Scored {
    var scored = Scored(candidate.number, likeness.score)
    if let street, likeness.score < 1 { scored.isElsewhere = isElsewhere(candidate, street) }
    let key = names[likeness.name].name.key
    if key != candidate.names.first?.key { scored.otherName = key }
    return scored
  }

  /// Both sides name a street, and no word of the one is like a word of the other.
  private func isElsewhere(_ candidate: Candidate, _ street: NormalName) -> Bool {
    let ours = Self.streetWords(street)
    let theirs = candidate.streets.map(Self.streetWords)
    guard !ours.isEmpty, !theirs.isEmpty, theirs.allSatisfy({ !$0.isEmpty }) else { return false }
    return !theirs.joined().contains { word in
      ours.contains { $0 == word || JaroWinkler.similarity($0.bytes, word.bytes) >= rules.token }
    }
  }

  /// Without its number, and without its first word where there are others: that is the kind of street.
  private static func streetWords(_ street: NormalName) -> [Token] {
    let words = street.tokens.filter { !$0.hasDigit }
    return words.count > 1 ? Array(words.dropFirst()) : words
  }

  private func worthComparing(_ name: WeighedName) -> [Int] {
    // An array and a list of what was touched: a table of hashes took most of the time.
    var shared: [Float] = []
    var touched: [Int] = []
    // Taken out while it is written to: an array that two hold would be copied.
    swap(&shared, &shares.values)
    defer {
      for index in touched { shared[index] = 0 }
      swap(&shared, &shares.values)
    }
    for (token, weight) in zip(name.tokens, name.weights) {
      for (rank, part) in Self.parts(token).enumerated() {
        guard let list = byPart[part], list.count <= Self.longestList else { continue }
        let weight = Float(rank == 0 ? weight : weight / 2)
        for index in list {
          if shared[Int(index)] == 0 { touched.append(Int(index)) }
          shared[Int(index)] += weight
        }
      }
    }
    guard touched.count > rules.compared else { return touched }
    // The best so far, in order; of two alike, the one that comes first.
    func isBefore(_ a: Int, _ b: Int) -> Bool { shared[a] != shared[b] ? shared[a] > shared[b] : a < b }
    var best: [Int] = []
    best.reserveCapacity(rules.compared + 1)
    for index in touched {
      if best.count == rules.compared, let last = best.last, !isBefore(index, last) { continue }
      var (low, high) = (0, best.count)
      while low < high {
        let middle = (low + high) / 2
        if isBefore(best[middle], index) { low = middle + 1 } else { high = middle }
      }
      best.insert(index, at: low)
      if best.count > rules.compared { best.removeLast() }
    }
    return best
  }

  /// Of several candidates, the one in the same street stands before the others.
  private func apart(_ scored: [Scored], _ found: some Sequence<Int>, _ street: NormalName) -> [Scored] {
    let here = Set(
      found.filter { candidates[$0].streets.contains { $0.key == street.key } }.map { candidates[$0].number })
    guard here.count == 1, !street.isEmpty else { return scored }
    return scored.map { one in
      var one = one
      if here.contains(one.number) {
        one.byAddress = true
      } else {
        one.score = max(0, one.score - rules.margin - rules.addressBonus)
      }
      return one
    }
  }
}
