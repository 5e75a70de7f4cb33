import Diagnostics
import Directory
import Indicators
import Registers
import Secrecy
import Warehouse
import Wording

/// The units that changed most, with their names as far as they may be told.
struct LedgerUnits {
  struct Unit {
    let id: String
    /// Empty where neither release has it in its directory.
    let name: String
    let change: LedgerAccount.UnitChange
  }

  let all: [Unit]

  init(_ revision: Revision, _ observatory: Observatory, _ words: Words) throws {
    guard !revision.largest.isEmpty else {
      all = []
      return
    }
    // As the newer release knows them, or else the older one, which has those that are gone.
    let directories = try [revision.differences.after, revision.differences.before].map {
      try ReleaseFolder.directory(observatory, named: $0).directory
    }
    all = try revision.largest.map { change in
      let value = UInt64(clamping: change.number)
      let number: OrganisationNumber = change.country == "FR" ? .siren(value) : .enterprise(value)
      let id = change.country == "FR" ? Identifiers.padded(value, 9) : Identifiers.printedBelgian(value)
      for directory in directories {
        guard let position = try directory.position(of: number) else { continue }
        let organisation = try directory.organisation(position)
        let absent = organisation.isRestricted ? words("find.restricted") : words("explain.nameless")
        return Unit(
          id: id, name: organisation.isRestricted || organisation.name.isEmpty ? absent : organisation.name,
          change: change)
      }
      return Unit(id: id, name: "", change: change)
    }
  }
}
