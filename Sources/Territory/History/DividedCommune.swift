import Nomenclature

/// A commune that is no more, and of which several of today have a part.
package struct DividedCommune: Sendable {
  /// `FR-COM-51385`
  package let code: String
  /// The names that it bore; none where the history gives its code alone.
  package let names: [String]
  /// Communes of today and what they have of it, under their whole codes, the largest share first.
  package let shares: [CommuneHistory.Share]
}

extension DividedCommune {
  /// Those of a list that were divided in their country.
  static func among(_ former: [FormerCommune], _ country: Country, _ history: CommuneHistory?) -> [DividedCommune] {
    let names = Dictionary(grouping: former, by: \.code)
    return names.keys.sorted().compactMap { code in
      guard case .divided(let parts)? = history?.fate(of: code) else { return nil }
      let shares = parts.map { CommuneHistory.Share("\(country.rawValue)-COM-\($0.code)", $0.weight) }
      return DividedCommune(
        code: "\(country.rawValue)-COM-\(code)", names: (names[code] ?? []).flatMap(\.names),
        shares: shares.sorted { ($1.weight, $0.code) < ($0.weight, $1.code) })
    }
  }
}
