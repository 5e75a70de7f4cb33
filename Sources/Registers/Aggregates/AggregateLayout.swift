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
    /// The name of the territory, where its code is also that of another level.
    case name
    /// A dimension of which one value is read; the rows of the others are out of the scope.
    case only
    /// Says of an empty cell why it is empty.
    case status
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
      case "name": self = .name
      case "only": self = .only
      case "status": self = .status
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
    /// How its cells are read: the level of a code, the classifications of an activity, whole numbers or not, the
    /// values of a dimension that count.
    let reading: String
    /// May a table of this layout be without it? A question mark behind the role says so.
    let isOptional: Bool
    let line: Int
  }

  package static let measures = [
    "establishments", "units", "jobs", "jobs_average", "fte", "gross_pay", "turnover", "investment",
    // Of surveys.
    "volunteer_hours", "volunteer_fte", "members", "board_members", "board_women", "board_age", "mandates", "pay_d1",
    "pay_median", "pay_d9",
  ]
  /// How measures stand to their period where a layout does not say it; the others are those of its end.
  private static let usualStatistics = [
    "gross_pay": "flow", "turnover": "flow", "investment": "flow", "fte": "average", "volunteer_hours": "flow",
    "volunteer_fte": "average", "board_age": "mean", "mandates": "mean", "pay_d1": "quantile",
    "pay_median": "quantile", "pay_d9": "quantile",
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
  /// By measure: at the `end` of the period, its `average`, or the `flow` of all of it; or a `mean` or a `quantile` over
  /// people, which is told of the whole that it was computed for and of nothing else.
  package let statistics: [String: String]
  let columns: [Column]
  let fixedTerritory: String?
  let fixedField: String?
  /// Columns, folded, that make a table another one: a table of regions is none of the country that lacks a column.
  let foreign: [String]
  /// The dimensions in which totals stand among their parts.
  let totals: [String]
  /// The publisher lists every activity and hides none: one that is not there is zero.
  let listsEveryActivity: Bool
  /// Every column of the table is a dimension: one that is not declared may have one value only.
  let isClosed: Bool

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
    isClosed = table["dimensions"] == "declared"
    listsEveryActivity = table["parts"] == "complete"
    if !listsEveryActivity, !table["parts"].isEmpty {
      throw Problem("share.unknown_code", at: Place(file: path), ["code": table["parts"], "known": "complete"])
    }
    if let unknown = totals.first(where: { !Self.dimensions.contains($0) }) {
      throw Problem(
        "share.unknown_code", at: Place(file: path),
        ["code": unknown, "known": Self.dimensions.joined(separator: ", ")])
    }
    var statistics: [String: String] = [:]
    var columns: [Column] = []
    for entry in table.entries {
      let isOptional = entry["role"].hasSuffix("?")
      guard let role = Role(isOptional ? String(entry["role"].dropLast()) : entry["role"]) else {
        throw table.problem(
          "share.unknown_code", entry,
          ["code": entry["role"], "known": Self.measures.map { "measure:\($0)" }.joined(separator: ", ")])
      }
      if case .figure(let measure) = role, !entry["statistic"].isEmpty { statistics[measure] = entry["statistic"] }
      if role == .value { statistics[""] = entry["statistic"] }
      let names = entry["columns"].split(separator: "|").map { AggregateColumns.folded(String($0)) }
      columns.append(
        Column(role: role, names: names, reading: entry["reading"], isOptional: isOptional, line: entry.line))
    }
    self.statistics = statistics
    self.columns = columns
    if let role = Self.lacking(columns, territory: fixedTerritory) {
      throw Problem("share.no_role", at: Place(file: path), ["role": role])
    }
  }

  /// The role without which a figure has no place, no time or no value; nil where all are there.
  private static func lacking(_ columns: [Column], territory: String?) -> String? {
    let always = columns.filter { !$0.isOptional }
    func has(_ role: Role) -> Bool { always.contains { $0.role == role } }
    let figures = columns.filter { if case .figure = $0.role { true } else { false } }
    guard has(.territory) || territory != nil else { return "territory" }
    guard tellsFigures(columns) else { return "measure" }
    let areDated = figures.allSatisfy { $0.names.allSatisfy { $0.contains("{year}") || $0.contains("{yy}") } }
    return has(.year) || areDated && !has(.value) ? nil : "year"
  }

  /// Is there a figure in these columns: one of its own, or one behind the name of its measure?
  static func tellsFigures(_ columns: [Column]) -> Bool {
    let roles = columns.map(\.role)
    return roles.contains { if case .figure = $0 { true } else { false } }
      || roles.contains(.value) && roles.contains(.measure)
  }

  /// How a measure stands to its period.
  package func statistic(of measure: String) -> String {
    statistics[measure] ?? Self.usualStatistics[measure] ?? "end"
  }

  /// Do figures of parts make that of the whole? Means and quantiles of parts do not.
  package func addsUp(_ measure: String) -> Bool { !["mean", "quantile"].contains(statistic(of: measure)) }
}
