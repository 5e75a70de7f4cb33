package import Diagnostics
package import Nomenclature

/// A number that a person gave: a SIREN, a SIRET, a BCE number of an enterprise or of an establishment.
package enum OrganisationNumber: Sendable, Equatable {
  case siren(UInt64)
  case siret(UInt64)
  case enterprise(UInt64)
  case belgianEstablishment(UInt64)

  package init(_ text: String) throws(Problem) {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    let clean = text.allSatisfy { $0.isNumber || ". -BbEe\u{a0}\u{202f}".contains($0) }
    guard clean, let number = UInt64(digits) else { throw Self.bad(text, "identifier") }
    switch digits.count {
    case 9:
      guard Identifiers.luhn(number) else { throw Self.bad(text, "luhn") }
      self = .siren(number)
    case 14:
      guard Identifiers.isValidSIRET(number) else { throw Self.bad(text, "luhn") }
      self = .siret(number)
    case 10:
      guard Identifiers.isValidBelgian(number) else { throw Self.bad(text, "mod97") }
      self = Identifiers.isBelgianEstablishment(number) ? .belgianEstablishment(number) : .enterprise(number)
    default:
      throw Self.bad(text, "identifier")
    }
  }

  package var country: Country {
    switch self {
    case .siren, .siret: .fr
    case .enterprise, .belgianEstablishment: .be
    }
  }

  private static func bad(_ text: String, _ rule: String) -> Problem {
    Problem("explain.bad_\(rule)", status: .commandLine, ["id": text])
  }
}
