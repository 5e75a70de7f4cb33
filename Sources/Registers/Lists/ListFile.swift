package import Diagnostics
package import Nomenclature
package import Tabular
internal import Territory
internal import Wording

/// A list of organisations kept by somebody: approvals, members, local actors. A row an organisation, by its number or
/// by its name and place; or a row each of its establishments or each of its memberships, of which those of other dates
/// count and those that say the same again do not.
///
/// Members of another country than the list's are rejected: a Belgian approval says nothing of a French company.
package struct ListFile {
  package static let source = "list"

  /// From which day until which; without an end where none is said.
  package struct Period: Sendable, Hashable {
    package let since, until: Int32?

    /// Whether a day is before it (−1), within it (0) or after it (1).
    package func place(of day: Int32) -> Int {
      if let until, until < day { return 1 }
      if let since, day > 0, since > day { return -1 }
      return 0
    }

    /// It would end before it begins, and one of the two is false.
    var isReversed: Bool {
      guard let since, let until else { return false }
      return since > until
    }
  }

  package struct Entry: Sendable {
    package let line: Int
    /// The number that names it, if there is one, and what kind it was.
    package let member: MemberList.Member?
    package let field: ListField?
    package let association: AssociationNumber?
    package let name, address, postcode, place, commune: String
    package let country: Country?
    /// Of a third country, as the row says.
    package var isForeign = false
    package let period: Period
    /// Its number had lost its leading zeros.
    package var isCompleted = false
    /// It gives a day that cannot be read, and one that has ended would be taken for one without an end.
    package var isUndated = false
    /// It gives the numbers of two organisations, of which the first counts.
    var isTwofold = false

    /// What tells the row from others, and stays when the list is updated.
    package var identity: String {
      [name, address, postcode, place, commune, association?.description ?? ""].joined(separator: "|").lowercased()
    }
  }

  private let reader: TableReader
  private let columns: [ListField: Int]

  package init(_ container: Container, _ mapping: ListMapping) throws(Problem) {
    let reader = try TableReader(
      container.stream(), TableReader.Options(header: { mapping.header(among: $0) ?? 0 }))
    var columns: [ListField: Int] = [:]
    var place = reader.place
    place.line = reader.headerLine
    if let value = Self.value(among: reader.columns, mapping) {
      throw Problem("list.no_header", at: place, ["column": value])
    }
    for (field, column) in mapping.ordered {
      let position = try reader.position(column)
      guard position >= 0 else {
        throw Problem(
          "list.no_column", at: place,
          [
            "field": field.rawValue, "column": column,
            "nearest": Self.alike(column, reader.columns).joined(separator: ", "),
            "columns": reader.columns.joined(separator: ", "),
          ])
      }
      columns[field] = position
    }
    guard columns.keys.contains(where: { ListField.numbers.contains($0) || $0 == .name || $0 == .rna }) else {
      throw Problem(
        "list.nothing", at: place,
        [
          "columns": reader.columns.joined(separator: ", "),
          "known": ListField.allCases.map(\.rawValue).joined(separator: ", "),
        ])
    }
    self.reader = reader
    self.columns = columns
  }

  /// A number or a postal code that stands as the name of a column: the first line is a row, and would be lost.
  private static func value(among columns: [String], _ mapping: ListMapping) -> String? {
    let places = [ListField.postcode, .commune].compactMap { mapping.columns[$0] }
    return columns.first(where: ListSample.isNumber)
      ?? places.first { isPostcode($0) && columns.contains($0) }
  }

  private static func isPostcode(_ text: String) -> Bool {
    // Years name columns too.
    4...5 ~= text.utf8.count && text.utf8.allSatisfy { 0x30...0x39 ~= $0 } && !(1900...2100 ~= Int(text) ?? 0)
  }

  /// Can a cell only be that of a row?
  static func isValue(_ text: String) -> Bool { ListSample.isNumber(text) || isPostcode(text) }

  /// Columns whose name holds that one or is held by it, or is it mistyped.
  private static func alike(_ column: String, _ columns: [String]) -> [String] {
    let wanted = column.lowercased()
    let holding = columns.filter { name in
      let name = name.lowercased()
      return !name.isEmpty && !wanted.isEmpty && (name.contains(wanted) || wanted.contains(name))
    }
    return holding.isEmpty ? nearest(to: column, among: columns, atMost: 3) : Array(holding.prefix(3))
  }

  package func read(of country: Country? = nil, _ body: (Entry) throws -> Void) throws -> Reconciliation {
    var account = Reconciliation()
    if reader.linesAbove > 0 { account.remarks["lines_above"] = reader.linesAbove }
    var members: Set<Membership<MemberList.Member>> = []
    var others: Set<Membership<String>> = []
    try reader.forEachBatch { batch in
      try Interruption.check()
      var blanks = 0
      for record in 0..<batch.count {
        guard let entry = entry(batch[record], of: country, line: batch.line(of: record)) else {
          if batch[record].isBlank(of: reader.columns.count) {
            blanks += 1
            continue
          }
          account.reject(.identifier, batch, record)
          continue
        }
        guard !entry.isForeign, country == nil || entry.country == nil || entry.country == country else {
          account.reject(.country, batch, record)
          continue
        }
        guard !entry.isUndated else {
          account.reject(.date, batch, record)
          continue
        }
        guard !entry.period.isReversed else {
          account.reject(.reversed, batch, record)
          continue
        }
        let isNew =
          entry.member.map { members.insert(Membership(of: $0, entry.period)).inserted }
          ?? others.insert(Membership(of: entry.identity, entry.period)).inserted
        guard isNew else {
          account.leaveOut(.repeated)
          continue
        }
        account.keep()
        if entry.isTwofold { account.remarks["two_numbers", default: 0] += 1 }
        if entry.isCompleted { account.remarks["completed_numbers", default: 0] += 1 }
        try body(entry)
      }
      try account.close(batch, blanks: blanks, at: reader.place)
    }
    return account
  }

  /// What tells a row that says something new.
  private struct Membership<Member: Hashable>: Hashable {
    let member: Member
    let period: Period

    init(of member: Member, _ period: Period) { (self.member, self.period) = (member, period) }
  }

  /// Nil where the row has a number that is none, or neither a number nor a name.
  private func entry(_ row: Row, of country: Country?, line: Int) -> Entry? {
    func field(_ field: ListField) -> Field { row[columns[field] ?? -1].trimmed }
    func text(_ wanted: ListField) -> String { Typography.plain(field(wanted).text) }
    let said = text(.country)
    let told = Self.country(said)
    var reading: MemberList.Reading?
    var kind: ListField?
    var (isUnreadable, isTwofold) = (false, false)
    for wanted in ListField.numbers {
      let written = field(wanted)
      // `en cours`, `néant`: words in the place of a number say that there is none.
      guard written.bytes.contains(where: { 0x30...0x39 ~= $0 }) else { continue }
      let found = MemberList.reading(written, wanted, home: told ?? country)
      if let first = reading {
        // A number of whatever kind may be that of a file.
        if let found, wanted != .number, found.member != first.member { isTwofold = true }
        continue
      }
      reading = found
      kind = reading == nil ? nil : wanted
      isUnreadable = isUnreadable || reading == nil
    }
    let member = reading?.member
    let written = field(.rna)
    let association = AssociationNumber(written)
    if association == nil, written.bytes.contains(where: { 0x30...0x39 ~= $0 }) { isUnreadable = true }
    let name = text(.name)
    guard member != nil || !isUnreadable && (!name.isEmpty || association != nil) else { return nil }
    let postcode = text(.postcode)
    let numbered: Country? = member.map { $0.isFrench ? .fr : .be } ?? (association != nil ? .fr : nil)
    // A postal code alone is a guess (1000 is Brussels, or 01000 without its zero), and the list knows better.
    let guessed = said.folded.isEmpty ? country ?? AddressPlaces.country(ofPostcode: postcode) : nil
    var entry = Entry(
      line: line, member: member, field: kind, association: association, name: name, address: text(.address),
      postcode: postcode, place: text(.place), commune: text(.commune),
      country: numbered ?? told ?? guessed,
      period: Period(since: Self.day(text(.since), isEnd: false), until: Self.day(text(.until), isEnd: true)))
    func isUnread(_ wanted: ListField, _ day: Int32?) -> Bool {
      day == nil && field(wanted).bytes.contains { 0x30...0x39 ~= $0 }
    }
    entry.isCompleted = reading?.isCompleted == true
    entry.isTwofold = isTwofold
    entry.isUndated = isUnread(.since, entry.period.since) || isUnread(.until, entry.period.until)
    entry.isForeign = entry.country == nil && !said.folded.isEmpty
    return entry
  }

  private static func country(_ text: String) -> Country? {
    // `France métropolitaine`, `BE - Belgique`: the first word says it.
    switch text.folded.split(separator: " ").first ?? "" {
    case "fr", "fra", "france", "frankrijk", "frankreich": .fr
    case "be", "bel", "belgique", "belgie", "belgium", "belgien": .be
    default: nil
    }
  }

  /// A day, with its hour or without; a year or a month alone is its first day or its last.
  private static func day(_ text: String, isEnd: Bool) -> Int32? {
    let day = String(text.prefix { $0 != "T" && $0 != " " }.map { $0 == "." ? "/" : $0 })
    if day.utf8.count == 4, let year = Int32(day), 1800...2200 ~= year { return year * 10_000 + (isEnd ? 1231 : 101) }
    if day.utf8.count == 8, let number = Int32(day), number > 0 {
      return Dates.known(number / 10_000, number / 100 % 100, number % 100)
    }
    return Dates.iso(day) ?? Dates.dayFirst(day) ?? Dates.month(day, isEnd: isEnd)
  }

  /// Can a text be read as a day?
  static func isDay(_ text: String) -> Bool { day(text, isEnd: false) != nil }
}
