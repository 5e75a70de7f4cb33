internal import Diagnostics
package import Nomenclature
package import Tabular
package import Territory

/// Reads one publisher's table through its layout: a row becomes one figure or several.
///
/// A row that is rejected for a figure gives its cells all the same, that one without a value.
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
    let groups = nomenclatures.sectors.groupLabels["a5"] ?? [:]
    var columns = try AggregateColumns(layout, reader, groups: Set(groups.keys))
    cells = AggregateCells(layout, layouts, nomenclatures, AggregatePlaces(territories, layouts))
    var isMixed = false
    let hasChoice = columns.activity != nil && columns.classifications.count > 1
    if hasChoice || columns.figures.contains(where: { !$0.isWhole }) {
      let survey = try AggregateSurvey(columns, in: open())
      columns.note(grouping: survey.grouping)
      if hasChoice {
        let found = cells.classifications(of: survey.activities, among: columns.classifications)
        isMixed = found == nil
        columns.classifications = found ?? columns.classifications
      }
    }
    (self.columns, self.isMixed) = (columns, isMixed)
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
    var single = SingleValues(layout, reader.columns)
    var otherYear: (year: Int, line: Int)?
    var totals = AggregateTotals(layout, cells.places, isNeeded: tolerance != nil, withActivities: !isMixed)
    try reader.forEachBatch { batch in
      try Interruption.check()
      var blanks = 0
      for record in 0..<batch.count {
        let row = batch[record]
        if let origin, row[origin].equals("simulated") { isSimulated = true }
        var found: [Aggregate]
        let fault: RowReason?
        switch cells.read(row, columns) {
        case .failure where row.isBlank(of: reader.columns.count):
          blanks += 1
          continue
        case .failure(let refusal) where refusal.reason.isRejection:
          account.reject(refusal.reason, batch, record)
          continue
        case .failure(let refusal):
          account.leaveOut(refusal.reason)
          continue
        case .success(let reading): (found, fault) = (reading.figures, reading.fault)
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
        if let facts = single.another(in: row, columns) {
          throw Problem("aggregate.dimension", at: at(batch.line(of: record)), facts)
        }
        // The columns of one row are different cells: its first stands for it.
        guard let first = found.first, seen.insert(keys.key(first.cell)).inserted else {
          account.reject(.cell, batch, record)
          continue
        }
        if let fault {
          account.reject(fault, batch, record)
        } else {
          account.keep()
          if cells.isFormer(first.cell.territory) { account.remarks["former_territory", default: 0] += 1 }
        }
        let line = totals.isNeeded ? batch.line(of: record) : 0
        for aggregate in found {
          if totals.isNeeded { totals.note(aggregate, keys.key(aggregate.cell), keys, line: line) }
          years = min(years?.lowerBound ?? .max, aggregate.cell.year)...max(years?.upperBound ?? 0, aggregate.cell.year)
          try body(aggregate)
        }
      }
      try account.close(batch, blanks: blanks, at: reader.place)
      try progress(reader.bytesRead)
    }
    // A whole file of other years is a mistake of the command.
    if let expectedYear, let otherYear, account.kept == 0 {
      throw Problem(
        "aggregate.other_year", at: at(otherYear.line),
        ["year": String(expectedYear), "found": String(otherYear.year)])
    }
    // So is one that has all but the rows that count.
    if account.kept == 0, account.outOfScope[RowReason.detail.rawValue] != nil {
      throw Problem(
        "aggregate.only", at: reader.place,
        ["columns": columns.only.map { reader.columns[$0.position] }.joined(separator: ", "), "layout": layout.id])
    }
    if columns.unusedCount > 0 { account.remarks["columns_unused"] = columns.unusedCount }
    if isMixed, tolerance != nil, layout.totals.contains("activity") { account.remarks["activities_unverified"] = 1 }
    // Where the cell of a rejected row is not known, a part that is not there may be that one.
    let isWhole = account.rejected.keys.allSatisfy { RowReason(rawValue: $0)?.leavesCellKnown == true }
    if let tolerance, let wrong = totals.firstWrong(tolerance: tolerance, isWhole: isWhole, keys) {
      guard wrong.isSmall else { throw Problem("aggregate.wrong_total", at: at(wrong.line), wrong.facts) }
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

/// The columns that a closed layout does not declare, which may not tell cells apart: their one value.
private struct SingleValues {
  private let layout: AggregateLayout
  private let names: [String]
  private var values: [Int: String] = [:]

  init(_ layout: AggregateLayout, _ names: [String]) { (self.layout, self.names) = (layout, names) }

  /// What to say of a second value; nil where there is none.
  mutating func another(in row: Row, _ columns: AggregateColumns) -> [String: String]? {
    for column in columns.undeclared {
      let text = row[column].trimmed.text
      if let first = values[column], first != text {
        return ["column": names[column], "first": first, "other": text, "layout": layout.id]
      }
      values[column] = text
    }
    return nil
  }
}
