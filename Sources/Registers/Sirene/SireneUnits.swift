package import Diagnostics
package import Tabular

/// INSEE's stock of legal units (StockUniteLegale), layouts of 2018 to 2026: columns are found by name.
package final class SireneUnits {
  package static let source = "sirene-units"

  /// One valid row, as short-lived as its batch.
  package struct Unit {
    package let siren: UInt32
    package let isActive: Bool
    let row: Row
    let columns: Columns

    package var form: Field { row[columns.form].unlessWithheld }
    package var activity: Field { row[columns.activity].unlessWithheld }
    package var scheme: Field { row[columns.scheme].unlessWithheld }
    package var size: Field { row[columns.size].unlessWithheld }
    package var created: Int32? { Dates.created(row[columns.created], treated: row[columns.treated]) }
    package var associationNumber: Field { row[columns.association].unlessWithheld }
    package var declaredESS: Field { row[columns.ess].unlessWithheld }
    /// Diffusion restricted by the person's own wish: nothing of it may be shown.
    package var isRestricted: Bool { !row[columns.diffusion].isOnly(UInt8(ascii: "O")) }

    /// The name of a legal person as the file writes it, or nothing where its diffusion is restricted.
    package var corporateName: UnsafeBufferPointer<UInt8> {
      isRestricted ? UnsafeBufferPointer(start: nil, count: 0) : row[columns.denomination].unlessWithheld.bytes
    }

    /// The name, or nothing where its diffusion is restricted.
    package var name: String {
      if isRestricted { return "" }
      let parts = [columns.denomination, columns.usualName, columns.familyName].lazy.map { self.row[$0] }
      guard let main = parts.first(where: { !$0.isEmpty && !$0.equals("[ND]") }) else { return "" }
      let first = row[columns.firstName]
      let isPerson = row[columns.denomination].isEmpty && !first.isEmpty && !first.equals("[ND]")
      return Typography.plain(isPerson ? "\(first.text) \(main.text)" : main.text)
    }
  }

  struct Columns {
    let siren, state, form, activity, scheme, size, sizeYear, created, association, ess, diffusion: Int
    let denomination, usualName, familyName, firstName, treated: Int
  }

  private let reader: TableReader
  private let columns: Columns

  package init(_ container: Container, room: ReadAhead.Room = ReadAhead.Room()) throws(Problem) {
    let names = [
      "siren", "etatAdministratifUniteLegale", "categorieJuridiqueUniteLegale",
      "activitePrincipaleUniteLegale", "nomenclatureActivitePrincipaleUniteLegale",
      "trancheEffectifsUniteLegale", "statutDiffusionUniteLegale",
    ]
    reader = try RegisterFile(container.stream(), source: Self.source, required: names, room: room).reader
    let reader = reader
    func column(_ name: String) throws(Problem) -> Int { try reader.position(name + "UniteLegale") }
    columns = try Columns(
      siren: reader.position("siren"), state: column("etatAdministratif"),
      form: column("categorieJuridique"), activity: column("activitePrincipale"),
      scheme: column("nomenclatureActivitePrincipale"), size: column("trancheEffectifs"),
      sizeYear: column("anneeEffectifs"), created: column("dateCreation"),
      association: column("identifiantAssociation"), ess: column("economieSocialeSolidaire"),
      diffusion: column("statutDiffusion"), denomination: column("denomination"),
      usualName: column("nomUsage"), familyName: column("nom"), firstName: column("prenomUsuel"),
      treated: column("dateDernierTraitement"))
  }

  package var bytesRead: Int { reader.bytesRead }
  /// What the rows say of the age of the file.
  package private(set) var age = StockAge()
  /// Does the file say that it was simulated?
  package private(set) var isSimulated = false

  /// Reads the file to its end. `body` sees every valid unit, active or not; the account says which are kept.
  package func read(
    progress: (Int) throws -> Void = { _ in }, _ body: (Unit) throws -> Void
  ) throws -> Reconciliation {
    var account = Reconciliation()
    var seen = SirenBits()
    let columns = columns
    var age = StockAge()
    defer { self.age = age }
    try reader.forEachBatch { batch in
      try Interruption.check()
      var kept = 0
      var closed = 0
      var unknownSchemes = 0
      var slips = 0
      if account.read == 0, batch.count > 0 {
        isSimulated = SimulatedRegister.names(batch[0][columns.denomination])
      }
      for record in 0..<batch.count {
        let row = batch[record]
        let state = row[columns.state]
        let isActive = state.isOnly(UInt8(ascii: "A"))
        guard isActive || state.isOnly(UInt8(ascii: "C")) else {
          account.reject(.state, batch, record)
          continue
        }
        guard let siren = Identifiers.siren(row[columns.siren]) else {
          account.reject(.identifier, batch, record)
          continue
        }
        let size = row[columns.size]
        guard size.count == 2 || size.isEmpty || size.equals("[ND]"), Self.isForm(row[columns.form]) else {
          account.reject(.code, batch, record)
          continue
        }
        guard seen.insert(siren) else {
          account.reject(.duplicate, batch, record)
          continue
        }
        if isActive {
          kept &+= 1
          if row[columns.scheme].isUnknownScheme { unknownSchemes &+= 1 }
          if Dates.isSlip(row[columns.created], treated: row[columns.treated]) { slips &+= 1 }
        } else {
          closed &+= 1
        }
        age.note(treated: row[columns.treated], sizeYear: row[columns.sizeYear])
        try body(Unit(siren: siren, isActive: isActive, row: row, columns: columns))
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

  /// A category of four digits, empty, or withheld: what else stands there is a shifted column, of any number of texts.
  @inline(__always)
  private static func isForm(_ field: Field) -> Bool {
    (field.count <= 4 && field.bytes.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }) || field.equals("[ND]")
  }
}

/// One bit for every possible SIREN.
private struct SirenBits: ~Copyable {
  private let words: UnsafeMutablePointer<UInt64>
  private static let wordCount = 100_000_000 / 64 + 1

  init() {
    words = .allocate(capacity: Self.wordCount)
    words.initialize(repeating: 0, count: Self.wordCount)
  }

  deinit { words.deallocate() }

  mutating func insert(_ siren: UInt32) -> Bool {
    let place = Int(siren / 10) % 100_000_000
    let bit: UInt64 = 1 << UInt64(place % 64)
    if words[place / 64] & bit != 0 { return false }
    words[place / 64] |= bit
    return true
  }
}
