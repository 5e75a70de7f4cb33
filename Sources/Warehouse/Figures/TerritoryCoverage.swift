package import Territory

/// How much of a territory the sources of a release speak of in a year.
package struct TerritoryCoverage: Sendable {
  /// What its countries and the year rest on: one, or two for a territory across the border.
  package let countries: [Manifest.Coverage]
  /// Its regions without any employer: a commune may have none, a whole region was not in the files.
  package let missingRegions: [Territory]
  /// The years of the registers of its countries.
  package let registerYears: Set<Int>
  /// Employers known in its regions then, and in the years of the registers.
  package let employers: Int
  package let employersInRegisters: Int

  /// A year known by fewer than half of today's employers is told by a few files, not by the economy of then.
  private var isThin: Bool { employers * 2 < employersInRegisters }

  /// Sums over this territory leave out something that is known to be there.
  package var isPartial: Bool { !missingRegions.isEmpty || isThin || isWithoutUnits }

  /// More than one French establishment in a hundred has no unit: its family is not known.
  private let isWithoutUnits: Bool

  /// Nil where no source speaks of the territory in that year. `employers`: by region, of a year.
  package init?(
    regions: Set<String>, _ countries: Set<String>, _ year: Int, _ manifest: Manifest, _ book: TerritoryBook,
    employers: (Int) -> [String: Int]
  ) {
    let found = manifest.coverage.filter { countries.contains($0.country) && $0.year == year }
    guard !found.isEmpty else { return nil }
    let then = employers(year).filter { regions.contains($0.key) }
    guard !then.isEmpty else { return nil }
    // A country may have headcounts and no register.
    let stock = manifest.stockYears.filter { countries.contains($0.key) }
    let inRegisters = stock.map { country, year in
      employers(year).filter { regions.contains($0.key) && $0.key.hasPrefix(country) }.values.reduce(0, +)
    }
    self.countries = found
    isWithoutUnits = countries.contains("FR") && manifest.use.lacksUnits
    missingRegions = regions.filter { then[$0] == nil }.compactMap { book[$0] }.sorted { $0.name < $1.name }
    registerYears = Set(stock.map(\.value))
    self.employers = then.values.reduce(0, +)
    employersInRegisters = inRegisters.reduce(0, +)
  }
}
