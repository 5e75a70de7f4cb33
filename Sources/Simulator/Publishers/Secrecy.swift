/// Which figures of a publisher's table are kept secret: those that rest on too few, or on one that is nearly all.
struct Secrecy {
  /// The fewest that a figure may rest on.
  let fewest: Int
  /// The largest share of one of them.
  let largestShare: Double

  func hides(count: Int, largest: Int, of total: Int) -> Bool {
    count > 0 && (count < fewest || Double(largest) > largestShare * Double(total))
  }

  /// The parts of a total that are hidden. One alone could be had back by taking the others from the total: the
  /// smallest of the rest is hidden with it.
  func hidden(_ parts: [(count: Int, largest: Int, total: Int)]) -> [Bool] {
    var hidden = parts.map { hides(count: $0.count, largest: $0.largest, of: $0.total) }
    guard hidden.count(where: { $0 }) == 1 else { return hidden }
    let rest = parts.indices.filter { parts[$0].count > 0 && !hidden[$0] }
    if let smallest = rest.min(by: { parts[$0].total < parts[$1].total }) { hidden[smallest] = true }
    return hidden
  }
}
