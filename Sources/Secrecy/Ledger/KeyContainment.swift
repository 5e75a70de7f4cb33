/// Which groups hold all that others hold: a whole and its parts, as far as members and places tell.
struct KeyContainment {
  /// By group, those that hold it.
  let above: [[Int]]
  /// Members of the places, then of each dimension.
  private let counts: [Int]

  init(_ questions: [Question]) {
    guard let first = questions.first else {
      above = []
      counts = []
      return
    }
    let counts = [first.places.count] + first.dimensions.map(\.count)
    self.counts = counts
    // Of the place, then of each dimension: its own position and those of the members that hold it.
    let holders = counts.indices.map { axis in
      Self.holders(
        questions.map { axis == 0 ? $0.places.membership : $0.dimensions[axis - 1].membership }, counts[axis])
    }
    above = (0..<counts.reduce(1, *)).map { key in
      let members = Self.members(key, counts)
      var keys = [0]
      for axis in counts.indices {
        keys = keys.flatMap { start in holders[axis][members[axis]].map { start * counts[axis] + $0 } }
      }
      return keys.filter { $0 != key }
    }
  }

  private static func members(_ key: Int, _ counts: [Int]) -> [Int] {
    var rest = key
    var members: [Int] = []
    for count in counts.reversed() {
      members.insert(rest % count, at: 0)
      rest /= count
    }
    return members
  }

  /// The groups right below each, those that differ by their place apart from those that differ by a dimension: each
  /// lot adds up to the whole in its own way.
  func branches() -> [Branch] {
    var found: [Branch: [Int]] = [:]
    for key in above.indices {
      let members = Self.members(key, counts)
      for parent in above[key] where !above[key].contains(where: { $0 != parent && above[$0].contains(parent) }) {
        let others = Self.members(parent, counts)
        guard let axis = counts.indices.first(where: { members[$0] != others[$0] }) else { continue }
        found[Branch(parent: parent, axis: axis), default: []].append(key)
      }
    }
    return found.map { branch, parts in
      var branch = branch
      branch.parts = parts
      return branch
    }.sorted { ($0.parent, $0.axis) < ($1.parent, $1.axis) }
  }

  struct Branch: Hashable {
    let parent: Int
    let axis: Int
    var parts: [Int] = []
  }

  /// In any of the questions: what holds a member under the rules of one release counts as holding it. Of two members
  /// that hold the same, the later one stands above.
  private static func holders(_ memberships: [Membership], _ count: Int) -> [[Int]] {
    var holders = (0..<count).map { Set([$0]) }
    for membership in memberships {
      var sizes = [Int](repeating: 0, count: count)
      var together: [Int: Int] = [:]
      for value in 0..<membership.starts.count - 1 {
        let members = membership.list(value)
        for member in members {
          sizes[Int(member)] += 1
          for other in members where other != member { together[Int(member) * count + Int(other), default: 0] += 1 }
        }
      }
      for (pair, times) in together {
        let (member, other) = (pair / count, pair % count)
        if times == sizes[member], times < sizes[other] || member < other { holders[member].insert(other) }
      }
    }
    return holders.map { $0.sorted() }
  }
}
