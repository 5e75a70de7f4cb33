internal import DuckStore
internal import Perimeter
internal import Territory

/// A published figure beside that of a release.
package struct Comparison: Codable, Sendable {
  package let territory: String
  package let measure: Published.Measure
  package let family: String
  package let perimeter: String
  package let publishedYear: Int
  package let published: Double
  package let year: Int
  /// What the release gives; of a simulation, brought back to the size of the country.
  package let found: Double
  /// Found less published: in points for shares, in per cent for numbers.
  package let gap: Double
  package let tolerance: Double
  /// Nil where the figure is not one that the release should give.
  package let isWithin: Bool?
  package let confidence: String
  package let source: String
  package let note: String

  enum CodingKeys: String, CodingKey {
    case territory, measure, family, perimeter, published, year, found, gap, tolerance, confidence, source, note
    case publishedYear = "published_year"
    case isWithin = "within"
  }

  init(_ fact: Published.Fact, year: Int, found: Double, isJudged: Bool) {
    territory = fact.territory
    measure = fact.measure
    family = fact.family
    perimeter = fact.perimeter
    publishedYear = fact.year
    published = fact.value
    self.year = year
    self.found = found
    let gap = fact.measure.isShare ? found - fact.value : (found / fact.value - 1) * 100
    self.gap = gap
    tolerance = fact.tolerance
    isWithin = isJudged && fact.isTarget ? gap.magnitude <= fact.tolerance : nil
    confidence = fact.confidence
    source = fact.source
    note = fact.note
  }
}

extension Comparison {
  /// Sets the published figures beside those of a release, as far as it covers their territories whole.
  ///
  /// A simulation is judged: it is made to give them. Of real registers the comparison shows only whether they are
  /// plausible: figures of other years and sources need not agree.
  static func all(_ release: Release, _ published: Published, _ book: TerritoryBook) throws -> [Comparison] {
    let manifest = release.manifest
    let simulation = manifest.simulation
    let years = Dictionary(grouping: manifest.coverage, by: \.country).mapValues { $0.map(\.year) }
    let judged = Set(manifest.ruleSets.map(\.id))
    let wanted = published.nearest(to: years).filter { $0.fact.perimeter.isEmpty || judged.contains($0.fact.perimeter) }
    let communes = Dictionary(
      uniqueKeysWithValues: Set(wanted.map(\.fact.territory)).map { ($0, book.communes(of: $0)) })
    let known = try release.store.rows("SELECT DISTINCT territory::VARCHAR FROM employers").map { $0[0].text }
    let coverage = PublishedCoverage(simulation, employing: Set(known))
    let covered = communes.filter { coverage.holds($0.value) }
    guard !covered.isEmpty else { return [] }
    let sums = try PublishedSums(
      release, covered.mapValues { $0.map(\.code) }, years: Set(wanted.map(\.year)),
      perimeters: Set(wanted.map(\.fact.perimeter)))
    return wanted.compactMap { fact, year in
      guard covered[fact.territory] != nil, let raw = sums.value(fact, year: year) else { return nil }
      if manifest.simulated, !fact.measure.isShare, simulation == nil { return nil }
      let found = fact.measure.isShare ? raw : raw / (simulation?.scale ?? 1)
      return Comparison(fact, year: year, found: found, isJudged: manifest.simulated)
    }
  }
}

/// Whether a release speaks of the whole of a territory.
struct PublishedCoverage {
  private let simulation: Receipt.Simulation?
  private let employing: Set<String>
  /// A commune of that many people always employs somebody.
  private static let people = 2_000
  private static let enough = 0.98

  init(_ simulation: Receipt.Simulation?, employing: Set<String>) {
    self.simulation = simulation
    self.employing = employing
  }

  func holds(_ communes: [Commune]) -> Bool {
    let peopled = communes.filter { $0.population > 0 }
    guard !peopled.isEmpty else { return false }
    if let simulation {
      return peopled.allSatisfy { commune in
        simulation.codes.contains { $0 == commune.code || commune.ancestors.contains($0) }
      }
    }
    let large = peopled.filter { $0.population >= Self.people }
    let seen = large.isEmpty ? peopled : large
    return Double(seen.count { employing.contains($0.code) }) >= Self.enough * Double(seen.count)
  }
}

/// Sums of a release for many territories at once, by year, perimeter and family.
private struct PublishedSums {
  private struct Place: Hashable {
    let territory: String
    let year: Int
  }

  private struct Sum {
    let perimeter, family, measure: String
    let value: Double
  }

  private var sums: [Place: [Sum]] = [:]
  private static let rest = ["F0", "FP"]
  /// What no perimeter may let in is in the cube once for all of them.
  private static let everywhere = "*"

  init(_ release: Release, _ territories: [String: [String]], years: Set<Int>, perimeters: Set<String>) throws {
    let store = release.store
    try store.run("CREATE OR REPLACE TEMP TABLE published_place(whole VARCHAR, territory VARCHAR)")
    let appender = try store.appender("published_place", [.text, .text])
    for (whole, communes) in territories.sorted(by: { $0.key < $1.key }) {
      // What could not be placed stays in its country.
      for commune in communes + (whole.utf8.count == 2 ? ["\(whole)-COM-ZZZZZ"] : []) {
        appender.add(whole)
        appender.add(commune)
        try appender.endRow()
      }
    }
    try appender.finish()
    let dates = years.sorted().map(String.init).joined(separator: ", ")
    let names = perimeters.sorted().map(sqlText)
    let rows = try store.rows(
      """
      SELECT whole, year, perimeter::VARCHAR, family::VARCHAR, measure::VARCHAR,
        sum(round(value * 10)::BIGINT)::DOUBLE / 10
      FROM cube JOIN published_place p ON p.territory = cube.territory
      WHERE year IN (\(dates)) AND measure IN ('establishments', 'jobs', 'fte')
        AND perimeter IN (\((names + [sqlText(Self.everywhere)]).joined(separator: ", ")))
      GROUP BY ALL
      UNION ALL
      SELECT whole, year, d.perimeter::VARCHAR, '', 'units', count(DISTINCT (e.country, e.unit))::DOUBLE
      FROM (
          SELECT country, unit, territory, year, unit_profile AS profile, 'unit' AS judged_at FROM employers
          UNION ALL
          SELECT country, unit, territory, year, own_profile, 'establishment' FROM employers) e
        JOIN published_place p ON p.territory = e.territory
        JOIN decisions d ON d.profile = e.profile AND d.judged_at = e.judged_at
      WHERE year IN (\(dates)) AND d.perimeter IN (\(names.joined(separator: ", "))) AND d.family IS NOT NULL
      GROUP BY ALL
      ORDER BY ALL
      """)
    for row in rows {
      let place = Place(territory: row[0].text, year: row[1].integer ?? 0)
      sums[place, default: []].append(
        Sum(perimeter: row[2].text, family: row[3].text, measure: row[4].text, value: row[5].number ?? 0))
    }
  }

  /// The figure of a release that a published one is of; nil where nothing is known.
  func value(_ fact: Published.Fact, year: Int) -> Double? {
    let here = (sums[Place(territory: fact.territory, year: year)] ?? []).filter {
      $0.perimeter == fact.perimeter || $0.perimeter == Self.everywhere
    }
    func sum(_ measure: String, _ isCounted: (Sum) -> Bool) -> Double {
      here.filter { $0.measure == measure && isCounted($0) }.map(\.value).reduce(0, +)
    }
    func within(_ sum: Sum) -> Bool { !Self.rest.contains(sum.family) }
    func counted(_ measure: String) -> Double {
      sum(measure) { fact.family.isEmpty ? within($0) : $0.family == fact.family }
    }
    func share(_ part: Double, of whole: Double) -> Double? { whole > 0 ? part / whole * 100 : nil }
    switch fact.measure {
    case .establishments, .jobs, .units, .fte:
      let value = counted(fact.measure.rawValue)
      return value > 0 ? value : nil
    case .jobsShare: return share(counted("jobs"), of: sum("jobs") { _ in true })
    case .familyJobsShare: return share(counted("jobs"), of: sum("jobs", within))
    case .familyEstablishmentsShare: return share(counted("establishments"), of: sum("establishments", within))
    }
  }
}
