import Registers

/// The establishments to which some workforce file gives jobs, and their French units.
///
/// A register of today no longer counts those that have closed; the years in which they had jobs do.
final class HeadcountIndex {
  private var establishments = IdentifierSet()
  private var units = IdentifierSet()

  func note(establishment: UInt64, isFrench: Bool) {
    guard establishments.insert(establishment), isFrench else { return }
    _ = units.insert(establishment / 100_000)  // a SIRET begins with the SIREN of its unit
  }

  func holds(establishment: UInt64) -> Bool { establishments.contains(establishment) }

  func holds(unit siren: UInt64) -> Bool { units.contains(siren) }
}
