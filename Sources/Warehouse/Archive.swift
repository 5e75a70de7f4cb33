package import Diagnostics
import Filesystem
package import Tabular

/// What has been imported: the receipts under sources/, and a way to open each file again.
package struct SourceArchive: Sendable {
  package struct Item: Sendable {
    package let source: Source
    package let receipt: Receipt
    package let folder: String

    /// The files as they were imported.
    package func open() throws(Problem) -> Container {
      let whole = receipt.files.first.map { $0.file.components(" › ").first ?? $0.file } ?? ""
      return receipt.files.count > 1 && !receipt.files[0].file.contains(" › ")
        ? try Container.open(folder) : try Container.open("\(folder)/\(whole)")
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
