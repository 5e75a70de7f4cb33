internal import Diagnostics
internal import Nomenclature
internal import Tabular
internal import Wording

/// Annual accounts as the site of the Central Balance Sheet Office exports them: one deposit a file, on each line a key
/// and its value, without a header.
struct AccountsExport {
  let rules: DepositRules

  /// By the first line, which is the first pair (or names the two columns).
  static func isOne(_ columns: [String]) -> Bool {
    guard columns.count == 2 else { return false }
    let first = columns[0].folded
    var head = DepositHead()
    return take(columns[0], columns[1], into: &head) || first == "entity name"
      || ["key", "code"].contains(first) && columns[1].folded == "value"
  }

  /// Takes what a pair says of the deposit itself; false where it is an item or anything else.
  private static func take(_ key: String, _ value: String, into head: inout DepositHead) -> Bool {
    switch key.folded {
    case "reference number": head.reference = value
    case "entity number", "enterprise number": head.enterprise = value
    case "deposit date", "filing date": head.filed = value
    case "accounting period start date": head.start = value
    case "accounting period end date": head.end = value
    case "model code", "model type", "model": head.model = value
    default: return false
    }
    return true
  }

  private struct Pair {
    let key: String
    let value: String
    let line: Int
  }

  func read(
    _ table: SourceTable, isNew: (String) -> Bool, into outcome: inout AnnualAccounts.Outcome
  ) throws -> Reconciliation {
    let reader = try TableReader(table.open())
    var pairs = [Pair(key: reader.columns[0], value: reader.columns[1], line: 1)]
    var account = Reconciliation()
    account.read = 1
    try reader.forEachBatch { batch in
      try Interruption.check()
      for record in 0..<batch.count {
        let row = batch[record]
        pairs.append(Pair(key: row[0].trimmed.text, value: row[1].trimmed.text, line: batch.line(of: record)))
      }
      try account.close(batch, at: reader.place)
    }
    var head = DepositHead()
    for pair in pairs { _ = Self.take(pair.key, pair.value, into: &head) }
    var deposit: Deposit
    switch rules.deposit(head) {
    case .success(let found) where isNew(found.reference): deposit = found
    case .success: return refused(pairs, RowFailure(.duplicate), account)
    case .failure(let failure):
      if failure.isOfAnotherYear { outcome.otherYear = outcome.otherYear ?? rules.year(of: head) }
      return refused(pairs, failure, account)
    }
    var kept: [RejectedRow] = []
    for pair in pairs {
      // An item left empty is one that was not filled in.
      if pair.value.isEmpty {
        account.leaveOut(.rubric)
        continue
      }
      let row = { (reason: RowReason) in RejectedRow(line: pair.line, reason: reason, source: pair.key) }
      switch rules.take(pair.key, "", pair.value, into: &deposit) {
      case nil:
        account.keep()
        kept.append(row(.balance))
      case let reason? where reason.isRejection: account.reject(row(reason))
      case let reason?: account.leaveOut(reason)
      }
    }
    switch rules.isBalanced(deposit) {
    case true?: break
    case nil: account.remarks["no_balance", default: 0] += 1
    case false?:
      for row in kept { account.takeBack(row) }
      return account
    }
    if !kept.isEmpty { outcome.deposits.append(deposit) }
    return account
  }

  /// The account of a deposit that is not taken in: its items are rejected, what is said around them is not read.
  private func refused(_ pairs: [Pair], _ failure: RowFailure, _ account: Reconciliation) -> Reconciliation {
    var account = account
    for pair in pairs {
      if rules.rubrics.position(of: pair.key) == nil {
        account.leaveOut(.rubric)
      } else if failure.isOfAnotherYear {
        account.leaveOut(.year)
      } else {
        account.reject(RejectedRow(line: pair.line, reason: failure.reason, source: pair.key))
      }
    }
    return account
  }
}
