import Diagnostics
import Tabular

/// The names that publishers give to regions and families: `published-names.csv`.
struct PublishedNames {
  private let names: [String: String]

  init(_ folder: String) throws {
    let table = try DeclaredTable(
      "\(folder)/published-names.csv", columns: ["kind", "code", "name"], properties: ["id", "source", "confidence"])
    var names: [String: String] = [:]
    for entry in table.entries { names["\(entry["kind"]) \(entry["code"])"] = entry["name"] }
    self.names = names
  }

  /// The code itself where it has no name.
  subscript(kind: String, code: String) -> String { names["\(kind) \(code)"] ?? code }
}
