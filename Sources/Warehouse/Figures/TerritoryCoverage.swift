internal import DuckStore
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

  /// Nil where no source speaks of the territory in that year.
  init?(_ communes: [Commune], _ countries: Set<String>, _ year: Int, _ release: Release, _ book: TerritoryBook) throws
  {
    let found = release.manifest.coverage.filter { countries.contains($0.country) && $0.year == year }
    guard !found.isEmpty else { return nil }
    let regions = Set(communes.flatMap(\.ancestors)).compactMap { book[$0] }.filter { $0.level == .region }
    try release.store.run("CREATE OR REPLACE TEMP TABLE around(territory VARCHAR, region VARCHAR)")
    let appender = try release.store.appender("around", [.text, .text])
    for commune in book.communes {
      guard let region = regions.first(where: { commune.ancestors.contains($0.code) }) else { continue }
      appender.add(commune.code)
      appender.add(region.code)
      try appender.endRow()
    }
    try appender.finish()
    let stock = release.manifest.stockYears.filter { countries.contains($0.key) }.sorted { $0.key < $1.key }
    // A country may have headcounts and no register.
    let isOfRegister =
      stock.isEmpty ? "false" : stock.map { "country = '\($0)' AND year = \($1)" }.joined(separator: " OR ")
    let rows = try release.store.rows(
      """
      SELECT region, count(*) FILTER (year = \(year))::BIGINT, count(*) FILTER (\(isOfRegister))::BIGINT
      FROM employers JOIN around USING (territory) WHERE year = \(year) OR \(isOfRegister) GROUP BY region
      """)
    let known = Set(rows.filter { $0[1].integer ?? 0 > 0 }.map { $0[0].text })
    guard !known.isEmpty else { return nil }
    self.countries = found
    isWithoutUnits = countries.contains("FR") && release.manifest.use.lacksUnits
    missingRegions = regions.filter { !known.contains($0.code) }.sorted { $0.name < $1.name }
    registerYears = Set(stock.map(\.value))
    employers = rows.compactMap { $0[1].integer }.reduce(0, +)
    employersInRegisters = rows.compactMap { $0[2].integer }.reduce(0, +)
  }
}
