internal import Nomenclature
package import Perimeter
package import Registers
package import Secrecy
package import Territory
internal import Warehouse

/// What publishers' tables say of a territory and year, beside what the units give: two truths with their gap, never
/// added up (docs/decisions/0011).
package struct SideBySide: Sendable {
  /// One table: surveys of a year have one layout, and a vintage each.
  package struct Name: Hashable, Sendable {
    package let layout: String
    package let vintage: String

    package init(layout: String, vintage: String) { (self.layout, self.vintage) = (layout, vintage) }
  }

  package struct Row: Sendable {
    package let layout: AggregateLayout
    package let vintage: String
    /// `ess`, `rest` or `all`; a family of the ESS, or nothing.
    package let field: String
    package let family: String
    package let measure: String
    /// Of the cells that the publisher shows.
    package let published: Double?
    /// Cells that the publisher hides, or that cannot be read: the published figure is a least where there are some.
    package let hidden: Int
    /// Quarters that the table lacks: without them nothing is said of the year.
    package let missingQuarters: [Int]
    /// Of the units; nil where the release has nothing of this kind.
    package let found: Cell?

    package var table: Name { Name(layout: layout.id, vintage: vintage) }

    /// From the published figure to ours, in per cent of the published one.
    package var gap: Double? {
      guard hidden == 0, let published, published > 0, let value = found?.value else {
        return nil
      }
      return (value - published) / published * 100
    }
  }

  package let territory: Territory
  package let year: Int
  /// It lies in both countries: a publisher speaks of the part in its own.
  package let isShared: Bool
  package let rows: [Row]
  /// Years of which publishers' tables speak for this territory.
  package let years: [Int]
  /// By table, communes of before that were divided, and lie in the territory with a part only: their figures are not
  /// counted.
  package let divided: [Name: Int]
  /// By table, the rows that were rejected on import and of which nobody knows the cell: any of its figures may lack
  /// them.
  package let rejected: [Name: Int]

  /// `figures` gives the sums of the units under a perimeter of that name, by family and by field.
  package init(
    _ ground: Ground, _ territory: Territory, year: Int?, _ layouts: AggregateLayouts, _ gate: Gate,
    source: String? = nil, perimeter: (String) throws -> Perimeter?
  ) throws {
    let (release, book) = (ground.release, ground.book)
    self.territory = territory
    let area = book.area(of: territory)
    isShared = area.countries.count > 1
    let reading = try AggregateReading(release, territory, book)
    let known = reading.tables.filter { source == nil || $0.source == source }
    years = Set(known.flatMap(\.years)).sorted()
    self.year = year ?? years.last { release.manifest.years.contains($0) } ?? years.last ?? 0
    var rows: [Row] = []
    var divided: [Name: Int] = [:]
    var rejected: [Name: Int] = [:]
    var figures: [[String]: WhoFigures?] = [:]
    for table in known where table.years.contains(self.year) {
      guard let layout = layouts[table.layout] else { continue }
      // Many tables are set beside the same figures of ours.
      let key = [layout.country.rawValue, layout.perimeter]
      let ours =
        try figures[key]
        ?? Self.figures(ground, area.part(in: layout.country), self.year, perimeter(layout.perimeter), gate)
      figures[key] = ours
      let name = Name(layout: layout.id, vintage: table.vintage)
      rejected[name] = Self.rejected(table, release.manifest)
      let told = try reading.told(table, layout, self.year)
      divided[name] = told.divided
      for sum in told.sums {
        rows.append(
          Row(
            layout: layout, vintage: table.vintage, field: sum.field, family: sum.family, measure: sum.measure,
            published: sum.value, hidden: sum.hidden, missingQuarters: sum.missingQuarters,
            found: ours?.cell(
              area: 0, year: self.year, Self.member(sum.field, sum.family), Self.ours(sum.measure))))
      }
    }
    self.rows = rows
    self.divided = divided
    self.rejected = rejected
  }

  private static func rejected(_ table: AggregateReading.Table, _ manifest: Manifest) -> Int {
    let files = manifest.sources.filter { $0.source == table.source && $0.vintage == table.vintage }.flatMap(\.files)
    return files.flatMap { $0.rejectedByReason }.reduce(0) { count, reason in
      RowReason(rawValue: reason.key)?.leavesCellKnown == true ? count : count + reason.value
    }
  }

  /// The measure of ours that is nearest to a publisher's.
  private static func ours(_ measure: String) -> String { measure == "jobs_average" ? "jobs" : measure }

  /// `all` of a publisher is all employers of ours.
  private static func member(_ field: String, _ family: String) -> String {
    family.isEmpty ? field == "all" ? "total" : field : family
  }

  private static func figures(
    _ ground: Ground, _ area: Area, _ year: Int, _ perimeter: Perimeter?, _ gate: Gate
  ) throws -> WhoFigures? {
    guard let perimeter, !area.parts.isEmpty, ground.coverage(of: area, in: year) != nil else { return nil }
    return try WhoFigures(ground, perimeter, [area], years: [year], gate)
  }
}
