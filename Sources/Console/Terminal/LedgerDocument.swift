import Indicators
import Perimeter
import Secrecy
import Territory
import Wording

/// A ledger for programs: every figure with its status, and what the two releases do not have in common.
struct LedgerDocument: Encodable {
  struct Figure: Encodable {
    let value: Double?
    let status: String
  }

  struct Row: Encodable {
    let member: String
    let label: String
    let figures: [String: Figure]
  }

  struct Unit: Encodable {
    let id: String
    let country: String
    let name: String
    let reason: String
    let change: Double
  }

  struct Side: Encodable {
    let release: String
    let year: Int
  }

  struct Version: Encodable {
    let id: String
    let before: String?
    let after: String?
    /// Nil where they are the same.
    let options: [Option]?

    init(_ version: ReleaseDifferences.Version) {
      id = version.id
      before = version.before
      after = version.after
      let changed = version.options.map { Option(name: $0.name, before: $0.before, after: $0.after) }
      options = changed.isEmpty ? nil : changed
    }
  }

  struct Option: Encodable {
    let name: String
    let before: String?
    let after: String?
  }

  struct Differences: Encodable {
    let added: [String]
    let removed: [String]
    let replaced: [String]
    let perimeters: [Version]
    let rules: [String]
    let program: Version?
  }

  let territory: String
  let perimeter: String
  let measure: String
  let dimension: String
  let a: Side
  let b: Side
  let rows: [Row]
  let units: [Unit]
  /// Why the measure is not told of both countries together.
  let reasons: [String]
  let differences: Differences
  let simulated: Bool

  init(
    _ revision: Revision, _ units: [LedgerUnits.Unit], _ words: Words,
    _ items: (LedgerRow) -> [(name: String, cell: Cell)]
  ) {
    territory = revision.territory.code
    perimeter = revision.perimeter.id
    measure = revision.measure.id
    dimension = revision.dimension
    a = Side(release: revision.differences.before, year: revision.years.before)
    b = Side(release: revision.differences.after, year: revision.years.after)
    rows = revision.rows.map { row in
      let figures = items(row.ledger).map { ($0.name, Figure(value: $0.cell.value, status: $0.cell.status.rawValue)) }
      return Row(
        member: row.member.code, label: row.member.label[words.language],
        figures: Dictionary(figures, uniquingKeysWith: { first, _ in first }))
    }
    self.units = units.map {
      Unit(
        id: $0.id, country: $0.change.country, name: $0.name, reason: $0.change.reason.rawValue,
        change: $0.change.change)
    }
    reasons =
      revision.rows.contains { $0.ledger.change.status == .notComparable }
      ? revision.reasons.map { $0[words.language] } : []
    let told = revision.differences
    func names(_ sources: [ReleaseDifferences.Source]) -> [String] { sources.map { "\($0.name) \($0.vintage)" } }
    differences = Differences(
      added: names(told.added), removed: names(told.removed), replaced: names(told.replaced),
      perimeters: told.perimeters.map(Version.init), rules: told.rules, program: told.program.map(Version.init))
    simulated = revision.isSimulated
  }
}
