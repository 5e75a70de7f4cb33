package import Diagnostics
package import Nomenclature
package import Perimeter
package import Territory
package import Wording

/// A standard table filled for one territory and year.
package struct StandardTable: Sendable {
  package struct Row: Sendable {
    package let code: String
    package let label: Label
    /// How far the label is set in: totals stand at 0.
    package let depth: Int
    package let figures: [String: Figure]
    package let isTotal: Bool
    /// Why the row is not quite the same thing on the other side of the border, where it is not.
    package var reserve: Label?
  }

  package let id: String
  package let title: String  // key of the words
  package let territory: Territory
  package let year: Int
  package let perimeter: Perimeter
  package let dimension: String
  package let measures: [String]
  package let rows: [Row]
  package let release: Manifest
  /// What the figures rest on; nil where no source speaks of this territory and year.
  package let coverage: TerritoryCoverage?
  /// Employers of its countries that are in no known commune: a country counts them, and what lies in it may lack them.
  package let unplaced: Int
  /// The day whose communes are meant; nil: today.
  package let geography: Day?
  /// What its figures rest on.
  package let sources: [Receipt]
  /// The share of the employers that is divided in an estimated proportion.
  package let approximated: Double

  package static let known = ["T01", "T02"]

  package static func unknown(_ id: String) -> Problem {
    Problem(
      "table.unknown", status: .commandLine,
      [
        "table": id, "known": known.joined(separator: ", "),
        "nearest": nearest(to: id.uppercased(), among: known) ?? "",
      ])
  }
  private static let measures = ["units", "establishments", "jobs", "fte", "gross_pay"]

  package init(
    _ id: String, _ query: FigureQuery, _ book: NomenclatureBook, _ words: Words
  ) throws {
    func labels(_ key: String) throws -> Label { try words.label(key) }
    /// A row without any establishment counts zero, unless no source speaks of this country and year.
    func complete(_ figures: [String: Figure]?) -> [String: Figure] {
      let none =
        query.coverage.map { coverage in
          let zero = coverage.isPartial ? Figure.zero.asPartial : Figure.zero
          return query.area.isApproximate ? zero.asApproximated : zero
        } ?? Figure(basis: .missing)
      return figures ?? Dictionary(uniqueKeysWithValues: Self.measures.map { ($0, none) })
    }
    switch id.uppercased() {
    case "T01":
      let figures = try query.figures(by: "CASE family WHEN 'F0' THEN 'private' WHEN 'FP' THEN 'public' ELSE 'ess' END")
      let total = try query.figures(by: "'total'")
      rows = try ["ess", "private", "public", "total"].map { code in
        Row(
          code: code, label: try labels("field.\(code)"), depth: code == "total" ? 0 : 1,
          figures: complete((code == "total" ? total : figures)[code]), isTotal: code == "total")
      }
      dimension = "field"
    case "T02":
      let condition = "family NOT IN ('F0', 'FP')"
      let figures = try query.figures(by: "family", where: condition)
      let total = try query.figures(by: "'total'", where: condition)
      // Every family that the perimeter may let in has its row, and those that a list brings.
      let possible = Set(query.perimeter.rules.compactMap(\.family)).union(figures.keys)
      let families = book.families.items.filter { $0.level == 1 && possible.contains($0.code) }
      rows =
        try families.map {
          Row(
            code: $0.code, label: $0.label, depth: 1, figures: complete(figures[$0.code]), isTotal: false,
            reserve: query.perimeter.reserves[$0.code])
        } + [
          Row(
            code: "total", label: labels("field.ess"), depth: 0, figures: complete(total["total"]), isTotal: true)
        ]
      dimension = "family"
    default: throw Self.unknown(id)
    }
    self.id = id.uppercased()
    title = "table.\(id.uppercased())"
    territory = query.territory
    year = query.year
    perimeter = query.perimeter
    measures = Self.measures
    release = query.release.manifest
    coverage = query.coverage
    let countries = query.area.countries
    let lists = Set(query.perimeter.lists.filter { book.lists[$0]?.country.map(countries.contains) ?? true })
    sources = query.release.manifest.figureSources(of: countries, year: query.year, lists: lists)
    unplaced = try query.unplaced()
    geography = query.area.day
    approximated = try query.approximated()
  }

  /// The part of a figure in the total row, in per cent.
  package func share(of row: Row, _ measure: String) -> Double? {
    guard let part = row.figures[measure]?.value, let whole = rows.last?.figures[measure]?.value, whole > 0 else {
      return nil
    }
    return part / whole * 100
  }
}
