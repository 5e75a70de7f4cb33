import DuckStore
import Filesystem
import Nomenclature
import Perimeter
import Territory
import TestSupport
import Testing
import Warehouse
import Wording

@testable import Indicators
@testable import Secrecy

/// A release of simulated registers of the Nord and of Wallonia, built once for all tests of tables.
enum SimulatedRelease {
  private static let result = Result { () throws -> (TemporaryFolder, Observatory) in
    let folder = try TemporaryFolder()
    let observatory = try Observatory(folder["observatory"], create: true)
    for file in try SimulatedRegisters.files {
      var request = Importer.Request(try Source.named(file.source), path: file.path)
      request.listName = file.list
      _ = try observatory.importer.run(request)
    }
    let engine = try Library.open(Checkout.installation, environment: [:])
    let books = RuleBooks(try Checkout.nomenclatures, try Checkout.perimeters, try Checkout.territories)
    _ = try Builder(observatory, books, share: Checkout.installation.share, engine: engine).make(.init())
    return (folder, observatory)
  }

  static let french = "FR-DEP-59"
  static let belgian = "BE-REG-03000"

  static func area(_ code: String) throws -> Area {
    let book = try Checkout.territories
    return book.area(of: try #require(book[code]))
  }

  /// What lies on both sides of the border.
  static func shared() throws -> Area {
    let (one, other) = (try area(french), try area(belgian))
    return Area(territory: one.territory, parts: one.parts + other.parts, day: nil)
  }

  static var ground: Ground { get throws { try Ground(Release(result.get().1), Checkout.territories) } }

  static func fill(
    _ id: String, of area: Area, _ perimeter: String = "common-statutory", years: [Int]? = nil, by: String? = nil,
    reference: Area? = nil, gate: Gate = Gate([]), book: TableBook? = nil
  ) throws -> StatisticalTable {
    let ground = try Self.ground
    let book = try book ?? Checkout.tables
    let rules = try #require(try Checkout.perimeters.first { $0.id == perimeter })
    let filler = TableFiller(ground, book, try Checkout.nomenclatures, try Checkout.words(.fr))
    return try filler.fill(
      TableRequest(book.table(id), of: [area], years: years, rules, gate, by: by, reference: reference))
  }
}

extension StatisticalTable {
  func members(_ axis: String) -> [Member] { axes.first { $0.id == axis }?.members ?? [] }

  /// The cell at some members, of axes that have several.
  func cell(_ column: String, _ wanted: [String: String]) throws -> Cell {
    let position = try #require(columns.firstIndex { $0.id == column }, "\(column) of \(id)")
    let row = (0..<rowCount).first { row in
      zip(axes, members(of: row)).allSatisfy { axis, member in
        axis.members[member].code == wanted[axis.id] ?? axis.members[member].code
      }
    }
    let found = try #require(row, "\(wanted) of \(id)")
    return self[found, position]
  }

  func value(_ column: String, _ wanted: [String: String]) throws -> Double? { try cell(column, wanted).value }
}
