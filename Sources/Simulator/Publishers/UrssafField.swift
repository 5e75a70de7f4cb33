import Diagnostics
import Nomenclature
import Tabular

/// Whom the general scheme insures: private employers, without agriculture and the rest of `urssaf-field.csv`.
struct UrssafField {
  private let forms: [Bool]
  private let divisions: [Bool]
  private let departements: Set<String>

  init(_ folder: String, profile: CountryProfile, publicForms: PublicForms) throws {
    let table = try DeclaredTable(
      "\(folder)/urssaf-field.csv", columns: ["on", "code", "reason"], properties: ["id", "source", "confidence"])
    var out: [String: [String]] = [:]
    for entry in table.entries {
      guard ["activity", "form", "departement"].contains(entry["on"]), !entry["code"].isEmpty else {
        throw table.problem("simulate.bad_number", entry, ["column": "on, code", "value": entry["on"]])
      }
      out[entry["on"], default: []].append(entry["code"])
    }
    forms = (0..<profile.formChooser.count).map { position in
      let form = profile.forms[position].code.text
      return !publicForms.contains(form, of: .fr) && out["form"]?.contains { form.hasPrefix($0) } != true
    }
    divisions = (0..<100).map { out["activity"]?.contains(PublishedActivities.code($0)) != true }
    departements = Set(out["departement"] ?? [])
  }

  func insures(form: Int) -> Bool { forms[form] }
  func counts(division: Int) -> Bool { divisions[division] }
  func covers(departement: String) -> Bool { !departements.contains(departement) }
}
