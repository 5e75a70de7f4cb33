/// The languages of the observatory. French is the default everywhere.
package enum Language: String, Sendable, CaseIterable {
  case fr, nl, en

  /// What stands between the members of a list that have commas of their own.
  package var semicolon: String { self == .fr ? " ; " : "; " }
}

/// A name in the three languages.
package struct Label: Sendable, Equatable {
  package let fr: String
  package let nl: String
  package let en: String

  package init(fr: String, nl: String, en: String) {
    self.fr = fr
    self.nl = nl
    self.en = en
  }

  package subscript(language: Language) -> String {
    switch language {
    case .fr: fr
    case .nl: nl
    case .en: en
    }
  }

  /// For documents that carry every language.
  package var byLanguage: [String: String] { ["fr": fr, "nl": nl, "en": en] }
}
