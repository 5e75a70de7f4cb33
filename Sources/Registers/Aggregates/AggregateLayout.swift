internal import Diagnostics
package import Nomenclature
internal import Tabular
package import Wording

/// How one publisher's table is laid out: which column is a territory, a year, a family, an activity, a measure.
///
/// Layouts are data (`share/sources`): a table of another shape is read with one file more.
package struct AggregateLayout: Sendable {
  /// What a column is.
  enum Role: Sendable, Equatable {
    case territory, level, year, quarter, field, family, activity
    /// The column names the measure that another column gives the value of.
    case measure
    case value
    case figure(String)

    init?(_ text: String) {
      switch text {
      case "territory": self = .territory
      case "level": self = .level
      case "year": self = .year
      case "quarter": self = .quarter
      case "field": self = .field
      case "family": self = .family
      case "activity": self = .activity
      case "measure": self = .measure
      case "value": self = .value
      default:
        guard text.hasPrefix("measure:"), AggregateLayout.measures.contains(String(text.dropFirst(8))) else {
          return nil
        }
        self = .figure(String(text.dropFirst(8)))
      }
    }
  }

  struct Column: Sendable {
    let role: Role
    /// The names that it may bear, folded; `{year}`, `{yy}` and `{a5}` stand for what they say.
    let names: [String]
    /// How its cells are read: the level of a code, the classifications of an activity, whole numbers or not.
    let reading: String
    let line: Int
  }

  package static let measures = [
    "establishments", "units", "jobs", "jobs_average", "fte", "gross_pay", "turnover", "investment",
  ]
  static let dimensions = ["family", "activity", "territory", "field"]

  package let id: String
  package let source: String
  package let title: Label
  package let publisher: String
  package let country: Country
  /// `workplace`, or `head_office` where jobs are counted at the seat of their employer.
  package let view: String
  /// Whom it speaks of: a key of the words (`coverage.private_general`).
  package let coverage: String
  /// The perimeter of ours that is nearest to the publisher's; empty where there is none.
  package let perimeter: String
  package let confidence: String
  /// By measure: at the `end` of the period, its `average`, or the `flow` of all of it.
  package let statistics: [String: String]
  let columns: [Column]
  let fixedTerritory: String?
  let fixedField: String?
  /// Columns, folded, that make a table another one: a table of regions is none of the country that lacks a column.
  let foreign: [String]
  /// The dimensions in which totals stand among their parts.
  let totals: [String]

  package init(_ path: String) throws {
    let table = try DeclaredTable(
      path, columns: ["role", "columns", "reading", "statistic"],
      properties: ["id", "title_fr", "title_nl", "title_en", "source", "publisher", "country", "view", "confidence"])
    id = table["id"]
    source = table["source"]
    title = Label(fr: table["title_fr"], nl: table["title_nl"], en: table["title_en"])
    publisher = table["publisher"]
    guard let country = Country(rawValue: table["country"]) else {
      throw Problem(
        "share.unknown_code", at: Place(file: path),
        ["code": table["country"], "known": Country.allCases.map(\.rawValue).joined(separator: ", ")])
    }
    self.country = country
    view = table["view"]
    coverage = table["coverage"]
    perimeter = table["perimeter"]
    confidence = table["confidence"]
    fixedTerritory = table["territory"].isEmpty ? nil : table["territory"]
    fixedField = table["field"].isEmpty ? nil : table["field"]
    foreign = table["without"].split(separator: "|").map { AggregateColumns.folded(String($0)) }
    totals = table["totals"].split(separator: " ").map(String.init)
    if let unknown = totals.first(where: { !Self.dimensions.contains($0) }) {
      throw Problem(
        "share.unknown_code", at: Place(file: path),
        ["code": unknown, "known": Self.dimensions.joined(separator: ", ")])
    }
    var statistics: [String: String] = [:]
    var columns: [Column] = []
    for entry in table.entries {
      guard let role = Role(entry["role"]) else {
        throw table.problem(
          "share.unknown_code", entry,
          ["code": entry["role"], "known": Self.measures.map { "measure:\($0)" }.joined(separator: ", ")])
      }
      if case .figure(let measure) = role { statistics[measure] = entry["statistic"] }
      if role == .value { statistics[""] = entry["statistic"] }
      let names = entry["columns"].split(separator: "|").map { AggregateColumns.folded(String($0)) }
      columns.append(Column(role: role, names: names, reading: entry["reading"], line: entry.line))
    }
    self.statistics = statistics
    self.columns = columns
  }

  /// How a measure stands to its period.
  package func statistic(of measure: String) -> String {
    statistics[measure]
      ?? (["gross_pay", "turnover", "investment"].contains(measure) ? "flow" : measure == "fte" ? "average" : "end")
  }
}
