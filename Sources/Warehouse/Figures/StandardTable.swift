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
    package let figures: [String: Figure]
    package let isTotal: Bool
    /// Why the row is not quite the same thing on the other side of the border, where that is about this side.
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
      let none = query.coverage.map { $0.isPartial ? Figure.zero.asPartial : Figure.zero } ?? Figure(basis: .missing)
      return figures ?? Dictionary(uniqueKeysWithValues: Self.measures.map { ($0, none) })
    }
    let countries = query.area.countries
    switch id.uppercased() {
    case "T01":
      let field = "CASE family WHEN 'F0' THEN 'private' WHEN 'FP' THEN 'public' ELSE 'ess' END"
      let figures = try query.figures(by: [field, "'total'"])
      rows = try ["ess", "private", "public", "total"].map { code in
        let isTotal = code == "total"
        return Row(
          code: code, label: try labels("field.\(code)"), figures: complete(figures[isTotal ? 1 : 0][code]),
          isTotal: isTotal)
      }
      dimension = "field"
    case "T02":
      let figures = try query.figures(by: ["family", "'total'"], ofESS: true)
      // Every family that the perimeter may let in has its row, and those that a list brings.
      let possible = Set(query.perimeter.rules.compactMap(\.family)).union(figures[0].keys)
      let families = book.families.items.filter { $0.level == 1 && possible.contains($0.code) }
      rows =
        try families.map {
          Row(
            code: $0.code, label: $0.label, figures: complete(figures[0][$0.code]), isTotal: false,
            reserve: query.perimeter.reserve(on: $0.code, in: countries))
        } + [
          Row(
            code: "total", label: labels("field.ess"), figures: complete(figures[1]["total"]), isTotal: true)
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
