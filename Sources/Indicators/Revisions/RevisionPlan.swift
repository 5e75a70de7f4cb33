internal import Diagnostics
internal import Secrecy
internal import Territory
internal import Wording

/// The groups that both releases are asked for: the same members and places in the same order.
struct RevisionPlan {
  struct Row {
    let member: StatisticalTable.Member
    /// Where it stands among the groups.
    let key: Int
  }

  let dimensions: (before: [Dimension], after: [Dimension])
  let places: PlaceList
  let rows: [Row]
  /// The key of what rows are told apart by, in words.
  let label: String

  init(_ request: RevisionRequest, _ books: (before: AxisBook, after: AxisBook), _ ground: Ground) throws {
    if let level = Territory.Level(rawValue: request.by) {
      let who = try (books.before.axis("who", needed: ["ess"]), books.after.axis("who", needed: ["ess"]))
      let areas = ground.parts(of: request.area, [level]) + [request.area]
      dimensions = ([who.0.dimension], [who.1.dimension])
      places = PlaceList(areas)
      rows = areas.indices.map { index in
        let territory = areas[index].territory
        let label = Label(fr: territory.name(in: .fr), nl: territory.name(in: .nl), en: territory.name(in: .en))
        return Row(member: .init(territory.code, label, isTotal: index == areas.count - 1), key: index)
      }
      label = "dimension.area"
      return
    }
    places = PlaceList([request.area])
    label = "dimension.\(request.by)"
    if TableDeclaration.who.contains(request.by) {
      let members = Self.united(try books.before.shown(request.by), try books.after.shown(request.by))
      let needed = Set(members.map(\.code))
      let who = try (books.before.axis("who", needed: needed), books.after.axis("who", needed: needed))
      dimensions = ([who.0.dimension], [who.1.dimension])
      rows = members.compactMap { member in who.1.position(of: member.code).map { Row(member: member, key: $0) } }
      return
    }
    let who = try (books.before.axis("who", needed: ["ess"]), books.after.axis("who", needed: ["ess"]))
    let axes = try (books.before.axis(request.by), books.after.axis(request.by))
    guard axes.0.members.map(\.code) == axes.1.members.map(\.code) else {
      throw Problem("compare.members", status: .commandLine, ["dimension": request.by])
    }
    dimensions = ([who.0.dimension, axes.0.dimension], [who.1.dimension, axes.1.dimension])
    rows = axes.1.members.enumerated().map { Row(member: $1, key: $0) }
  }

  /// The members of both: those that the second release has no more stand before its totals.
  private static func united(
    _ before: [StatisticalTable.Member], _ after: [StatisticalTable.Member]
  ) -> [StatisticalTable.Member] {
    let known = Set(after.map(\.code))
    let gone = before.filter { !known.contains($0.code) }
    let end = after.firstIndex(where: \.isTotal) ?? after.count
    return Array(after[..<end]) + gone + Array(after[end...])
  }
}
