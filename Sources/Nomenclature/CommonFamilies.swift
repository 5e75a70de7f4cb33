internal import Diagnostics
internal import Tabular
package import Wording

/// The families that France and Belgium share, and how far each may be compared across the border.
package struct CommonFamilies: Sendable {
  package enum Grade: String, Sendable {
    /// Identical; a small known gap; indicative; not to be added up.
    case a = "A", b = "B", c = "C", x = "X"
    /// Not a family of the ESS: the rest of the economy.
    case denominator = "D"
  }

  package struct Item: Sendable {
    package let code: String
    package let label: Label
    package let grade: Grade
  }

  package let items: [Item]
  /// Family of the ESS → code of the common family.
  private let codes: [String: String]

  init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/nomenclatures/common-families.csv",
      columns: ["code", "fr", "nl", "en", "grade"], properties: Nomenclature.properties)
    var items: [Item] = []
    for entry in table.entries {
      guard let grade = Grade(rawValue: entry["grade"]) else {
        throw table.problem("share.unknown_code", entry, ["code": entry["grade"], "known": "A, B, C, X, D"])
      }
      let label = Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])
      items.append(Item(code: entry["code"], label: label, grade: grade))
    }
    let families = try DeclaredTable(
      "\(share)/nomenclatures/ess-families.csv", columns: ["code", "level", "common"],
      properties: Nomenclature.properties)
    var codes: [String: String] = [:]
    for entry in families.entries where entry["level"] == "1" {
      guard items.contains(where: { $0.code == entry["common"] }) else {
        throw families.problem(
          "share.unknown_code", entry, ["code": entry["common"], "known": items.map(\.code).joined(separator: ", ")])
      }
      codes[entry["code"]] = entry["common"]
    }
    self.items = items
    self.codes = codes
  }

  /// The common family of a family of the ESS.
  package subscript(family: String) -> Item? { codes[family].flatMap { code in items.first { $0.code == code } } }
}
