/// The classifications of activities that registers carry. A code means nothing without one of these.
package enum ActivityScheme: String, Sendable, CaseIterable {
  case nap1973 = "nap-1973"
  case naf1993 = "naf-1993"
  case nafRev1 = "naf-rev1"
  case nafRev2 = "naf-rev2"
  case naf2025 = "naf-2025"
  case nacebel2003 = "nacebel-2003"
  case nacebel2008 = "nacebel-2008"
  case nacebel2025 = "nacebel-2025"

  /// How SIRENE writes the scheme.
  package init?(sirene name: String) {
    switch name {
    case "NAP": self = .nap1973
    case "NAF1993": self = .naf1993
    case "NAFRev1": self = .nafRev1
    case "NAFRev2": self = .nafRev2
    case "NAF2025": self = .naf2025
    default: return nil
    }
  }

  /// NaceVersion of the KBO.
  package init?(kbo version: String) {
    switch version {
    case "2003": self = .nacebel2003
    case "2008": self = .nacebel2008
    case "2025": self = .nacebel2025
    default: return nil
    }
  }

  /// The national versions of NACE rev. 2 have the same 88 divisions. Those of NACE rev. 2.1 keep 87 of them under
  /// the same numbers (45 is shared out); docs/decisions/0006 says what that approximates.
  package var sharesDivisions: Bool {
    switch self {
    case .nafRev2, .nacebel2008, .naf2025, .nacebel2025: true
    case .nap1973, .naf1993, .nafRev1, .nacebel2003: false
    }
  }

  /// Codes of the French schemes are printed with a dot, as SIRENE has them: `94.99Z`, `91.2Z`, `77.08`.
  package var isDotted: Bool {
    switch self {
    case .nap1973, .naf1993, .nafRev1, .nafRev2, .naf2025: true
    case .nacebel2003, .nacebel2008, .nacebel2025: false
    }
  }
}

/// An activity code with its scheme. Codes are kept without dots: `9499Z`, `94992`.
package struct Activity: Sendable, Hashable {
  package let scheme: ActivityScheme
  package let code: String

  package init(_ scheme: ActivityScheme, _ code: String) {
    self.scheme = scheme
    self.code = String(code.filter { $0 != "." })
  }
}
