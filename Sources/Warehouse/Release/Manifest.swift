package import Nomenclature

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

  /// How the records of one source became units: by number, by name, or not.
  package struct Matching: Codable, Sendable, Equatable {
    /// `rna`, `list/cnc`.
    package var source: String
    package var records: Int
    /// Records that another file of the source has too, and which are not counted again.
    package var superseded: Int
    /// Of those that count, by method.
    package var methods: [String: Int]
    package var statuses: [String: Int]
    /// The SHA-256 of what people decided, where they did.
    package var decisions: String?
    /// Records to which a person gave a number that no register has.
    package var unknownNumbers: Int?
    /// Records of memberships that had ended by the day of the register, or begin after it: they may well have a unit.
    package var notInForce: Int?

    init(
      source: String, superseded: Int, counts: [(method: String, status: String, count: Int)], decisions: String?
    ) {
      self.source = source
      self.superseded = superseded
      self.decisions = decisions
      records = counts.map(\.count).reduce(0, +)
      methods = [:]
      statuses = [:]
      for (method, status, count) in counts {
        statuses[status, default: 0] += count
        if ["sure", "accepted"].contains(status) { methods[method, default: 0] += count }
        if method == "decision", status == "none" { unknownNumbers = count }
        if ["ended", "not_yet"].contains(method) { notInForce = (notInForce ?? 0) + count }
      }
    }

    package var matched: Int { methods.values.reduce(0, +) }
  }

  /// What the annual accounts hold.
  package struct Accounts: Codable, Sendable, Equatable {
    package var deposits: Int
    /// Deposits that a later one of the same enterprise and year end takes the place of.
    package var replaced: Int
    package var enterprises: Int
    /// Those that are candidate units of the register.
    package var matched: Int
    /// Deposits whose total of the year before stands in a deposit of that year, and those where the two differ.
    package var yearsCompared: Int
    package var yearsDiffering: Int

    enum CodingKeys: String, CodingKey {
      case deposits, replaced, enterprises, matched
      case yearsCompared = "years_compared"
      case yearsDiffering = "years_differing"
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
  package var matching: [Matching]
  package var accounts: Accounts?
  /// Where the two files of SIRENE are of different times.
  package var sireneDates: SireneDates?
  package var files: [OutputFile]

  enum CodingKeys: String, CodingKey {
    case format, name, program, engine, simulated, years, perimeter, rules, sources, use, coverage, matching, accounts,
      files
    case stockYears = "stock_years"
    case sireneDates = "sirene_dates"
    case ruleSets = "rule_sets"
  }
}

extension Manifest {
  /// What was simulated, if all that is simulated here comes from one simulation that says so.
  package var simulation: Receipt.Simulation? {
    let told = Set(sources.filter(\.simulated).map(\.simulation))
    return told.count == 1 ? told.first ?? nil : nil
  }

  /// The year that tables of some countries show unless asked otherwise: the newest that all their registers know.
  package func stockYear(of countries: Set<String>) -> Int {
    countries.compactMap { stockYears[$0] }.min() ?? stockYears.values.max() ?? years.last ?? 0
  }
}

extension Manifest {
  /// The sources of the figures of a year in some countries: the newest stock of each register, the headcounts of the
  /// year, those of the lists that count. Publishers' tables and older stocks are beside them.
  package func figureSources(of countries: Set<Country>, year: Int, lists: Set<String>) -> [Receipt] {
    func newest(_ source: Source) -> [Receipt] {
      sources.filter { $0.source == source.rawValue }.max { $0.vintage < $1.vintage }.map { [$0] } ?? []
    }
    var found = countries.contains(.be) ? newest(.kbo) : []
    if countries.contains(.fr) { found += newest(.communes) }
    found += sources.filter { receipt in receipt.list.map(lists.contains) ?? false }
    if countries.contains(.fr) { found += newest(.sireneEstablishments) + newest(.sireneUnits) }
    return found + sources.filter { $0.source == Source.workforce.rawValue && $0.speaks(of: countries, year) }
  }
}

extension Receipt {
  /// A file of headcounts, by what its vintage says: `fr-2020`, `be-2020-2024`, `be-fr-2020`.
  fileprivate func speaks(of countries: Set<Country>, _ year: Int) -> Bool {
    let parts = vintage.split(separator: "-")
    let said = Country.allCases.filter { country in parts.contains { $0 == country.rawValue.lowercased() } }
    let years = parts.compactMap { Int($0) }.filter { $0 >= 1900 }
    let isOfYear = years.isEmpty || (years[0] <= year && year <= years[years.count - 1])
    return isOfYear && (said.isEmpty || !countries.isDisjoint(with: said))
  }
}
