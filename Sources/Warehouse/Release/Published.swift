internal import Diagnostics
internal import Filesystem
internal import Perimeter
package import Tabular
package import Territory

/// What others have published of the social economy: the tables of `share/published`.
package struct Published: Sendable {
  package struct Fact: Sendable {
    package let territory: String
    package let year: Int
    package let perimeter: String
    /// Empty: the whole of the social economy.
    package let family: String
    package let measure: Measure
    package let value: Double
    /// In points for shares, in per cent for numbers.
    package let tolerance: Double
    /// What a simulation is to give; the rest is shown beside it, for whoever reads.
    package let isTarget: Bool
    package let confidence: String
    package let source: String
    package let note: String

    package init(
      _ measure: Measure, of territory: String, in year: Int, perimeter: String, family: String = "", value: Double,
      tolerance: Double, isTarget: Bool, confidence: String, source: String, note: String = ""
    ) {
      self.territory = territory
      self.year = year
      self.perimeter = perimeter
      self.family = family
      self.measure = measure
      self.value = value
      self.tolerance = tolerance
      self.isTarget = isTarget
      self.confidence = confidence
      self.source = source
      self.note = note
    }
  }

  package enum Measure: String, CaseIterable, Sendable, Codable {
    case establishments, units, jobs, fte
    /// In all salaried jobs.
    case jobsShare = "jobs_share"
    /// Of a family in the social economy.
    case familyJobsShare = "family_jobs_share"
    case familyEstablishmentsShare = "family_establishments_share"

    package var isShare: Bool {
      switch self {
      case .establishments, .units, .jobs, .fte: false
      case .jobsShare, .familyJobsShare, .familyEstablishmentsShare: true
      }
    }
  }

  package let facts: [Fact]

  private static let columns = [
    "territory", "year", "perimeter", "family", "measure", "value", "tolerance", "use", "confidence", "source", "note",
  ]

  package init(facts: [Fact]) { self.facts = facts }

  package init(share: String, _ book: TerritoryBook) throws {
    let folder = "\(share)/published"
    facts = try Folder.names(in: folder).filter { $0.hasSuffix(".csv") }.flatMap { name in
      try Self.facts(
        DeclaredTable("\(folder)/\(name)", columns: Self.columns, properties: ["id", "source", "licence"]), book)
    }
  }

  /// The facts of one table. A territory that the book does not know is refused: it would never be compared.
  package static func facts(_ table: DeclaredTable, _ book: TerritoryBook) throws -> [Fact] {
    try table.entries.map { entry in
      func number(_ column: String) throws -> Double {
        guard let value = Double(entry[column]), value >= 0 else {
          throw table.problem("share.bad_number", entry, ["column": column, "value": entry[column]])
        }
        return value
      }
      func unknown(_ column: String, _ known: [String]) -> Problem {
        table.problem("share.unknown_code", entry, ["code": entry[column], "known": known.joined(separator: ", ")])
      }
      guard book[entry["territory"]] != nil else {
        throw table.problem("share.no_parent", entry, ["code": entry["measure"], "parent": entry["territory"]])
      }
      guard let measure = Measure(rawValue: entry["measure"]) else {
        throw unknown("measure", Measure.allCases.map(\.rawValue))
      }
      guard ["target", "context"].contains(entry["use"]) else { throw unknown("use", ["target", "context"]) }
      guard let year = Int(entry["year"]) else {
        throw table.problem("share.bad_number", entry, ["column": "year", "value": entry["year"]])
      }
      return Fact(
        measure, of: entry["territory"], in: year, perimeter: entry["perimeter"], family: entry["family"],
        value: try number("value"), tolerance: try number("tolerance"),
        isTarget: entry["use"] == "target", confidence: entry["confidence"],
        source: entry["source"].isEmpty ? table["source"] : entry["source"], note: entry["note"])
    }
  }

  /// The facts to set beside a release that knows some years, each with the year to look at: of what is published
  /// several times for the same thing, that of the year nearest to one that is known.
  package func nearest(to years: [String: [Int]]) -> [(fact: Fact, year: Int)] {
    struct Thing: Hashable {
      let territory, family: String
      let measure: Measure
      let isTarget: Bool
    }
    var best: [Thing: Int] = [:]
    let dated = facts.compactMap { fact -> (fact: Fact, thing: Thing, year: Int, distance: Int)? in
      let known = years[String(fact.territory.prefix(2))] ?? []
      // Of two years as near, the later one.
      guard let year = known.min(by: { (abs($0 - fact.year), -$0) < (abs($1 - fact.year), -$1) }) else { return nil }
      let thing = Thing(
        territory: fact.territory, family: fact.family, measure: fact.measure, isTarget: fact.isTarget)
      let distance = abs(year - fact.year)
      best[thing] = min(best[thing] ?? distance, distance)
      return (fact, thing, year, distance)
    }
    return dated.filter { best[$0.thing] == $0.distance }.map { ($0.fact, $0.year) }
  }
}
