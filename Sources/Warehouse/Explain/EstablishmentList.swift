import DuckStore
package import Nomenclature
import Registers

/// An establishment of one organisation, as a release has it.
package struct ListedEstablishment: Sendable {
  package let id: String
  package let name: String
  /// The code of its commune.
  package let territory: String
  package let activity: Activity?
  /// The public size band of its register.
  package let band: String
  package let isActive: Bool
  package let isEmployer: Bool
  package let isHead: Bool
  package let isRestricted: Bool
}

extension Release {
  /// The establishments of a legal unit: the head first, then those that are active, by number.
  package func establishments(of country: Country, _ unit: UInt64) throws -> [ListedEstablishment] {
    try store.rows(
      """
      SELECT id, name, territory, activity_scheme, activity, band, active, employer, head, restricted
      FROM establishments WHERE country = '\(country.rawValue)' AND unit = \(unit)
      ORDER BY active DESC, head DESC, id
      """
    ).map { row in
      let id = UInt64(row[0].integer ?? 0)
      return ListedEstablishment(
        id: country == .fr ? Identifiers.padded(id, 14) : Identifiers.printedBelgian(id), name: row[1].text,
        territory: row[2].text, activity: ActivityScheme(rawValue: row[3].text).map { Activity($0, row[4].text) },
        band: row[5].text, isActive: row[6] == .boolean(true), isEmployer: row[7] == .boolean(true),
        isHead: row[8] == .boolean(true), isRestricted: row[9] == .boolean(true))
    }
  }
}
