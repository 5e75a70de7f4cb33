internal import Secrecy

/// A dimension of the facts with the names of its members.
struct CubeAxis {
  let id: String
  let dimension: Dimension
  let members: [StatisticalTable.Member]
  private let positions: [String: Int]
  /// The member that is meant where nothing says another: the ESS, the total.
  let usual: Int

  init(_ id: String, _ dimension: Dimension, _ members: [StatisticalTable.Member], usual: String) {
    self.id = id
    self.dimension = dimension
    self.members = members
    positions = Dictionary(members.enumerated().map { ($1.code, $0) }) { first, _ in first }
    self.usual = positions[usual] ?? 0
  }

  func position(of member: String) -> Int? { positions[member] }
}
