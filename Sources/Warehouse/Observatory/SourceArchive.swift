package import Diagnostics
internal import Filesystem
package import Tabular

/// What has been imported: the receipts under sources/, and a way to open each file again.
package struct SourceArchive: Sendable {
  package struct Item: Sendable {
    package let source: Source
    package let receipt: Receipt
    package let folder: String

    /// Each file on the disk once, with the SHA-256 that its receipt promises.
    package var stored: [(path: String, sha256: String)] {
      var seen: Set<String> = []
      return receipt.files.compactMap { account in
        let name = account.file.components(" › ")[0]  // a table of an archive is `archive › table`
        return seen.insert(name).inserted ? ("\(folder)/\(name)", account.sha256) : nil
      }
    }

    /// The files as they were imported.
    package func open() throws(Problem) -> Container {
      let stored = stored
      return try Container.open(stored.count == 1 ? stored[0].path : folder)
    }

    /// Refuses files that are no longer those of the receipt: a release must be traceable to what was imported.
    package func verify() throws(Problem) {
      for (path, sha256) in stored where try Fingerprint.of(file: path) != sha256 {
        throw Problem(
          "source.changed", at: Place(file: path), ["source": receipt.source, "vintage": receipt.vintage])
      }
    }
  }

  package let items: [Item]

  package init(_ observatory: Observatory) throws {
    var items: [Item] = []
    for source in Source.allCases {
      let folder = "\(observatory.sources)/\(source.rawValue)"
      guard Folder.exists(folder) else { continue }
      for vintage in try Folder.names(in: folder) where !vintage.hasPrefix(".") {
        let receipt = try JSON.decode(Receipt.self, file: "\(folder)/\(vintage)/receipt.json")
        items.append(Item(source: source, receipt: receipt, folder: "\(folder)/\(vintage)"))
      }
    }
    self.items = items
  }

  /// The newest vintage of a source: vintages sort as dates do.
  package func newest(_ source: Source) -> Item? {
    items.filter { $0.source == source }.max { $0.receipt.vintage < $1.receipt.vintage }
  }

  package func all(_ source: Source) -> [Item] { items.filter { $0.source == source } }
}

extension String {
  func components(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
