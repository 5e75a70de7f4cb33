/// What a release is made of: enough to rebuild it to the byte and to trace any figure.
package struct Manifest: Codable, Sendable, Equatable {
  package struct RuleSet: Codable, Sendable, Equatable {
    package var id: String
    package var version: String
    package var settings: [String: String]
    package var provisional: Bool
    package var sha256: String
  }

  /// A nomenclature or a table of territories.
  package struct RuleFile: Codable, Sendable, Equatable {
    package var file: String
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
    /// Closed since, kept for the years in which they had jobs.
    package var closedSince = 0
    package var withoutUnit = 0
    package var withoutCommune = 0
    package var workforceRows = 0
    package var workforceMatched = 0
    package var addressesPlaced: [String: Int] = [:]
    /// The first of those that could not be placed; how many there are, `addressesPlaced` says.
    package var unplacedAddresses: [UnplacedAddress] = []

    /// More than one establishment in a hundred has no unit in the files: they are hardly of one month.
    package var lacksUnits: Bool { withoutUnit * 100 > establishments }

    enum CodingKeys: String, CodingKey {
      case units, establishments, employers
      case closedSince = "establishments_closed_since"
      case withoutUnit = "establishments_without_unit"
      case withoutCommune = "establishments_without_commune"
      case workforceRows = "workforce_rows"
      case workforceMatched = "workforce_rows_matched"
      case addressesPlaced = "belgian_addresses_placed"
      case unplacedAddresses = "belgian_addresses_unplaced"
    }
  }

  /// A Belgian address whose commune was not found: the number of the entity, and what it says of the place.
  package struct UnplacedAddress: Codable, Sendable, Equatable {
    package static let mostListed = 1_000

    package var entity: String
    package var postcode: String
    package var place: String
  }

  /// What one country and year rest on. A country and year that are not listed have no source: their figures
  /// are not available, which is not zero.
  package struct Coverage: Codable, Sendable, Equatable {
    package var country: String
    package var year: Int
    /// Employer establishments whose headcount a unit-level file gives.
    package var exact: Int
    /// Those known only by the size band of their register, or not even by that.
    package var estimated: Int
    /// Rows of the workforce files, and how many found their establishment.
    package var workforceRows: Int
    package var workforceMatched: Int
    /// For each measure, the establishments that give it.
    package var measures: [String: Int]

    package init(
      country: String, year: Int, exact: Int, estimated: Int, workforceRows: Int, workforceMatched: Int,
      measures: [String: Int]
    ) {
      self.country = country
      self.year = year
      self.exact = exact
      self.estimated = estimated
      self.workforceRows = workforceRows
      self.workforceMatched = workforceMatched
      self.measures = measures
    }

    enum CodingKeys: String, CodingKey {
      case country, year, exact, estimated, measures
      case workforceRows = "workforce_rows"
      case workforceMatched = "workforce_rows_matched"
    }
  }

  package var format = 4
  package var name: String
  package var program: String
  package var engine: String
  package var simulated: Bool
  /// By country, the year of which the size bands of its register speak.
  package var stockYears: [String: Int]
  package var years: [Int]
  package var perimeter: String
  package var ruleSets: [RuleSet]
  package var rules: [RuleFile]
  package var sources: [Receipt]
  package var use: Use
  package var coverage: [Coverage]
  package var files: [OutputFile]

  enum CodingKeys: String, CodingKey {
    case format, name, program, engine, simulated, years, perimeter, rules, sources, use, coverage, files
    case stockYears = "stock_years"
    case ruleSets = "rule_sets"
  }
}

extension Manifest {
  /// The year that tables of some countries show unless asked otherwise: the newest that all their registers know.
  package func stockYear(of countries: Set<String>) -> Int {
    countries.compactMap { stockYears[$0] }.min() ?? stockYears.values.max() ?? years.last ?? 0
  }
}
