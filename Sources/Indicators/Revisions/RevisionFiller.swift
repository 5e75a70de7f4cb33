internal import Diagnostics
package import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Warehouse
package import Wording

/// Asks two releases for the same groups, and has their difference explained.
package struct RevisionFiller {
  private let before: Ground
  private let after: Ground
  private let book: TableBook
  private let nomenclatures: NomenclatureBook
  private let words: Words

  package init(
    from before: Ground, to after: Ground, _ book: TableBook, _ nomenclatures: NomenclatureBook, _ words: Words
  ) {
    self.before = before
    self.after = after
    self.book = book
    self.nomenclatures = nomenclatures
    self.words = words
  }

  /// What rows may be told apart by.
  package static let dimensions =
    TableDeclaration.who + TableDeclaration.sectors + ["size", "employer-size", "insertion", "approval"]
    + Territory.Level.allCases.map(\.rawValue)

  package func fill(_ request: RevisionRequest) throws -> Revision {
    try check(request)
    let measure = try measure(request.measure)
    let years = try years(request)
    let plan = try RevisionPlan(
      request, (axisBook(before, request.perimeters.before), axisBook(after, request.perimeters.after)), after)
    func side(_ ground: Ground, _ year: Int, _ perimeter: Perimeter, _ dimensions: [Dimension]) -> Ledger.Side {
      let facts = ground.release.facts
      return Ledger.Side(
        facts,
        Question(
          perimeter: facts.perimeters.firstIndex(of: perimeter.id) ?? 0, years: [year],
          places: plan.places.places(ground, years: [year]), dimensions: dimensions, measures: [request.measure]))
    }
    let isKnown =
      after.release.facts.years.contains(years.before) && after.coverage(of: request.area, in: years.before) != nil
    let between =
      years.before != years.after && isKnown
      ? side(after, years.before, request.perimeters.after, plan.dimensions.after) : nil
    let ledger = Ledger(
      from: side(before, years.before, request.perimeters.before, plan.dimensions.before), through: between,
      to: side(after, years.after, request.perimeters.after, plan.dimensions.after), measure: request.measure)
    let total = plan.rows.last { $0.member.isTotal } ?? plan.rows.last
    let account = try ledger.account(request.reader, inForce: request.inForce, explained: total?.key ?? 0)
    let border = RevisionBorder(request, measure, plan.places, nomenclatures.families)
    let isTold = total.map { !border.parts($0) } ?? true
    return Revision(
      territory: request.area.territory, years: years, measure: measure, perimeter: request.perimeters.after,
      dimension: request.by, dimensionLabel: try words.label(plan.label),
      rows: plan.rows.map {
        .init(member: $0.member, ledger: border.parts($0) ? .notComparable : account.rows[$0.key])
      },
      largest: isTold ? account.largest : [], reasons: BorderReasons(book, words).sentences(of: [measure.id]),
      differences: ReleaseDifferences(before.release.manifest, after.release.manifest),
      isUnprotected: request.reader.isOpen,
      isSimulated: before.release.manifest.simulated || after.release.manifest.simulated)
  }

  private func axisBook(_ ground: Ground, _ perimeter: Perimeter) -> AxisBook {
    AxisBook(ground.release.facts, perimeter, nomenclatures, words)
  }

  private func check(_ request: RevisionRequest) throws(Problem) {
    guard Self.dimensions.contains(request.by) else {
      throw Problem(
        "compare.by", status: .commandLine,
        [
          "dimension": request.by, "known": Self.dimensions.joined(separator: ", "),
          "nearest": nearest(to: request.by, among: Self.dimensions) ?? "",
        ])
    }
    let territory = request.area.territory.code
    guard !request.area.parts.isEmpty else {
      throw Problem("table.empty_territory", status: .commandLine, ["territory": territory])
    }
    guard request.area.countries.isSubset(of: request.perimeters.after.countries) else {
      throw Problem(
        "table.perimeter_elsewhere", status: .commandLine,
        ["perimeter": request.perimeters.after.id, "territory": territory])
    }
  }

  private func measure(_ id: String) throws(Problem) -> MeasureBook.Measure {
    let known = ["units", "establishments"] + after.release.facts.measures.map(\.name)
    if known.contains(id), let measure = book.measures[id] { return measure }
    throw Problem(
      "compare.measure", status: .commandLine,
      ["measure": id, "known": known.joined(separator: ", "), "nearest": nearest(to: id, among: known) ?? ""])
  }

  private func years(_ request: RevisionRequest) throws(Problem) -> (before: Int, after: Int) {
    let countries = Set(request.area.countries.map(\.rawValue))
    let years =
      request.years
      ?? (
        before: before.release.manifest.stockYear(of: countries), after: after.release.manifest.stockYear(of: countries)
      )
    for (ground, year) in [(before, years.before), (after, years.after)]
    where !ground.release.manifest.years.contains(year) {
      throw Problem(
        "compare.no_year", status: .commandLine,
        [
          "year": String(year), "release": ground.release.manifest.name,
          "known": ground.release.manifest.years.map(String.init).joined(separator: ", "),
        ])
    }
    return years
  }
}
