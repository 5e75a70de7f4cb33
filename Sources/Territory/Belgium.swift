import Nomenclature
import Tabular

extension TerritoryBook.Builder {
  /// Belgium: regions, provinces, arrondissements, communes, NUTS.
  mutating func addBelgium(share: String) throws {
    let areas = try DeclaredTable(
      "\(share)/territories/be-areas.csv",
      columns: ["nis", "level", "parent", "nuts", "name_fr", "name_nl", "name_de", "name_en"])
    var codes: [String: String] = [:]
    for entry in areas.entries {
      let kind = ["region": "REG", "province": "PRO", "arrondissement": "ARR"][entry["level"]]
      guard let kind, let level = Territory.Level(rawValue: entry["level"]) else {
        throw areas.problem(
          "share.unknown_code", entry,
          ["code": entry["level"], "known": "region, province, arrondissement"])
      }
      let parent = entry["parent"].isEmpty ? "BE" : codes[entry["parent"]]
      guard let parent else {
        throw areas.problem("share.no_parent", entry, ["code": entry["nis"], "parent": entry["parent"]])
      }
      let code = "BE-\(kind)-\(entry["nis"])"
      codes[entry["nis"]] = code
      let nuts = entry["nuts"]
      var parents = [parent]
      if !nuts.isEmpty {
        guard let nutsLevel = Self.nutsLevel(nuts) else {
          throw areas.problem("share.unknown_code", entry, ["code": nuts, "known": "BE1, BE10, BE100"])
        }
        add(
          "NUTS-\(nuts)", nutsLevel, entry["name_fr"], dutch: entry["name_nl"], german: entry["name_de"],
          english: entry["name_en"], in: [])
        parents.append("NUTS-\(nuts)")
      }
      add(
        code, level, entry["name_fr"], dutch: entry["name_nl"], german: entry["name_de"], english: entry["name_en"],
        in: parents)
    }
    try addNuts(.be, share: share)
    let table = try DeclaredTable(
      "\(share)/territories/be-communes.csv",
      columns: [
        "nis", "name_fr", "name_nl", "name_de", "arrondissement", "province", "region", "zip", "population", "lon",
        "lat",
      ])
    for entry in table.entries {
      guard let arrondissement = codes[entry["arrondissement"]] else {
        throw table.problem(
          "share.no_parent", entry, ["code": entry["nis"], "parent": entry["arrondissement"]])
      }
      guard let population = Int(entry["population"]) else {
        throw table.problem(
          "share.bad_number", entry, ["column": "population", "value": entry["population"]])
      }
      belgian[entry["nis"]] = communes.count
      let parents = [arrondissement] + nutsPart(entry["nis"], of: arrondissement)
      let (name, dutch, german) = (entry["name_fr"], entry["name_nl"], entry["name_de"])
      add(
        Commune(
          code: "BE-COM-\(entry["nis"])", official: entry["nis"], name: name, dutchName: dutch == name ? nil : dutch,
          germanName: german == name || german.isEmpty ? nil : german, population: population,
          postcodes: entry["zip"].isEmpty ? [] : [entry["zip"]],
          ancestors: ancestors(of: parents)),
        parents: parents)
    }
    try checkNutsParts(share: share)
  }

  /// The table of postal codes, with communes by their positions.
  func belgianPostcodes(share: String) throws -> [Int: [Int]] {
    let table = try DeclaredTable(
      "\(share)/territories/be-postcodes.csv", columns: ["postcode", "nis", "basis", "confidence"])
    var found: [Int: [Int]] = [:]
    for entry in table.entries {
      guard let postcode = Int(entry["postcode"]), 1000...9999 ~= postcode, found[postcode] == nil else {
        throw table.problem("share.bad_number", entry, ["column": "postcode", "value": entry["postcode"]])
      }
      found[postcode] = try entry["nis"].split(separator: ";").map { nis in
        guard let position = belgian[String(nis)] else {
          throw table.problem("share.no_parent", entry, ["code": entry["postcode"], "parent": String(nis)])
        }
        return position
      }
    }
    return found
  }
}
