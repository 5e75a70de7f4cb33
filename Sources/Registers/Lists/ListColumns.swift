internal import Diagnostics
package import Matching
package import Tabular
package import Territory

/// Proposes what each column of a list holds, from its name (share/matching/columns.csv) and from its first values.
///
/// A name that is known settles it; otherwise values do where nothing else looks like them: numbers that pass their
/// check, postal codes, names of communes. What only a name can tell (an address, dates, a category) is left to names.
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

  /// Without `places`, only names and numbers are looked at.
  package func proposal(for container: Container, _ places: AddressPlaces?) throws -> ListMapping {
    let sample = try ListSample(container)
    var claims: [Claim] = []
    for (column, header) in sample.columns.enumerated() {
      let name = words(header)
      if headers.contains(where: { $0.field == nil && $0.name.key == name.key }) { continue }
      for field in ListField.allCases {
        let byValue = sample.looks(like: field, column, places)
        if let byName = score(name, field) {
          claims.append(Claim(field: field, column: column, score: byName + (byValue ?? 0)))
        } else if let byValue, byValue >= Self.telling(field) {
          // A column that nobody calls by its name, full of communes, and named like one: the first line is a row.
          if field == .place, let places, places.isPlace(header) { throw sample.headless(header) }
          claims.append(Claim(field: field, column: column, score: 4 + byValue))
        }
      }
    }
    // What looks most like something is that; of two alike, the column that comes first.
    claims.sort { ($0.score, $1.field, $1.column) > ($1.score, $0.field, $0.column) }
    var mapping: [ListField: Int] = [:]
    for claim in claims where mapping[claim.field] == nil && !mapping.values.contains(claim.column) {
      mapping[claim.field] = claim.column
    }
    if mapping[.name] == nil { mapping[.name] = sample.likeliestName(besides: Set(mapping.values)) }
    for (field, column) in mapping where ListField.numbers.contains(field) {
      let twin = sample.columns.indices.first {
        $0 != column && words(sample.columns[$0]).key == words(sample.columns[column]).key
      }
      if let twin { throw sample.repeated(min(twin, column)) }
    }
    return ListMapping(mapping.mapValues { sample.columns[$0] })
  }

  /// The very name of a field, or a name that holds it.
  private func score(_ name: NormalName, _ field: ListField) -> Double? {
    let known = headers.enumerated().filter { $0.element.field == field }
    if let exact = known.first(where: { $0.element.name.key == name.key }) {
      return 10 - Double(exact.offset - known[0].offset) * 0.01
    }
    let given = Set(name.tokens)
    return known.contains { !$0.element.name.isEmpty && given.isSuperset(of: $0.element.name.tokens) } ? 5 : nil
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
