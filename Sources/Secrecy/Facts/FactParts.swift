internal import Filesystem

/// How the facts of a release lie in a file: one row an employer (or unit, or filed account) and year, a column after
/// another, so that a table reads what it asks for and nothing else.
///
/// Rows are ordered by year, then those that some perimeter may let in before the others, then by unit: what one unit
/// brings to a sum is known as soon as the next one begins, without a table of units in memory.
enum FactParts {
  static let format = PackedFile.Format("ESSORFCT", version: 1)

  // Small lists.
  static let communes: UInt32 = 1  // texts take two numbers
  static let divisions: UInt32 = 3
  static let sizes: UInt32 = 5
  static let perimeters: UInt32 = 7
  static let kinds: UInt32 = 9  // `association|law1901`
  static let measures: UInt32 = 11
  static let classes: UInt32 = 13  // `FR|9220|…|lists`
  /// For each perimeter, then each class: the kind, and the rule that decided (−1: none).
  static let decisions: UInt32 = 15
  static let rules: UInt32 = 16
  /// Low, high, 1 where there is no upper bound; the first is "exact".
  static let bands: UInt32 = 17
  static let units: UInt32 = 18
  /// Year, 1 for candidates, first row, rows.
  static let segments: UInt32 = 19
  /// By year of the file, then by commune: rows.
  static let presence: UInt32 = 20
  static let traits: UInt32 = 21  // and 22

  // Columns.
  static let unit: UInt32 = 32
  static let commune: UInt32 = 33
  static let seat: UInt32 = 34
  static let rowClass: UInt32 = 35
  static let division: UInt32 = 36
  static let mapping: UInt32 = 37
  static let size: UInt32 = 38
  static let trait: UInt32 = 39
  static let band: UInt32 = 40
  /// One column a measure, in the order of `measures`.
  static let firstMeasure: UInt32 = 64
}
