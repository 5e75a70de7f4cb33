import TestSupport
import Testing

@testable import Secrecy

/// One unit for each reason, and what each brings goes to that reason whole.
@Suite("The ledger of revisions")
struct LedgerTests {
  private static func account(
    _ before: Ledger.Side, _ after: Ledger.Side, through between: Ledger.Side? = nil, measure: String = "jobs",
    explained: Int = 2
  ) throws -> LedgerAccount {
    try Ledger(from: before, through: between, to: after, measure: measure)
      .account(LedgerRelease.open, inForce: LedgerRelease.open, explained: explained, atMost: 100)
  }

  private static func reasons(_ account: LedgerAccount) -> [Int64: Ledger.Reason] {
    Dictionary(account.largest.map { ($0.number, $0.reason) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `files that say something else of a year correct it`() throws {
    let forms = [LedgerRelease.RowClass(), .init(form: "5499", family: "F0")]
    let before = try LedgerRelease([.init(unit: 1), .init(unit: 2, jobs: 7), .init(unit: 4, jobs: 30)], classes: forms)
    let after = try LedgerRelease(
      [.init(unit: 1, jobs: 12), .init(unit: 3, jobs: 5), .init(unit: 4, rowClass: 1, jobs: 30)], classes: forms)
    let account = try Self.account(before.side(), after.side())
    // More jobs, gone, appeared, another form.
    #expect(Self.reasons(account) == [1: .register, 2: .register, 3: .register, 4: .register])
    let whole = account.rows[2]
    #expect(whole.before.value == 47)
    #expect(whole.after.value == 17)
    #expect(whole[.register].value == -30)
    #expect(whole[.perimeter] == .zero)
    #expect(whole.change.value == -30)
  }

  @Test func `the same facts judged otherwise are a change of perimeter`() throws {
    let before = try LedgerRelease(
      [.init(unit: 1), .init(unit: 2, rowClass: 1)], classes: [.init(form: "9220"), .init(form: "5558", family: "F0")])
    // The other release numbers its classes otherwise, and takes in what the first one left out.
    let after = try LedgerRelease(
      [.init(unit: 1, rowClass: 1), .init(unit: 2, rowClass: 0)],
      classes: [.init(form: "5558", family: "cooperative"), .init(form: "9220")])
    let account = try Self.account(before.side(), after.side())
    #expect(Self.reasons(account) == [2: .perimeter])
    #expect(account.rows[1][.perimeter].value == 10)
    #expect(account.rows[0].parts.allSatisfy { $0 == .zero })
  }

  @Test func `a class that no perimeter lets in any more went by its rules, one that still is by its facts`() throws {
    let before = try LedgerRelease(
      [.init(unit: 1), .init(unit: 2, rowClass: 1), .init(unit: 3, rowClass: 1)],
      classes: [.init(form: "9220"), .init(form: "9260")])
    let outside = LedgerRelease.RowClass(form: "", activity: "", family: "F0")
    let after = try LedgerRelease(
      [.init(unit: 1, rowClass: 0), .init(unit: 2, rowClass: 0), .init(unit: 3, rowClass: 1)],
      classes: [outside, .init(form: "9260")])
    #expect(Self.reasons(try Self.account(before.side(), after.side())) == [1: .perimeter, 2: .register])
  }

  @Test func `the same commune counted elsewhere, or replaced, is a change of territory`() throws {
    let before = try LedgerRelease(
      [.init(unit: 1), .init(unit: 2, commune: 1), .init(unit: 3, commune: 2), .init(unit: 4)],
      communes: ["FR-COM-00001", "FR-COM-00002", "FR-COM-00003"])
    let after = try LedgerRelease(
      [.init(unit: 1, commune: 1), .init(unit: 2, commune: 0), .init(unit: 3, commune: 2), .init(unit: 4, commune: 2)],
      communes: ["FR-COM-00002", "FR-COM-00001", "FR-COM-00004"])
    let account = try Self.account(
      before.side(2024, [["FR-COM-00001": 1, "FR-COM-00002": 1, "FR-COM-00003": 1]]),
      after.side(2024, [["FR-COM-00001": 1, "FR-COM-00002": 0.5]]))
    // Half of a commune, a commune that is no more, and a unit that is said to lie in another commune.
    #expect(Self.reasons(account) == [2: .territory, 3: .territory, 4: .territory])
    #expect(account.rows[2][.territory].value == -25)
  }

  @Test func `a unit said to lie in another commune that was there is corrected`() throws {
    let communes = ["FR-COM-00001", "FR-COM-00002"]
    let before = try LedgerRelease([.init(unit: 1)], communes: communes)
    let after = try LedgerRelease([.init(unit: 1, commune: 1)], communes: communes)
    #expect(Self.reasons(try Self.account(before.side(), after.side())) == [1: .register])
  }

  @Test func `the same activity in another division is a change of nomenclature`() throws {
    let before = try LedgerRelease([.init(unit: 1), .init(unit: 2)])
    let classes = [LedgerRelease.RowClass(), .init(activity: "88.99B")]
    // The first is recoded; the activity of the second is another.
    let after = try LedgerRelease(
      [.init(unit: 1, division: 1), .init(unit: 2, rowClass: 1, division: 1)], classes: classes)
    let sides = (before.side(byDivision: true), after.side(byDivision: true))
    for group in [8, 9] {
      let account = try Self.account(sides.0, sides.1, explained: group)
      #expect(Self.reasons(account) == [1: .nomenclature, 2: .register])
    }
    let whole = try Self.account(sides.0, sides.1).rows[11]
    #expect(whole.parts.allSatisfy { $0 == .zero })
  }

  @Test func `units are those of their country`() throws {
    let classes = [LedgerRelease.RowClass(), .init(country: "BE", form: "017")]
    let before = try LedgerRelease([.init(unit: 1), .init(unit: 1, rowClass: 1, jobs: 3)], classes: classes)
    let after = try LedgerRelease([.init(unit: 1, rowClass: 1, jobs: 4)], classes: classes)
    let largest = try Self.account(before.side(), after.side()).largest
    #expect(largest.map(\.country) == ["FR", "BE"])
    #expect(largest.map(\.change) == [-10, 1])
  }

  @Test func `what happened from one year to the other is told apart from what was corrected`() throws {
    let before = try LedgerRelease([.init(unit: 1, year: 2023), .init(unit: 2, year: 2023)])
    let after = try LedgerRelease([
      .init(unit: 1, year: 2023, jobs: 11), .init(unit: 2, year: 2023), .init(unit: 1, jobs: 15),
      .init(unit: 3, jobs: 6),
    ])
    let row = try Self.account(before.side(2023), after.side(), through: after.side(2023)).rows[2]
    #expect(row[.register].value == 1)
    #expect(row[.reality].value == 0)  // four more, ten fewer, six more
    #expect(row.after.value == 21)
    // Without the year of the first release, nothing was corrected.
    let alone = try LedgerRelease([.init(unit: 1, jobs: 15), .init(unit: 3, jobs: 6)])
    let other = try Self.account(before.side(2023), alone.side()).rows[2]
    #expect(other[.register] == .zero)
    #expect(other[.reality].value == 1)
  }

  @Test func `what is hidden in one release alone is a part of its own`() throws {
    let before = try LedgerRelease((1...4).map { .init(unit: $0) })
    let after = try LedgerRelease([.init(unit: 1), .init(unit: 2, jobs: 400)])
    let row = try Ledger(from: before.side(), to: after.side(), measure: "jobs")
      .account(LedgerRelease.open, inForce: LedgerRelease.inForce, explained: 2).rows[2]
    #expect(!row.isHidden.before)
    #expect(row.isHidden.after)
    #expect(row.after.value == 410)
    #expect(row[.register].value == 370)
    #expect(row[.secrecy].value == -410)
    #expect(row.change.value == -40)
  }
}
