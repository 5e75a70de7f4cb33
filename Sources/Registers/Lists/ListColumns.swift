internal import Diagnostics
package import Matching
package import Tabular
package import Territory

/// Proposes what each column of a list holds, from its name (share/matching/columns.csv) and from its first values.
///
/// A name that is known settles it; otherwise values do where nothing else looks like them: numbers that pass their
/// check, postal codes, names of communes. What only a name can tell (an address, dates, a category) is left to names.
/// A name that tells of an end is never taken for that of a beginning: it would let in whom the list has let go.
package struct ListColumns: Sendable {
  private let words: NameReading
  /// Known names in the order of the table: the first of a field is the best.
  private let headers: [(field: ListField?, name: NormalName)]

  package init(share: String, _ words: NameReading) throws {
    let table = try DeclaredTable("\(share)/matching/columns.csv", columns: ["field", "header"])
    headers = try table.entries.map { entry in
      let field = ListField(rawValue: entry["field"])
      guard field != nil || entry["field"] == "none" else {
        throw table.problem(
          "list.unknown_field", entry,
          ["field": entry["field"], "known": ListField.allCases.map(\.rawValue).joined(separator: ", ")])
      }
      return (field, words(entry["header"]))
    }
    self.words = words
  }

  private struct Claim {
    let field: ListField
    let column: Int
    let score: Double
  }

  /// The name of a column, and its words as they tell of dates.
  private struct Header {
    let name: NormalName
    /// With the little word at the end, which else says nothing: `Agrément du`, `Agrément au`.
    let tokens: Set<Token>
    /// With those between brackets: `Date d'agrément (fin)`.
    let opened: Set<Token>
  }

  /// Without `places`, only names and numbers are looked at.
  package func proposal(
    for container: Container, _ places: AddressPlaces?, asked: ListMapping = ListMapping()
  ) throws -> ListMapping {
    // Columns that somebody names tell the header, whatever they are called.
    let sample = try ListSample(container) { asked.header(among: $0) ?? header(among: $0) }
    var mapping: [ListField: Int] = [:]
    for claim in try claims(on: sample, places)
    where mapping[claim.field] == nil && !mapping.values.contains(claim.column) {
      mapping[claim.field] = claim.column
    }
    if mapping[.name] == nil { mapping[.name] = sample.likeliestName(besides: Set(mapping.values)) }
    try refuseTwins(mapping, sample)
    return ListMapping(mapping.mapValues { sample.columns[$0] })
  }

  /// A mapping that was kept, and what the names of columns tell of the fields that it has in none: a list grows.
  ///
  /// What somebody set aside stays so. A column goes to the field that its name tells best, or to none: that another
  /// column has that field makes it no second choice. Names are left as they are, and so is a number of whatever kind
  /// beside one that is known: a telephone number would have rows rejected that were read before.
  package func completed(_ mapping: ListMapping, for container: Container) throws -> ListMapping {
    let sample = try sample(container, mapping)
    let used = Set(mapping.columns.values)
    var looked: Set<Int> = []
    var adopted: [ListField: Int] = [:]
    func isFree(_ field: ListField) -> Bool { mapping.columns[field] == nil && adopted[field] == nil }
    for claim in try claims(on: sample, nil, namesOnly: true) {
      guard looked.insert(claim.column).inserted, !used.contains(sample.columns[claim.column]) else { continue }
      guard claim.field != .name, isFree(claim.field), !mapping.setAside.contains(claim.field) else { continue }
      if claim.field == .number, !ListField.numbers.allSatisfy(isFree) { continue }
      adopted[claim.field] = claim.column
    }
    try refuseTwins(adopted, sample)
    let columns = mapping.columns.merging(adopted.mapValues { sample.columns[$0] }) { kept, _ in kept }
    return ListMapping(columns, setAside: mapping.setAside)
  }

  /// How many columns hold dates, serve no field and have a name that says nothing; none where it is settled since when
  /// and until when.
  package func idleDates(_ container: Container, _ mapping: ListMapping) throws -> Int {
    let isSettled = [ListField.since, .until].allSatisfy {
      mapping.columns[$0] != nil || mapping.setAside.contains($0)
    }
    if isSettled { return 0 }
    let sample = try sample(container, mapping)
    let used = Set(mapping.columns.values)
    return sample.columns.indices.count { column in
      !used.contains(sample.columns[column]) && sample.holdsDates(column) && !isKnown(reading(sample.columns[column]))
    }
  }

  /// Refuses a mapping by which names are numbers, or whole rows: the columns were not understood.
  package func verify(_ mapping: ListMapping, for container: Container) throws {
    guard let name = mapping.columns[.name] else { return }
    if let problem = try sample(container, mapping).holdsNoNames(name) { throw problem }
  }

  private func sample(_ container: Container, _ mapping: ListMapping) throws -> ListSample {
    try ListSample(container) { mapping.header(among: $0) ?? 0 }
  }

  /// What looks most like something comes first; of two alike, the column that comes first.
  private func claims(on sample: ListSample, _ places: AddressPlaces?, namesOnly: Bool = false) throws -> [Claim] {
    var claims: [Claim] = []
    for (column, text) in sample.columns.enumerated() {
      let header = reading(text)
      if isSetAside(header) { continue }
      for field in ListField.allCases {
        let byValue = sample.looks(like: field, column, places)
        if let byName = score(header, field) {
          claims.append(Claim(field: field, column: column, score: byName + (byValue ?? 0)))
        } else if !namesOnly, let byValue, byValue >= Self.telling(field) {
          // A column that nobody calls by its name, full of communes, and named like one: the first line is a row.
          if field == .place, let places, places.isPlace(text) { throw sample.headless(text) }
          claims.append(Claim(field: field, column: column, score: 4 + byValue))
        }
      }
    }
    claims.sort { ($0.score, $1.field, $1.column) > ($1.score, $0.field, $0.column) }
    return claims
  }

  private func refuseTwins(_ mapping: [ListField: Int], _ sample: ListSample) throws {
    for (field, column) in mapping where ListField.numbers.contains(field) {
      let twin = sample.columns.indices.first {
        $0 != column && words(sample.columns[$0]).key == words(sample.columns[column]).key
      }
      if let twin { throw sample.repeated(min(twin, column)) }
    }
  }

  // MARK: - Names

  /// Of the first lines, that in which most cells have a name that is known; the first line where none does better.
  ///
  /// Above it may stand a title, or the first line of a double header; never a row.
  private func header(among lines: [[String]]) -> Int {
    var best = (line: 0, known: 0, exact: 0)
    for (line, cells) in lines.prefix(while: { !$0.contains(where: ListFile.isValue) }).enumerated() {
      let names = cells.map(reading)
      let known = names.count { name in ListField.allCases.contains { score(name, $0) != nil } }
      let exact = names.count { name in headers.contains { $0.field != nil && $0.name.key == name.name.key } }
      guard (known, exact) > (best.known, best.exact) else { continue }
      // A single name is one where a number stands below it.
      let isFollowed = lines.dropFirst(line + 1).first?.contains(where: ListSample.isNumber) == true
      if line == 0 || exact > 0 && (known > 1 || isFollowed) { best = (line, known, exact) }
    }
    return best.line
  }

  private func reading(_ text: String) -> Header {
    func last(_ text: String) -> [Token] {
      text.split { !$0.isLetter && !$0.isNumber }.last.map { words(String($0)).tokens } ?? []
    }
    let name = words(text)
    let tokens = Set(name.tokens).union(text.contains("(") ? [] : last(text))
    let opened = String(text.map { character -> Character in "()".contains(character) ? " " : character })
    return Header(name: name, tokens: tokens, opened: tokens.union(words(opened).tokens).union(last(opened)))
  }

  /// Columns that are never proposed.
  private func isSetAside(_ header: Header) -> Bool {
    headers.contains { $0.field == nil && $0.name.key == header.name.key }
  }

  private func isKnown(_ header: Header) -> Bool {
    isSetAside(header) || ListField.allCases.contains { score(header, $0) != nil }
  }

  /// The very name of a field, or a name that holds it: the more words of it, the better.
  private func score(_ header: Header, _ field: ListField) -> Double? {
    guard let count = wordsHeld(by: header, of: field) else { return nil }
    switch field {
    case .since:
      if tellsEnd(header, beside: count) { return nil }
    case .until:
      if let begun = wordsHeld(by: header, of: .since), !tellsEnd(header, beside: begun) { return nil }
    default: break
    }
    let known = headers.filter { $0.field == field }
    if let rank = known.firstIndex(where: { $0.name.key == header.name.key }) { return 10 - Double(rank) * 0.01 }
    return 5 + Double(count - 1) * 0.5
  }

  /// Of the known names of a field that a header holds, how many words the longest has.
  private func wordsHeld(by header: Header, of field: ListField) -> Int? {
    // `Type de coopérative` is no name for its last word: only days are told by little words.
    let given = field == .since || field == .until ? header.tokens : Set(header.name.tokens)
    return headers.filter { $0.field == field && !$0.name.isEmpty && given.isSuperset(of: $0.name.tokens) }
      .map(\.name.tokens.count).max()
  }

  /// Does it hold a word of end (a known name of one word), or a longer name that says no less than that of a beginning?
  /// `Date de retrait de l'agrément` does; `Date de début de validité` does not, though `date de validité` is an end.
  private func tellsEnd(_ header: Header, beside count: Int) -> Bool {
    headers.contains { field, name in
      field == .until && !name.isEmpty && (name.tokens.count == 1 || name.tokens.count >= count)
        && header.opened.isSuperset(of: name.tokens)
    }
  }

  /// The share of values from which a column is told by them alone; above one where they never tell.
  private static func telling(_ field: ListField) -> Double {
    switch field {
    case .siren, .siret, .bce, .rna, .postcode, .commune: 0.9
    case .place: 0.7
    default: 2
    }
  }
}
