internal import Diagnostics
internal import JSONText
internal import Nomenclature

/// Annual accounts as documents of the web service, a JSON object a deposit (or several in an array).
struct AccountsDocument {
  /// The largest full accounts have some thousands of items; an array of deposits may not be larger either.
  static let largest = 16 << 20

  let rules: DepositRules
  /// What the list of references says of a deposit.
  let reference: (_ number: String) throws -> JSONNode?

  func read(
    _ table: SourceTable, isNew: (String) -> Bool, into outcome: inout AnnualAccounts.Outcome
  ) throws -> Reconciliation {
    let root = try JSONReader.read(table.bytes(atMost: Self.largest), at: table.place)
    var account = Reconciliation()
    let nodes = root.isNull ? [] : root.elements ?? [root]
    if nodes.isEmpty { outcome.withoutFigures = outcome.withoutFigures ?? Problem("accounts.none", at: table.place) }
    for node in nodes {
      if AccountsReferences.isOne(node) {
        outcome.withoutFigures = outcome.withoutFigures ?? otherShape(node, "Rubrics", table)
        continue
      }
      account.read += 1
      guard let items = node["Rubrics"]?.elements else { throw otherShape(node, "Rubrics", table) }
      let head = try head(node, table)
      switch try deposit(head, items, table, isNew) {
      case .success(let (deposit, others)):
        account.keep()
        account.remarks.merge(others) { $0 + $1 }
        outcome.deposits.append(deposit)
      case .failure(let failure) where failure.isOfAnotherYear:
        outcome.otherYear = outcome.otherYear ?? rules.year(of: head)
        account.leaveOut(.year)
      case .failure(let failure):
        account.reject(RejectedRow(line: node.line, reason: failure.reason, source: head.reference))
      }
    }
    return account
  }

  /// From the document itself, or from its reference.
  private func head(_ node: JSONNode, _ table: SourceTable) throws -> DepositHead {
    guard let number = node["ReferenceNumber"]?.written else { throw otherShape(node, "ReferenceNumber", table) }
    var sources = [node]
    if ["EnterpriseNumber", "ExerciseDates", "ModelType"].contains(where: { node[$0] == nil }),
      let other = try reference(number)
    {
      sources.append(other)
    }
    func find(_ key: String) throws -> JSONNode {
      guard let found = sources.lazy.compactMap({ $0[key] }).first else { throw otherShape(node, key, table) }
      return found
    }
    func text(_ key: String, in node: JSONNode) throws -> String {
      guard let text = node.written else { throw otherShape(node, key, table) }
      return text
    }
    let dates = try find("ExerciseDates")
    guard let start = dates["startDate"], let end = dates["endDate"] else {
      throw otherShape(dates, dates["startDate"] == nil ? "startDate" : "endDate", table)
    }
    return DepositHead(
      reference: number, enterprise: try text("EnterpriseNumber", in: find("EnterpriseNumber")),
      filed: sources.lazy.compactMap { $0["DepositDate"]?.written }.first ?? "",
      start: try text("startDate", in: start), end: try text("endDate", in: end),
      model: try text("ModelType", in: find("ModelType")))
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
      let written = value.plainNumber ?? value.written
      guard let amount = written.flatMap(DepositRules.amount) else { return .failure(RowFailure(.number)) }
      if period == .previous {
        if position == rules.rubrics.assets { deposit.previousAssets = amount }
        continue
      }
      guard deposit.values.updateValue(amount, forKey: Int32(position)) == nil else {
        return .failure(RowFailure(.cell))
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
