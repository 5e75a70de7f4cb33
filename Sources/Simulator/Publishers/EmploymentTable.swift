/// The figures of one territory, by family, group of activities and year: the sum of its communes.
struct EmploymentTable {
  /// A cell that is told.
  struct Cell {
    /// Nothing for all of them together.
    let family: Int?
    let activity: Int?
    let figures: EmploymentFigures
    /// Then only the number of establishments is told, which is in the public register.
    let isHidden: Bool
  }

  /// Those of the social economy, or only the 0 of all establishments.
  private let families: [Int]
  private let years: Range<Int>
  private let activities: Int
  private let figures: [EmploymentFigures]

  /// `groups` has the group of each section, from 0.
  init(_ tally: EmploymentTally, groups: [Int], communes: [Int], isESS: Bool) {
    let families = isESS ? Array(1...tally.field.families.count) : [0]
    let years = tally.years
    let activities = (groups.max() ?? -1) + 1
    var figures = Array(repeating: EmploymentFigures(), count: families.count * activities * years.count)
    for place in communes {
      for (rank, family) in families.enumerated() {
        for (section, group) in groups.enumerated() {
          let start = (rank * activities + group) * years.count
          tally.forEachYear(of: FrenchTally.key(place, family, section)) { year, told in
            figures[start + year] = figures[start + year] + told
          }
        }
      }
    }
    self.families = families
    self.years = years
    self.activities = activities
    self.figures = figures
  }

  /// What is told of a year: families, then activities, each with its total first.
  func cells(in year: Int, _ secrecy: Secrecy) -> [Cell] {
    var groups: [(family: Int?, members: [Int])] = [(nil, families)]
    if families != [0] {
      for family in families { groups.append((family, [family])) }
    }
    var cells: [Cell] = []
    for (family, members) in groups {
      let parts = sums(of: members, in: year)
      let total = parts.reduce(EmploymentFigures()) { $0 + $1 }
      guard total.count > 0 else { continue }
      cells.append(
        Cell(
          family: family, activity: nil, figures: total,
          isHidden: secrecy.hides(count: total.count, largest: total.largest, of: total.jobs)))
      let hidden = secrecy.hidden(parts.map { ($0.count, $0.largest, $0.jobs) })
      for (activity, part) in parts.enumerated() where part.count > 0 {
        cells.append(Cell(family: family, activity: activity, figures: part, isHidden: hidden[activity]))
      }
    }
    return cells
  }

  /// The activities of some families together.
  private func sums(of wanted: [Int], in year: Int) -> [EmploymentFigures] {
    (0..<activities).map { activity in
      families.indices.filter { wanted.contains(families[$0]) }.reduce(EmploymentFigures()) {
        $0 + figures[($1 * activities + activity) * years.count + year - years.lowerBound]
      }
    }
  }
}
