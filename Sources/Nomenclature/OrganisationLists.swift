import Diagnostics
import Tabular
package import Wording

/// The lists of organisations that perimeters may name, and whose organisations each is about.
package struct OrganisationLists: Sendable {
  package struct List: Sendable {
    package let name: String
    package let label: Label
    /// Nil: of both countries.
    package let country: Country?
    /// `insertion` or `approval`: what tables of lists group by; empty for others.
    package let kind: String
  }

  package let lists: [List]

  init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/nomenclatures/lists.csv", columns: ["list", "country", "kind", "fr", "nl", "en"])
    var seen: Set<String> = []
    lists = try table.entries.map { entry in
      guard seen.insert(entry["list"]).inserted, !entry["list"].isEmpty else {
        throw table.problem("share.duplicate", entry, ["code": entry["list"]])
      }
      let country = Country(rawValue: entry["country"])
      guard country != nil || entry["country"].isEmpty else {
        throw table.problem(
          "share.unknown_code", entry,
          ["code": entry["country"], "known": Country.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      return List(
        name: entry["list"], label: Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"]), country: country,
        kind: entry["kind"])
    }
  }

  package subscript(name: String) -> List? { lists.first { $0.name == name } }
}
