import Tabular
import Territory

/// The territories of the French tables of before 2016, when there were 22 regions in Europe.
///
/// Regions and départements stand in one column there, and share codes: 31 is Nord-Pas-de-Calais, and the
/// Haute-Garonne. The name beside the code tells them apart.
struct AreasOfBefore {
  struct Area {
    let code: String
    let name: String
    /// By their positions in the simulation.
    let communes: [Int]
  }

  let country: Area
  /// Each level in the order of its codes.
  let regions: [Area]
  let departements: [Area]
  /// Those of today.
  let communes: [Area]

  var all: [Area] { [country] + regions + departements + communes }

  init(_ areas: FrenchAreas, share: String) throws {
    let folder = "\(share)/territories"
    var regionNames: [String: String] = [:]
    var departementNames: [String: String] = [:]
    // Of each département; overseas those of today.
    var region: [String: String] = [:]
    let today = try DeclaredTable("\(folder)/fr-areas.csv", columns: ["code", "level", "parent", "fr"])
    for entry in today.entries {
      switch entry["level"] {
      case "region": regionNames[entry["code"]] = entry["fr"]
      case "departement":
        departementNames[entry["code"]] = entry["fr"]
        region[entry["code"]] = entry["parent"]
      default: break
      }
    }
    let before = try DeclaredTable("\(folder)/fr-former-regions.csv", columns: ["code", "fr", "departements"])
    for entry in before.entries {
      regionNames[entry["code"]] = entry["fr"]
      for departement in entry["departements"].split(separator: ";") { region[String(departement)] = entry["code"] }
    }

    departements = areas.departements.map { one in
      Area(code: one.code, name: departementNames[one.code] ?? one.code, communes: one.communes)
    }
    var members: [String: [Int]] = [:]
    for one in areas.departements {
      if let code = region[one.code] { members[code, default: []] += one.communes }
    }
    regions = members.keys.sorted().map { code in
      Area(code: code, name: regionNames[code] ?? code, communes: members[code] ?? [])
    }
    let positions = areas.communes.indices.sorted { areas.communes[$0].official < areas.communes[$1].official }
    communes = positions.map { position in
      Area(code: areas.communes[position].official, name: areas.communes[position].name, communes: [position])
    }
    country = Area(code: "F", name: "France", communes: positions)
  }
}
