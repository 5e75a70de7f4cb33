/// What a column of a list may hold.
package enum ListField: String, Sendable, CaseIterable, Comparable {
  /// Numbers: of a French unit or establishment, of a Belgian enterprise, of either country, of an association.
  case siren, siret, bce, number, rna
  case name, address, postcode, place
  /// The code of the commune, INSEE or NIS.
  case commune
  case country, since, until, category

  static let numbers: [ListField] = [.siren, .siret, .bce, .number]

  package static func < (a: ListField, b: ListField) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
