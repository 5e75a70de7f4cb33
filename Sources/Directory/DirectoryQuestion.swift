/// What somebody asks of a directory: words of a name, and what the organisations must be.
package struct DirectoryQuestion: Sendable, Equatable {
  /// No name of a register is as long.
  package static let longestText = 500

  package var words = ""
  /// A code or a name.
  package var territory: String?
  /// A family or a sub-family, by its code or its name.
  package var family: String?
  /// A division (A88), a section (A21), a domain of the ESS, by its code or its name.
  package var sector: String?
  /// A class of the common grid, by its code (S2), its bounds (10-19) or its name.
  package var size: String?
  package var perimeter: String?
  package var employersOnly = false

  package init(_ words: String = "") { self.words = words }
}

/// Who answers, in the order in which a list shows them.
package struct DirectoryAnswer: Sendable {
  /// Positions in the directory: all that were asked for.
  package let organisations: [Int]
  /// All that answer.
  package let total: Int
  /// Of these: found by a beginning or in spite of a typing mistake.
  package let approximate: Int
  /// Of these: those whose name may not be told.
  package let restricted: Int
  /// Of these: those that have ceased.
  package let ceased: Int
  /// The territory that was understood.
  package let territory: DirectoryTerritories.Item?
}

extension DirectoryAnswer {
  /// One organisation, found by its number.
  package init(only position: Int) {
    self.init(organisations: [position], total: 1, approximate: 0, restricted: 0, ceased: 0, territory: nil)
  }
}
