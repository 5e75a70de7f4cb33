import Filesystem
import Diagnostics
import Registers
import TestSupport
import Testing
import Wording

/// Why rows are not kept, told all at once where a file is refused.
@Suite("Reasons of rejected rows")
struct RejectionTests {
  private func account(_ rows: [(Int, RowReason, String)]) -> Reconciliation {
    var account = Reconciliation()
    for (line, reason, source) in rows { account.reject(RejectedRow(line: line, reason: reason, source: source)) }
    return account
  }

  @Test func `each has its sentence`() throws {
    let words = try Words(share: Checkout.installation.share, language: .fr)
    #expect(RowReason.allCases.filter { !words.has("reason.\($0.rawValue)") } == [])
  }

  @Test func `the most frequent comes first, each with its first row`() {
    let long = String(repeating: "x", count: 61)
    let rows = account([(2, .place, "b"), (3, .identifier, long), (4, .identifier, "d"), (5, .date, "e")])
    let parts = Reconciliation.reasons([(table: nil, account: rows)])
    #expect(parts.map { $0.facts["reason"] } == ["@reason.identifier", "@reason.date", "@reason.place"])
    #expect(parts.map { $0.facts["count"] } == ["#2", "#1", "#1"])
    #expect(parts.map(\.place) == [Place(line: 3), Place(line: 5), Place(line: 2)])
    #expect(parts.map { $0.facts["row"] } == [String(long.dropLast()) + "…", "e", "b"])
  }

  @Test func `tables are named where they are judged together`() {
    let (one, other) = (account([(7, .date, "a")]), account([(9, .date, "b"), (10, .code, "c")]))
    let parts = Reconciliation.reasons([(table: "1.csv", account: one), (table: "2.csv", account: other)])
    #expect(parts.map(\.place) == [Place(entry: "1.csv", line: 7), Place(entry: "2.csv", line: 10)])
    #expect(parts.map { $0.facts["count"] } == ["#2", "#1"])
  }

  @Test func `one reason alone needs no list`() {
    #expect(Reconciliation.reasons([(table: nil, account: account([(2, .date, "a"), (3, .date, "b")]))]).isEmpty)
  }
}
