/// One line of a perimeter: what it looks at, what it decides, and how sure we are of it.
package struct Rule: Sendable, Equatable {
  package enum Subject: String, Sendable, CaseIterable {
    /// The legal form of the unit.
    case form
    /// The main activity.
    case activity
    /// Being on a list (approvals, members, errors found by hand).
    case list
  }

  package enum Effect: String, Sendable, CaseIterable {
    case include
    case exclude
    /// The form counts only for units that an inclusion list names.
    case require
  }

  package let id: String
  package let subject: Subject
  package let effect: Effect
  /// `fr-legal-forms`, `be-legal-forms`, a scheme of activities (`naf-rev2`…); the name of the list for a list.
  package let scheme: String
  /// A code or the beginning of one; for a list, the beginning of the forms it may bring in (empty: any).
  package let code: String
  package let family: String?
  package let subfamily: String?
  /// Families to which an exclusion does not apply.
  package let exceptFamilies: [String]
  /// The option that switches the rule, with `!` where it holds when the option is off.
  package let option: String?
  /// S: read in a source; M: to be verified; D: a decision of ours; E: seen in the data.
  package let confidence: String
  package let note: String
  package let line: Int

  /// Not read in an official source yet: marked up to the printed page.
  package var isProvisional: Bool { !confidence.contains("S") || confidence.contains("M") }

  /// The option that switches the rule, and which of its two states the rule wants.
  package var condition: (option: String, wantsOn: Bool)? {
    option.map { $0.hasPrefix("!") ? (String($0.dropFirst()), false) : ($0, true) }
  }

  func isActive(_ options: [String: Bool]) -> Bool {
    guard let condition else { return true }
    return options[condition.option] == condition.wantsOn
  }
}
