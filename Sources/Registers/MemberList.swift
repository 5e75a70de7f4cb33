internal import Diagnostics
package import Tabular

/// A list of organisations kept by somebody: approvals, members, corrections. One number a row.
package enum MemberList {
  /// SIREN as they are, BCE numbers likewise; the country is told by the number's length.
  package struct Member: Sendable, Hashable {
    package let isFrench: Bool
    package let number: UInt64
  }

  static let columns = ["siren", "siret", "bce", "kbo", "enterprisenumber", "identifiant", "id"]

  /// Reads the column named siren, siret, bce, kbo, EnterpriseNumber, identifiant or id.
  package static func read(
    _ container: Container, account: inout Reconciliation
  ) throws -> Set<Member> {
    let reader = try TableReader(container.stream())
    let lowered = reader.columns.map { $0.lowercased() }
    guard let column = columns.lazy.compactMap({ lowered.firstIndex(of: $0) }).first else {
      throw Problem(
        "register.no_column", at: Place(file: container.path, line: 1),
        ["source": "list", "columns": "siren | bce", "nearest": reader.columns.first ?? "–"])
    }
    if lowered.count(where: { $0 == lowered[column] }) > 1 { throw reader.repeated(reader.columns[column]) }
    var members: Set<Member> = []
    var found = Reconciliation()
    try reader.forEachBatch { batch in
      for record in 0..<batch.count {
        let field = batch[record][column]
        let member: Member? =
          if let siren = Identifiers.siren(field) {
            Member(isFrench: true, number: UInt64(siren))
          } else if let siret = Identifiers.siret(field) {
            Member(isFrench: true, number: siret / 100_000)
          } else if let number = Identifiers.belgian(field) {
            Member(isFrench: false, number: number)
          } else { nil }
        guard let member else {
          found.reject(.identifier, batch, record)
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
}
