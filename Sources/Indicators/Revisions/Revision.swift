package import Perimeter
package import Secrecy
package import Territory
package import Wording

/// The ledger of what changed between two releases, for every format.
package struct Revision: Sendable {
  package struct Row: Sendable {
    package let member: StatisticalTable.Member
    package let ledger: LedgerRow
  }

  package let territory: Territory
  package let years: (before: Int, after: Int)
  package let measure: MeasureBook.Measure
  package let perimeter: Perimeter
  package let dimension: String
  package let dimensionLabel: Label
  package let rows: [Row]
  /// The units that changed most in the last total row; empty for a reader who may not see them.
  package let largest: [LedgerAccount.UnitChange]
  /// Why the measure is not told of both countries together; empty where it is.
  package let reasons: [Label]
  package let differences: ReleaseDifferences
  /// The reader sees everything.
  package let isUnprotected: Bool
  package let isSimulated: Bool
}
