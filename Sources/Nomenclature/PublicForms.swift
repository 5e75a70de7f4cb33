import Tabular

/// Which legal forms are of the public sector: the rest of the economy is public or private.
package struct PublicForms: Sendable {
  private let prefixes: [String: [String]]

  init(share: String) throws {
    let table = try DeclaredTable(
      "\(share)/nomenclatures/public-forms.csv", columns: ["scheme", "code"],
      properties: Nomenclature.properties)
    var prefixes: [String: [String]] = [:]
    for entry in table.entries { prefixes[entry["scheme"], default: []].append(entry["code"]) }
    self.prefixes = prefixes
  }

  package func contains(_ form: String, of country: Country) -> Bool {
    prefixes[country == .fr ? "fr-legal-forms" : "be-legal-forms"]?.contains { form.hasPrefix($0) } ?? false
  }
}
