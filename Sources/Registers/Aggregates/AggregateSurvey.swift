internal import Diagnostics
internal import Tabular

/// What a table has to be looked through for before any of its cells can be understood.
struct AggregateSurvey {
  /// The different texts of the column of activities.
  let activities: Set<String>
  /// By column of decimal figures, the marks that group thousands somewhere in it: there, `234.567` may be a thousand
  /// times more than it seems.
  let grouping: [Int: Set<UInt8>]

  init(_ columns: AggregateColumns, in stream: any ByteStream) throws {
    let activity = columns.classifications.count > 1 ? columns.activity : nil
    let decimals = columns.figures.filter { !$0.isWhole }.map(\.position)
    var activities: Set<String> = []
    var grouping: [Int: Set<UInt8>] = [:]
    try TableReader(stream).forEachBatch { batch in
      try Interruption.check()
      for record in 0..<batch.count {
        let row = batch[record]
        if let activity { activities.insert(row[activity].trimmed.text) }
        for position in decimals {
          if let mark = Self.groupingMark(row[position]) { grouping[position, default: []].insert(mark) }
        }
      }
    }
    (self.activities, self.grouping) = (activities, grouping)
  }

  /// The first of several marks: `1.234.567`, `1.234,5`.
  private static func groupingMark(_ field: Field) -> UInt8? {
    var first: UInt8?
    for byte in field.bytes where byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
      if let first { return first }
      first = byte
    }
    return nil
  }
}
