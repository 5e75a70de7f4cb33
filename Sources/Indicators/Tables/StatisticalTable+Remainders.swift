internal import Secrecy

extension StatisticalTable {
  /// What is left over of a classification (not classified, of unknown size) has its row only where there is some.
  private static let remainders: Set<String> = ["ZZ", "SX", "unknown"]
  /// Axes of which only the members that there are something of are shown.
  private static let open: Set<String> = ["cohort", "model"]

  func withoutEmptyRemainders() -> StatisticalTable {
    var kept = axes.map { Array($0.members.indices) }
    for (position, axis) in axes.enumerated() where axis.role == .classification {
      for (index, member) in axis.members.enumerated()
      where Self.remainders.contains(member.code) || Self.open.contains(axis.id) && !member.isTotal {
        let isEmpty = (0..<rowCount).filter { members(of: $0)[position] == index }.allSatisfy { row in
          columns.indices.allSatisfy { [.zero, .notAvailable].contains(self[row, $0].status) }
        }
        if isEmpty { kept[position].removeAll { $0 == index } }
      }
    }
    if zip(kept, axes).allSatisfy({ $0.count == $1.members.count }) { return self }
    var cells: [Cell] = []
    for row in 0..<rowCount where zip(members(of: row), kept).allSatisfy({ $1.contains($0) }) {
      cells += columns.indices.map { self[row, $0] }
    }
    let axes = zip(axes, kept).map { axis, kept in
      Axis(axis.id, axis.label, axis.role, kept.map { axis.members[$0] })
    }
    return StatisticalTable(
      id: id, title: title, description: description, axes: axes, columns: columns, cells: cells, notes: notes,
      origin: origin)
  }
}
