import Diagnostics

/// The factors that make a simulated population that of the margins: how many units of a family employ in an area,
/// how large their establishments are, how much of a full time their jobs are.
///
/// They are found by counting and adjusting in turn, on the very units that will be written: no chance is left
/// between a figure and its target but that of rounding. Cells too thin for that are adjusted together, family by
/// family.
final class Calibration {
  struct Factors: BitwiseCopyable {
    /// Of the chance that a unit employs.
    var employers = 1.0
    /// Of the jobs of an establishment.
    var size = 1.0
    /// Of what is missing to a full time.
    var hours = 1.0
  }

  /// What one pass over the population counts, cell by cell.
  struct Census {
    /// Whether it is the first: what does not depend on the factors is counted once.
    let isFirst: Bool
    var employers: [Int]
    var jobs: [Int]
    /// Full times that the jobs fall short of.
    var shortfall: [Double]
    /// Those that the register calls employers, of whom nothing else is known.
    var flagged: [Double]
  }

  let families: Families
  let margins: Margins
  private let factors: UnsafeMutablePointer<Factors>
  private let cellCount: Int

  /// A cell stands alone from these targets on.
  private static let enoughEmployers = 25.0
  private static let enoughJobs = 250.0
  private static let passes = 6
  private static let sizes = 0.2...5.0
  /// Draws are made up to this factor of the rate of the group: see `mayEmploy`.
  static let most = 5.0

  init(_ families: Families, _ margins: Margins) {
    self.families = families
    self.margins = margins
    cellCount = (margins.areas.count + 1) * margins.familyCount
    factors = .allocate(capacity: cellCount)
    factors.initialize(repeating: Factors(), count: cellCount)
  }

  deinit { factors.deallocate() }

  func cell(area: Int, family: Int) -> Int { area * margins.familyCount + family }

  subscript(cell: Int) -> Factors { factors[cell] }

  subscript(area: Int, family: Int) -> Factors { factors[cell(area: area, family: family)] }

  /// Cells that are adjusted together, with the sum of their targets.
  private struct Group {
    var cells: [Int] = []
    /// Too thin to stand alone.
    var isThin = false
    var employers: Double?
    var jobs = 0.0
    var fte: Double?
    /// Of the main family of an area: the thin cells beside it, whose jobs it makes up for.
    var beside: [(cell: Int, jobs: Double)] = []
  }

  /// `parts` is how much of the people of each area is simulated.
  private func groups(_ parts: [Double], scale: Double) -> [Group] {
    var alone: [Group] = []
    // By family and by the figures that are known: a sum is that of all its cells, or of none.
    var together = [Group](repeating: Group(isThin: true), count: 4 * margins.familyCount)
    for (area, part) in parts.enumerated() where part > 0 {
      let first = alone.count
      var thin: [(cell: Int, jobs: Double)] = []
      for family in 0..<margins.familyCount {
        let cell = margins[area, family]
        guard let jobs = cell.jobs else { continue }
        let share = scale * part
        let one = Group(
          cells: [self.cell(area: area, family: family)], employers: cell.employers.map { $0 * share },
          jobs: jobs * share, fte: cell.fte.map { $0 * share })
        if one.jobs >= Self.enoughJobs, one.employers ?? .infinity >= Self.enoughEmployers {
          alone.append(one)
        } else {
          if family < margins.familyCount - Families.rest.count, !margins.apart.contains(family) {
            thin.append((one.cells[0], one.jobs))
          }
          let rank = 4 * family + (one.employers == nil ? 2 : 0) + (one.fte == nil ? 1 : 0)
          together[rank].cells += one.cells
          together[rank].jobs += one.jobs
          together[rank].employers = one.employers.map { $0 + (together[rank].employers ?? 0) }
          together[rank].fte = one.fte.map { $0 + (together[rank].fte ?? 0) }
        }
      }
      let main = alone.indices.dropFirst(first).filter { alone[$0].employers != nil }.max {
        alone[$0].jobs < alone[$1].jobs
      }
      if let main { alone[main].beside = thin }
    }
    return alone + together.filter { !$0.cells.isEmpty }
  }

  /// Finds the factors. `count` goes over the whole population with those of the moment.
  func fit(parts: [Double], scale: Double, count: (inout Census) throws(Problem) -> Void) throws(Problem) {
    let groups = groups(parts, scale: scale)
    var flagged = [Double](repeating: 0, count: cellCount)
    for pass in 0...Self.passes {
      var census = Census(
        isFirst: pass == 0, employers: Array(repeating: 0, count: cellCount),
        jobs: Array(repeating: 0, count: cellCount),
        shortfall: Array(repeating: 0, count: cellCount), flagged: Array(repeating: 0, count: cellCount))
      try count(&census)
      if pass == 0 { flagged = census.flagged }
      for group in groups {
        func sum(_ counted: (Int) -> Double) -> Double { group.cells.reduce(0) { $0 + counted($1) } }
        let jobs = sum { Double(census.jobs[$0]) }
        // What thin cells have too many or too few is taken from or given to the main family of their area.
        let wantedJobs = max(
          0.5 * group.jobs, group.beside.reduce(group.jobs) { $0 + $1.jobs - Double(census.jobs[$1.cell]) })
        let employers = sum { Double(census.employers[$0]) }
        let shortfall = sum { census.shortfall[$0] }
        guard jobs > 0, employers > 0 else { continue }
        guard pass < Self.passes else {
          if let fte = group.fte, shortfall > 0 {
            for cell in group.cells {
              factors[cell].hours = min(2.5, max(0.2, (jobs - fte * jobs / group.jobs) / shortfall))
            }
          }
          continue
        }
        var more = 1.0
        if let wanted = group.employers {
          let left = max(0.05 * wanted, wanted - sum { flagged[$0] })
          more = left / employers
        }
        // Who employs brings large and small alike: the last passes leave that alone and settle the sizes, those of thin
        // cells not any more: what they have is made up for.
        if pass >= Self.passes - 2 {
          if group.isThin { continue }
          more = 1
        }
        for cell in group.cells {
          let before = factors[cell].employers
          factors[cell].employers = min(Self.most, before * more)
          let size = factors[cell].size * wantedJobs / jobs / (factors[cell].employers / before)
          factors[cell].size = min(Self.sizes.upperBound, max(Self.sizes.lowerBound, size))
        }
      }
    }
  }
}
