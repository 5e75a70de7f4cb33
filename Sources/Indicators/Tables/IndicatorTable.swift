package import Diagnostics
internal import Territory

extension TableDeclaration {
  /// An indicator as a table of its own: one column, by one dimension or none, filled as any other.
  package init(_ indicator: Indicator, by dimension: String? = nil, _ book: TableBook) throws(Problem) {
    let level = dimension.flatMap(Territory.Level.init(rawValue:))
    let known = Self.dimensions(of: book) + Territory.Level.allCases.map(\.rawValue)
    if let dimension, !known.contains(dimension) {
      throw Problem(
        "indicator.by", status: .commandLine,
        [
          "indicator": indicator.id, "dimension": dimension, "known": known.joined(separator: ", "),
          "nearest": nearest(to: dimension, among: known) ?? "",
        ])
    }
    let needs = Needs([indicator.formula], book)
    let years = needs.members["year"] ?? []
    id = indicator.id
    title = indicator.title
    description = indicator.description
    let counted = needs.measures.sorted().compactMap { book.measures[$0]?.subject }.first ?? .employers
    subject = counted
    dimensions = level != nil ? ["area"] : dimension.map { [$0] } ?? []
    choices = []
    areas = level.map { [$0] } ?? (dimension == "area" ? Self.parts : [])
    // What is told since the first year is a series.
    self.years = years.contains("first") ? .series : .one
    before = years.contains("previous") ? 1 : 0
    reference = .country
    sources = book.tables.first { $0.subject == counted }?.sources ?? []
    notes = []
    basis = indicator.confidence
    perimeter = nil
    sums = []
    columns = [
      Column(
        column: .init(
          indicator.id, indicator.title, short: indicator.short, indicator.unit, decimals: indicator.decimals),
        formula: .reference(.init(name: indicator.id, selectors: [])), indicator: indicator.id)
    ]
  }

  /// What an area is told apart into: of these levels, the first that it holds several of.
  private static let parts: [Territory.Level] = [.departement, .province, .arrondissement, .commune]

  /// What every figure may be told by. Cohorts, quarters and models of accounts are of tables that are made for them.
  private static func dimensions(of book: TableBook) -> [String] {
    who + sectors + ["size", "employer-size", "insertion", "approval", "seat"] + book.measures.breakdowns.map(\.id)
      + ["area"]
  }
}
