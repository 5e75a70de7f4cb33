internal import Diagnostics
internal import JSONText
internal import Nomenclature

/// Annual accounts as documents of the web service, a JSON object a deposit (or several in an array).
struct AccountsDocument {
  /// The largest full accounts have some thousands of items.
  static let largest = 16 << 20

  let rules: DepositRules

  func read(_ table: SourceTable, isNew: (String) -> Bool, into deposits: inout [Deposit]) throws -> Reconciliation {
    let root = try JSONReader.read(table.bytes(atMost: Self.largest), at: table.place)
    var account = Reconciliation()
    for node in root.elements ?? [root] {
      account.read += 1
      guard let items = node["Rubrics"]?.elements else { throw otherShape(node, "Rubrics", table) }
      let head = try head(node, table)
      switch try deposit(head, items, table, isNew) {
      case .success(let (deposit, others)):
        account.keep()
        account.remarks.merge(others) { $0 + $1 }
        deposits.append(deposit)
      case .failure(let failure):
        account.reject(RejectedRow(line: node.line, reason: failure.reason, source: head.reference))
      }
    }
    return account
  }

  private func head(_ node: JSONNode, _ table: SourceTable) throws(Problem) -> DepositHead {
    func text(_ key: String, in node: JSONNode) throws(Problem) -> String {
      guard let text = node[key]?.written else { throw otherShape(node, key, table) }
      return text
    }
    guard let dates = node["ExerciseDates"] else { throw otherShape(node, "ExerciseDates", table) }
    return DepositHead(
      reference: try text("ReferenceNumber", in: node), enterprise: try text("EnterpriseNumber", in: node),
      filed: node["DepositDate"]?.written ?? "", start: try text("startDate", in: dates),
      end: try text("endDate", in: dates), model: try text("ModelType", in: node))
  }

  private func deposit(
    _ head: DepositHead, _ items: [JSONNode], _ table: SourceTable, _ isNew: (String) -> Bool
  ) throws(Problem) -> Result<(Deposit, [String: Int]), RowFailure> {
    var deposit: Deposit
    switch rules.deposit(head) {
    case .success(let found): deposit = found
    case .failure(let failure): return .failure(failure)
    }
    var remarks: [String: Int] = [:]
    for item in items {
      guard let code = item["Code"]?.written else { throw otherShape(item, "Code", table) }
      guard let period = DepositRules.period(item["Period"]?.written ?? "") else { return .failure(RowFailure(.code)) }
      guard let position = rules.rubrics.position(of: code) else { continue }
      guard let value = item["Value"] else { throw otherShape(item, "Value", table) }
      // An item left empty is one that was not filled in.
      if value.isNull || value.written == "" { continue }
      guard let amount = value.written.flatMap(DepositRules.amount) else { return .failure(RowFailure(.number)) }
      if period == .previous {
        if position == rules.rubrics.assets { deposit.previousAssets = amount }
        continue
      }
      guard deposit.values.updateValue(amount, forKey: Int32(position)) == nil else {
        return .failure(RowFailure(.duplicate))
      }
    }
    switch rules.isBalanced(deposit) {
    case true?: break
    case nil: remarks["no_balance"] = 1
    case false?: return .failure(RowFailure(.balance))
    }
    guard isNew(deposit.reference) else { return .failure(RowFailure(.duplicate)) }
    return .success((deposit, remarks))
  }

  /// Well-formed JSON that is no deposit: the list of the references of an enterprise, say.
  private func otherShape(_ node: JSONNode, _ key: String, _ table: SourceTable) -> Problem {
    var place = table.place
    place.line = node.line
    return Problem(
      "accounts.other_shape", at: place, ["key": key, "found": node.keys.prefix(8).joined(separator: ", ")])
  }
}
