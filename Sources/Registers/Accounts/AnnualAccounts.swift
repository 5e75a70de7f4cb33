internal import Diagnostics
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

    package init() {}

    /// The day of the last filing, as in `2025-07-31`.
    package var vintage: String? {
      guard let last = deposits.map(\.filed).max(), last > 0 else { return nil }
      let text = String(last)
      return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }
    package var years: Set<Int32> { Set(deposits.map(\.year)) }
  }

  /// Reads all tables and documents; with `year`, accounts that end in another are rejected.
  package func read(year: Int32? = nil, progress: (Double) throws -> Void = { _ in }) throws -> Outcome {
    let rules = DepositRules(rubrics: rubrics, year: year)
    let tables = try container.tables(["csv", "json", "jsonxbrl"])
    let all = Double(max(1, tables.map(\.size).reduce(0, +)))
    var outcome = Outcome()
    var seen: Set<String> = []
    var done = 0
    for table in tables {
      try Interruption.check()
      func isNew(_ reference: String) -> Bool { seen.insert(reference).inserted }
      let account =
        try isDocument(table)
        ? AccountsDocument(rules: rules).read(table, isNew: isNew, into: &outcome.deposits)
        : AccountsTable(rules: rules).read(table, isNew: isNew, into: &outcome.deposits)
      outcome.tables.append(TableAccount(table: table.name, account: account))
      done += table.size
      try progress(Double(done) / all)
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
    let first = buffer[..<count].first { !blanks.contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
