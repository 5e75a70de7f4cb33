package import Diagnostics
import DuckStore
package import Perimeter
package import Secrecy
import Territory

/// A release open for reading.
package final class Release {
  package let manifest: Manifest
  private let folder: ReleaseFolder
  private var opened: Store?
  private var openedIndex: PublishedIndex?
  private var lastPlaces: PublishedPlaces?
  /// The facts that tables are made of: of employers, of units in successive stocks, of filed accounts.
  package let facts: Facts
  package let stocks: Facts
  package let accounts: Facts

  package init(_ folder: ReleaseFolder) throws {
    try folder.verify()
    self.folder = folder
    manifest = folder.manifest
    func open(_ name: String) throws(Problem) -> Facts {
      let path = "\(folder.path)/\(name)"
      do throws(Problem) { return try Facts(path) } catch { throw folder.damaged(path) }
    }
    facts = try open(FactTables.employers)
    stocks = try open(FactTables.stocks)
    accounts = try open(FactTables.accounts)
  }

  /// Its tables, for this module alone: what others see of them are cells. Opened by the first that asks.
  var store: Store {
    get throws {
      if let opened { return opened }
      let store = try Store()
      for table in ReleaseFolder.tables {
        let path = folder.file(of: table)
        do throws(Problem) {
          try store.run("CREATE VIEW \(table) AS SELECT * FROM read_parquet(\(sqlText(path)))")
        } catch {
          throw folder.damaged(path)
        }
      }
      opened = store
      return store
    }
  }

  /// What publishers tell. Opened by the first that asks.
  var published: PublishedIndex {
    get throws(Problem) {
      if let openedIndex { return openedIndex }
      let path = "\(folder.path)/\(PublishedIndex.fileName)"
      do throws(Problem) {
        let index = try PublishedIndex(path)
        openedIndex = index
        return index
      } catch {
        throw folder.damaged(path)
      }
    }
  }

  /// Where the territories that publishers tell of lie, by a book. Many ask with the same one.
  func places(_ book: TerritoryBook) throws(Problem) -> PublishedPlaces {
    if let lastPlaces, lastPlaces.isOf(book) { return lastPlaces }
    let places = try PublishedPlaces(published, book)
    lastPlaces = places
    return places
  }

  /// The release that `current` points at, or one by its name.
  package convenience init(_ observatory: Observatory, named name: String? = nil) throws {
    try self.init(ReleaseFolder(observatory, named: name))
  }

  /// A perimeter as it was when the release was built, options included; the one of the release where none is named.
  ///
  /// One that the release was not judged by has no figures there: zeros would be a lie.
  package func perimeter(_ id: String?, _ book: PerimeterBook) throws(Problem) -> Perimeter {
    let perimeter = try book.perimeter(id ?? manifest.perimeter)
    guard let judged = manifest.ruleSets.first(where: { $0.id == perimeter.id }) else {
      throw Problem(
        "perimeter.not_judged", status: .commandLine,
        [
          "perimeter": perimeter.id, "release": manifest.name,
          "known": manifest.ruleSets.map(\.id).joined(separator: ", "),
        ])
    }
    return try perimeter.with(judged.settings)
  }

  /// The perimeters as they were when the release was built, options included.
  package static func perimeters(_ book: PerimeterBook, _ settings: [String: [String: String]]) throws(Problem)
    -> [Perimeter]
  {
    var perimeters: [Perimeter] = []
    for perimeter in book.perimeters { perimeters.append(try perimeter.with(settings[perimeter.id] ?? [:])) }
    return perimeters
  }
}
