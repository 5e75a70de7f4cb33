internal import Diagnostics
package import Nomenclature
package import Tabular
package import Territory

/// Reads one publisher's table through its layout: a row becomes one figure or several.
package final class AggregateTable {
  package let layout: AggregateLayout
  package private(set) var years: ClosedRange<Int>?
  /// Does the file say that it was simulated? Publishers' tables have no place for it but a column of their own.
  package private(set) var isSimulated = false

  private let reader: TableReader
  private let columns: AggregateColumns
  /// Activities are of several classifications that share codes: their sums cannot be verified.
  private let isMixed: Bool
  private let cells: AggregateCells
  private let origin: Int?

  /// `open` gives the table from its beginning: of some, the codes of activities are looked at first.
  package init(
    _ open: () throws -> any ByteStream, source: String, _ layouts: AggregateLayouts, _ nomenclatures: NomenclatureBook,
    _ territories: TerritoryBook
  ) throws {
    reader = try TableReader(open())
    layout = try layouts.recognise(reader.columns, source: source, at: reader.place)
    var columns = try AggregateColumns(layout, reader)
    cells = AggregateCells(layout, layouts, nomenclatures, AggregatePlaces(territories))
    var isMixed = false
    if let activity = columns.activity, columns.classifications.count > 1 {
      let texts = try Self.texts(of: activity, in: open())
      let found = cells.classifications(of: texts, among: columns.classifications)
      isMixed = found == nil
      columns.classifications = found ?? columns.classifications
    }
    (self.columns, self.isMixed) = (columns, isMixed)
    origin = reader.columns.firstIndex { ["origine", "origin"].contains($0.lowercased()) }
  }

  package var bytesRead: Int { reader.bytesRead }

  /// The different texts of a column.
  private static func texts(of column: Int, in stream: any ByteStream) throws -> Set<String> {
    var texts: Set<String> = []
    try TableReader(stream).forEachBatch { batch in
      try Interruption.check()
      for record in 0..<batch.count { texts.insert(batch[record][column].trimmed.text) }
    }
    return texts
  }

  /// Reads the file to its end. `tolerance` is the share by which a total may differ from the sum of its parts;
  /// nil: totals are not verified, for a file that was.
  package func read(
    expectedYear: Int? = nil, tolerance: Double? = 0, progress: (Int) throws -> Void = { _ in },
    _ body: (Aggregate) throws -> Void
  ) throws -> Reconciliation {
    var account = Reconciliation()
    var keys = AggregateKeys()
    var seen: Set<UInt64> = []
    var otherYear: (year: Int, line: Int)?
    var totals = AggregateTotals(layout, cells.places, isNeeded: tolerance != nil, withActivities: !isMixed)
    try reader.forEachBatch { batch in
      try Interruption.check()
      for record in 0..<batch.count {
        let row = batch[record]
        if let origin, row[origin].equals("simulated") { isSimulated = true }
        var found: [Aggregate]
        switch cells.read(row, columns) {
        case .failure(let reason):
          account.reject(reason.reason, batch, record)
          continue
        case .success(let aggregates): found = aggregates
        }
        if let expectedYear {
          // Of a row with a column a year, those of the year; a row of another year is set aside.
          let other = found.first { $0.cell.year != expectedYear }?.cell.year
          found.removeAll { $0.cell.year != expectedYear }
          if found.isEmpty, let other {
            otherYear = otherYear ?? (other, batch.line(of: record))
            account.leaveOut(.year)
            continue
          }
        }
        // The columns of one row are different cells: its first stands for it.
        guard let first = found.first, seen.insert(keys.key(first.cell)).inserted else {
          account.reject(.duplicate, batch, record)
          continue
        }
        account.keep()
        if cells.isFormer(first.cell.territory) { account.remarks["former_territory", default: 0] += 1 }
        let line = totals.isNeeded ? batch.line(of: record) : 0
        for aggregate in found {
          if totals.isNeeded { totals.note(aggregate, keys.key(aggregate.cell), keys, line: line) }
          years = min(years?.lowerBound ?? .max, aggregate.cell.year)...max(years?.upperBound ?? 0, aggregate.cell.year)
          try body(aggregate)
        }
      }
      try account.close(batch, at: reader.place)
      try progress(reader.bytesRead)
    }
    // A whole file of other years is a mistake of the command.
    if let expectedYear, let otherYear, account.kept == 0 {
      throw Problem(
        "aggregate.other_year", at: at(otherYear.line),
        ["year": String(expectedYear), "found": String(otherYear.year)])
    }
    if let tolerance, let wrong = totals.firstWrong(tolerance: tolerance, keys) {
      throw Problem("aggregate.total", at: at(wrong.line), wrong.facts)
    }
    return account
  }

  private func at(_ line: Int) -> Place {
    var place = reader.place
    place.line = line
    return place
  }
}
