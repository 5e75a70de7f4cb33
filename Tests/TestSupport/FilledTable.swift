internal import Filesystem
package import Indicators
internal import Nomenclature
internal import Perimeter
package import Secrecy
package import Territory
internal import Testing
package import Warehouse
package import Wording

extension Checkout {
  private static let tableResult = Result { try TableBook(share: installation.share) }

  package static var tables: TableBook { get throws { try tableResult.get() } }

  package static func words(_ language: Language) throws -> Words {
    try Words(share: installation.share, language: language)
  }

  /// Lets everything out, unless a profile is named: what a test about sums needs.
  package static func gate(_ profile: String = "internal") throws -> Gate {
    Gate([try SecrecyBook(share: installation.share).profile(profile)])
  }
}

/// A standard table of one territory and year, filled from a release: its rows by code, their cells by column.
package struct FilledTable {
  package struct Row {
    package let code: String
    package let cells: [String: Cell]

    /// The measures themselves, without the shares.
    package var figures: [String: Cell] { cells.filter { WhoFigures.measures.contains($0.key) } }
  }

  package let table: StatisticalTable
  package let rows: [Row]
  package let ground: Ground
  package let area: Area
  package let year: Int

  package init(
    _ id: String, _ release: Release, _ perimeter: String, _ area: Area, year: Int, secrecy: String = "internal"
  ) throws {
    ground = Ground(release, try Checkout.territories)
    (self.area, self.year) = (area, year)
    let book = try Checkout.tables
    let rules = try #require(try Checkout.perimeters.first { $0.id == perimeter })
    let filler = TableFiller(ground, book, try Checkout.nomenclatures, try Checkout.words(.fr))
    let table = try filler.fill(
      TableRequest(book.table(id), of: [area], years: [year], rules, Checkout.gate(secrecy)))
    self.table = table
    let last = try #require(table.axes.indices.last)
    rows = (0..<table.rowCount).map { row in
      let member = table.axes[last].members[table.members(of: row)[last]]
      let cells = table.columns.indices.map { (table.columns[$0].id, table[row, $0]) }
      return Row(code: member.code, cells: Dictionary(uniqueKeysWithValues: cells))
    }
  }

  package init(
    _ id: String, _ release: Release, _ perimeter: String, _ territory: String, year: Int, secrecy: String = "internal"
  ) throws {
    let book = try Checkout.territories
    try self.init(
      id, release, perimeter, book.area(of: #require(book[territory])), year: year, secrecy: secrecy)
  }

  package subscript(code: String) -> Row? { rows.first { $0.code == code } }

  /// How much of the territory the sources speak of.
  package var coverage: TerritoryCoverage? { ground.coverage(of: area, in: year) }

  /// What stands below it, in French.
  package var notes: [String] { table.notes.map { $0.text[.fr] } }
}
