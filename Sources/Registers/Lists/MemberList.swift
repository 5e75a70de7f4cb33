internal import Nomenclature
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

  struct Reading {
    let member: Member
    /// Its leading zeros were missing: eaten by a spreadsheet, or never written in a VAT number of before 2008.
    let isCompleted: Bool
  }

  /// What a number is, by the column that holds it.
  ///
  /// What a spreadsheet leaves of a BCE number may pass for a SIREN. In a column of both countries `home` decides, that
  /// of the row or of its list; without it the number is a SIREN where it can be one. A whole number is what it is, and
  /// tells who is of the other country.
  static func reading(_ field: Field, _ kind: ListField, home: Country?) -> Reading? {
    guard let (digits, number, isMarkedBelgian) = Identifiers.written(field) else { return nil }
    let column: Country?
    switch kind {
    case .bce: column = .be
    case .number: column = isMarkedBelgian ? .be : nil
    default: column = .fr
    }
    if isMarkedBelgian, column == .fr { return nil }
    let expected = column ?? home
    var readings: [Reading] = []
    if column != .be, let siren = Identifiers.siren(number, digits: digits) {
      let isWhole = digits == 9 || digits == 14
      if isWhole || expected != .be {
        readings.append(Reading(member: Member(isFrench: true, number: siren), isCompleted: !isWhole))
      }
    }
    if column != .fr, 9...10 ~= digits, Identifiers.isValidBelgian(number), digits == 10 || expected != .fr {
      readings.append(Reading(member: Member(isFrench: false, number: number), isCompleted: digits == 9))
    }
    return expected == .be ? readings.last : readings.first
  }
}
