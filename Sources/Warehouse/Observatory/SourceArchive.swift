package import Diagnostics
internal import Filesystem
package import Tabular

/// What has been imported: the receipts under sources/, and a way to open each file again.
package struct SourceArchive: Sendable {
  package struct Item: Sendable {
    package let source: Source
    package let receipt: Receipt
    package let folder: String

    /// The name of a list. Receipts of before were filed under it.
    package var list: String { receipt.list ?? receipt.vintage }

    /// The publisher's files have a folder of their own: none can bear the name of one of ours.
    private var files: String { Self.files(in: folder) }

    static func files(in folder: String) -> String { "\(folder)/files" }

    /// Each file on the disk once, with the SHA-256 that its receipt promises.
    package var stored: [(path: String, sha256: String)] {
      var seen: Set<String> = []
      return receipt.files.compactMap { account in
        seen.insert(account.file).inserted ? ("\(files)/\(account.file)", account.sha256) : nil
      }
    }

    /// The files as they were imported.
    package func open() throws(Problem) -> Container {
      let stored = stored
      return try present { () throws(Problem) in try Container.open(stored.count == 1 ? stored[0].path : files) }
    }

    /// Refuses files that are no longer those of the receipt: a release must be traceable to what was imported.
    package func verify() throws(Problem) {
      for (path, sha256) in stored
      where try present({ () throws(Problem) in try Fingerprint.of(file: path) }) != sha256 {
        throw Problem(
          "source.changed", at: Place(file: path), ["source": receipt.source, "vintage": receipt.vintage])
      }
    }

    private func present<Found>(_ read: () throws(Problem) -> Found) throws(Problem) -> Found {
      do throws(Problem) { return try read() } catch { throw Self.gone(error, receipt.source, receipt.vintage) }
    }

    /// A file of ours that is missing was imported once, and its path is nobody's to check.
    static func gone(_ problem: Problem, _ source: String, _ vintage: String) -> Problem {
      guard problem.code == "file.missing" else { return problem }
      return Problem("source.gone", at: problem.place, ["source": source, "vintage": vintage])
    }
  }

  package let items: [Item]
  /// Receipts that cannot be read, where they are only counted.
  let damaged: [String]

  /// `tolerant` counts the receipts that cannot be read instead of stopping at the first.
  package init(_ observatory: Observatory, tolerant: Bool = false) throws {
    var items: [Item] = []
    var damaged: [String] = []
    for source in Source.allCases {
      let folder = "\(observatory.sources)/\(source.rawValue)"
      guard Folder.exists(folder) else { continue }
      for vintage in try Folder.names(in: folder) where !vintage.hasPrefix(".") {
        let path = "\(folder)/\(vintage)/receipt.json"
        do {
          let receipt = try JSON.decode(Receipt.self, file: path)
          items.append(Item(source: source, receipt: receipt, folder: "\(folder)/\(vintage)"))
        } catch  where tolerant {
          damaged.append(path)
        } catch let problem as Problem {
          throw Item.gone(problem, source.rawValue, vintage)
        }
      }
    }
    self.items = items
    self.damaged = damaged
  }

  /// The newest vintage of a source: vintages sort as dates do.
  package func newest(_ source: Source) -> Item? {
    items.filter { $0.source == source }.max { $0.receipt.vintage < $1.receipt.vintage }
  }

  /// The newest of those that are filed under one kind, as `waldec-2026-09` is.
  package func newest(_ source: Source, of kind: String) -> Item? {
    items.filter { $0.source == source && $0.receipt.vintage.hasPrefix("\(kind)-") }
      .max { $0.receipt.vintage < $1.receipt.vintage }
  }

  package func all(_ source: Source) -> [Item] { items.filter { $0.source == source } }

  /// A newer vintage has taken its place: stocks, headcounts, accounts and publishers' tables go on counting.
  func isSuperseded(_ item: Item) -> Bool {
    let newer: Item?
    switch item.source {
    case .list: newer = lists.first { $0.list == item.list }
    case .communes: newer = newest(.communes)
    case .rna: newer = newest(.rna, of: String(item.receipt.vintage.prefix { $0 != "-" }))
    default: return false
    }
    return newer.map { $0.folder != item.folder } ?? false
  }

  package func newestList(_ name: String) -> Item? { lists.first { $0.list == name } }

  /// Of each list the newest: one that tells its age is newer than one that does not.
  var lists: [Item] {
    Dictionary(grouping: all(.list), by: \.list).values.compactMap { editions in
      editions.max { $0.receipt.vintage < $1.receipt.vintage }
    }.sorted { $0.list < $1.list }
  }
}
