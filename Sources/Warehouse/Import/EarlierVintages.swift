import Registers

/// What a file is beside those that were imported before it.
extension Inspection {
  /// Of these the newest vintage alone says who there is.
  private static let registers: [Source] = [.sireneUnits, .sireneEstablishments, .kbo, .rna]

  /// How many times fewer rows than before, where a part of a register under a newer vintage takes the place of the
  /// whole. Told, and not filed: a receipt does not depend on what was imported before it.
  func timesSmaller(than archive: SourceArchive, _ source: Source, vintage: String) -> Int? {
    guard Self.registers.contains(source) else { return nil }
    let start = kind.map { "\($0)-" } ?? ""
    let others = archive.all(source).filter {
      $0.receipt.vintage != vintage && (start.isEmpty || $0.receipt.vintage.hasPrefix(start))
    }
    // An older vintage takes no place.
    guard let newest = others.map(\.receipt).max(by: { $0.vintage < $1.vintage }), newest.vintage < vintage else {
      return nil
    }
    let before = newest.files.map(\.kept).reduce(0, +)
    let now = max(1, accounts.map(\.account.kept).reduce(0, +))
    return before > 2 * now ? before / now : nil
  }
}
