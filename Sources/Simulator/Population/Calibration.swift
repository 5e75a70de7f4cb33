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

  /// No organisation is so large that the figures of a territory stand or fall with it: a sample of a tenth has none of
  /// four hundred establishments, but a tenth of one.
  struct Largest: BitwiseCopyable {
    /// Of a network, beside its head office.
    fileprivate var branches = Int.max
    /// Of an establishment.
    fileprivate var staff = Int.max

    /// Nor does one begin large: what opened last year would be the growth of its territory.
    func branches(atAge days: Int) -> Int { min(branches, 2 + max(0, days) / 100) }
    func staff(atAge days: Int) -> Int { min(staff, 20 + days * days / 20_000) }
  }

  /// What one pass over the population counts, cell by cell.
  struct Census {
    /// Whether it is the first: what does not depend on the factors is counted once.
    let isFirst: Bool
    /// Whether hours are asked for: they take the longest to count.
    let countsHours: Bool
    var employers: [Int]
    var jobs: [Int]
    /// Full times that the jobs fall short of, with the factors of the moment.
    var shortfall: [Double]
    /// Those that the register calls employers, of whom nothing else is known.
    var flagged: [Double]
  }

  let families: Families
  let margins: Margins
  private let factors: UnsafeMutablePointer<Factors>
  private let cellCount: Int
  /// By family.
  private(set) var largest: [Largest]

  /// A cell stands alone from these targets on.
  private static let enoughEmployers = 25.0
  private static let enoughJobs = 250.0
  /// The pass after which who employs is settled, and those after it that settle the sizes.
  private static let settled = 4
  private static let resizes = 3
  private static let sizes = 0.2...5.0
  private static let hours = 0.2...4.0
  private static let branchShare = 0.05
  private static let staffShare = 0.02
  /// Draws are made up to this factor of the rate of the group: see `mayEmploy`.
  static let most = 5.0

  init(_ families: Families, _ margins: Margins) {
    self.families = families
    self.margins = margins
    cellCount = (margins.areas.count + 1) * margins.familyCount
    largest = Array(repeating: Largest(), count: margins.familyCount)
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
    /// For the factor that gives the employers.
    var search = FactorSearch()
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

  private func largest(_ parts: [Double], scale: Double) -> [Largest] {
    func sum(_ families: Range<Int>, _ figure: KeyPath<Margins.Cell, Double?>) -> Double? {
      let known = parts.indices.flatMap { area in
        families.compactMap { margins[area, $0][keyPath: figure].map { $0 * scale * parts[area] } }
      }
      return known.isEmpty ? nil : known.reduce(0, +)
    }
    let within = 0..<margins.familyCount - Families.rest.count
    let staff = sum(within, \.jobs).map { max(50, Int(Self.staffShare * $0)) } ?? .max
    return (0..<margins.familyCount).map { family in
      guard within.contains(family) else { return Largest() }
      let branches = sum(family..<family + 1, \.employers).map { max(3, Int(Self.branchShare * $0)) } ?? .max
      return Largest(branches: branches, staff: staff)
    }
  }

  /// Finds the factors. `count` goes over the whole population with those of the moment.
  func fit(parts: [Double], scale: Double, count: (inout Census) throws(Problem) -> Void) throws(Problem) {
    var groups = groups(parts, scale: scale)
    largest = largest(parts, scale: scale)
    var flagged = [Double](repeating: 0, count: cellCount)
    for pass in 0...Self.settled + Self.resizes {
      var census = Census(
        isFirst: pass == 0, countsHours: pass > Self.settled, employers: Array(repeating: 0, count: cellCount),
        jobs: Array(repeating: 0, count: cellCount),
        shortfall: Array(repeating: 0, count: cellCount), flagged: Array(repeating: 0, count: cellCount))
      try count(&census)
      if pass == 0 { flagged = census.flagged }
      for position in groups.indices { adjust(&groups[position], census, flagged, pass) }
    }
  }

  private func adjust(_ group: inout Group, _ census: Census, _ flagged: [Double], _ pass: Int) {
    func sum(_ counted: (Int) -> Double) -> Double { group.cells.reduce(0) { $0 + counted($1) } }
    let now = factors[group.cells[0]]
    var trial = FactorSearch.Trial(
      factor: now.employers, employers: sum { Double(census.employers[$0]) }, size: now.size,
      jobs: sum { Double(census.jobs[$0]) })
    let shortfall = sum { census.shortfall[$0] }
    if let fte = group.fte, trial.jobs > 0, shortfall > 0 {
      let hours = now.hours * trial.jobs * (1 - fte / group.jobs) / shortfall
      for cell in group.cells { factors[cell].hours = min(Self.hours.upperBound, max(Self.hours.lowerBound, hours)) }
    }
    if pass == Self.settled + Self.resizes { return }
    // Who employs brings large and small alike: the last passes leave that alone and settle the sizes, those of thin
    // cells not any more: what they have is made up for.
    if pass > Self.settled, group.isThin { return }
    var factor = trial.factor
    if let employers = group.employers, pass <= Self.settled {
      let wanted = max(0.05 * employers, employers - sum { flagged[$0] })
      group.search.learn(trial, wanted: wanted)
      if pass < Self.settled {
        factor = group.search.next(wanted: wanted, most: Self.most)
      } else if let best = group.search.best {
        (trial, factor) = (best, best.factor)
      }
    }
    // What thin cells have too many or too few is taken from or given to the main family of their area.
    let wantedJobs = max(
      0.5 * group.jobs, group.beside.reduce(group.jobs) { $0 + $1.jobs - Double(census.jobs[$1.cell]) })
    let size = trial.jobs > 0 ? trial.size * wantedJobs / trial.jobs * (trial.factor / factor) : trial.size
    for cell in group.cells {
      factors[cell].employers = factor
      factors[cell].size = min(Self.sizes.upperBound, max(Self.sizes.lowerBound, size))
    }
  }
}
