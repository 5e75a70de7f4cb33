internal import Diagnostics
package import Tabular

/// The national register of associations of France (RNA): `waldec`, those declared or changed since 2009, and `import`,
/// the older ones. A CSV a département, or one for all; docs/sources/rna.md.
package struct AssociationRegister: Sendable {
  package static let source = "rna"

  package enum Layout: String, Sendable, CaseIterable {
    case waldec
    case imported = "import"
  }

  /// One active association, as short-lived as its batch.
  package struct Association {
    /// As the file writes it.
    package let id: String
    /// Nil for an old one that never had a W.
    package let number: AssociationNumber?
    package let siren: UInt64?
    package let created: Int32?
    let row: Row
    let columns: Columns

    package var title: String {
      let title = Typography.plain(row[columns.title].text)
      return title.isEmpty ? Typography.plain(row[columns.shortTitle].text) : title
    }
    /// Six digits of the nomenclature of purposes, or nothing.
    package var purpose: String {
      let text = row[columns.purpose].trimmed.text
      guard !text.isEmpty, text.utf8.count <= 6, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return "" }
      return String(repeating: "0", count: 6 - text.utf8.count) + text
    }
    package var commune: Field { row[columns.commune].trimmed }
    package var postcode: Field { row[columns.postcode].trimmed }
    package var place: String { row[columns.place].text }
  }

  struct Columns {
    let id, siret, created, dissolved, title, shortTitle, purpose, commune, postcode, place: Int
    let position, observation, updated: Int
  }

  private let container: Container

  package init(_ container: Container) { self.container = container }

  package struct Outcome {
    package var layout = Layout.waldec
    package var tables: [TableAccount] = []
    /// The month of the last change that a row tells.
    package var vintage: String?
    package var isSimulated = false

    package init() {}
  }

  /// Reads all tables to their ends. `body` sees the active associations; `gone`, the numbers of those that were
  /// dissolved or struck off: an older table may still have them as active.
  package func read(
    progress: (Double) throws -> Void = { _ in }, gone: (AssociationNumber) throws -> Void = { _ in },
    _ body: (Association) throws -> Void
  ) throws -> Outcome {
    let tables = try container.tables(["csv"])
    let all = Double(max(1, tables.map(\.size).reduce(0, +)))
    var outcome = Outcome()
    var seen = IdentifierSet(capacity: 1 << 12)
    var age = StockAge()
    var done = 0
    for (rank, table) in tables.enumerated() {
      let file = try RegisterFile(table.open(), source: Self.source, required: ["id", "titre", "position"])
      let reader = file.reader
      let layout: Layout = reader.columns.contains("libcom") ? .imported : .waldec
      if rank > 0, layout != outcome.layout {
        throw Problem(
          "rna.mixed", at: table.place, ["layout": layout.rawValue, "expected": outcome.layout.rawValue])
      }
      outcome.layout = layout
      let columns = try Self.columns(reader, layout)
      var account = Reconciliation()
      try reader.forEachBatch { batch in
        try Interruption.check()
        for record in 0..<batch.count {
          let row = batch[record]
          // A simulated table says so in its first row, which is no association.
          if account.read == 0, record == 0, SimulatedRegister.names(row[columns.title]) {
            outcome.isSimulated = true
            age.note(treated: row[columns.updated], sizeYear: row[-1])
            account.leaveOut(.closed)
            continue
          }
          try Self.take(row, columns, layout, &seen, &age, &account, batch, record, gone, body)
        }
        try account.close(batch, at: reader.place)
        try progress((Double(done) + Double(min(reader.bytesRead, table.size))) / all)
      }
      done += table.size
      outcome.tables.append(TableAccount(table: table.name, account: account))
    }
    outcome.vintage = age.vintage
    return outcome
  }

  private static func columns(_ reader: TableReader, _ layout: Layout) throws -> Columns {
    try Columns(
      id: reader.position("id"), siret: reader.position("siret"), created: reader.position("date_creat"),
      dissolved: reader.position("date_disso"), title: reader.position("titre"),
      shortTitle: reader.position("titre_court"), purpose: reader.position("objet_social1"),
      commune: reader.position("adrs_codeinsee"), postcode: reader.position("adrs_codepostal"),
      place: reader.position(layout == .waldec ? "adrs_libcommune" : "libcom"), position: reader.position("position"),
      observation: reader.position("observation"), updated: reader.position("maj_time"))
  }

  private static func take(
    _ row: Row, _ columns: Columns, _ layout: Layout, _ seen: inout IdentifierSet, _ age: inout StockAge,
    _ account: inout Reconciliation, _ batch: borrowing Batch, _ record: Int,
    _ gone: (AssociationNumber) throws -> Void, _ body: (Association) throws -> Void
  ) throws {
    let id = row[columns.id].trimmed.text
    guard let (number, identity) = identity(id, row[columns.observation], layout) else {
      return account.reject(.identifier, batch, record)
    }
    let position = row[columns.position].trimmed
    // R: taken up again under its W number, which the newer register has or has ended.
    let isActive = position.isOnly(UInt8(ascii: "A")) || layout == .imported && position.isOnly(UInt8(ascii: "R"))
    guard isActive || position.isOnly(UInt8(ascii: "D")) || position.isOnly(UInt8(ascii: "S")) else {
      return account.reject(.state, batch, record)
    }
    guard seen.insert(identity) else { return account.reject(.duplicate, batch, record) }
    age.note(treated: row[columns.updated], sizeYear: row[-1])
    guard isActive, Dates.iso(row[columns.dissolved]) == nil else {
      if let number { try gone(number) }
      return account.leaveOut(.closed)
    }
    let siret = row[columns.siret].trimmed
    let siren = Identifiers.siret(siret).map { $0 / 100_000 }
    if siren == nil, !siret.isEmpty { account.remarks["siret", default: 0] += 1 }
    account.keep()
    try body(
      Association(
        id: id, number: number, siren: siren, created: Dates.iso(row[columns.created]), row: row, columns: columns))
  }

  /// The W number, and what makes the row one of its own. In the older table the W stands in `observation`, or is made
  /// of the old number; an old number of another form is an identity without a W.
  private static func identity(_ id: String, _ observation: Field, _ layout: Layout) -> (AssociationNumber?, UInt64)? {
    if let number = AssociationNumber(id) { return (number, number.packed) }
    guard layout == .imported else { return nil }
    if let number = AssociationNumber(observation.trimmed) ?? AssociationNumber(former: id) {
      return (number, number.packed)
    }
    let bytes = Array(id.uppercased().utf8)
    guard 8...11 ~= bytes.count, bytes.allSatisfy({ 0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 }) else { return nil }
    return (nil, bytes.reduce(1) { $0 &* 43 &+ UInt64($1 - 0x2f) } | 1 << 63)
  }
}
