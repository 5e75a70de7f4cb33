import TestSupport
import Testing

@testable import Secrecy

/// Laws of ledgers over random pairs of releases.
@Suite("The ledger of revisions, whatever the releases")
struct LedgerLawTests {
  private static let communes = ["FR-COM-00001", "FR-COM-00002", "FR-COM-00003"]

  private static func release(_ random: inout SplitMix64, units: Int) throws -> LedgerRelease {
    let classes = ["9220", "5558", "9260"].map { form in
      LedgerRelease.RowClass(form: form, family: random.pick(["association", "association", "cooperative", "F0"]))
    }
    var employers: [LedgerRelease.Employer] = []
    for unit in 1...units {
      for year in [2023, 2024] where unit == 1 || random.chance(90) {
        for _ in 0..<random.number(1...2) {
          employers.append(
            .init(
              unit: unit, year: year, rowClass: random.chance(90) ? unit % 3 : random.number(0...2),
              commune: random.chance(90) ? unit % 2 : random.number(0...2), division: random.number(0...2),
              jobs: random.chance(50) ? unit : random.number(0...60), pay: random.number(0...100_000)))
        }
      }
    }
    return try LedgerRelease(employers, classes: classes, communes: random.chance(80) ? communes : communes.reversed())
  }

  /// A place with a part of a commune, a part of it, and the whole.
  private static func places(_ random: inout SplitMix64) -> [[String: Double]] {
    let part = random.chance(30) ? 0.25 : 1
    return [
      [communes[0]: 1, communes[1]: part], [communes[2]: random.chance(80) ? 1 : 0.5],
      [communes[0]: 1, communes[1]: 1, communes[2]: 1],
    ]
  }

  private static func sides(
    _ random: inout SplitMix64, units: Int, sameYear: Bool
  ) throws -> (before: Ledger.Side, between: Ledger.Side?, after: Ledger.Side) {
    let (one, other) = (try release(&random, units: units), try release(&random, units: units))
    let (first, last) = (places(&random), places(&random))
    let before = one.side(sameYear ? 2024 : 2023, first)
    let between = sameYear || random.chance(50) ? nil : other.side(2023, last)
    return (before, between, other.side(2024, last))
  }

  @Test(arguments: 1...24)
  func `parts add up exactly to the change of the figures`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sides = try Self.sides(&random, units: random.number(1...40), sameYear: seed % 2 == 0)
    for measure in ["gross_pay", "establishments", "units"] {
      let account = try Ledger(from: sides.before, through: sides.between, to: sides.after, measure: measure)
        .account(LedgerRelease.open, inForce: LedgerRelease.inForce, explained: 8, atMost: .max)
      for row in account.rows {
        let parts = try row.parts.map { try #require($0.value) }
        let change = try #require(row.change.value)
        #expect(parts.reduce(0, +) == change)
        // Units are shown as whole numbers, and counted in parts.
        let (before, after) = (try #require(row.before.value), try #require(row.after.value))
        let secrecy = try #require(row[.secrecy].value)
        if measure != "units" { #expect(change - secrecy == after - before) }
        #expect(abs(change - secrecy - (after - before)) <= 1)
      }
      let whole = account.rows[8]
      let told = account.largest.map(\.change).reduce(0, +)
      #expect(told == (whole.change.value ?? 0) - (whole[.secrecy].value ?? 0))
    }
  }

  @Test(arguments: [true, false])
  func `a release beside itself has changed in nothing`(isOpen: Bool) throws {
    var random = SplitMix64(seed: 7)
    let release = try Self.release(&random, units: 30)
    let places = Self.places(&random)
    let account = try Ledger(from: release.side(2024, places), to: release.side(2024, places), measure: "jobs")
      .account(isOpen ? LedgerRelease.open : LedgerRelease.inForce, inForce: LedgerRelease.inForce, explained: 8)
    #expect(account.largest.isEmpty)
    for row in account.rows where row.before.status.hasValue {
      #expect(row.parts.compactMap(\.value).allSatisfy { $0 == 0 })
      #expect(row.before == row.after)
      #expect(!isOpen || row.parts.allSatisfy(\.status.hasValue))
    }
  }

  @Test(arguments: 1...40)
  func `what is hidden cannot be computed from what is shown`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sides = try Self.sides(&random, units: random.number(4...60), sameYear: seed % 3 != 0)
    let ledger = Ledger(from: sides.before, through: sides.between, to: sides.after, measure: "jobs")
    let seen = try ledger.account(LedgerRelease.inForce, inForce: LedgerRelease.inForce, explained: 8)
    #expect(seen.largest.isEmpty)
    let truth = try (0...8).map { key in
      let account = try ledger.account(
        LedgerRelease.open, inForce: LedgerRelease.inForce, explained: key, atMost: .max)
      return LedgerTruth(account.largest)
    }
    for (key, row) in seen.rows.enumerated() {
      guard row.before.status.hasValue, row.after.status.hasValue else {
        #expect((row.parts + [row.change]).allSatisfy { $0.status == .suppressed })
        continue
      }
      for sum in LedgerTruth.shown(row) { #expect(truth[key].isSafe(sum), "row \(key)") }
      // A part that is hidden is not the remainder of the others.
      #expect(LedgerTruth.hidden(row).count != 1)
    }
    // What the rows below a whole leave of it is safe too, and never a single row.
    for (whole, parts) in Self.divisions where LedgerTruth.isTold(seen.rows[whole]) {
      let told = parts.filter { LedgerTruth.isTold(seen.rows[$0]) }
      if told.isEmpty { continue }
      #expect(parts.filter { !told.contains($0) && !truth[$0].isEmpty }.count != 1, "below row \(whole)")
      let rest = told.reduce(truth[whole]) { $0.without(truth[$1]) }
      for sum in LedgerTruth.shown(seen.rows[whole]) { #expect(rest.isSafe(sum), "below row \(whole)") }
    }
  }

  /// By family in each place, by place for each family.
  private static let divisions = [(2, [0, 1]), (5, [3, 4]), (8, [6, 7]), (6, [0, 3]), (7, [1, 4]), (8, [2, 5])]
}

/// What each unit changed in a row, by reason: known to a test, never to a reader.
private struct LedgerTruth {
  private var changes: [Ledger.Reason: [String: Double]] = [:]

  init(_ units: [LedgerAccount.UnitChange]) {
    for unit in units {
      changes[unit.reason, default: [:]]["\(unit.country) \(unit.number)", default: 0] += unit.change
    }
  }

  var isEmpty: Bool { changes.isEmpty }

  func without(_ other: LedgerTruth) -> LedgerTruth {
    var rest = self
    for (reason, units) in other.changes {
      for (unit, change) in units { rest.changes[reason, default: [:]][unit, default: 0] -= change }
    }
    return rest
  }

  /// Nothing at all, or three units, none above 85 %, and five jobs.
  func isSafe(_ reasons: Set<Ledger.Reason>) -> Bool {
    var sums: [String: Double] = [:]
    for reason in reasons { sums.merge(changes[reason] ?? [:], uniquingKeysWith: +) }
    // Tenths of jobs are not exact in binary.
    let sizes = sums.values.map { abs($0) }.filter { $0 > 0.000_001 }
    let sum = sizes.reduce(0, +)
    return sizes.isEmpty
      || sizes.count >= 3 && (sizes.max() ?? 0) <= 0.85 * sum + 0.000_001 && sum >= 5 - 0.000_001
  }

  /// The sums that a row shows, each by its reasons.
  static func shown(_ row: LedgerRow) -> [Set<Ledger.Reason>] {
    let single = Ledger.Reason.allCases.filter { row[$0].status.hasValue }.map { Set([$0]) }
    return row.other == nil ? single : single + [Set(hidden(row))]
  }

  static func hidden(_ row: LedgerRow) -> [Ledger.Reason] {
    Ledger.Reason.allCases.filter { row[$0].status == .suppressed }
  }

  static func isTold(_ row: LedgerRow) -> Bool { row.parts.contains(where: \.status.hasValue) }
}
