package import Diagnostics
internal import Filesystem

/// A name that was found, in one number: of two, the smaller comes first in the answer.
///
/// From the highest bits: how well its worst word answers, what all its words are worth, whether the name was given
/// whole, its place in the index.
package struct Match: Sendable, Comparable {
  package let key: UInt64

  init(fit: Fit, worth: Int, isWhole: Bool, name: UInt32) {
    let worthless = UInt64(max(0, 0xffff - worth))
    key = UInt64(fit.rawValue) << 56 | worthless << 36 | (isWhole ? 0 : 1) << 35 | UInt64(name)
  }

  package var name: Int { Int(key & 0xffff_ffff) }
  package var fit: Fit { Fit(rawValue: UInt8(key >> 56)) ?? .twoMistakes }

  package static func < (a: Match, b: Match) -> Bool { a.key < b.key }
}

extension NameIndex {
  /// All names that have every word of the query, in some way, and pass; in no order.
  ///
  /// The rarest word gives the names to be looked at; each of them is asked for the others.
  package func matches(
    _ query: NameQuery, where passes: ((Int) -> Bool)? = nil
  ) throws(Problem) -> [Match] {
    var expansions: [Expansion] = []
    for word in query.words {
      let expansion = try expansion(of: word)
      if expansion.isEmpty { return [] }
      expansions.append(expansion)
    }
    expansions.sort { $0.names < $1.names }
    guard let rarest = expansions.first else { return [] }
    let others = expansions.dropFirst()
    let weights = expansions.map { weight(of: $0.names) }
    // Which names were looked at already, a bit each: ways to answer come the best first.
    let count = count
    var seen = [UInt64](repeating: 0, count: (count + 63) / 64)
    var found: [Match] = []
    let weighing = weighing.raw
    func look(_ names: Slice<UnsafeBufferPointer<UInt32>>, _ fit: Fit) throws(Problem) {
      for name in names {
        let position = Int(name)
        guard position < count else { throw postings.damage }
        let bit = UInt64(1) << UInt64(position & 63)
        if seen[position >> 6] & bit != 0 { continue }
        seen[position >> 6] |= bit
        if let passes, !passes(position) { continue }
        var worst = fit
        var worth = fit.worth * weights[0]
        if !others.isEmpty {
          guard try have(others, position, weights, &worst, &worth) else { continue }
        }
        let isWhole = worst == .exact && Int(weighing[position]) == expansions.count
        found.append(Match(fit: worst, worth: worth, isWhole: isWhole, name: name))
      }
    }
    if let exact = rarest.exact { try look(names(exact, exact + 1), .exact) }
    try look(names(rarest.beginnings.lowerBound, rarest.beginnings.upperBound), .beginning)
    for fit in [Fit.oneMistake, .twoMistakes] {
      for near in rarest.near where near.fit == fit { try look(names(Int(near.word), Int(near.word) + 1), fit) }
    }
    return found
  }

  /// Does the name have the other words too?
  private func have(
    _ others: ArraySlice<Expansion>, _ name: Int, _ weights: [Int], _ worst: inout Fit, _ worth: inout Int
  ) throws(Problem) -> Bool {
    let words = try nameStarts.group(name, of: nameWords).raw
    for position in others.indices {
      var best: Fit?
      for word in words {
        if let fit = others[position].fit(word), fit < best ?? .twoMistakes || best == nil { best = fit }
      }
      guard let best else { return false }
      worst = max(worst, best)
      worth += best.worth * weights[position]
    }
    return true
  }

  /// A word that a thousandth of the names have weighs ten times one that all have.
  private func weight(of names: Int) -> Int { 1 + Int.bitWidth - (count / max(1, names)).leadingZeroBitCount }
}

extension [Match] {
  /// The best, in order. Here and not where it is used, because a generic loop is only fast in its own module.
  package func best(_ most: Int) -> [Match] { smallest(most) }

  /// Those found by a beginning or in spite of a mistake.
  package var approximate: Int { count { $0.fit != .exact } }
}

extension Array where Element: Comparable {
  /// The smallest, in order. For a few of many, one pass is enough.
  package func smallest(_ most: Int) -> [Element] {
    guard most < 1000, most < count / 2 else { return Array(sorted().prefix(most)) }
    var kept: [Element] = []
    kept.reserveCapacity(most + 1)
    for element in self {
      if kept.count == most {
        guard let last = kept.last, element < last else { continue }
        kept.removeLast()
      }
      var (low, high) = (0, kept.count)
      while low < high {
        let middle = (low + high) / 2
        if kept[middle] < element { low = middle + 1 } else { high = middle }
      }
      kept.insert(element, at: low)
    }
    return kept
  }
}
