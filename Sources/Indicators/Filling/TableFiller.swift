package import Diagnostics
package import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Warehouse
package import Wording

/// Fills declared tables from a release.
package struct TableFiller {
  let ground: Ground
  let book: TableBook
  let nomenclatures: NomenclatureBook
  let words: Words
  private let indicators: [String: Indicator]
  private let beside: BesideRelease?

  package init(
    _ ground: Ground, _ book: TableBook, _ nomenclatures: NomenclatureBook, _ words: Words,
    beside: BesideRelease? = nil
  ) {
    self.beside = beside
    self.ground = ground
    self.book = book
    self.nomenclatures = nomenclatures
    self.words = words
    indicators = Dictionary(uniqueKeysWithValues: book.indicators.map { ($0.id, $0) })
  }

  package func table(_ id: String) throws(Problem) -> TableDeclaration { try book.table(id) }

  package func fill(_ request: TableRequest) throws -> StatisticalTable {
    let release = ground.release
    let typology = request.table.dimensions.contains("typology") ? try beside?.typology(request.areas) : nil
    func axisBook(_ facts: Facts) -> AxisBook { AxisBook(facts, request.perimeter, nomenclatures, words, typology) }
    let plan = try TablePlan(
      request, book, axisBook(ground.facts(of: request.table.subject) ?? release.facts), ground)
    try plan.checkCountries()
    let list = PlaceList(plan, ground)
    var blocks: [MeasureBook.Subject: CellBlock] = [:]
    let others = OtherBlocks(
      plan, list, ground, request, beside, nomenclatures.sectors)
    for (subject, measures) in plan.measures {
      guard let facts = ground.facts(of: subject) else {
        blocks[subject] = try others.block(subject, measures)
        continue
      }
      let question = Question(
        perimeter: facts.perimeters.firstIndex(of: request.perimeter.id) ?? 0, years: plan.cubeYears,
        places: list.places(ground, years: plan.cubeYears, of: subject),
        dimensions: try plan.axes(axisBook(facts)).map(\.dimension), measures: measures,
        concentration: subject == .employers ? plan.concentration : nil)
      blocks[subject] =
        subject == .units || subject == .lists
        ? try StockTabulation(facts, question).cells() : try Tabulation(facts, question).cells(request.gate)
    }
    let shared = Set(list.areas.indices.filter { list.areas[$0].countries.count > 1 })
    let evaluator = Evaluator(
      blocks, plan.cubeAxes, years: plan.cubeYears, book.measures, indicators, reference: list.references,
      first: plan.years.first,
      rows: list.parts, shared: shared,
      grades: Grade.ofFamilies(request.perimeter, nomenclatures.families))
    let axes = try axes(plan, list)
    // Without a typology nothing is counted, which is not zero.
    let isTold = typology != nil || !plan.dimensions.contains("typology")
    let all = TableRows(plan, evaluator).cells(list.rows)
    let cells = isTold ? withSums(all, plan) : all.map { _ in .notAvailable }
    let origin = TableOrigin(plan, release, nomenclatures.lists).origin
    let notes = TableNotes(plan, list, ground, axes, cells, origin, words)
    return StatisticalTable(
      id: request.table.id, title: request.table.title, description: request.table.description, axes: axes,
      columns: request.table.columns.map(\.column), cells: cells, notes: try notes.all(),
      origin: origin
    ).withoutEmptyRemainders()
  }

  private func axes(_ plan: TablePlan, _ list: PlaceList) throws -> [StatisticalTable.Axis] {
    let areas = list.rows.map { row -> StatisticalTable.Member in
      let territory = list.areas[row].territory
      let label = Label(fr: territory.name(in: .fr), nl: territory.name(in: .nl), en: territory.name(in: .en))
      return .init(territory.code, label, isTotal: list.totals.contains(row))
    }
    let years = plan.years.map { StatisticalTable.Member("\($0)", Label(fr: "\($0)", nl: "\($0)", en: "\($0)")) }
    return [
      .init("area", try words.label("dimension.area"), .area, areas),
      .init("year", try words.label("dimension.year"), .time, years),
    ] + plan.shown
  }

  /// In the total of the last axis, the columns that are sums of its members.
  private func withSums(_ cells: [Cell], _ plan: TablePlan) -> [Cell] {
    let columns = plan.request.table.columns
    let summed = columns.indices.filter { plan.request.table.sums.contains(columns[$0].column.id) }
    guard let last = plan.shown.last, !summed.isEmpty else { return cells }
    var cells = cells
    let size = last.members.count
    let parts = last.members.indices.filter { !last.members[$0].isTotal }
    for first in stride(from: 0, to: cells.count, by: size * columns.count) {
      for total in last.members.indices where last.members[total].isTotal {
        for column in summed {
          // Where nothing is and nothing was, a quotient is no number, and nothing is to be added.
          let told = parts.filter { part in
            let row = cells[first + part * columns.count..<first + (part + 1) * columns.count]
            return cells[first + part * columns.count + column].status != .notAvailable
              || row.contains { $0.status != .notAvailable && $0.status != .zero }
          }
          cells[first + total * columns.count + column] = Cell.sum(
            told.map { cells[first + $0 * columns.count + column] })
        }
      }
    }
    return cells
  }
}
