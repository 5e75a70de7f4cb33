/// How many people live today in communes and in the parts of them that were communes: what is divided is divided in
/// proportion, for want of the figures of its day.
package struct People: Sendable {
  package var communes: [String: Int] = [:]
  package var parts: [String: Int] = [:]

  package init(communes: [String: Int] = [:], parts: [String: Int] = [:]) {
    (self.communes, self.parts) = (communes, parts)
  }

  /// Of a commune of today, the share of each former commune that it is made of.
  func shares(of commune: String, among former: [String]) -> [Double] {
    var counts = former.map { parts[$0] }
    // The one that took the others in is what they leave of it.
    if let own = former.firstIndex(of: commune), counts[own] == nil, let whole = communes[commune] {
      let others = counts.indices.filter { $0 != own }.map { counts[$0] }
      if others.allSatisfy({ $0 != nil }) { counts[own] = whole - others.compactMap(\.self).reduce(0, +) }
    }
    return Self.shares(counts)
  }

  /// In proportion where all are known and there is anybody, else evenly.
  static func shares(_ counts: [Int?]) -> [Double] {
    let known = counts.compactMap { $0 }.filter { $0 > 0 }
    let sum = known.reduce(0, +)
    guard known.count == counts.count else { return counts.map { _ in 1 / Double(counts.count) } }
    return known.map { Double($0) / Double(sum) }
  }
}
