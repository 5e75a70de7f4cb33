internal import Diagnostics
package import Tabular
package import Wording

/// A list of codes with their labels and, where it has levels, the code above each.
///
/// The same code means different things in different nomenclatures: outside this module a code always
/// travels with the scheme it belongs to.
package struct Nomenclature: Sendable {
  package struct Item: Sendable {
    package let code: String
    package let parent: String?
    package let level: Int
    package let label: Label
  }

  package let id: String
  package let title: Label
  package let source: String
  package let validFrom: String
  package let validTo: String?
  package let confidence: String
  package let items: [Item]
  private let positions: [String: Int]

  package static let properties = [
    "id", "title_fr", "title_nl", "title_en", "source", "licence", "valid_from", "valid_to", "confidence",
  ]

  /// Loads and checks: codes once each, parents that exist one level up, labels in three languages.
  package init(_ path: String) throws {
    try self.init(
      DeclaredTable(
        path, columns: ["code", "parent", "level", "fr", "nl", "en"], properties: Self.properties))
  }

  package init(_ table: DeclaredTable) throws {
    id = table["id"]
    title = Label(fr: table["title_fr"], nl: table["title_nl"], en: table["title_en"])
    source = table["source"]
    validFrom = table["valid_from"]
    validTo = table["valid_to"].isEmpty ? nil : table["valid_to"]
    confidence = table["confidence"]
    var items: [Item] = []
    var positions: [String: Int] = [:]
    for entry in table.entries {
      guard let level = Int(entry["level"]), level > 0 else {
        throw table.problem("share.bad_number", entry, ["column": "level", "value": entry["level"]])
      }
      let code = entry["code"]
      guard !code.isEmpty, positions.updateValue(items.count, forKey: code) == nil else {
        throw table.problem("share.duplicate", entry, ["code": code])
      }
      let label = Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])
      guard !label.fr.isEmpty, !label.nl.isEmpty, !label.en.isEmpty else {
        throw table.problem("share.no_translation", entry, ["key": code])
      }
      items.append(
        Item(
          code: code, parent: entry["parent"].isEmpty ? nil : entry["parent"], level: level, label: label))
    }
    for (item, entry) in zip(items, table.entries) {
      if let parent = item.parent {
        guard let above = positions[parent], items[above].level < item.level else {
          throw table.problem("share.no_parent", entry, ["code": item.code, "parent": parent])
        }
      }
    }
    self.items = items
    self.positions = positions
  }

  package subscript(code: String) -> Item? { positions[code].map { items[$0] } }

  /// The code at a level above, or the code itself.
  package func ancestor(of code: String, level: Int) -> String? {
    var item = self[code]
    while let current = item, current.level > level { item = current.parent.flatMap { self[$0] } }
    return item?.level == level ? item?.code : nil
  }
}
