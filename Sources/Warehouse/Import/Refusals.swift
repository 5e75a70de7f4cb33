import Diagnostics
import Registers

/// Why a file that was read to its end is not filed all the same.
extension Inspection {
  func check(against request: Importer.Request) throws {
    try refuseIfTooBad(request)
    try refuseOtherYear(request)
  }

  private func refuseIfTooBad(_ request: Importer.Request) throws {
    // Of many tables some may be empty, and not all.
    if accounts.count > 1, readCount == 0 {
      throw Problem("table.header_only", at: Place(file: request.path))
    }
    for (table, account) in accounts {
      precondition(account.isBalanced, "rows read = kept + out of scope + rejected, by construction")
      let place = Place(file: request.path, entry: table)
      if account.read == 0, accounts.count == 1 || table == "enterprise.csv" {
        throw Problem("table.header_only", at: place)
      }
      // A table of sixteen rows, one of many of a register, is not judged alone.
      let isOneOfMany = [.rna, .nbb].contains(request.source)
      let (rejected, read) = isOneOfMany ? (rejectedCount, readCount) : (account.rejectedCount, account.read)
      if Double(rejected) > request.tolerance * Double(read), let first = account.rejectedRows.first {
        var place = place
        place.line = first.line
        let judged: [(table: String?, account: Reconciliation)] =
          isOneOfMany ? accounts.map { (table: $0.table, account: $0.account) } : [(table: nil, account: account)]
        throw Problem(
          "import.too_many_rejected", at: place,
          [
            "rejected": "#\(rejected)", "read": "#\(read)",
            "reason": "@reason.\(first.reason.rawValue)",
            "percent": String((request.tolerance * 100).rounded()).replacingDotZero,
          ],
          parts: Reconciliation.reasons(judged))
      }
    }
  }

  /// A file that says its year is not taken for another's; rows of other years are left out where it has several.
  private func refuseOtherYear(_ request: Importer.Request) throws {
    guard reading == nil, let wanted = request.year, let found = year else { return }
    // An extract of 1 January tells of the year before: both are its year.
    let isOfYearBefore = vintage?.hasSuffix("-01-01") == true
    if wanted == found || (isOfYearBefore && wanted == found - 1) { return }
    throw Problem(
      "aggregate.other_year", at: Place(file: request.path), ["found": String(found), "year": String(wanted)])
  }
}

extension String {
  fileprivate var replacingDotZero: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
