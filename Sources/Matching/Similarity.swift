import Glibc

/// How much each word tells: what few names have tells more than what many have.
package struct WordWeights: Sendable {
  private var names: [UInt64: Int32] = [:]
  private var count = 0

  package init() {}

  package mutating func add(_ name: NormalName) {
    count += 1
    for token in name.tokens { names[token.hash, default: 0] += 1 }
  }

  /// From `lightest` to 1, on a logarithmic scale; a word that no candidate has tells most.
  func weight(_ token: Token, lightest: Double) -> Double {
    guard count > 1 else { return 1 }
    let share = log(Double(count + 1) / Double((names[token.hash] ?? 0) + 1)) / log(Double(count + 1))
    return max(lightest, share)
  }
}

/// A name ready to be compared: its words with their weights.
struct WeighedName {
  let tokens: [Token]
  let weights: [Double]
  let total: Double
  let key: UInt64
  let joined: [UInt8]

  init(_ name: NormalName, _ weights: WordWeights, local: Set<UInt64>, _ rules: MatchingRules) {
    tokens = name.tokens
    let weighed = name.tokens.map { token in
      weights.weight(token, lightest: rules.lightest) * (local.contains(token.hash) ? rules.local : 1)
    }
    self.weights = weighed
    total = weighed.reduce(0, +)
    key = name.key
    joined = name.joined
  }
}

/// How alike two names are, from 0 to 1.
///
/// The same words in any order: 1. Otherwise words are paired, the most alike first, where they are equal or, being
/// long enough, alike enough to be one word mistyped; the similarity is the weight of what is paired, each pair
/// counted as far as its words are alike, over the weight of both names (a weighted Dice coefficient). Words with
/// digits are equal or they are not: `section 2` is no mistyped `section 3`.
struct Similarity {
  let rules: MatchingRules

  func of(_ a: WeighedName, _ b: WeighedName) -> Double {
    if a.key == b.key { return 1 }
    if a.tokens.isEmpty || b.tokens.isEmpty { return 0 }
    if a.tokens.count != b.tokens.count, a.joined == b.joined { return 0.99 }
    var pairs: [(i: Int, j: Int, alike: Double, weight: Double)] = []
    for i in a.tokens.indices {
      for j in b.tokens.indices {
        let alike = alike(a.tokens[i], b.tokens[j])
        if alike > 0 { pairs.append((i, j, alike, a.weights[i] + b.weights[j])) }
      }
    }
    guard !pairs.isEmpty else { return 0 }
    // What is equal is paired first; positions settle what is left.
    pairs.sort { ($0.alike, $0.weight, $1.i, $1.j) > ($1.alike, $1.weight, $0.i, $0.j) }
    var (takenA, takenB) = (Set<Int>(), Set<Int>())
    var matched = 0.0
    for pair in pairs where !takenA.contains(pair.i) && !takenB.contains(pair.j) {
      takenA.insert(pair.i)
      takenB.insert(pair.j)
      matched += pair.alike * pair.weight
    }
    return min(matched / (a.total + b.total), mostByNumbers(a, b))
  }

  private func alike(_ a: Token, _ b: Token) -> Double {
    if a == b { return 1 }
    guard !a.hasDigit, !b.hasDigit, min(a.bytes.count, b.bytes.count) >= rules.typed else { return 0 }
    guard abs(a.bytes.count - b.bytes.count) <= 2 else { return 0 }
    let similarity = JaroWinkler.similarity(a.bytes, b.bytes)
    return similarity >= rules.token ? similarity : 0
  }

  /// Numbers tell namesakes apart: `cité 2` and `cité 3`, however alike the rest.
  private func mostByNumbers(_ a: WeighedName, _ b: WeighedName) -> Double {
    let (ours, theirs) = (a.tokens.filter(\.hasDigit), b.tokens.filter(\.hasDigit))
    if ours.isEmpty && theirs.isEmpty { return 1 }
    if Set(ours) == Set(theirs) { return 1 }
    return ours.isEmpty || theirs.isEmpty ? rules.numberAlone : rules.numberDiffers
  }
}
