package import Diagnostics
package import Tabular

/// Why a row is not kept. Each case is a key of the words (`reason.closed` …).
package enum RowReason: String, Sendable, CaseIterable {
  // Out of the scope of the observatory, and rightly so.
  case closed, abroad, overseas, branch, part, rubric, previous, detail, level, repeated
  // Rejected: the row should have counted and cannot be read.
  case fields, identifier, duplicate, state, unitMissing = "unit_missing", year, date, number, country, wrongKind =
    "wrong_kind", code, place, model, balance, divided, incomplete, geometry
  /// Of a list: it would end before it begins.
  case reversed
  /// Of annual accounts: a year that ends before it begins, or that lasts more than two.
  case exercise
  /// Of headcounts: full-time equivalents far above the jobs.
  case fullTime = "full_time"
  /// Of a publisher's table or of annual accounts: another row tells the same figure.
  case cell
  /// Of a typology: the commune is in no class.
  case emptyClass = "empty_class"
  // Of a publisher's table: which code of the row it was.
  case quarter, family, measure, activity

  /// Of a publisher's table: is the cell of the row known all the same? It is told without a value then, or another row
  /// tells it; of the others nobody knows which figure they are missing from.
  package var leavesCellKnown: Bool { [.number, .cell, .duplicate].contains(self) }

  package var isRejection: Bool {
    switch self {
    case .closed, .abroad, .overseas, .branch, .part, .rubric, .previous, .detail, .level, .repeated: false
    default: true
    }
  }
}

/// A rejected row, kept with its line and reason.
package struct RejectedRow: Sendable, Equatable {
  package let line: Int
  package let reason: RowReason
  package let source: String

  package init(line: Int, reason: RowReason, source: String) {
    (self.line, self.reason, self.source) = (line, reason, source)
  }
}

/// The account of one file: rows read = kept + out of scope + rejected, always.
package struct Reconciliation: Sendable, Equatable {
  package var kept = 0
  package var outOfScope: [String: Int] = [:]
  package var rejected: [String: Int] = [:]
  /// Things worth knowing that do not change the account: fields in another encoding, unknown dates…
  package var remarks: [String: Int] = [:]
  /// The rejected rows in full, each with its line and reason.
  package var rejectedRows: [RejectedRow] = []
  package var read = 0

  package init() {}

  /// More rejected rows than this are not kept, and not left out in silence: the reading stops. It is beyond one in
  /// a hundred of the largest register.
  package static let mostRejectedRows = 500_000

  package var outOfScopeCount: Int { outOfScope.values.reduce(0, +) }
  package var rejectedCount: Int { rejected.values.reduce(0, +) }
  package var isBalanced: Bool { read == kept + outOfScopeCount + rejectedCount }

  package mutating func keep() { kept &+= 1 }

  package mutating func leaveOut(_ reason: RowReason, count: Int = 1) {
    outOfScope[reason.rawValue, default: 0] += count
  }

  package mutating func reject(_ reason: RowReason, _ batch: borrowing Batch, _ record: Int) {
    add(RejectedRow(line: batch.line(of: record), reason: reason, source: batch.source(of: record)))
  }

  /// A row that had been kept and proves wrong beside the others.
  package mutating func takeBack(_ row: RejectedRow) {
    kept -= 1
    add(row)
  }

  /// A record that is no row of a table, read and rejected.
  package mutating func reject(_ row: RejectedRow) { add(row) }

  /// Ends a batch: what was read of it, and the rows that are no rows of this table. Blank ones are not read.
  package mutating func close(_ batch: borrowing Batch, blanks: Int = 0, at place: Place) throws {
    read += batch.count - blanks + batch.faults.count
    if batch.extraLines > 0 { remarks["extra_lines", default: 0] += batch.extraLines }
    if batch.isOpenEnded { remarks["open_end"] = 1 }
    for fault in batch.faults { add(RejectedRow(line: fault.line, reason: .fields, source: fault.source)) }
    guard rejectedRows.count > Self.mostRejectedRows, let first = rejectedRows.first else { return }
    var place = place
    place.line = first.line
    throw Problem(
      "register.too_many_rejected", at: place,
      [
        "rejected": "#\(rejectedRows.count)", "read": "#\(read)",
        "reason": "@reason.\(first.reason.rawValue)",
      ],
      parts: Self.reasons([(table: nil, account: self)]))
  }

  private mutating func add(_ row: RejectedRow) {
    rejected[row.reason.rawValue, default: 0] += 1
    rejectedRows.append(row)
  }
}

extension Row {
  /// `;;;`, which spreadsheets leave below a table: no row of it, as a blank line is none.
  func isBlank(of fields: Int) -> Bool { (0..<fields).allSatisfy { self[$0].trimmed.isEmpty } }
}

extension Reconciliation {
  /// Why rows of some tables are rejected, the most frequent reason first, each with its first row; nothing where there
  /// is one reason alone, which whoever refuses them tells.
  package static func reasons(_ tables: [(table: String?, account: Reconciliation)]) -> [Problem] {
    var counts: [RowReason: Int] = [:]
    var firsts: [RowReason: (table: String?, row: RejectedRow)] = [:]
    for (table, account) in tables {
      for row in account.rejectedRows {
        counts[row.reason, default: 0] += 1
        if firsts[row.reason] == nil { firsts[row.reason] = (table: table, row: row) }
      }
    }
    guard counts.count > 1 else { return [] }
    let ordered = counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
    return ordered.compactMap { reason, count in
      guard let first = firsts[reason] else { return nil }
      let text = first.row.source
      return Problem(
        "import.rejected_for", at: Place(entry: first.table, line: first.row.line),
        [
          "count": "#\(count)", "reason": "@reason.\(reason.rawValue)",
          "row": String(text.prefix(mostShown)) + (text.dropFirst(mostShown).isEmpty ? "" : "…"),
        ])
    }
  }

  /// As much of a row as goes on a line of a terminal.
  private static let mostShown = 60
}
