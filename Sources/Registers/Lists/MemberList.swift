internal import Tabular

/// The numbers by which a list names its organisations.
package enum MemberList {
  /// A SIREN or the number of a Belgian enterprise.
  package struct Member: Sendable, Hashable, Comparable {
    package let isFrench: Bool
    package let number: UInt64

    package init(isFrench: Bool, number: UInt64) {
      self.isFrench = isFrench
      self.number = number
    }

    package static func < (a: Member, b: Member) -> Bool {
      (a.isFrench ? 0 : 1, a.number) < (b.isFrench ? 0 : 1, b.number)
    }
  }

  /// What a number is, by the column that holds it; the number alone cannot tell a SIREN from a BCE number that a
  /// spreadsheet has robbed of its leading zero.
  static func member(_ field: Field, _ kind: ListField) -> Member? {
    guard let (digits, number, isMarkedBelgian) = Identifiers.written(field) else { return nil }
    if kind != .bce, !isMarkedBelgian {
      if digits == 9, Identifiers.luhn(number), number > 0 { return Member(isFrench: true, number: number) }
      if digits == 14, Identifiers.isValidSIRET(number) {
        return Member(isFrench: true, number: number / 100_000)
      }
    }
    // The leading zero may be missing, eaten by a spreadsheet or never written in a VAT number of before 2008: but
    // only the name of the column or the mark can tell such a number from a SIREN.
    let lengths = kind == .bce || isMarkedBelgian ? 9...10 : 10...10
    if kind == .bce || kind == .number, lengths.contains(digits), Identifiers.isValidBelgian(number) {
      return Member(isFrench: false, number: number)
    }
    return nil
  }
}
