/// What a release is made of: enough to rebuild it to the byte and to trace any figure.
package struct Manifest: Codable, Sendable, Equatable {
  package struct RuleSet: Codable, Sendable, Equatable {
    package var id: String
    package var version: String
    package var settings: [String: String]
    package var provisional: Bool
    package var sha256: String
  }

  package struct OutputFile: Codable, Sendable, Equatable {
    package var file: String
    package var rows: Int
    package var bytes: Int
    package var sha256: String
  }

  /// What became of the rows kept.
  package struct Use: Codable, Sendable, Equatable {
    package var units = 0
    package var establishments = 0
    package var employers = 0
    package var withoutUnit = 0
    package var withoutCommune = 0
    package var workforceRows = 0
    package var workforceMatched = 0
    package var addressesPlaced: [String: Int] = [:]

    enum CodingKeys: String, CodingKey {
      case units, establishments, employers
      case withoutUnit = "establishments_without_unit"
      case withoutCommune = "establishments_without_commune"
      case workforceRows = "workforce_rows"
      case workforceMatched = "workforce_rows_matched"
      case addressesPlaced = "belgian_addresses_placed"
    }
  }

  package var format = 1
  package var name: String
  package var program: String
  package var engine: String
  package var simulated: Bool
  package var stockYear: Int
  package var years: [Int]
  package var perimeter: String
  package var ruleSets: [RuleSet]
  package var nomenclatures: [String: String]
  package var sources: [Receipt]
  package var use: Use
  package var files: [OutputFile]

  enum CodingKeys: String, CodingKey {
    case format, name, program, engine, simulated, years, perimeter, nomenclatures, sources, use, files
    case stockYear = "stock_year"
    case ruleSets = "rule_sets"
  }
}
