import Indicators

extension StatisticalTable.Axis {
  /// What each member is directly above of, by positions, as their depths tell.
  ///
  /// A member belongs to the nearest one before it that stands higher; where there is none, for totals may come last,
  /// to the nearest one after it.
  var children: [[Int]] {
    var children = [[Int]](repeating: [], count: members.count)
    var above: [Int] = []
    // Without anything higher before them; all of the same depth, for a higher one takes them.
    var orphans: [Int] = []
    for (position, member) in members.enumerated() {
      while let last = above.last, members[last].depth >= member.depth { above.removeLast() }
      if let parent = above.last {
        children[parent].append(position)
      } else {
        if let orphan = orphans.last, members[orphan].depth > member.depth {
          children[position] = orphans
          orphans.removeAll()
        }
        orphans.append(position)
      }
      above.append(position)
    }
    return children
  }
}
