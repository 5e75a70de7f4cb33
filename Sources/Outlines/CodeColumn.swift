package import Diagnostics
package import Geometry
package import Nomenclature
package import Territory

/// The column of a layer that holds the codes of communes, found by looking at the values, and their country.
package struct CodeColumn: Sendable, Hashable {
  package let name: String
  package let country: Country

  /// At least half of the values must be codes of communes, of today or of before; of several columns, the one with
  /// the most. Numbers of both countries look alike: where as many fit, features that lie in Belgium are Belgian.
  /// `name` is what somebody says, `places` where each feature lies in the world, if that is known.
  package init(
    _ layer: Layer, _ book: TerritoryBook, named name: String?, places: [Point?], _ envelopes: Envelopes, file: String
  ) throws(Problem) {
    let columns: [String]
    if let name {
      guard let column = layer.columns.first(where: { $0.lowercased() == name.lowercased() }) else {
        throw Problem(
          "boundaries.no_such_column", status: .commandLine, at: Place(file: file),
          ["column": name, "columns": layer.columns.joined(separator: ", ")])
      }
      columns = [column]
    } else {
      columns = layer.columns
    }
    // Value by value: of many columns, a feature may have a few.
    var counts: [CodeColumn: (known: Int, near: Int)] = [:]
    let sought = Set(columns)
    for (index, feature) in layer.features.enumerated() {
      for (name, value) in feature.values where sought.contains(name) {
        for country in Country.allCases {
          guard let code = Self.code(value, of: country), Self.isKnown(code, country, book) else { continue }
          let column = CodeColumn(name: name, country: country)
          counts[column, default: (0, 0)].known += 1
          if country == .be, index < places.count, let place = places[index],
            Self.isBelgian(code, at: place, book, envelopes)
          {
            counts[column, default: (0, 0)].near += 1
          }
        }
      }
    }
    var best: (rank: (known: Int, near: Int), column: CodeColumn)?
    for name in columns {
      for country in Country.allCases {
        let column = CodeColumn(name: name, country: country)
        guard let rank = counts[column], rank.known * 2 >= layer.features.count else { continue }
        if best.map({ $0.rank < rank }) ?? true { best = (rank, column) }
      }
    }
    guard let best else {
      throw Problem(
        name == nil ? "boundaries.no_code_column" : "boundaries.no_codes", at: Place(file: file),
        [
          "columns": layer.columns.joined(separator: ", "), "column": name ?? "",
          "example": columns.first.flatMap { layer.features.first?.values[$0] } ?? "",
        ])
    }
    self = best.column
  }

  private init(name: String, country: Country) { (self.name, self.country) = (name, country) }

  private static func isKnown(_ code: String, _ country: Country, _ book: TerritoryBook) -> Bool {
    if book.commune(code, in: country) != nil { return true }
    switch book.histories[country]?.fate(of: code) {
    case .whole, .divided, .lost: return true
    case .unknown, nil: return false
    }
  }

  /// Near the central point of the commune; or somewhere in Belgium, and not in the département that has such numbers.
  private static func isBelgian(
    _ code: String, at place: Point, _ book: TerritoryBook, _ envelopes: Envelopes
  ) -> Bool {
    guard let commune = book.commune(code, in: .be) else { return false }
    if envelopes.isNear(place, nis: commune.official) { return true }
    return envelopes.holds(place, in: .be) && envelopes.departements[String(code.prefix(2))]?.contains(place) != true
  }

  /// The official number in a value: `11001`, `11001.0`, `BE-COM-11001`, and French ones that lost their zero.
  package static func code(_ value: String, of country: Country) -> String? {
    var text = value.uppercased()
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    for prefix in ["\(country.rawValue)-COM-", "\(country.rawValue)_", country.rawValue] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
      break
    }
    if let dot = text.firstIndex(of: "."), text[text.index(after: dot)...].allSatisfy({ $0 == "0" }) {
      text = String(text[..<dot])
    }
    if country == .fr, text.utf8.count == 4, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) { text = "0" + text }
    guard text.utf8.count == 5, text.utf8.dropFirst(2).allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return text
  }
}
