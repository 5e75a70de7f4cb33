import TestSupport
import Testing

@testable import Secrecy

/// Two ways of adding up and holding back, one of which anybody can check by reading it.
@Suite("Tabulation and an obvious one")
struct TabulationTests {
  private static func employers(_ random: inout SplitMix64) -> [InventedFacts.Employer] {
    let scale = random.pick([3, 40, 5000])
    return (0..<random.number(4...25)).flatMap { unit -> [InventedFacts.Employer] in
      let isCandidate = random.chance(70)
      let seat = random.chance(20) ? nil : random.number(0...3)
      return (0..<random.number(1...4)).map { _ in
        var employer = InventedFacts.Employer(
          year: random.number(2022...2024), unit: unit, commune: random.number(0...3), seat: seat,
          rowClass: isCandidate ? random.number(0...2) : random.number(3...4), division: random.number(0...4),
          mapping: random.number(0...2), size: random.number(0...2), trait: random.number(0...2))
        if random.chance(25) {
          employer.band = random.number(1...4)
          if employer.band == 4 { employer.size = InventedFacts.unknownSize }
        } else {
          let jobs = random.chance(10) ? 0 : random.number(1...scale)
          employer.values["jobs"] = jobs
          if random.chance(80) { employer.values["fte"] = jobs * random.number(5...10) }
          if random.chance(80) { employer.values["gross_pay"] = jobs * random.number(20_000...40_000) }
          if random.chance(60) { employer.values["women"] = random.number(0...jobs) }
        }
        return employer
      }
    }
  }

  private static func question(_ random: inout SplitMix64, isWeighted: Bool) -> PlainQuestion {
    let places = random.number(1...3)
    let years = random.pick([[2024], [2022, 2023, 2024], [2023, 2021]])
    let parts = InventedFacts.communes.map { _ in
      (0..<places).filter { _ in random.chance(70) }.map { place in
        PlainQuestion.Part(place: place, weight: isWeighted ? Double(random.number(1...8)) / 8 : 1)
      }
    }
    let countries = (0..<places).map { place -> Set<String> in
      Set(
        parts.indices.filter { parts[$0].contains { $0.place == place } }.map {
          String(InventedFacts.communes[$0].prefix(2))
        })
    }
    let completeness = years.map { _ in
      (0..<places).map { _ in random.pick([Places.Completeness.whole, .whole, .whole, .partial, .none]) }
    }
    // Families with their sum and the whole; divisions with some that count nowhere; sizes; where the seat is.
    let choices: [PlainQuestion.PlainDimension] = [
      .init(attribute: .rowClass, lists: [[0, 2, 3], [1, 2, 3], [0, 2, 3], [3], [3]], count: 4),
      .init(attribute: .rowClass, lists: [[0], [1], [0], [], []], count: 2),
      .init(attribute: .division, lists: [[0, 3], [1, 3], [1, 3], [], [2, 3]], count: 4),
      .init(attribute: .size, lists: [[0, 4], [1, 4], [2, 4], [3, 4]], count: 5),
      .init(attribute: .trait, lists: [[0], [0, 1], [1]], count: 2),
      .init(attribute: .seat, lists: [[0, 3], [1, 3], [2, 3]], count: 4),
    ]
    return PlainQuestion(
      years: years, parts: parts, countries: countries, completeness: completeness,
      dimensions: choices.filter { _ in random.chance(30) },
      measures: [
        "units", "establishments", "jobs", "fte", "gross_pay", "women", "hours", "jobs@women", "gross_pay@women",
      ].filter { $0 == "jobs" || random.chance(75) }, concentration: random.chance(50) ? "jobs" : nil)
  }

  /// Employees are counted by jobs: the rule on them is that of headcounts.
  private static func rule(_ random: inout SplitMix64, isPay: Bool) -> SecrecyProfile.Rule {
    .init(
      units: random.number(0...5), share: Double(random.number(40...100)) / 100,
      employees: isPay ? 0 : random.number(0...12))
  }

  /// Rules of each country, by pay or not; a place in both obeys the stricter of each.
  private struct Rules {
    let headcount: [String: SecrecyProfile.Rule]
    let pay: [String: SecrecyProfile.Rule]

    func rule(_ countries: Set<String>, isPay: Bool) -> SecrecyProfile.Rule {
      let own = (isPay ? pay : headcount).filter { countries.contains($0.key) }.map(\.value)
      return .init(
        units: own.map(\.units).max() ?? 0, share: own.map(\.share).min() ?? 1,
        employees: own.map(\.employees).max() ?? 0)
    }
  }

  @Test(arguments: 1...12)
  func `sums, bounds, counts and concentration are those of a slow one`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let employers = Self.employers(&random)
    let invented = try InventedFacts(employers)
    for _ in 0..<6 {
      let asked = Self.question(&random, isWeighted: random.chance(60))
      try compare(asked, employers, invented, Gate([])) { _, _ in .init() }
    }
  }

  @Test(arguments: 101...112)
  func `what is held back is what an obvious reading of the rules holds back`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let employers = Self.employers(&random)
    let invented = try InventedFacts(employers)
    for _ in 0..<6 {
      let asked = Self.question(&random, isWeighted: random.chance(40))
      var (headcount, pay): ([String: SecrecyProfile.Rule], [String: SecrecyProfile.Rule]) = ([:], [:])
      for country in ["BE", "FR"] {
        headcount[country] = Self.rule(&random, isPay: false)
        pay[country] = Self.rule(&random, isPay: true)
      }
      let rules = Rules(headcount: headcount, pay: pay)
      let profiles = try ["BE", "FR"].map { country in
        try InventedFacts.profile(
          country, country: country, headcount: rules.rule([country], isPay: false),
          pay: rules.rule([country], isPay: true))
      }
      try compare(asked, employers, invented, Gate(profiles)) { place, isPay in
        rules.rule(asked.countries[place], isPay: isPay)
      }
    }
  }

  private func compare(
    _ asked: PlainQuestion, _ employers: [InventedFacts.Employer], _ invented: InventedFacts, _ gate: Gate,
    _ rules: @escaping (Int, Bool) -> SecrecyProfile.Rule
  ) throws {
    let slow = SlowTabulation(employers: employers, asked: asked, rules: rules)
    let block = try Tabulation(invented.facts, asked.question).cells(gate)
    let counts = asked.dimensions.map(\.count)
    let combinations = counts.reduce(1, *)
    #expect(block.cells.count == asked.years.count * asked.places * combinations * asked.measures.count)
    #expect(block.bands.isEmpty == (asked.concentration == nil))
    for year in asked.years.indices {
      for place in 0..<asked.places {
        for combination in 0..<combinations {
          var rest = combination
          var members = [Int](repeating: 0, count: counts.count)
          for axis in counts.indices.reversed() {
            members[axis] = rest % counts[axis]
            rest /= counts[axis]
          }
          let key = block.key(year: year, place: place, members)
          let spot = "\(asked.years[year]) place \(place) \(members)"
          for (index, expected) in slow.cells(year, place, members).enumerated() {
            let found = block[key, index]
            #expect(Self.agree(found, expected), "\(asked.measures[index]) \(spot): \(found), not \(expected)")
          }
          guard asked.concentration != nil else { continue }
          let bands = slow.bands(year, place, members)
          for name in ConcentrationBands.names {
            #expect(block.bands[key][name] == bands[name], "\(name) \(spot)")
          }
        }
      }
    }
  }

  private static func agree(_ one: Cell, _ other: Cell) -> Bool {
    func isNear(_ one: Double?, _ other: Double?) -> Bool {
      guard let one, let other else { return one == nil && other == nil }
      return abs(one - other) <= 1e-9 * max(1, abs(one))
    }
    // In thousandths: a half may go either way.
    func isNearest(_ one: Double?, _ other: Double?) -> Bool {
      guard let one, let other else { return one == nil && other == nil }
      return abs(one - other) <= 0.0011
    }
    return one.status == other.status && one.basis == other.basis && one.unbounded == other.unbounded
      && isNear(one.value, other.value) && isNear(one.low, other.low) && isNear(one.high, other.high)
      && isNearest(one.mapping?.approximate, other.mapping?.approximate)
      && isNearest(one.mapping?.none, other.mapping?.none)
  }

  /// Thirty thousand milliards, in cents: more than that no bank has.
  @Test func `half of a large account is half of it`() throws {
    let employers = [InventedFacts.Employer(unit: 0, values: ["balance": 3_000_000_000_000_000])]
    let facts = try InventedFacts(employers)
    let block = try Tabulation(facts.facts, PlainQuestion.whole(["balance"], weight: 0.5).question).cells(Gate([]))
    #expect(block[0, 0].value == 15_000_000_000_000)
    #expect(block[0, 0].basis == .approximated)
    let whole = try Tabulation(facts.facts, PlainQuestion.whole(["balance"]).question).cells(Gate([]))
    #expect(whole[0, 0].value == 30_000_000_000_000)
  }

  @Test func `a unit with two places counts once in what holds both`() throws {
    let employers: [InventedFacts.Employer] = [
      .init(unit: 0, commune: 0, values: ["jobs": 7]), .init(unit: 0, commune: 1, values: ["jobs": 5]),
      .init(unit: 1, commune: 1, values: ["jobs": 8]),
    ]
    let facts = try InventedFacts(employers)
    let asked = PlainQuestion(
      parts: [
        [.init(place: 0, weight: 1), .init(place: 2, weight: 1)],
        [.init(place: 1, weight: 1), .init(place: 2, weight: 1)], [], [],
      ],
      countries: [["FR"], ["FR"], ["FR"]], completeness: [[.whole, .whole, .whole]],
      measures: ["units", "establishments", "jobs"])
    let block = try Tabulation(facts.facts, asked.question).cells(Gate([]))
    let values = (0..<3).map { place in
      (0..<3).map { block[block.key(year: 0, place: place, []), $0].value }
    }
    #expect(values == [[1, 1, 7], [2, 2, 13], [2, 3, 20]])
  }

  @Test func `facts that are damaged are refused`() throws {
    let facts = try InventedFacts([.init(unit: 0, values: ["jobs": 7])])
    #expect(facts.facts.years == [2024])
    #expect(facts.facts.count == 1)
    #expect(facts.facts.employers(in: 2024) == [1, 0, 0, 0])
    #expect(facts.facts.employers(in: 2023) == [])
    let path = try facts.folder.write("cut.index", Array(repeating: 0, count: 100))
    expectProblem("packed.damaged") { _ = try Facts(path) }
  }
}
