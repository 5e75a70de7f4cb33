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
    let isMarkedBelgian = text.contains { "Bb".contains($0) }
    // Decisions are typed into spreadsheets, which eat leading zeros.
    switch digits.count {
    case 6...9 where !isMarkedBelgian && Identifiers.siren(number, digits: digits.count) != nil: self = .siren(number)
    case 11...14 where Identifiers.siren(number, digits: digits.count) != nil: self = .siret(number)
    case 9...10 where Identifiers.isValidBelgian(number):
      self = Identifiers.isBelgianEstablishment(number) ? .belgianEstablishment(number) : .enterprise(number)
    case 9, 14: throw Self.bad(text, "luhn")
    case 10: throw Self.bad(text, "mod97")
    default: throw Self.bad(text, "identifier")
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
