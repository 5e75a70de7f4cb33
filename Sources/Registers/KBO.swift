internal import Diagnostics
package import Tabular

/// The open data of the Belgian register of enterprises (BCE/KBO): a folder or a zip of tables.
///
/// Numbers of enterprises (0…, 1…) and of establishments (2…) share the column `EntityNumber`; branches of
/// foreign companies (9…) are out of the scope. Copies saved again by a spreadsheet have lost their quotes
/// and leading zeros: codes are padded back.
package struct KBO: Sendable {
  package static let source = "kbo"
  package static let tables = [
    "enterprise.csv", "establishment.csv", "activity.csv", "address.csv", "denomination.csv",
  ]

  private let container: Container
  /// dd-mm-yyyy turned into yyyymmdd, from meta.csv.
  package let snapshot: Int32?
  /// Does the file say that it was simulated?
  package let isSimulated: Bool

  package init(_ container: Container) throws {
    self.container = container
    let missing = Self.tables.filter { !container.holds($0) }
    guard missing.isEmpty else {
      throw Problem(
        "kbo.no_table", at: Place(file: container.path),
        [
          "missing": missing.joined(separator: ", "),
          "found": container.tableNames.prefix(12).joined(separator: ", "),
        ])
    }
    var snapshot: Int32?
    var simulated = false
    if container.holds("meta.csv") {
      let reader = try TableReader(container.stream("meta.csv"))
      let (variable, value) = (try reader.position("Variable"), try reader.position("Value"))
      try reader.forEachBatch { batch in
        for record in 0..<batch.count {
          if batch[record][variable].equals("SnapshotDate") { snapshot = Dates.belgian(batch[record][value]) }
          if SimulatedRegister.isVariable(batch[record][variable]) { simulated = true }
        }
      }
    }
    self.snapshot = snapshot
    isSimulated = simulated
  }

  package var size: Int { Self.tables.map(container.size).reduce(0, +) }

  // MARK: - Rows

  package struct Enterprise {
    package let number: UInt64
    /// Three digits; empty for a natural person.
    package let form: String
    package let isPerson: Bool
    package let started: Int32?
  }

  package struct Establishment {
    package let number: UInt64
    package let enterprise: UInt64
    package let started: Int32?
  }

  package struct ActivityLine {
    package let entity: UInt64
    package let version: String
    package let code: String
    /// 006 the ONSS, 005 the ONSS of local authorities, 004 the federal civil service, 007 subsidised education;
    /// 001 VAT, 003 other activities…
    package let group: String
    package let isMain: Bool

    /// Does somebody pay wages for this activity?
    package var employs: Bool { ["004", "005", "006", "007"].contains(group) }

    /// The least rank of an entity is its main activity: NACE-BEL 2008 before 2025 before 2003, main before
    /// secondary, that of those who collect contributions before VAT, then the lowest code.
    ///
    /// Its digits give version and code back (`StageBelgium` groups by it): version × 10⁹ + … + code, 99999 for none.
    package var rank: Int {
      let version =
        switch version {
        case "2008": 0
        case "2025": 1
        case "2003": 2
        default: 3
        }
      let group =
        switch group {
        case "006": 0
        case "005": 1
        case "004": 2
        case "007": 3
        case "001": 4
        case "003": 5
        default: 9
        }
      return version * 1_000_000_000 + (isMain ? 0 : 100_000_000) + group * 10_000_000
        + (Int(code.prefix(5)) ?? 99_999)
    }
  }

  package struct Address {
    package let entity: UInt64
    package let zip: String
    package let placeFR: String
    package let placeNL: String
    /// Name and number, as the address has them in one of its languages.
    package let street: String
    package let isAbroad: Bool
  }

  package struct Denomination {
    package let entity: UInt64
    /// 0 unknown, 1 French, 2 Dutch, 3 German, 4 English.
    package let language: UInt8
    /// 1 name, 2 abbreviation, 3 commercial name, 4 branch.
    package let kind: UInt8
    package let name: String

    /// The least rank is the name to show: the name before the abbreviation and the commercial name; French, then
    /// Dutch, then the others.
    package var rank: UInt8 { min(kind, 9) * 10 + ([1, 2, 3, 4].contains(language) ? language : 5) }
  }

  // MARK: - Tables

  package func enterprises(_ body: (Enterprise) throws -> Void) throws -> Reconciliation {
    var seen = IdentifierSet(capacity: 1 << 16)
    return try read(
      "enterprise.csv", ["EnterpriseNumber", "Status", "TypeOfEnterprise", "JuridicalForm", "StartDate"]
    ) { row, column in
      guard let number = Identifiers.belgian(row[column[0]]) else { return .identifier }
      guard !Identifiers.isBelgianEstablishment(number) else { return .wrongKind }
      guard row[column[1]].equals("AC") else { return .closed }
      guard Self.isForm(row[column[3]]) else { return .code }
      guard seen.insert(number) else { return .duplicate }
      try body(
        Enterprise(
          number: number, form: Self.padded(row[column[3]]), isPerson: row[column[2]].isOnly(UInt8(ascii: "1")),
          started: started(row[column[4]])))
      return nil
    }
  }

  package func establishments(_ body: (Establishment) throws -> Void) throws -> Reconciliation {
    var seen = IdentifierSet(capacity: 1 << 16)
    return try read("establishment.csv", ["EstablishmentNumber", "StartDate", "EnterpriseNumber"]) {
      row, column in
      guard let number = Identifiers.belgian(row[column[0]]),
        let enterprise = Identifiers.belgian(row[column[2]])
      else { return .identifier }
      guard Identifiers.isBelgianEstablishment(number) else { return .wrongKind }
      guard seen.insert(number) else { return .duplicate }
      try body(
        Establishment(number: number, enterprise: enterprise, started: started(row[column[1]])))
      return nil
    }
  }

  package func activities(_ body: (ActivityLine) throws -> Void) throws -> Reconciliation {
    try read(
      "activity.csv", ["EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification"]
    ) { row, column in
      guard let entity = try Self.entity(row[column[0]]) else { return Self.unreadable(row[column[0]]) }
      let (version, code) = (row[column[2]].text, Self.nace(row[column[3]]))
      guard ["2003", "2008", "2025"].contains(version), !code.isEmpty else { return .code }
      try body(
        ActivityLine(
          entity: entity, version: version, code: code, group: Self.padded(row[column[1]]),
          isMain: row[column[4]].equals("MAIN")))
      return nil
    }
  }

  package func addresses(_ body: (Address) throws -> Void) throws -> Reconciliation {
    try read(
      "address.csv",
      [
        "EntityNumber", "TypeOfAddress", "CountryFR", "Zipcode", "MunicipalityFR", "MunicipalityNL",
        "DateStrikingOff",
      ], others: ["StreetFR", "StreetNL", "HouseNumber"]
    ) { row, column in
      guard let entity = try Self.entity(row[column[0]]) else { return Self.unreadable(row[column[0]]) }
      guard row[column[6]].isEmpty else { return .closed }
      let type = row[column[1]]
      guard type.equals("REGO") || type.equals("BAET") else { return .branch }
      let isAbroad = !row[column[2]].isEmpty
      try body(
        Address(
          entity: entity, zip: row[column[3]].text, placeFR: row[column[4]].text,
          placeNL: row[column[5]].text, street: Self.street(row, column), isAbroad: isAbroad))
      return isAbroad ? .abroad : nil
    }
  }

  package func denominations(_ body: (Denomination) throws -> Void) throws -> Reconciliation {
    try read("denomination.csv", ["EntityNumber", "Language", "TypeOfDenomination", "Denomination"]) {
      row, column in
      guard let entity = try Self.entity(row[column[0]]) else { return Self.unreadable(row[column[0]]) }
      let kind = UInt8(Self.padded(row[column[2]])) ?? 0
      try body(
        Denomination(
          entity: entity, language: UInt8(row[column[1]].text) ?? 0, kind: kind,
          name: Typography.plain(row[column[3]].text)))
      return nil
    }
  }

  // MARK: - Reading

  private func read(
    _ table: String, _ names: [String], others: [String] = [], _ body: (Row, [Int]) throws -> RowReason?
  ) throws -> Reconciliation {
    let reader = try RegisterFile(container.stream(table), source: Self.source, required: names).reader
    let columns = try reader.positions(names + others)
    var account = Reconciliation()
    try reader.forEachBatch { batch in
      try Interruption.check()
      for record in 0..<batch.count {
        switch try body(batch[record], columns) {
        case nil: account.keep()
        case let reason? where reason.isRejection: account.reject(reason, batch, record)
        case let reason?: account.leaveOut(reason)
        }
      }
      try account.close(batch, at: reader.place)
    }
    return account
  }

  /// Unknown where it would be more than a year after the extract: a slip.
  private func started(_ field: Field) -> Int32? {
    Dates.belgian(field).flatMap { day in day <= (snapshot ?? 20_991_231) + 10_000 ? day : nil }
  }

  /// Three digits, or none for a person: what else stands there is a shifted column, of any number of texts.
  private static func isForm(_ field: Field) -> Bool {
    field.count <= 4 && field.bytes.allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
  }

  private static func street(_ row: Row, _ column: [Int]) -> String {
    let name = row[column[7]].isEmpty ? row[column[8]] : row[column[7]]
    return name.isEmpty ? "" : "\(name.text) \(row[column[9]].text)"
  }

  private static func entity(_ field: Field) throws -> UInt64? {
    field.isEmpty || field[0] == UInt8(ascii: "9") ? nil : Identifiers.belgian(field)
  }

  private static func unreadable(_ field: Field) -> RowReason {
    !field.isEmpty && field[0] == UInt8(ascii: "9") ? .branch : .identifier
  }

  /// `6` for `006`, as a spreadsheet leaves it.
  private static func padded(_ field: Field) -> String {
    let text = field.text
    return text.isEmpty ? "" : String(repeating: "0", count: max(0, 3 - text.count)) + text
  }

  /// Codes of agriculture and forestry begin with a zero that spreadsheets eat: NACE codes have 5 or 7 digits.
  private static func nace(_ field: Field) -> String {
    let text = field.text.filter { $0 != "." }
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return "" }
    return text.count == 4 || text.count == 6 ? "0" + text : text
  }
}
