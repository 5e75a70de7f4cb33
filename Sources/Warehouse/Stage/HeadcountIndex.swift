import Registers

/// The establishments to which some workforce file gives jobs or pay.
///
/// A register of today no longer counts those that have closed; the years in which they employed do.
final class HeadcountIndex {
  private var establishments = IdentifierSet()

  func note(_ establishment: UInt64) { _ = establishments.insert(establishment) }

  func holds(_ establishment: UInt64) -> Bool { establishments.contains(establishment) }
}
