package import Diagnostics
package import Tabular

/// INSEE's stock of establishments (StockEtablissement), layouts of 2018 to 2026.
package final class SireneEstablishments {
  package static let source = "sirene-establishments"

  /// One establishment in the scope, as short-lived as its batch.
  package struct Establishment {
    package let siret: UInt64
    package let isActive: Bool
    let row: Row
    let columns: Columns

    package var siren: UInt32 { UInt32(siret / 100_000) }
    package var commune: Field { row[columns.commune] }
    package var activity: Field { row[columns.activity].unlessWithheld }
    package var scheme: Field { row[columns.scheme].unlessWithheld }
    /// Is the activity coded in a scheme of today's divisions?
    package var isRevision2: Bool { scheme.equals("NAFRev2") }
    package var sharesDivisions: Bool { scheme.equals("NAFRev2") || scheme.equals("NAF2025") }
    package var size: Field { row[columns.size] }
    package var isHead: Bool { row[columns.head].equals("true") }
    package var created: Int32? { Dates.created(row[columns.created], treated: row[columns.treated]) }
    package var isRestricted: Bool { !row[columns.diffusion].isOnly(UInt8(ascii: "O")) }

    /// Recent files say "employer" in one column and give a size band in another, and the two disagree now
    /// and then: either is taken as evidence, as a band of 0 is (staff during the year).
    package var isEmployer: Bool {
      guard isActive else { return false }
      let size = size
      if size.count == 2, size[0] != UInt8(ascii: "N") { return true }
      return row[columns.employer].isOnly(UInt8(ascii: "O"))
    }

    /// Number, kind and name of the street, or nothing where its diffusion is restricted.
    package var street: String {
      if isRestricted { return "" }
      return [columns.streetNumber, columns.streetKind, columns.streetName].map { row[$0].unlessWithheld.text }
        .filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The sign over the door, or nothing where its diffusion is restricted.
    package var name: String {
      if isRestricted { return "" }
      let names = [columns.usualName, columns.sign].lazy.map { self.row[$0] }
      return names.first { !$0.isEmpty && !$0.equals("[ND]") }.map { Typography.plain($0.text) } ?? ""
    }
  }

  struct Columns {
    let siret, state, employer, commune, activity, scheme, size, sizeYear, head: Int
    let created, diffusion, usualName, sign, foreignCountry, treated: Int
    let streetNumber, streetKind, streetName: Int
  }

  private let reader: TableReader
  private let columns: Columns

  package init(_ container: Container) throws(Problem) {
    let names = [
      "siret", "etatAdministratifEtablissement", "codeCommuneEtablissement",
      "activitePrincipaleEtablissement", "nomenclatureActivitePrincipaleEtablissement",
      "trancheEffectifsEtablissement", "caractereEmployeurEtablissement",
      "statutDiffusionEtablissement",
    ]
    reader = try RegisterFile(container.stream(), source: Self.source, required: names).reader
    let reader = reader
    func column(_ name: String) throws(Problem) -> Int { try reader.position(name + "Etablissement") }
    columns = try Columns(
      siret: reader.position("siret"), state: column("etatAdministratif"),
      employer: column("caractereEmployeur"), commune: column("codeCommune"),
      activity: column("activitePrincipale"),
      scheme: column("nomenclatureActivitePrincipale"), size: column("trancheEffectifs"),
      sizeYear: column("anneeEffectifs"), head: reader.position("etablissementSiege"),
      created: column("dateCreation"), diffusion: column("statutDiffusion"),
      usualName: column("denominationUsuelle"), sign: reader.position("enseigne1Etablissement"),
      foreignCountry: column("codePaysEtranger"),
      treated: column("dateDernierTraitement"), streetNumber: column("numeroVoie"), streetKind: column("typeVoie"),
      streetName: column("libelleVoie"))
  }

  package var bytesRead: Int { reader.bytesRead }
  /// What the rows say of the age of the file.
  package private(set) var age = StockAge()
  /// Does the file say that it was simulated?
  package private(set) var isSimulated = false

  /// Reads the file to its end. `body` sees the establishments that are kept, and those closed ones that
  /// `wantedClosed` asks for (they had jobs in some year); in the account, these stay closed.
  package func read(
    wantedClosed: ((UInt64) -> Bool)? = nil, progress: (Int) throws -> Void = { _ in },
    _ body: (Establishment) throws -> Void
  ) throws -> Reconciliation {
    var account = Reconciliation()
    var seen = IdentifierSet(capacity: 1 << 16)
    let columns = columns
    var age = StockAge()
    defer { self.age = age }
    try reader.forEachBatch { batch in
      try Interruption.check()
      var closed = 0
      var kept = 0
      var unknownSchemes = 0
      var slips = 0
      if account.read == 0, batch.count > 0 { isSimulated = SimulatedRegister.names(batch[0][columns.sign]) }
      for record in 0..<batch.count {
        let row = batch[record]
        let state = row[columns.state]
        guard state.isOnly(UInt8(ascii: "A")) else {
          if state.isOnly(UInt8(ascii: "F")) {
            closed &+= 1
            if let wantedClosed, let siret = Identifiers.siret(row[columns.siret]), wantedClosed(siret),
              Self.elsewhere(row[columns.commune], row[columns.foreignCountry]) == nil, seen.insert(siret)
            {
              try body(Establishment(siret: siret, isActive: false, row: row, columns: columns))
            }
          } else {
            account.reject(.state, batch, record)
          }
          continue
        }
        if let reason = Self.elsewhere(row[columns.commune], row[columns.foreignCountry]) {
          account.leaveOut(reason)
          continue
        }
        guard let siret = Identifiers.siret(row[columns.siret]) else {
          account.reject(.identifier, batch, record)
          continue
        }
        guard Self.isCode(row[columns.commune], 5), Self.isCode(row[columns.size], 2) else {
          account.reject(.code, batch, record)
          continue
        }
        guard seen.insert(siret) else {
          account.reject(.duplicate, batch, record)
          continue
        }
        kept &+= 1
        if row[columns.scheme].isUnknownScheme { unknownSchemes &+= 1 }
        if Dates.isSlip(row[columns.created], treated: row[columns.treated]) { slips &+= 1 }
        age.note(treated: row[columns.treated], sizeYear: row[columns.sizeYear])
        try body(Establishment(siret: siret, isActive: true, row: row, columns: columns))
      }
      account.kept += kept
      if closed > 0 { account.leaveOut(.closed, count: closed) }
      if unknownSchemes > 0 { account.remarks["unknown_scheme", default: 0] += unknownSchemes }
      if slips > 0 { account.remarks["creation_slip", default: 0] += slips }
      try account.close(batch, at: reader.place)
      try progress(reader.bytesRead)
    }
    return account
  }

  /// As long as its codes are, empty, or withheld: a spreadsheet that eats zeros would move a commune or lose a size.
  @inline(__always)
  private static func isCode(_ field: Field, _ length: Int) -> Bool {
    field.count == length || field.isEmpty || field.equals("[ND]")
  }

  /// Abroad, or in an overseas collectivity that the observatory does not cover (975, 977, 978, 984 to 989).
  private static func elsewhere(_ commune: Field, _ country: Field) -> RowReason? {
    if commune.count == 5, commune[0] == UInt8(ascii: "9") {
      if commune[1] == UInt8(ascii: "8") { return .overseas }
      if commune[1] == UInt8(ascii: "7"),
        [UInt8(ascii: "5"), UInt8(ascii: "7"), UInt8(ascii: "8")].contains(commune[2])
      {
        return .overseas
      }
    }
    return commune.isEmpty && !country.isEmpty ? .abroad : nil
  }
}
