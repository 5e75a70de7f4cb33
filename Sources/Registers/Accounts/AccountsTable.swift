internal import Diagnostics
internal import Nomenclature
internal import Tabular

/// Annual accounts as a table, a row an item of a deposit: a format of Essor's own, into which many are joined.
struct AccountsTable {
  static let columns = [
    "ReferenceNumber", "EnterpriseNumber", "DepositDate", "StartDate", "EndDate", "ModelType", "Rubric", "Period",
    "Value",
  ]

  /// A deposit and the rows that it was made of, should it prove wrong.
  private struct Gathered {
    let head: DepositHead
    var deposit: Deposit
    var lines: [Int32] = []
  }

  let rules: DepositRules

  /// Reads a table to its end; `isNew` says whether no table before had a reference.
  func read(_ table: SourceTable, isNew: (String) -> Bool, into outcome: inout AnnualAccounts.Outcome) throws
    -> Reconciliation
  {
    let reader = try RegisterFile(table.open(), source: AnnualAccounts.source, required: Self.columns).reader
    let columns = try reader.positions(Self.columns)
    var account = Reconciliation()
    var gathered: [Gathered] = []
    var byReference: [String: Result<Int, RowFailure>] = [:]
    try reader.forEachBatch { batch in
      try Interruption.check()
      var blanks = 0
      for record in 0..<batch.count {
        let row = batch[record]
        if row.isBlank(of: reader.columns.count) {
          blanks += 1
          continue
        }
        func text(_ column: Int) -> String { row[columns[column]].trimmed.text }
        let head = DepositHead(
          reference: text(0), enterprise: text(1), filed: text(2), start: text(3), end: text(4), model: text(5))
        if byReference[head.reference] == nil {
          byReference[head.reference] = rules.deposit(head).flatMap { deposit in
            guard isNew(deposit.reference) else { return .failure(RowFailure(.duplicate)) }
            gathered.append(Gathered(head: head, deposit: deposit))
            return .success(gathered.count - 1)
          }
        }
        guard case .success(let position)? = byReference[head.reference] else {
          guard case .failure(let failure)? = byReference[head.reference] else { continue }
          if failure.isOfAnotherYear {
            outcome.otherYear = outcome.otherYear ?? rules.year(of: head)
            account.leaveOut(.year)
          } else {
            account.reject(failure.reason, batch, record)
          }
          continue
        }
        // All rows of a deposit tell of one enterprise and one year.
        guard gathered[position].head == head else {
          account.reject(.identifier, batch, record)
          continue
        }
        switch rules.take(text(6), text(7), text(8), into: &gathered[position].deposit) {
        case nil:
          account.keep()
          gathered[position].lines.append(Int32(batch.line(of: record)))
        case let reason? where reason.isRejection: account.reject(reason, batch, record)
        case let reason?: account.leaveOut(reason)
        }
      }
      try account.close(batch, blanks: blanks, at: reader.place)
    }
    for one in gathered {
      switch rules.isBalanced(one.deposit) {
      case true?: break
      case nil: account.remarks["no_balance", default: 0] += 1
      case false?:
        for line in one.lines {
          account.takeBack(RejectedRow(line: Int(line), reason: .balance, source: one.deposit.reference))
        }
        continue
      }
      if !one.lines.isEmpty { outcome.deposits.append(one.deposit) }
    }
    return account
  }
}
