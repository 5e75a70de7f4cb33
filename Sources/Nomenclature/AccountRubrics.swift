internal import Diagnostics
internal import Tabular
package import Wording

/// The items of Belgian annual accounts that the observatory keeps, and the models in which they are filed.
package struct AccountRubrics: Sendable {
  package struct Rubric: Sendable {
    package let code: String
    package let label: Label
    /// What it is for: size, equity, grants…
    package let use: String
    package let confidence: String
  }

  package let rubrics: [Rubric]
  package let models: [String]
  package let modelLabels: [String: Label]
  private let positions: [String: Int]

  /// The two sides of the balance sheet, which are equal.
  package let assets, liabilities: Int

  init(share: String) throws {
    let path = "\(share)/nomenclatures/accounts.csv"
    let table = try DeclaredTable(
      path, columns: ["code", "aliases", "unit", "use", "availability", "confidence", "fr", "nl", "en"],
      properties: Nomenclature.properties)
    var positions: [String: Int] = [:]
    var rubrics: [Rubric] = []
    for entry in table.entries {
      let codes = [entry["code"]] + entry["aliases"].split(separator: "|").map(String.init)
      for code in codes {
        guard !code.isEmpty, positions.updateValue(rubrics.count, forKey: code) == nil else {
          throw table.problem("share.duplicate", entry, ["code": code])
        }
      }
      let label = Label(fr: entry["fr"], nl: entry["nl"], en: entry["en"])
      guard !label.fr.isEmpty, !label.nl.isEmpty, !label.en.isEmpty else {
        throw table.problem("share.no_translation", entry, ["key": entry["code"]])
      }
      rubrics.append(Rubric(code: entry["code"], label: label, use: entry["use"], confidence: entry["confidence"]))
    }
    func required(_ code: String) throws(Problem) -> Int {
      guard let position = positions[code] else {
        throw Problem("share.no_code", at: Place(file: path), ["code": code])
      }
      return position
    }
    assets = try required("20/58")
    liabilities = try required("10/49")
    self.rubrics = rubrics
    self.positions = positions
    let entries = try DeclaredTable(
      "\(share)/nomenclatures/account-models.csv", columns: ["model", "scheme", "entity", "fr", "nl", "en"],
      properties: Nomenclature.properties
    ).entries
    models = entries.map { $0["model"] }
    modelLabels = Dictionary(
      entries.map { ($0["model"], Label(fr: $0["fr"], nl: $0["nl"], en: $0["en"])) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The position of a code, its own or an alias.
  package func position(of code: String) -> Int? { positions[code] }

  /// `M04-F`, `m04` as published: `m04-f`; nil where it is no model.
  package func model(_ text: String) -> String? {
    let lowered = text.lowercased()
    return models.first { $0 == lowered || $0 == lowered + "-f" }
  }
}
