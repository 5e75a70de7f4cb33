/// The figures of one territory, by family, section and year: the sum of its communes.
struct EmploymentTable {
  /// A cell that is told.
  struct Cell {
    /// Nothing for all of them together.
    let family: Int?
    let section: Int?
    let figures: EmploymentFigures
    /// Then only the number of establishments is told, which is in the public register.
    let isHidden: Bool
  }

  /// Those of the social economy, or only the 0 of all establishments.
  private let families: [Int]
  private let years: Range<Int>
  private let sections: Int
  private let figures: [EmploymentFigures]

  init(_ tally: EmploymentTally, sections: Int, communes: [Int], isESS: Bool) {
    let families = isESS ? Array(1...tally.field.families.count) : [0]
    let years = tally.years
    var figures = Array(repeating: EmploymentFigures(), count: families.count * sections * years.count)
    for place in communes {
      for (rank, family) in families.enumerated() {
        for section in 0..<sections {
          let start = (rank * sections + section) * years.count
          tally.forEachYear(of: FrenchTally.key(place, family, section)) { year, told in
            figures[start + year] = figures[start + year] + told
          }
        }
      }
    }
    self.families = families
    self.years = years
    self.sections = sections
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
          family: family, section: nil, figures: total,
          isHidden: secrecy.hides(count: total.count, largest: total.largest, of: total.jobs)))
      let hidden = secrecy.hidden(parts.map { ($0.count, $0.largest, $0.jobs) })
      for (section, part) in parts.enumerated() where part.count > 0 {
        cells.append(Cell(family: family, section: section, figures: part, isHidden: hidden[section]))
      }
    }
    return cells
  }

  /// The sections of some families together.
  private func sums(of wanted: [Int], in year: Int) -> [EmploymentFigures] {
    (0..<sections).map { section in
      families.indices.filter { wanted.contains(families[$0]) }.reduce(EmploymentFigures()) {
        $0 + figures[($1 * sections + section) * years.count + year - years.lowerBound]
      }
    }
  }
}
