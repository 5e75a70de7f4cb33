internal import Diagnostics
internal import JSONText
package import Nomenclature
package import Tabular

/// Annual accounts filed with the National Bank of Belgium: CSV tables, or the JSON documents of its web service, in
/// one file, a folder or a zip; docs/sources/nbb.md.
package struct AnnualAccounts {
  package static let source = "nbb"

  private let container: Container
  private let rubrics: AccountRubrics

  package init(_ container: Container, _ rubrics: AccountRubrics) {
    self.container = container
    self.rubrics = rubrics
  }

  package struct Outcome {
    package var deposits: [Deposit] = []
    package var tables: [TableAccount] = []
    /// A year that was found where another was wanted.
    var otherYear: Int32?
    /// What to say where there are references and no figures at all.
    var withoutFigures: Problem?

    package init() {}

    /// The day of the last filing, as in `2025-07-31`.
    package var vintage: String? {
      guard let last = deposits.map(\.filed).max(), last > 0 else { return nil }
      let text = String(last)
      return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }
    package var years: Set<Int32> { Set(deposits.map(\.year)) }
  }

  /// Reads all tables and documents; with `year`, accounts that end in another are out of the scope.
  package func read(year: Int32? = nil, progress: (Double) throws -> Void = { _ in }) throws -> Outcome {
    let rules = DepositRules(rubrics: rubrics, year: year)
    let tables = try container.tables(["csv", "json", "jsonxbrl"])
    let all = Double(max(1, tables.map(\.size).reduce(0, +)))
    var outcome = Outcome()
    var seen: Set<String> = []
    var done = 0
    // Read only where a document does not say whose it is.
    var references: AccountsReferences?
    func reference(_ number: String) throws -> JSONNode? {
      if references == nil { references = try AccountsReferences(tables.filter { try isDocument($0) }) }
      return references?[number]
    }
    for table in tables {
      try Interruption.check()
      func isNew(_ reference: String) -> Bool { seen.insert(reference).inserted }
      let account: Reconciliation
      if try isDocument(table) {
        let document = AccountsDocument(rules: rules, reference: reference)
        account = try document.read(table, isNew: isNew, into: &outcome)
      } else if try AccountsExport.isOne(TableReader(table.open()).columns) {
        account = try AccountsExport(rules: rules).read(table, isNew: isNew, into: &outcome)
      } else {
        account = try AccountsTable(rules: rules).read(table, isNew: isNew, into: &outcome)
      }
      outcome.tables.append(TableAccount(table: table.name, account: account))
      done += table.size
      try progress(Double(done) / all)
    }
    if let problem = outcome.withoutFigures, outcome.tables.allSatisfy({ $0.account.read == 0 }) { throw problem }
    if let year, let other = outcome.otherYear, outcome.deposits.isEmpty {
      throw Problem(
        "aggregate.other_year", at: Place(file: container.path), ["year": String(year), "found": String(other)])
    }
    return outcome
  }

  /// By its first character: names of saved answers of a service tell nothing.
  private func isDocument(_ table: SourceTable) throws(Problem) -> Bool {
    let stream = try table.open()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
    defer { buffer.deallocate() }
    let count = try stream.read(into: buffer)
    let blanks: [UInt8] = [0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d]
    let text = buffer[..<count].filter { !blanks.contains($0) }
    // `null` is what a service answers where it has nothing.
    return text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "[") || text.elementsEqual("null".utf8)
  }
}
