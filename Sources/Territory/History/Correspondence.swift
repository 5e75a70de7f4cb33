/// How the communes of one day become those of another: for each, the communes that have its territory.
package struct Correspondence: Sendable {
  package typealias Share = CommuneHistory.Share

  /// By code of the one day; the weights of each add up to 1.
  package let shares: [String: [Share]]

  /// From the communes of a day to those of today. What the history loses is left out.
  package init(_ history: CommuneHistory, from day: Day) {
    var shares: [String: [Share]] = [:]
    for code in history.communes(on: day) {
      switch history.fate(of: code, on: day) {
      case .whole(let today): shares[code] = [Share(today, 1)]
      case .divided(let parts): shares[code] = parts
      case .lost, .unknown: break
      }
    }
    self.shares = shares
  }

  /// From the communes of today to those of a day: a commune that took others in is divided again, by today's people
  /// of its parts where they are known, else evenly.
  package init(_ history: CommuneHistory, backTo day: Day) {
    var sources: [String: [Share]] = [:]
    for (code, parts) in Correspondence(history, from: day).shares {
      for part in parts { sources[part.code, default: []].append(Share(code, part.weight)) }
    }
    shares = Dictionary(
      uniqueKeysWithValues: sources.map { today, parts in
        let parts = parts.sorted { $0.code < $1.code }
        let people = history.people.shares(of: today, among: parts.map(\.code))
        let sizes = zip(parts, people).map { $0.weight * $1 }
        let sum = sizes.reduce(0, +)
        return (today, zip(parts, sizes).map { Share($0.code, $1 / sum) })
      })
  }

  package subscript(code: String) -> [Share] { shares[code] ?? [] }

  /// Totals of the one day's communes as totals of the other's.
  package struct Carried: Sendable, Equatable {
    package var totals: [String: Int] = [:]
    /// How much of all was divided, and is therefore approximate.
    package var approximated = 0
    /// What belongs to codes that are no communes of the first day.
    package var unplaced: [String: Int] = [:]

    package var sum: Int { totals.values.reduce(0, +) + unplaced.values.reduce(0, +) }
  }

  /// Nothing is gained or lost: what is divided is divided into whole numbers that add up again.
  package func carry(_ totals: [String: Int]) -> Carried {
    var carried = Carried()
    for (code, total) in totals.sorted(by: { $0.key < $1.key }) {
      let parts = self[code]
      if parts.isEmpty { carried.unplaced[code] = total }
      if parts.count > 1 { carried.approximated += abs(total) }
      for (part, amount) in zip(parts, Self.apportioned(total, parts.map(\.weight))) {
        carried.totals[part.code, default: 0] += amount
      }
    }
    return carried
  }

  /// A whole number divided by weights into whole numbers that add up to it: the largest remainders get what is left.
  package static func apportioned(_ total: Int, _ weights: [Double]) -> [Int] {
    let exact = weights.map { Double(total) * $0 }
    var amounts = exact.map { Int($0.rounded(.down)) }
    let left = total - amounts.reduce(0, +)
    let order = exact.indices.sorted { a, b in
      let remainders = (exact[a] - exact[a].rounded(.down), exact[b] - exact[b].rounded(.down))
      return remainders.0 != remainders.1 ? remainders.0 > remainders.1 : a < b
    }
    guard !order.isEmpty else { return [] }
    for turn in 0..<abs(left) { amounts[order[turn % order.count]] += left.signum() }
    return amounts
  }
}
