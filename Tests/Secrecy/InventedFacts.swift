import DuckStore
import TestSupport

@testable import Secrecy

/// Employers made up for a test, as a file of facts.
struct InventedFacts {
  /// One establishment in one year.
  struct Employer {
    var year = 2024
    var unit: Int
    var commune = 0
    /// The commune of its unit's seat; nil: not known.
    var seat: Int? = 0
    var rowClass = 0
    var division = 0
    var mapping = 0
    var size = 0
    var trait = 0
    /// Where its jobs are known by their band alone: which one.
    var band: Int?
    /// By measure, as facts keep them: full-time equivalents in tenths.
    var values: [String: Int] = [:]
  }

  struct RowClass {
    let country: String
    /// Empty for those whom no perimeter may let in.
    let form: String
    /// Of `kinds`, counted from one.
    let kind: Int
  }

  struct Band {
    let low: Int
    let high: Int
    var isUnbounded = false
  }

  static let measures = [
    FactMeasure("jobs", .headcount, scale: 10), FactMeasure("fte", .headcount, scale: 10),
    FactMeasure("gross_pay", .pay), FactMeasure("women", .headcount), FactMeasure("balance", .account, scale: 100),
  ]
  static let kinds = ["association", "cooperative", "F0", "FP"]
  static let classes: [RowClass] = [
    .init(country: "FR", form: "9220", kind: 1), .init(country: "FR", form: "5558", kind: 2),
    .init(country: "BE", form: "017", kind: 1), .init(country: "FR", form: "", kind: 3),
    .init(country: "FR", form: "", kind: 4),
  ]
  static let communes = ["FR-COM-00001", "FR-COM-00002", "FR-COM-00003", "BE-COM-00004"]
  static let divisions = ["01", "47", "88", "94", "ZZ"]
  static let sizes = ["S1", "S2", "S3", "SX"]
  static let unknownSize = 3
  static let traits = ["S1", "S2", "S3"]
  /// The first says that jobs are counted; the last, that nothing is known of the size.
  static let bands: [Band] = [
    .init(low: 0, high: 0), .init(low: 1, high: 2), .init(low: 10, high: 19),
    .init(low: 500, high: 500, isUnbounded: true), .init(low: 0, high: 0, isUnbounded: true),
  ]

  let folder: TemporaryFolder
  let facts: Facts

  init(_ employers: [Employer]) throws {
    try Library.open(Checkout.installation, environment: [:])
    let store = try Store()
    func isOutsider(_ employer: Employer) -> Bool { Self.classes[employer.rowClass].form.isEmpty }
    let ordered = employers.sorted { one, other in
      (one.year, isOutsider(one) ? 1 : 0, one.unit) < (other.year, isOutsider(other) ? 1 : 0, other.unit)
    }
    try Self.fill(
      store, "kind", "index INTEGER, family VARCHAR, subfamily VARCHAR",
      Self.kinds.enumerated().map { "\($0 + 1), '\($1)', ''" })
    try Self.fill(
      store, "fact_class",
      "index INTEGER, country VARCHAR, form VARCHAR, scheme VARCHAR, activity VARCHAR, lists VARCHAR",
      Self.classes.enumerated().map { "\($0), '\($1.country)', '\($1.form)', '', '', ''" })
    try Self.fill(
      store, "fact_decision", "perimeter INTEGER, class INTEGER, kind INTEGER, rule INTEGER",
      Self.classes.enumerated().map { "0, \($0), \($1.kind), -1" })
    try Self.fill(
      store, "fact_band", "index INTEGER, low INTEGER, high INTEGER, unbounded INTEGER",
      Self.bands.enumerated().map { "\($0), \($1.low), \($1.high), \($1.isUnbounded ? 1 : 0)" })
    try Self.fill(
      store, "fact_unit", "index UINTEGER, unit BIGINT",
      (0...(employers.map(\.unit).max() ?? 0)).map { "\($0), \($0)" })
    try Self.fill(
      store, "ordered_fact",
      "year INTEGER, candidate BOOLEAN, unit_index UINTEGER, commune UINTEGER, seat UINTEGER, class UINTEGER, "
        + "division UTINYINT, mapping UTINYINT, size UTINYINT, trait UTINYINT, band UTINYINT, "
        + Self.measures.map { "\($0.name) BIGINT" }.joined(separator: ", "),
      ordered.map { employer in
        let values = Self.measures.map { measure in employer.values[measure.name].map(String.init) ?? "NULL" }
        let columns: [String] = [
          "\(employer.year)", "\(!isOutsider(employer))", "\(employer.unit)", "\(employer.commune)",
          "\(employer.seat ?? Int(UInt32.max))", "\(employer.rowClass)", "\(employer.division)",
          "\(employer.mapping)", "\(employer.size)", "\(employer.trait)", "\(employer.band ?? 0)",
        ]
        return (columns + values).joined(separator: ", ")
      })
    folder = try TemporaryFolder()
    try FactFileWriter(store, measures: Self.measures).write(
      to: folder["facts.index"],
      .init(
        communes: Self.communes, divisions: Self.divisions, sizes: Self.sizes, traits: Self.traits,
        perimeters: ["invented"]))
    facts = try Facts(folder["facts.index"])
  }

  private static func fill(_ store: Store, _ table: String, _ columns: String, _ rows: [String]) throws {
    try store.run("CREATE TABLE \(table)(\(columns))")
    guard !rows.isEmpty else { return }
    try store.run("INSERT INTO \(table) VALUES " + rows.map { "(\($0))" }.joined(separator: ", "))
  }

  /// A profile with rules of its own.
  static func profile(
    _ id: String, country: String, headcount: SecrecyProfile.Rule, pay: SecrecyProfile.Rule
  ) throws -> SecrecyProfile {
    let head = ["title_fr", "title_nl", "title_en", "source", "signed_off"].map { "# \($0): x" }
    let rows = [("headcount", headcount), ("pay", pay)].flatMap { kind, rule in
      [
        "\(kind),min_units,\(rule.units),D,", "\(kind),max_share,\((rule.share * 100).rounded()),D,",
        "\(kind),min_employees,\(rule.employees),D,",
      ]
    }
    let lines =
      ["# id: \(id)", "# version: 1", "# country: \(country)"] + head + ["kind,rule,value,confidence,note"] + rows
    let folder = try TemporaryFolder()
    return try SecrecyProfile(folder.write("\(id).csv", lines.joined(separator: "\n") + "\n"))
  }
}
