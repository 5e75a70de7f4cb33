internal import Diagnostics
internal import Tabular
package import Wording

/// The classifications of activities, by name: what `ActivityScheme` recognises in registers is declared here.
package struct ActivitySchemes: Sendable {
  private let labels: [ActivityScheme: Label]

  /// Refuses a scheme that the program does not know, one that it would not recognise by the name that the file
  /// says registers give it, and a file that leaves one out.
  init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/nomenclatures/activity-schemes.csv", columns: ["code", "fr", "nl", "en", "sirene_name", "kbo_version"],
      properties: Nomenclature.properties)
    var labels: [ActivityScheme: Label] = [:]
    for entry in table.entries {
      let scheme = ActivityScheme(rawValue: entry["code"])
      let (sirene, kbo) = (entry["sirene_name"], entry["kbo_version"])
      guard let scheme, sirene.isEmpty || ActivityScheme(sirene: sirene) == scheme,
        kbo.isEmpty || ActivityScheme(kbo: kbo) == scheme
      else {
        throw table.problem(
          "share.unknown_code", entry,
          [
            "code": [entry["code"], sirene, kbo].filter { !$0.isEmpty }.joined(separator: " "),
            "known": ActivityScheme.allCases.map(\.rawValue).joined(separator: ", "),
          ])
      }
      labels[scheme] = Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])
    }
    if let missing = ActivityScheme.allCases.first(where: { labels[$0] == nil }) {
      throw Problem("share.no_code", at: Place(file: table.path), ["code": missing.rawValue])
    }
    self.labels = labels
  }

  /// The name of a scheme, its year included.
  package subscript(scheme: ActivityScheme) -> Label {
    labels[scheme] ?? Label(fr: scheme.rawValue, nl: scheme.rawValue, en: scheme.rawValue)
  }
}
