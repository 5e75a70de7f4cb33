import Diagnostics
import Nomenclature
import Tabular

extension TerritoryBook.Builder {
  /// The level of a NUTS code: two letters for the country, and a character more at each level.
  static func nutsLevel(_ code: String) -> Territory.Level? {
    switch code.count {
    case 2: .nuts0
    case 3: .nuts1
    case 4: .nuts2
    case 5: .nuts3
    default: nil
    }
  }

  private static func nutsPath(_ share: String) -> String { "\(share)/territories/nuts.csv" }

  /// The NUTS areas of a country that no administrative area is alone: the country itself, several regions together, a
  /// region at a second level, the parts of an arrondissement. After the other areas, and before the communes, which
  /// look up from there.
  mutating func addNuts(_ country: Country, share: String) throws {
    let table = try DeclaredTable(
      Self.nutsPath(share), columns: ["nuts", "of", "communes", "name_fr", "name_nl", "name_de", "name_en"])
    let entries = table.entries.filter { $0["nuts"].hasPrefix(country.rawValue) }
    let divided = Set(entries.filter { !$0["communes"].isEmpty }.map { $0["of"] })
    for entry in entries {
      guard let level = Self.nutsLevel(entry["nuts"]) else {
        throw table.problem("share.unknown_code", entry, ["code": entry["nuts"], "known": "BE, BE1, BE10, BE100"])
      }
      let code = "NUTS-\(entry["nuts"])"
      guard territories[code] == nil else {
        throw table.problem("share.duplicate", entry, ["code": entry["nuts"]])
      }
      add(
        code, level, entry["name_fr"], dutch: entry["name_nl"], german: entry["name_de"], english: entry["name_en"],
        in: [])
      let communes = entry["communes"].split(separator: ";").map(String.init)
      for area in entry["of"].split(separator: ";").map(String.init) {
        guard territories[area] != nil else {
          throw table.problem("share.no_parent", entry, ["code": entry["nuts"], "parent": area])
        }
        guard divided.contains(area) else {
          territories[area]?.parents.append(code)
          continue
        }
        for commune in communes.isEmpty ? [""] : communes {
          guard nutsParts[area, default: [:]].updateValue(code, forKey: commune) == nil else {
            throw table.problem("share.duplicate", entry, ["code": commune.isEmpty ? area : commune])
          }
        }
      }
    }
  }

  /// The part that a commune is in of an area that NUTS divides; nothing where the area is whole.
  func nutsPart(_ commune: String, of area: String) -> [String] {
    guard let parts = nutsParts[area], let part = parts[commune] ?? parts[""] else { return [] }
    return [part]
  }

  /// Each commune of a part must be one of the area: a merger that was not followed would take it out unseen.
  func checkNutsParts(share: String) throws(Problem) {
    for (area, parts) in nutsParts.sorted(by: { $0.key < $1.key }) {
      for commune in parts.keys.sorted() where !commune.isEmpty {
        guard let position = belgian[commune], communes[position].ancestors.contains(area) else {
          throw Problem("share.no_parent", at: Place(file: Self.nutsPath(share)), ["code": commune, "parent": area])
        }
      }
    }
  }
}
