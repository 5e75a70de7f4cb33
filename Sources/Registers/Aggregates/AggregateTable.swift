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
  private let cells: AggregateCells
  private let origin: Int?

  package init(
    _ stream: any ByteStream, source: String, _ layouts: AggregateLayouts, _ nomenclatures: NomenclatureBook,
    _ territories: TerritoryBook
  ) throws {
    reader = try TableReader(stream)
    layout = try layouts.recognise(reader.columns, source: source, at: reader.place)
    columns = try AggregateColumns(layout, reader)
    cells = AggregateCells(layout, layouts, nomenclatures, AggregatePlaces(territories))
    origin = reader.columns.firstIndex { ["origine", "origin"].contains($0.lowercased()) }
  }

  package var bytesRead: Int { reader.bytesRead }

  /// Reads the file to its end. `tolerance` is the share by which a total may differ from the sum of its parts;
  /// nil: totals are not verified, for a file that was.
  package func read(
    expectedYear: Int? = nil, tolerance: Double? = 0, progress: (Int) throws -> Void = { _ in },
    _ body: (Aggregate) throws -> Void
  ) throws -> Reconciliation {
    var account = Reconciliation()
    var keys = AggregateKeys()
    var seen: Set<UInt64> = []
    var totals = AggregateTotals(layout, cells.places, isNeeded: tolerance != nil)
    try reader.forEachBatch { batch in
      try Interruption.check()
      for record in 0..<batch.count {
        let row = batch[record]
        if let origin, row[origin].equals("simulated") { isSimulated = true }
        let found: [Aggregate]
        switch cells.read(row, columns) {
        case .failure(let reason):
          account.reject(reason.reason, batch, record)
          continue
        case .success(let aggregates): found = aggregates
        }
        if let expectedYear, let other = found.first(where: { $0.cell.year != expectedYear }) {
          // A whole file of another year is a mistake of the command; a row among others is set aside.
          guard account.kept > 0 else {
            throw Problem(
              "aggregate.other_year", at: at(batch.line(of: record)),
              ["year": String(expectedYear), "found": String(other.cell.year)])
          }
          account.reject(.year, batch, record)
          continue
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
