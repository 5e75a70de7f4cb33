internal import Nomenclature
internal import Registers
internal import Secrecy
internal import Territory
internal import Warehouse

/// What publishers' own tables say of some places and years: figures that they have protected themselves.
struct PublishedFigures {
  /// The measures of publishers, by the names that formulas have for them.
  private static let names = [
    "published_establishments": "establishments", "published_units": "units", "published_jobs": "jobs",
    "published_jobs_average": "jobs_average", "published_fte": "fte", "published_gross_pay": "gross_pay",
    "turnover_declared": "turnover",
  ]

  private struct Key: Hashable {
    let year: Int
    let place: Int
    let quarter: Int
    let who: String
    let activity: String
    let measure: String
  }

  private var cells: [Key: Cell] = [:]

  /// `scheme`: of activities, where the table has some; `wantsQuarters`: quarters beside the year.
  init(
    _ ground: Ground, _ areas: [Area], years: [Int], _ measures: [String], scheme: String?, wantsQuarters: Bool,
    _ layouts: AggregateLayouts, _ sectors: Sectors
  ) throws {
    let wanted = Set(measures.map { Self.names[$0] ?? $0 })
    for (place, area) in areas.enumerated() {
      let reading = try AggregateReading(ground.release, area.territory, ground.book, measures: wanted)
      // Of several publishers, the one that counts at the place of work speaks first.
      let tables = reading.tables.sorted {
        (layouts[$0.layout]?.view == "workplace" ? 0 : 1, $0.layout) < (
          layouts[$1.layout]?.view == "workplace" ? 0 : 1, $1.layout
        )
      }
      for table in tables {
        guard let layout = layouts[table.layout] else { continue }
        for year in years where table.tells(year) {
          func add(_ sum: AggregateReading.Sum, quarter: Int, activity: String) {
            guard wanted.contains(sum.measure), let whom = Self.whom(sum) else { return }
            let key = Key(
              year: year, place: place, quarter: quarter, who: whom, activity: activity, measure: sum.measure)
            guard cells[key]?.value == nil else { return }
            cells[key] = Cell.published(sum.value, hidden: sum.hidden)
          }
          let told = try reading.told(table, layout, year)
          for sum in told.sums { add(sum, quarter: 0, activity: "total") }
          for (quarter, sum) in wantsQuarters ? told.quarters : [] { add(sum, quarter: quarter, activity: "total") }
          if let scheme {
            for (activity, sum) in try reading.activities(table, layout, year, scheme, sectors) {
              add(sum, quarter: 0, activity: activity)
            }
          }
        }
      }
    }
  }

  /// The ESS of a publisher, its families, the rest, all employers: the members that tables have.
  private static func whom(_ sum: AggregateReading.Sum) -> String? {
    if !sum.family.isEmpty { return sum.family }
    switch sum.field {
    case "ess": return "ess"
    case "rest": return "private"
    case "all": return "total"
    default: return nil
    }
  }

  func cell(year: Int, place: Int, quarter: Int, who: String, activity: String, _ measure: String) -> Cell {
    cells[
      Key(
        year: year, place: place, quarter: quarter, who: who, activity: activity,
        measure: Self.names[measure] ?? measure)] ?? .notAvailable
  }
}
