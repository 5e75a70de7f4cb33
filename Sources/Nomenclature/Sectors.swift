internal import Tabular
package import Wording

/// The 88 divisions that NAF rev. 2 and NACE-BEL 2008 share, and the coarser groups of each.
package struct Sectors: Sendable {
  package struct Division: Sendable {
    package let code: String
    package let groups: [String: String]  // scheme → code: a5, a10, a17, a21, a38, ess-domain
    package let label: Label
  }

  package let divisions: [Division]
  package let groupLabels: [String: [String: Label]]  // scheme → code → label
  private let positions: [String: Int]

  package static let schemes = ["a5", "a10", "a17", "a21", "a38", "ess-domain"]

  package init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/nomenclatures/sectors.csv",
      columns: ["a88", "a38", "a21", "a17", "a10", "a5", "ess_domain", "fr", "nl", "en"],
      properties: Nomenclature.properties)
    let groups = try DeclaredTable(
      "\(share)/nomenclatures/sector-groups.csv", columns: ["scheme", "code", "fr", "nl", "en"],
      properties: Nomenclature.properties)
    var labels: [String: [String: Label]] = [:]
    for entry in groups.entries {
      guard Self.schemes.contains(entry["scheme"]) else {
        throw groups.problem(
          "share.unknown_code", entry, ["code": entry["scheme"], "known": Self.schemes.joined(separator: ", ")])
      }
      labels[entry["scheme"], default: [:]][entry["code"]] = Label(
        fr: entry["fr"], nl: entry["nl"], en: entry["en"])
    }
    var divisions: [Division] = []
    var positions: [String: Int] = [:]
    for entry in table.entries {
      var codes: [String: String] = [:]
      for scheme in Self.schemes {
        let code = entry[scheme == "ess-domain" ? "ess_domain" : scheme]
        guard labels[scheme]?[code] != nil else {
          throw table.problem("share.unknown_code", entry, ["code": code, "known": scheme])
        }
        codes[scheme] = code
      }
      guard positions.updateValue(divisions.count, forKey: entry["a88"]) == nil else {
        throw table.problem("share.duplicate", entry, ["code": entry["a88"]])
      }
      divisions.append(
        Division(
          code: entry["a88"], groups: codes,
          label: Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])))
    }
    self.divisions = divisions
    self.positions = positions
    groupLabels = labels
  }

  package subscript(division: String) -> Division? { positions[division].map { divisions[$0] } }

  /// The division of what is not classified in NAF rev. 2 or NACE-BEL 2008.
  package static let unclassified = "ZZ"

  /// The division of an activity, whatever the punctuation of its code.
  package func division(of activity: Activity) -> String {
    guard activity.scheme.sharesDivisions else { return Self.unclassified }
    let code = String(activity.code.prefix(2))
    return positions[code] == nil ? Self.unclassified : code
  }
}
