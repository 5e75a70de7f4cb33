import DuckStore
package import Nomenclature

/// A file of a release that speaks of one organisation, and how its records were found to be of it.
package struct OrganisationSource: Sendable {
  package struct Record: Sendable, Equatable {
    /// The number that it has in its own register; empty in a list.
    package let number: String
    /// As `matches.parquet` has it.
    package let method: String
    package let confidence: Double
  }

  package let receipt: Receipt
  /// Of the register of associations and of lists.
  package var records: [Record] = []
  /// Of annual accounts.
  package var years: [Int] = []
}

extension Release {
  /// The files that speak of an organisation of the directory, in the order of the manifest. `lists`: those that name
  /// it for the time of its register or for another.
  package func sources(
    of country: Country, _ number: UInt64, isRestricted: Bool, lists: Set<String>
  ) throws -> [OrganisationSource] {
    let registers: [Source] = country == .fr ? [.sireneUnits, .sireneEstablishments] : [.kbo]
    let vintages = try stocks(with: country, number)
    // The title of an association would tell the name that SIRENE withholds.
    let associations = try country == .fr && !isRestricted ? associations(of: number) : [:]
    let matched = try listRecords(of: country, number)
    let years = try country == .be ? accountYears(of: number) : []
    return manifest.sources.compactMap { receipt -> OrganisationSource? in
      var found = OrganisationSource(receipt: receipt)
      switch Source(rawValue: receipt.source) {
      case .list?:
        let list = receipt.list ?? receipt.vintage
        found.records = matched[list] ?? []
        return found.records.isEmpty && !lists.contains(list) ? nil : found
      case .rna?:
        found.records = associations[String(receipt.vintage.prefix { $0 != "-" })] ?? []
        return found.records.isEmpty ? nil : found
      case .nbb?:
        found.years = years.filter { receipt.wantedYear ?? $0 == $0 }
        return found.years.isEmpty ? nil : found
      case let source? where registers.contains(source):
        return vintages.contains(receipt.vintage) || receipt.vintage == newest(source) ? found : nil
      default: return nil
      }
    }
  }

  /// The stock that the directory is made of.
  private func newest(_ register: Source) -> String? {
    manifest.sources.filter { $0.source == register.rawValue }.map(\.vintage).max()
  }

  /// The dated stocks in which it was alive.
  private func stocks(with country: Country, _ number: UInt64) throws -> Set<String> {
    let rows = try store.rows(
      "SELECT DISTINCT vintage FROM states WHERE country = '\(country.rawValue)' AND id = \(number)")
    return Set(rows.map(\.[0].text))
  }

  /// By the register in which they stand, `waldec` or `import`.
  private func associations(of number: UInt64) throws -> [String: [OrganisationSource.Record]] {
    let rows = try store.rows(
      "SELECT layout, number, method, confidence FROM associations WHERE unit = \(number) ORDER BY number")
    return Dictionary(grouping: rows, by: \.[0].text).mapValues { $0.map(record) }
  }

  /// By the name of the list.
  private func listRecords(of country: Country, _ number: UInt64) throws -> [String: [OrganisationSource.Record]] {
    let rows = try store.rows(
      """
      SELECT substr(source, 6), '', method, confidence FROM matches
      WHERE country = '\(country.rawValue)' AND unit = \(number) AND status IN ('sure', 'accepted')
        AND source LIKE 'list/%' ORDER BY source, record
      """)
    return Dictionary(grouping: rows, by: \.[0].text).mapValues { $0.map(record) }
  }

  private func record(_ row: [Value]) -> OrganisationSource.Record {
    .init(number: row[1].text, method: row[2].text, confidence: row[3].number ?? 0)
  }

  private func accountYears(of number: UInt64) throws -> [Int] {
    try store.rows("SELECT DISTINCT year::INTEGER AS year FROM accounts WHERE enterprise = \(number) ORDER BY year")
      .compactMap(\.[0].integer)
  }
}
