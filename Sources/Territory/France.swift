import Diagnostics
import Filesystem
import Tabular

extension TerritoryBook.Builder {
  /// France: regions, former regions (NUTS 2), départements, arrondissements, EPCI, communes.
  mutating func addFrance(share: String, data: String) throws {
    guard Folder.exists(data) else {
      throw Problem("territories.no_france", status: .machine, at: Place(file: data))
    }
    add("FR", .country, "France", dutch: "Frankrijk", in: [])
    try addFrenchAreas(share)
    let départements = try Self.names(data, "departements", key: "id", value: "code")
    let intercommunal = try Self.names(data, "epci", key: "id", value: "code")
    for (_, row) in try Self.rows(data, "epci") {
      add("FR-EPCI-\(row["code"] ?? "")", .epci, row["nom"] ?? "", in: [])
    }
    var arrondissements: [String: String] = [:]
    let table = try DeclaredTable(
      "\(share)/territories/fr-arrondissements.csv", columns: ["commune", "arrondissement"])
    for entry in table.entries where !entry["arrondissement"].isEmpty {
      arrondissements[entry["commune"]] = entry["arrondissement"]
    }
    let postcodes = try Self.postcodes(data)
    let rows = try Self.rows(data, "communes")
    var positions: [String: Int] = [:]
    for (id, row) in rows where row["type"] == "COM" {
      guard let code = row["code"] else { continue }
      var parents: [String] = []
      if let epci = row["epci_id"].flatMap({ intercommunal[$0] }) { parents.append("FR-EPCI-\(epci)") }
      if let arrondissement = arrondissements[code] { parents.append("FR-ARR-\(arrondissement)") }
      if let département = row["departement_id"].flatMap({ départements[$0] }) {
        parents.append("FR-DEP-\(département)")
      }
      positions[id] = communes.count
      french[code] = communes.count
      add(
        Commune(
          code: "FR-COM-\(code)", official: code,
          name: Self.name(row["nom"] ?? "", article: row["type_nom"] ?? ""), dutchName: nil,
          population: Int(row["population_municipale"] ?? "") ?? 0, postcodes: postcodes[id] ?? [],
          ancestors: ancestors(of: parents)),
        parents: parents)
    }
    // A commune that is a part of another is written in registers under its own code.
    for (_, row) in rows where row["type"] != "COM" {
      if let code = row["code"], french[code] == nil,
        let parent = row["commune_parent_id"].flatMap({ positions[$0] })
      {
        french[code] = parent
      }
    }
  }

  private mutating func addFrenchAreas(_ share: String) throws {
    let former = try DeclaredTable(
      "\(share)/territories/fr-nuts2.csv", columns: ["nuts2", "nuts1", "fr", "nuts3"])
    var formerOf: [String: String] = [:]
    for entry in former.entries {
      add("NUTS-\(entry["nuts2"])", .nuts2, entry["fr"], in: [])
      for nuts3 in entry["nuts3"].split(separator: ";") { formerOf[String(nuts3)] = entry["nuts2"] }
    }
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
      add("FR-\(kind)-\(entry["code"])", level, entry["fr"], in: parents)
    }
  }

  /// The articles of the code officiel géographique, which names give apart.
  private static func name(_ name: String, article: String) -> String {
    let articles = ["2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "]
    return (articles[article] ?? "") + name
  }

  private static func rows(_ data: String, _ name: String) throws -> [(id: String, [String: String])] {
    let reader = try TableReader(StoredStream(ReadableFile("\(data)/\(name).csv")))
    var rows: [(String, [String: String])] = []
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        var row: [String: String] = [:]
        for (position, column) in reader.columns.enumerated() {
          let text = batch[record][position].text
          if text != "\\N" { row[column] = text }
        }
        rows.append((row["id"] ?? "", row))
      }
    }
    return rows
  }

  private static func names(
    _ data: String, _ name: String, key: String, value: String
  ) throws -> [String: String] {
    Dictionary(
      try rows(data, name).map { ($0.1[key] ?? "", $0.1[value] ?? "") },
      uniquingKeysWith: { first, _ in first })
  }

  private static func postcodes(_ data: String) throws -> [String: [String]] {
    let codes = try names(data, "codes_postaux", key: "id", value: "code")
    var found: [String: [String]] = [:]
    for (_, row) in try rows(data, "codes_postaux_communes") {
      if let commune = row["commune_id"], let code = row["codepostal_id"].flatMap({ codes[$0] }) {
        found[commune, default: []].append(code)
      }
    }
    return found.mapValues { $0.sorted() }
  }
}
