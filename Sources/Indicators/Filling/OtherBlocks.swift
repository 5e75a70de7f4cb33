internal import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Warehouse

/// Cells that are counted in no facts: what publishers tell themselves, how good the figures are, how they were
/// revised.
struct OtherBlocks {
  private let plan: TablePlan
  private let list: PlaceList
  private let ground: Ground
  private let request: TableRequest
  private let beside: BesideRelease?
  private let sectors: Sectors

  init(
    _ plan: TablePlan, _ list: PlaceList, _ ground: Ground, _ request: TableRequest,
    _ beside: BesideRelease?, _ sectors: Sectors
  ) {
    self.plan = plan
    self.list = list
    self.ground = ground
    self.request = request
    self.beside = beside
    self.sectors = sectors
  }

  func block(_ subject: MeasureBook.Subject, _ measures: [String]) throws -> CellBlock {
    let known: (Int, Int, [Int], String) -> Cell
    switch subject {
    case .quality: known = try quality()
    case .revisions: known = try revisions()
    case .published: known = try published(measures)
    default: known = { _, _, _, _ in .notAvailable }
    }
    var cells: [Cell] = []
    let sizes = plan.cubeAxes.map(\.members.count)
    var members = [Int](repeating: 0, count: sizes.count)
    for year in plan.cubeYears {
      for place in list.areas.indices {
        for combination in 0..<sizes.reduce(1, *) {
          var rest = combination
          for axis in sizes.indices.reversed() {
            members[axis] = rest % sizes[axis]
            rest /= sizes[axis]
          }
          for measure in measures { cells.append(known(year, place, members, measure)) }
        }
      }
    }
    return CellBlock(
      years: plan.cubeYears, places: list.areas.count, dimensions: sizes, measures: measures, cells: cells)
  }

  // MARK: - Quality

  /// Of the families by activity, the table that most others are sums of; and of the rows of the headcount files.
  private func quality() throws -> (Int, Int, [Int], String) -> Cell {
    let facts = ground.release.facts
    let position = facts.perimeters.firstIndex(of: request.perimeter.id) ?? 0
    let kinds = facts.classes.indices.map { facts.decision(position, $0).kind }
    let inside = Set(kinds).sorted().filter { !facts.kinds[$0].isOutside }.map { facts.kinds[$0].family }
    let families = Set(inside).sorted()
    let who = kinds.map { kind in families.firstIndex(of: facts.kinds[kind].family).map { [$0] } ?? [] }
    let activities = facts.divisions.indices.map { [$0] }
    let question = Question(
      perimeter: position, years: plan.cubeYears, places: list.places(ground, years: plan.cubeYears),
      dimensions: [
        Dimension(.rowClass, who, count: families.count), Dimension(.division, activities, count: activities.count),
      ], measures: ["jobs", "fte", "gross_pay"])
    let block = try Tabulation(facts, question).protection(request.gate)
    let (years, areas, manifest) = (plan.cubeYears, list.areas, ground.release.manifest)
    return { year, place, _, measure in
      let countries = areas[place].countries.map(\.rawValue)
      let rows = manifest.coverage.filter { $0.year == year && countries.contains($0.country) }
      switch measure {
      case "records": return rows.isEmpty ? .notAvailable : .constant(Double(rows.map(\.workforceRows).reduce(0, +)))
      case "records_matched":
        return rows.isEmpty ? .notAvailable : .constant(Double(rows.map(\.workforceMatched).reduce(0, +)))
      default:
        guard let position = block.measures.firstIndex(of: measure), let year = years.firstIndex(of: year) else {
          return .notAvailable
        }
        return block[block.key(year: year, place: place, []), position]
      }
    }
  }

  // MARK: - Publishers

  private func published(_ measures: [String]) throws -> (Int, Int, [Int], String) -> Cell {
    guard let beside else { return { _, _, _, _ in .notAvailable } }
    let axes = plan.cubeAxes
    let who = axes.firstIndex { $0.id == "who" }
    let sector = axes.firstIndex { TableDeclaration.sectors.contains($0.id) }
    let quarter = axes.firstIndex { $0.id == "quarter" }
    let figures = try PublishedFigures(
      ground, list.areas, years: plan.cubeYears, measures, scheme: sector.map { axes[$0].id },
      wantsQuarters: quarter != nil, beside.layouts, sectors)
    return { year, place, members, measure in
      func code(_ axis: Int?, else usual: String) -> String { axis.map { axes[$0].members[members[$0]].code } ?? usual }
      return figures.cell(
        year: year, place: place, quarter: Int(code(quarter, else: "0")) ?? 0, who: code(who, else: "ess"),
        activity: code(sector, else: "total"), measure)
    }
  }

  // MARK: - Revisions

  /// The jobs that the first release to know a year gave, and those of this one.
  private func revisions() throws -> (Int, Int, [Int], String) -> Cell {
    let last = try WhoFigures(ground, request.perimeter, list.areas, years: plan.cubeYears, request.gate)
    var first: [Int: WhoFigures] = [:]
    for release in try beside?.earlier() ?? [] where release.facts.perimeters.contains(request.perimeter.id) {
      let years = plan.cubeYears.filter { first[$0] == nil && release.facts.years.contains($0) }
      if years.isEmpty { continue }
      let figures = try WhoFigures(
        Ground(release, ground.book), request.perimeter, list.areas, years: years, request.gate)
      for year in years { first[year] = figures }
    }
    let who = plan.cubeAxes.firstIndex { $0.id == "who" }
    let axes = plan.cubeAxes
    return { year, place, members, measure in
      guard let who, let before = first[year] else { return .notAvailable }
      let member = axes[who].members[members[who]].code
      let source = measure == "final" ? last : before
      return source.cell(area: place, year: year, member, "jobs") ?? .notAvailable
    }
  }
}
