internal import Diagnostics
package import Nomenclature
package import Tabular

/// A list of organisations kept by somebody: approvals, members, corrections. One number a row.
package enum MemberList {
  /// A SIREN or the number of a Belgian enterprise.
  package struct Member: Sendable, Hashable {
    package let isFrench: Bool
    package let number: UInt64

    package init(isFrench: Bool, number: UInt64) {
      self.isFrench = isFrench
      self.number = number
    }
  }

  /// What a column of numbers holds, by its name; the number alone cannot tell a SIREN from a BCE number that a
  /// spreadsheet has robbed of its leading zero.
  private enum Kind {
    case french, belgian, either

    static let names: [(name: String, kind: Kind)] = [
      ("siren", .french), ("siret", .french), ("bce", .belgian), ("kbo", .belgian), ("enterprisenumber", .belgian),
      ("identifiant", .either), ("id", .either),
    ]
  }

  /// Members of another country than the list's are rejected: a Belgian approval says nothing of a French company.
  ///
  /// Reads the column named siren, siret, bce, kbo, EnterpriseNumber, identifiant or id.
  package static func read(
    _ container: Container, of country: Country? = nil, account: inout Reconciliation
  ) throws -> Set<Member> {
    let reader = try TableReader(container.stream())
    let lowered = reader.columns.map { $0.lowercased() }
    guard let chosen = Kind.names.first(where: { lowered.contains($0.name) }),
      let column = lowered.firstIndex(of: chosen.name)
    else {
      throw Problem(
        "register.no_column", at: Place(file: container.path, line: 1),
        ["source": "list", "columns": "siren | bce", "nearest": ""])
    }
    guard lowered.lastIndex(of: chosen.name) == column else { throw reader.repeated(reader.columns[column]) }
    var members: Set<Member> = []
    var found = Reconciliation()
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        guard let member = Self.member(batch[record][column], chosen.kind) else {
          found.reject(.identifier, batch, record)
          continue
        }
        guard country == nil || (country == .fr) == member.isFrench else {
          found.reject(.country, batch, record)
          continue
        }
        guard members.insert(member).inserted else {
          found.reject(.duplicate, batch, record)
          continue
        }
        found.keep()
      }
      try found.close(batch, at: reader.place)
    }
    account = found
    return members
  }

  private static func member(_ field: Field, _ kind: Kind) -> Member? {
    guard let (digits, number, isMarkedBelgian) = Identifiers.written(field) else { return nil }
    if kind != .belgian, !isMarkedBelgian {
      if digits == 9, Identifiers.luhn(number), number > 0 { return Member(isFrench: true, number: number) }
      if digits == 14, Identifiers.isValidSIRET(number) {
        return Member(isFrench: true, number: number / 100_000)
      }
    }
    // The leading zero may be missing, eaten by a spreadsheet or never written in a VAT number of before 2008: but
    // only the name of the column or the mark can tell such a number from a SIREN.
    let lengths = kind == .belgian || isMarkedBelgian ? 9...10 : 10...10
    if kind != .french, lengths.contains(digits), Identifiers.isValidBelgian(number) {
      return Member(isFrench: false, number: number)
    }
    return nil
  }
}
