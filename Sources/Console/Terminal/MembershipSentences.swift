import Diagnostics
import Nomenclature
import Warehouse
import Wording

extension Reasons {
  /// The lists that name an organisation for another time than that of its register, a sentence each.
  func memberships(_ explanation: Explanation) -> [String] {
    parts(explanation.memberships).map { words($0.code, $0.facts) }
  }

  /// The same, as parts of a refusal.
  func parts(_ memberships: [Explanation.Membership]) -> [Problem] {
    memberships.map { one in
      let facts = [
        "list": book.lists[one.list]?.label[words.language] ?? one.list, "id": one.list,
        "since": Self.printed(one.since), "until": Self.printed(one.until), "day": Self.printed(one.day),
      ]
      if !one.isOver { return Problem("explain.not_yet", facts) }
      return one.since == nil ? Problem("explain.ended", facts) : Problem("explain.ended_period", facts)
    }
  }

  /// `20231231` as `31/12/2023`.
  private static func printed(_ day: Int32?) -> String {
    day.map { "\(two($0 % 100))/\(two($0 / 100 % 100))/\($0 / 10_000)" } ?? "–"
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The same, for programs.
  func membershipDocuments(_ explanation: Explanation) -> [MembershipDocument] {
    explanation.memberships.map { one in
      MembershipDocument(
        list: one.list, since: one.since.map(Self.iso), until: one.until.map(Self.iso), day: Self.iso(one.day),
        ended: one.isOver)
    }
  }

  private static func iso(_ day: Int32) -> String { "\(day / 10_000)-\(two(day / 100 % 100))-\(two(day % 100))" }
}

/// A membership of another time than that of the register, as JSON: ended, or yet to begin.
struct MembershipDocument: Encodable {
  let list: String
  let since: String?
  let until: String?
  let day: String
  let ended: Bool
}
