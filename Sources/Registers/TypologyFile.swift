internal import Diagnostics
package import Nomenclature
package import Tabular
package import Territory
internal import Wording

/// A table that says of each commune which class of a typology it is in, read to its end: INSEE's density grid,
/// Eurostat's degree of urbanisation, or one of somebody's own.
///
/// Communes of before are carried to that of today where the history knows it. One that is there itself counts, and
/// what was a part of it does not.
package struct TypologyFile {
  package private(set) var classes: [Typology.Class] = []
  /// By commune of today, the code of its class.
  package private(set) var classOfCommune: [String: String] = [:]
  package private(set) var account = Reconciliation()
  /// Those of which it classes a commune.
  package private(set) var countries: Set<Country> = []

  /// More values than this in a column are no classes: inhabitants, names.
  private static let mostClasses = 60

  /// `column` holds the classes, where somebody says so.
  package init(_ container: Container, column: String?, _ book: TerritoryBook, _ labels: TypologyLabels) throws {
    let reader = try TableReader(
      container.stream(),
      TableReader.Options(header: { lines in lines.firstIndex { TypologyColumns.areThere($0) } ?? 0 }))
    if reader.linesAbove > 0 { account.remarks["lines_above"] = reader.linesAbove }
    let columns = try TypologyColumns(reader, column: column)
    var lines: [Line] = []
    try reader.forEachBatch { batch in
      try Interruption.check()
      var blanks = 0
      for record in 0..<batch.count {
        let row = batch[record]
        if row.isBlank(of: reader.columns.count) {
          blanks += 1
        } else {
          lines.append(Line(row, columns, number: batch.line(of: record), source: batch.source(of: record)))
        }
      }
      try account.close(batch, blanks: blanks, at: reader.place)
    }
    let settled = try Self.country(of: lines, columns, book, at: reader.place)
    var claims: [Int: [Claim]] = [:]
    var seen: Set<String> = []
    for line in lines {
      guard let country = line.country ?? (line.isAbroad ? nil : settled) else {
        account.leaveOut(.abroad)
        continue
      }
      switch Self.commune(line, country, book) {
      case .failure(let refusal) where refusal.reason.isRejection: account.reject(line.rejected(refusal.reason))
      case .failure(let refusal): account.leaveOut(refusal.reason)
      case .success(let claim) where !seen.insert("\(country.rawValue) \(claim.code)").inserted:
        account.reject(line.rejected(.duplicate))
      case .success(let claim): claims[claim.commune, default: []].append(claim)
      }
    }
    account.rejectedRows.sort { $0.line < $1.line }
    var found: Set<Country> = []
    for (commune, claims) in claims {
      guard let country = Country(rawValue: String(book.communes[commune].code.prefix(2))) else { continue }
      settle(claims, as: book.communes[commune].code, book.histories[country])
      found.insert(country)
    }
    guard account.kept > 0 || account.rejectedCount > 0 || account.read == 0 else {
      throw Problem("typology.nothing", at: reader.place, ["read": "#\(account.read)"])
    }
    countries = found
    classes = Self.classes(lines, Set(classOfCommune.values), labels, column: columns.name)
    guard classes.count <= Self.mostClasses else {
      throw Problem(
        "typology.too_many_classes", at: reader.place,
        ["column": columns.name, "count": "#\(classes.count)", "columns": reader.columns.joined(separator: ", ")])
    }
    let missing = book.communes.count { commune in
      classOfCommune[commune.code] == nil && found.contains { commune.code.hasPrefix("\($0.rawValue)-") }
    }
    if missing > 0 { account.remarks["typology_missing"] = missing }
  }

  // MARK: - Rows

  private struct Line {
    let number: Int
    let source: String
    let written: String
    let country: Country?
    /// Its country is a third one.
    let isAbroad: Bool
    let value: String
    let label: String

    init(_ row: Row, _ columns: TypologyColumns, number: Int, source: String) {
      func text(_ position: Int?) -> String { position.map { row[$0].trimmed.text } ?? "" }
      (self.number, self.source) = (number, source)
      let code = text(columns.code).uppercased()
      written = code
      let said = text(columns.country).folded
      let told = Country.allCases.first { country in
        said.hasPrefix(country.rawValue.lowercased()) || Self.start(of: code, country) != nil
      }
      country = told ?? (said.isEmpty ? columns.codesOf : nil)
      isAbroad = told == nil && !said.isEmpty
      value = Self.whole(text(columns.value))
      label = text(columns.label)
    }

    func rejected(_ reason: RowReason) -> RejectedRow { RejectedRow(line: number, reason: reason, source: source) }

    /// What stands before the number, where it tells the country: `FR-COM-`, `BE_`.
    private static func start(of written: String, _ country: Country) -> String? {
      ["\(country.rawValue)-COM-", "\(country.rawValue)_", country.rawValue].first { written.hasPrefix($0) }
    }

    /// The official number; French ones may have lost their zero. Nil where it is none.
    func official(in country: Country) -> String? {
      var text = Self.whole(String(written.dropFirst(Self.start(of: written, country)?.count ?? 0)))
      if country == .fr, text.utf8.count == 4, text.allSatisfy({ $0.isASCII && $0.isNumber }) { text = "0" + text }
      let isCode = text.utf8.count == 5 && text.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter) }
      return isCode ? text : nil
    }

    /// Spreadsheets write `1.0` for a code.
    private static func whole(_ text: String) -> String { text.hasSuffix(".0") ? String(text.dropLast(2)) : text }
  }

  private struct Claim {
    /// Position in the book.
    let commune: Int
    let code: String
    let value: String
    /// Under the code that the commune has today.
    let isOwn: Bool
  }

  private struct Refusal: Error { let reason: RowReason }

  private static func commune(_ line: Line, _ country: Country, _ book: TerritoryBook) -> Result<Claim, Refusal> {
    func refused(_ reason: RowReason) -> Result<Claim, Refusal> { .failure(Refusal(reason: reason)) }
    guard let code = line.official(in: country) else { return refused(.code) }
    guard let position = (country == .fr ? book.french : book.belgian)[code] else {
      let isOverseas = country == .fr && ["975", "977", "978", "98"].contains { code.hasPrefix($0) }
      if isOverseas { return refused(.overseas) }
      if case .divided = book.histories[country]?.fate(of: code) { return refused(.divided) }
      return refused(.place)
    }
    guard !line.value.isEmpty else { return refused(.emptyClass) }
    let isOwn = book.communes[position].official == code
    return .success(Claim(commune: position, code: code, value: line.value, isOwn: isOwn))
  }

  /// Of rows that do not say it, the country of which more codes are known. Numbers of both countries look alike.
  private static func country(
    of lines: [Line], _ columns: TypologyColumns, _ book: TerritoryBook, at place: Place
  ) throws(Problem) -> Country? {
    let open = lines.filter { $0.country == nil && !$0.isAbroad }
    guard !open.isEmpty else { return nil }
    func known(_ country: Country, _ positions: [String: Int]) -> Int {
      open.count { line in line.official(in: country).map { positions[$0] != nil } ?? false }
    }
    let (french, belgian) = (known(.fr, book.french), known(.be, book.belgian))
    guard french != belgian || french == 0 else {
      throw Problem("typology.which_country", at: place, ["column": columns.codeName])
    }
    return belgian > french ? .be : .fr
  }

  private mutating func settle(_ claims: [Claim], as commune: String, _ history: CommuneHistory?) {
    if let own = claims.first(where: \.isOwn) {
      account.keep()
      for _ in claims.dropFirst() { account.leaveOut(.part) }
      classOfCommune[commune] = own.value
      return
    }
    let classes = Dictionary(claims.map { ($0.code, $0.value) }) { first, _ in first }
    for _ in claims { account.keep() }
    account.remarks["typology_carried", default: 0] += claims.count
    if Set(classes.values).count > 1 { account.remarks["typology_mixed", default: 0] += 1 }
    classOfCommune[commune] = Typology.prevailing(classes, history)
  }

  /// The classes that some commune is in. What the file calls them counts; where that is what Essor knows, in three
  /// languages.
  private static func classes(
    _ lines: [Line], _ used: Set<String>, _ labels: TypologyLabels, column: String
  ) -> [Typology.Class] {
    var told: [String: Set<String>] = [:]
    for line in lines where used.contains(line.value) && !line.label.isEmpty {
      told[line.value, default: []].insert(line.label)
    }
    // Several names of one class are those of something else: of the communes.
    let names = told.values.allSatisfy { $0.count == 1 } ? told.compactMapValues(\.first) : [:]
    let known = labels.labels(of: used, column: column)
    return Typology.inOrder(
      used.map { code in
        let own = names[code].map { Label(fr: $0, nl: $0, en: $0) }
        let usual = known[code]
        if let own, let usual, own.fr.folded != usual.fr.folded { return Typology.Class(code, own) }
        return Typology.Class(code, usual ?? own ?? Label(fr: code, nl: code, en: code))
      })
  }
}
