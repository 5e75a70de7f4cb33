import DuckStore
import Nomenclature
import Perimeter
import Territory
import TestSupport
import Testing

@testable import Secrecy
@testable import Warehouse

/// Two ways to every sum: the facts, added up in Swift, and the tables of the release, added up by SQL.
@Suite("Facts and tables of a release")
struct FactAgreementTests {
  /// Who by what, under which rules, where and when.
  private struct Asked: CustomStringConvertible {
    enum Group: CaseIterable { case nothing, a17, size }

    let perimeter: Perimeter
    let year: Int
    let place: String
    /// Nil: everywhere.
    let communes: Set<String>?
    let isByFamily: Bool
    let group: Group

    var description: String {
      "\(perimeter.id) \(place) \(year) \(isByFamily ? "family" : "field") \(group)"
    }

    func who(_ family: String) -> String {
      switch family {
      case "F0": "private"
      case "FP": "public"
      default: isByFamily ? family : "ess"
      }
    }
  }

  /// What the tables say of a sum.
  private struct Told {
    var value: Double
    var low: Double
    var high: Double
    /// Employers that give it; of the jobs, all those whose size is known somehow.
    var known: Int
    var unbounded: Int
    /// Of the value, by how activities were carried to the divisions of today.
    var approximate: Double?
    var unmapped: Double?
  }

  // MARK: - The facts

  private func tabulated(
    _ asked: Asked, _ facts: Facts, _ sectors: Sectors, _ measures: [String]
  ) throws -> [String: [String: Cell]] {
    let perimeter = try #require(facts.perimeters.firstIndex(of: asked.perimeter.id))
    let whos = facts.classes.indices.map { asked.who(facts.kinds[facts.decision(perimeter, $0).kind].family) }
    let groups =
      switch asked.group {
      case .nothing: facts.divisions.map { _ in "" }
      case .a17: facts.divisions.map { sectors[$0]?.groups["a17"] ?? Sectors.unclassified }
      case .size: facts.sizes
      }
    let (who, group) = (Set(whos).sorted(), Set(groups).sorted())
    func dimension(_ attribute: Dimension.Attribute, _ values: [String], _ members: [String]) -> Dimension {
      Dimension(
        attribute, values.map { value in members.indices.filter { members[$0] == value } }, count: members.count)
    }
    let parts = facts.communes.map { commune -> [(place: Int, weight: Double)] in
      asked.communes?.contains(commune) == false ? [] : [(place: 0, weight: 1)]
    }
    let question = Question(
      perimeter: perimeter, years: [asked.year],
      places: Places(parts, count: 1, completeness: [[.whole]], countries: [["FR", "BE"]]),
      dimensions: [
        dimension(.rowClass, whos, who), dimension(asked.group == .size ? .size : .division, groups, group),
      ], measures: measures)
    let block = try Tabulation(facts, question).cells(Checkout.gate())
    var found: [String: [String: Cell]] = [:]
    for (first, who) in who.enumerated() {
      for (second, group) in group.enumerated() {
        let key = block.key(year: 0, place: 0, [first, second])
        for (position, measure) in measures.enumerated() {
          found["\(who) \(group)", default: [:]][measure] = block[key, position]
        }
      }
    }
    return found
  }

  // MARK: - The tables

  /// The key of a row, as SQL over `family`, `a88` and `size`.
  private func key(_ asked: Asked, _ sectors: Sectors) -> String {
    let who =
      "CASE family WHEN 'F0' THEN 'private' WHEN 'FP' THEN 'public' ELSE \(asked.isByFamily ? "family" : "'ess'") END"
    let group =
      switch asked.group {
      case .nothing: "''"
      case .size: "size"
      case .a17:
        "CASE a88 "
          + sectors.divisions.map { "WHEN '\($0.code)' THEN '\($0.groups["a17"] ?? "")'" }.joined(separator: " ")
          + " ELSE '\(Sectors.unclassified)' END"
      }
    return "\(who) || ' ' || \(group)"
  }

  private func condition(_ asked: Asked) -> String {
    "year = \(asked.year)"
      + (asked.communes.map { communes in
        " AND territory IN (\((["''"] + communes.sorted().map(sqlText)).joined(separator: ", ")))"
      } ?? "")
  }

  /// Jobs, full-time equivalents and pay by the cells of the cube.
  private func cells(_ asked: Asked, _ store: Store, _ sectors: Sectors) throws -> [String: [String: Told]] {
    let rows = try store.rows(
      """
      SELECT \(key(asked, sectors)) AS key, measure::VARCHAR, sum(value)::DOUBLE, sum(low)::DOUBLE, sum(high)::DOUBLE,
        sum(contributors)::BIGINT, sum(unbounded)::BIGINT,
        coalesce(sum(contributors) FILTER (basis = 'estimated' AND size = '\(Sizes.unknown)'), 0)::BIGINT,
        coalesce(sum(value) FILTER (mapping = 'approximate'), 0)::DOUBLE,
        coalesce(sum(value) FILTER (mapping = 'none'), 0)::DOUBLE
      FROM cube WHERE perimeter IN (\(sqlText(asked.perimeter.id)), '*') AND \(condition(asked)) GROUP BY ALL
      """)
    var told: [String: [String: Told]] = [:]
    for row in rows {
      let (key, measure) = (row[0].text, row[1].text)
      let (count, unknown) = (row[5].integer ?? 0, row[7].integer ?? 0)
      told[key, default: [:]][measure] = Told(
        value: row[2].number ?? 0, low: row[3].number ?? 0, high: row[4].number ?? 0,
        known: measure == "jobs" ? count - unknown : count, unbounded: row[6].integer ?? 0,
        approximate: row[8].number, unmapped: row[9].number)
    }
    return told
  }

  /// Legal units, and every measure that only files of employers give, by these.
  private func employers(
    _ asked: Asked, _ store: Store, _ sectors: Sectors, _ measures: [String]
  ) throws -> [String: [String: Told]] {
    let sums = measures.map { "coalesce(sum(\($0)), 0)::DOUBLE, count(\($0))::BIGINT" }.joined(separator: ", ")
    let rows = try store.rows(
      """
      SELECT \(key(asked, sectors)) AS key, count(DISTINCT concat(country, ' ', unit))::BIGINT, \(sums)
      FROM (
        SELECT e.*, a88, coalesce(d.family, e.sector, 'F0') AS family
        FROM employers e
          LEFT JOIN (SELECT profile, family FROM decisions WHERE perimeter = \(sqlText(asked.perimeter.id))) d
            ON d.profile = e.\(asked.perimeter.level == .unit ? "unit_profile" : "own_profile")
          LEFT JOIN (SELECT country AS place_country, id AS place, a88 FROM establishments) p
            ON place_country = e.country AND place = e.id)
      WHERE \(condition(asked)) GROUP BY ALL
      """)
    var told: [String: [String: Told]] = [:]
    for row in rows {
      func sum(_ value: Value, known: Int) -> Told {
        let value = value.number ?? 0
        return Told(value: value, low: value, high: value, known: known, unbounded: 0)
      }
      var measured = ["units": sum(row[1], known: row[1].integer ?? 0)]
      for (position, measure) in measures.enumerated() {
        measured[measure] = sum(row[2 + 2 * position], known: row[3 + 2 * position].integer ?? 0)
      }
      told[row[0].text] = measured
    }
    return told
  }

  // MARK: - Both

  private func isNear(_ one: Double?, _ other: Double) -> Bool {
    one.map { abs($0 - other) <= 1e-6 * max(1, abs(other)) } ?? false
  }

  /// Does a cell say what the tables say? `employers`: those of its row.
  private func agree(_ cell: Cell, _ told: Told?, _ measure: String, employers: Int) -> Bool {
    guard employers > 0 else { return cell == .zero }
    guard let told, told.known > 0 else { return cell.status == .notAvailable }
    // Of the jobs, those whose band is open; of the others, those who do not give them.
    let unbounded =
      FactMeasure.counts.contains(measure) ? 0 : measure == "jobs" ? told.unbounded : employers - told.known
    guard isNear(cell.value, told.value), isNear(cell.low, told.low), isNear(cell.high, told.high),
      cell.unbounded == unbounded, cell.basis.isPartial == (unbounded > 0)
    else { return false }
    guard let mapping = cell.mapping, let value = cell.value else { return told.value == 0 || measure == "units" }
    return told.approximate.map { isNear(mapping.approximate * value, $0) } ?? true
      && told.unmapped.map { isNear(mapping.none * value, $0) } ?? true
  }

  /// Territories that publishers know, handfuls of communes, and everything, in any year under any rules.
  private func questions(_ count: Int, _ facts: Facts) throws -> [Asked] {
    let employers = facts.years.map { facts.employers(in: $0) }
    let employing = facts.communes.indices.filter { commune in employers.contains { $0[commune] > 0 } }
      .map { facts.communes[$0] }
    var held: [String: Set<String>] = [:]
    let ancestors = Dictionary(
      uniqueKeysWithValues: try Checkout.territories.communes.map { ($0.code, $0.ancestors) })
    for code in employing {
      for territory in [code, String(code.prefix(2))] + (ancestors[code] ?? []) {
        held[territory, default: []].insert(code)
      }
    }
    let known = held.keys.sorted()
    let perimeters = try Checkout.perimeters.filter { facts.perimeters.contains($0.id) }
    var chance = SplitMix64(seed: 19)
    return (0..<count).map { number in
      let perimeter = chance.pick(perimeters)
      // A perimeter says nothing of a country that is not its own.
      let own = Set(perimeter.countries.map(\.rawValue))
      func isOwn(_ code: String) -> Bool { own.contains(String(code.prefix(2))) }
      var (place, communes): (String, Set<String>?) = (
        "everywhere", own.count > 1 ? nil : Set(employing.filter(isOwn))
      )
      if number % 8 != 0 {
        if chance.chance(60) {
          place = chance.pick(known)
          communes = held[place]?.filter(isOwn)
        } else {
          place = "handful"
          communes = Set(employing.filter { isOwn($0) && chance.chance(20) })
        }
      }
      return Asked(
        perimeter: perimeter, year: chance.pick(facts.years), place: place, communes: communes,
        isByFamily: chance.chance(50), group: chance.pick(Asked.Group.allCases))
    }
  }

  @Test func `the sums of the facts are those of the tables`() throws {
    let release = try Release(BuiltObservatory.observatory)
    let (facts, store, sectors) = (release.facts, try release.store, try Checkout.nomenclatures.sectors)
    let others = facts.measures.map(\.name).filter { $0 != "jobs" }
    let (ofCube, ofEmployers) = (["establishments"] + CubeSQL.summed, ["units"] + others)
    var compared = 0
    var differing: [String] = []
    for asked in try questions(40, facts) {
      let found = try tabulated(asked, facts, sectors, Set(ofCube + ofEmployers).sorted())
      let cells = try cells(asked, store, sectors)
      let employers = try employers(asked, store, sectors, others)
      #expect(Set(cells.keys) == Set(employers.keys) && Set(cells.keys).isSubset(of: found.keys), "\(asked)")
      for (key, row) in found {
        let count = cells[key]?["establishments"]?.known ?? 0
        for (measures, told) in [(ofCube, cells[key]), (ofEmployers, employers[key])] {
          for measure in measures {
            let cell = try #require(row[measure])
            compared += 1
            if !agree(cell, told?[measure], measure, employers: count) {
              differing.append("\(asked): \(key) \(measure) \(cell)")
            }
          }
        }
      }
    }
    #expect(compared > 10_000)
    #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(5))")
  }

  @Test func `every employer is a fact, and the cube adds up three measures`() throws {
    let release = try Release(BuiltObservatory.observatory)
    let employers = try release.store.rows("SELECT count(*)::BIGINT FROM employers").first?.first?.integer
    #expect(release.facts.count == employers && release.facts.count > 1000)
    #expect(release.facts.measures == FactTables.measures)
    let measures = try release.store.rows("SELECT DISTINCT measure::VARCHAR FROM cube ORDER BY 1").map { $0[0].text }
    #expect(measures == ["establishments", "fte", "gross_pay", "jobs"])
  }
}
