import Diagnostics
import Filesystem
import Nomenclature
import Tabular

extension TerritoryBook.Builder {
  /// France: regions, former regions (NUTS 2), départements, arrondissements, EPCI, communes.
  mutating func addFrance(share: String, data: String) throws {
    try addFrenchAreas(share)
    try addNuts(.fr, share: share)
    let départements = try Self.codes(data, "departements")
    let intercommunal = try Self.codes(data, "epci")
    try Self.read(data, "epci", ["code", "nom"]) { row in
      add("FR-EPCI-\(row[0])", .epci, row[1], in: [])
    }
    try Self.read(path: "\(share)/territories/fr-employment-zones.csv", ["code", "fr"]) { row in
      add("FR-ZE-\(row[0])", .employmentZone, row[1], in: [])
    }
    // Growing these tables by steps would take as long as reading what is in them.
    territories.reserveCapacity(Self.expected)
    french.reserveCapacity(Self.expected)
    communes.reserveCapacity(Self.expected)
    var zonings: [String: [String]] = [:]
    zonings.reserveCapacity(Self.expected)
    let zoned = ["commune", "arrondissement", "employment_zone"]
    try Self.read(path: "\(share)/territories/fr-zonings.csv", zoned) { row in
      zonings[row[0]] = (row[1].isEmpty ? [] : ["FR-ARR-\(row[1])"]) + (row[2].isEmpty ? [] : ["FR-ZE-\(row[2])"])
    }
    let postcodes = try Self.postcodes(data)
    var positions: [String: Int] = [:]
    positions.reserveCapacity(Self.expected)
    var parts: [(code: String, parent: String, isArrondissement: Bool)] = []
    var known: [[String]: [String]] = [:]  // thousands of communes share their parents
    let columns = [
      "id", "code", "type", "nom", "type_nom", "population_municipale", "departement_id",
      "commune_parent_id", "epci_id",
    ]
    try Self.read(data, "communes", columns) { row in
      let code = row[1]
      let people = Int(row[5])
      guard row[2] == "COM" else {
        parts.append((code, row[7], row[2] == "ARM"))
        self.parts.append(FormerCommune(code: code, names: [Self.name(row[3], article: row[4])]))
        self.people.parts[code] = people
        return
      }
      presentFrench.insert(code)
      self.people.communes[code] = people
      var parents: [String] = []
      if let epci = intercommunal[row[8]] { parents.append("FR-EPCI-\(epci)") }
      parents += zonings[code] ?? []
      if let département = départements[row[6]] { parents.append("FR-DEP-\(département)") }
      let above = known[parents] ?? ancestors(of: parents)
      known[parents] = above
      positions[row[0]] = communes.count
      french[code] = communes.count
      add(
        Commune(
          code: "FR-COM-\(code)", official: code, name: Self.name(row[3], article: row[4]),
          dutchName: nil, germanName: nil, population: people ?? 0, postcodes: postcodes[row[0]] ?? [],
          ancestors: above),
        parents: parents)
    }
    // A commune that is a part of another is written in registers under its own code.
    for part in parts {
      guard let parent = positions[part.parent] else { continue }
      if french[part.code] == nil { french[part.code] = parent }
      if part.isArrondissement { cityParts[communes[parent].code, default: []].insert("FR-COM-\(part.code)") }
    }
  }

  /// Communes of France, with some room.
  private static let expected = 40_000

  private mutating func addFrenchAreas(_ share: String) throws {
    let former = try DeclaredTable(
      "\(share)/territories/fr-nuts2.csv", columns: ["nuts2", "nuts1", "fr", "nuts3"])
    var formerOf: [String: String] = [:]
    for entry in former.entries {
      add("NUTS-\(entry["nuts2"])", .nuts2, entry["fr"], in: [])
      for nuts3 in entry["nuts3"].split(separator: ";") { formerOf[String(nuts3)] = entry["nuts2"] }
    }
    let formerRegions = try formerRegions(share)
    let areas = try DeclaredTable(
      "\(share)/territories/fr-areas.csv", columns: ["code", "level", "parent", "nuts", "fr"])
    let kinds = ["region": "REG", "departement": "DEP", "arrondissement": "ARR"]
    let above = ["departement": "REG", "arrondissement": "DEP"]
    for entry in areas.entries {
      guard let kind = kinds[entry["level"]], let level = Territory.Level(rawValue: entry["level"]) else {
        throw areas.problem(
          "share.unknown_code", entry,
          ["code": entry["level"], "known": kinds.keys.sorted().joined(separator: ", ")])
      }
      var parents = [above[entry["level"]].map { "FR-\($0)-\(entry["parent"])" } ?? "FR"]
      if territories[parents[0]] == nil {
        throw areas.problem("share.no_parent", entry, ["code": entry["code"], "parent": parents[0]])
      }
      let nuts = entry["nuts"]
      if !nuts.isEmpty {
        let nutsLevel: Territory.Level = level == .departement ? .nuts3 : nuts.count == 3 ? .nuts1 : .nuts2
        add(
          "NUTS-\(nuts)", nutsLevel, entry["fr"],
          in: formerOf[nuts].map { nutsLevel == .nuts3 ? ["NUTS-\($0)"] : [] } ?? [])
        parents.append("NUTS-\(nuts)")
      }
      if level == .departement, let former = formerRegions[entry["code"]] { parents.append(former) }
      add("FR-\(kind)-\(entry["code"])", level, entry["fr"], in: parents)
    }
  }

  /// The regions of before 2016, by the codes of their départements.
  private mutating func formerRegions(_ share: String) throws -> [String: String] {
    let table = try DeclaredTable(
      "\(share)/territories/fr-former-regions.csv", columns: ["code", "fr", "region", "departements"])
    var found: [String: String] = [:]
    for entry in table.entries {
      let code = "FR-AREG-\(entry["code"])"
      add(code, .formerRegion, entry["fr"], in: [])
      for département in entry["departements"].split(separator: ";") { found[String(département)] = code }
    }
    return found
  }

  /// The articles of the code officiel géographique, which names give apart.
  private static let articles = ["2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "]

  private static func name(_ name: String, article: String) -> String { (articles[article] ?? "") + name }

  static func read(
    _ data: String, _ name: String, _ columns: [String], _ body: ([String]) throws -> Void
  ) throws {
    guard Folder.exists(data) else {
      throw Problem("territories.no_france", status: .machine, at: Place(file: data))
    }
    try read(path: "\(data)/\(name).csv", columns, body)
  }

  /// Reads the named columns of a table; `\N`, the null of those files, as nothing.
  private static func read(
    path: String, _ columns: [String], _ body: ([String]) throws -> Void
  ) throws {
    try DeclaredTable.forEachRow(path, columns: columns) { row in
      try body(row.contains("\\N") ? row.map { $0 == "\\N" ? "" : $0 } : row)
    }
  }

  private static func codes(_ data: String, _ name: String) throws -> [String: String] {
    var codes: [String: String] = [:]
    try read(data, name, ["id", "code"]) { codes[$0[0]] = $0[1] }
    return codes
  }

  private static func postcodes(_ data: String) throws -> [String: [String]] {
    let codes = try codes(data, "codes_postaux")
    var found: [String: [String]] = [:]
    found.reserveCapacity(expected)
    try read(data, "codes_postaux_communes", ["codepostal_id", "commune_id"]) { row in
      if let code = codes[row[0]] { found[row[1], default: []].append(code) }
    }
    for (commune, codes) in found where codes.count > 1 { found[commune] = codes.sorted() }
    return found
  }
}
