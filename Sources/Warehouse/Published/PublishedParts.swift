import Filesystem

/// How the rows of publishers' tables lie in a file: a group a territory and year of a table, so that what a table says of
/// some place and time is found without looking at the rest.
///
/// Groups are ordered by table, territory and year; the rows of a group by kind: by slot (field, family, measure, quarter),
/// then classification, then activity.
enum PublishedParts {
  static let format = PackedFile.Format("ESSORPUB", version: 1)

  // Lists, each in the order of its bytes; texts take two numbers.
  static let territories: UInt32 = 1
  static let classifications: UInt32 = 3
  static let activities: UInt32 = 5
  static let tables: UInt32 = 7  // `urssaf|urssaf-communes|2024-06`
  static let slots: UInt32 = 9  // `4|ess|association|jobs`: the quarter comes first
  static let measures: UInt32 = 11
  /// Slot, classification, activity.
  static let kinds: UInt32 = 13
  /// Table, year, measures of it.
  static let editions: UInt32 = 14
  /// The first group of each table.
  static let tableStarts: UInt32 = 15

  // A value a group.
  static let groupTerritory: UInt32 = 16
  static let groupYear: UInt32 = 17
  static let groupMeasures: UInt32 = 18
  static let groupStarts: UInt32 = 19

  // A value a row.
  static let rowKind: UInt32 = 20
  static let rowValue: UInt32 = 21
  /// Thousandths that take more than 31 bits.
  static let wide: UInt32 = 22

  /// The publisher hides it, or it cannot be read.
  static let hidden = UInt32.max
  /// The rest of the number is a position in `wide`.
  static let wideMark: UInt32 = 1 << 31
}
