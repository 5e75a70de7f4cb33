package import Perimeter
package import Secrecy
internal import Territory
package import Warehouse

/// Sets the published figures beside those of a release, as far as it covers their territories whole.
///
/// A simulation is judged: it is made to give them. Of real registers the comparison shows only whether they are
/// plausible: figures of other years and sources need not agree.
package struct PublishedComparison {
  package let comparisons: [Comparison]

  package init(_ ground: Ground, _ published: Published, _ perimeters: [Perimeter], _ gate: Gate) throws {
    let manifest = ground.release.manifest
    let simulation = manifest.simulation
    let known = Dictionary(grouping: manifest.coverage, by: \.country).mapValues { $0.map(\.year) }
    let judged = Set(manifest.ruleSets.map(\.id))
    let wanted = published.nearest(to: known).filter { $0.fact.perimeter.isEmpty || judged.contains($0.fact.perimeter) }
    let coverage = PublishedCoverage(simulation, employing: ground.employing)
    var areas: [Area] = []
    for code in Set(wanted.map(\.fact.territory)).sorted() {
      guard let area = ground.book[code].map({ ground.book.area(of: $0) }), coverage.holds(area.parts.map(\.commune))
      else {
        continue
      }
      areas.append(area)
    }
    let years = Set(wanted.map(\.year)).sorted()
    var figures: [String: WhoFigures] = [:]
    for id in areas.isEmpty ? [] : Set(wanted.map(\.fact.perimeter)) {
      // The share of all jobs needs no perimeter of its own.
      guard let perimeter = perimeters.first(where: { $0.id == id }) else { continue }
      figures[id] = try WhoFigures(ground, perimeter, areas, years: years, gate)
    }
    comparisons = wanted.compactMap { fact, year in
      guard let area = areas.firstIndex(where: { $0.territory.code == fact.territory }),
        let raw = figures[fact.perimeter].flatMap({ Self.value(fact, $0, area: area, year: year) })
      else { return nil }
      if manifest.simulated, !fact.measure.isShare, simulation == nil { return nil }
      let found = fact.measure.isShare ? raw : raw / (simulation?.scale ?? 1)
      return Comparison(fact, year: year, found: found, isJudged: manifest.simulated)
    }
  }

  /// The figure of a release that a published one is of; nil where nothing is known, or may not be told.
  private static func value(_ fact: Published.Fact, _ figures: WhoFigures, area: Int, year: Int) -> Double? {
    func cell(_ member: String, _ measure: String) -> Cell {
      figures.cell(area: area, year: year, member, measure) ?? .notAvailable
    }
    let whom = fact.family.isEmpty ? "ess" : fact.family
    let found: Cell =
      switch fact.measure {
      case .establishments, .jobs, .units, .fte: cell(whom, fact.measure.rawValue)
      case .jobsShare: .constant(100) * cell(whom, "jobs") / cell("total", "jobs")
      case .familyJobsShare: .constant(100) * cell(whom, "jobs") / cell("ess", "jobs")
      case .familyEstablishmentsShare: .constant(100) * cell(whom, "establishments") / cell("ess", "establishments")
      }
    return found.value.flatMap { $0 > 0 || fact.measure.isShare ? $0 : nil }
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
