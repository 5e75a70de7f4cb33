import TestSupport
import Testing

@testable import Indicators
@testable import Secrecy

/// The language of formulas: what it means, how it is written, and what is said of what cannot be read.
@Suite("Formulas")
struct FormulaTests {
  private static let figures: [String: Double] = [
    "jobs": 12, "women": 5, "gross_pay": 360_000, "hours": 0, "age_15_29": 3, "age_30_49": 4, "age_50_59": 4,
    "age_55_59": 1, "age_60_plus": 1,
  ]

  /// The whole economy has 40 jobs and had 35; the ESS has 12, eight of which in A, and had 10.
  private static func cube() throws -> HandCube {
    try HandCube(
      years: [2023, 2024], axes: ["who": ["ess", "total"], "a10": ["A", "B", "total"]], figures.keys.sorted()
    ) { spot, measure in
      guard measure == "jobs" else { return .constant(figures[measure] ?? 0) }
      switch (spot["who"], spot["a10"], spot.year) {
      case ("ess", "A", _): return .constant(8)
      case ("ess", "B", _): return .constant(4)
      case ("ess", _, 2024): return .constant(12)
      case ("ess", _, _): return .constant(10)
      default: return .constant(spot.year == 2024 ? 40 : 35)
      }
    }
  }

  static let values: [(String, Double)] = [
    ("7", 7), (" 1.5 * 2 ", 3), ("2 + 3 * 4", 14), ("2+3*4", 14), ("(2 + 3) * 4", 20), ("2 * (3 + 4) * 5", 70),
    ("20 - 3 - 4", 13), ("20 - (3 - 4)", 21), ("24 / 4 / 3", 2), ("24 / (4 / 2)", 12), ("2 * 6 / 4", 3),
    ("-2 * 3", -6), ("2 * -3", -6), ("--2", 2), ("2 - -3", 5), ("-(2 + 3)", -5), ("2 - 3 * -1", 5),
    ("jobs", 12), ("-jobs", -12), ("jobs-1", 11), ("jobs - women", 7), ("100 * women / 40", 12.5),
    ("jobs[year=previous]", 10), ("jobs[year=first]", 10), ("jobs[year=2023]", 10), ("jobs[field=total]", 40),
    ("jobs[ field = total , year = previous ]", 35), ("jobs [field=total]", 40), ("jobs[field=ess]", 12),
    ("100 * jobs[field=ess] / jobs[field=total]", 30), ("jobs[a10=A]", 8), ("jobs[sector=B]", 4),
    ("jobs[sector=total]", 12), ("jobs[area=reference]", 12), ("jobs[age=15-29]", 3), ("jobs[age=60+]", 1),
    ("jobs[age=50-54]", 3), ("jobs[age=total]", 12), ("jobs[sex=men]", 7), ("jobs[sex=women]", 5),
    ("sum(a10, jobs)", 12), ("sum(sector, 2 * jobs)", 24), ("gini(sector, jobs - jobs, 1)", .infinity),
    ("abs(3 - 5)", 2), ("abs(5 - 3)", 2), ("min(2, 3)", 2), ("max(2, 3)", 3), ("sqrt(16)", 4),
    ("power(2, 10)", 1024), ("excess(3 - 5)", 0), ("excess(5 - 3)", 2), ("max(min(1, 2), min(3, 4))", 3),
    ("I01", 30), ("2 * I01", 60), ("years", 1),
  ]

  @Test(arguments: values)
  func `a formula and its value`(text: String, value: Double) throws {
    let found = try Self.cube().value(text)
    #expect(found == value || isNear(found, value), "\(text) is \(found)")
  }

  @Test(
    arguments: [
      "jobs / hours", "1 / 0", "0 / 0", "sqrt(0 - 1)", "power(0, 0 - 1)", "jobs[a10=Z]", "jobs[year=1999]",
      "jobs[area=elsewhere]", "jobs[size=S1]", "jobs[age=18-25]", "gross_pay[age=60+]", "fte", "nothing",
      "sum(size, jobs)",
    ])
  func `what is not there is not available`(text: String) throws {
    #expect(try Self.cube().cell(text).status == .notAvailable, "\(text)")
  }

  @Test func `the year before the first is not there`() throws {
    let cube = try Self.cube()
    #expect(try cube.cell("jobs[year=previous]", year: 2023).status == .notAvailable)
    #expect(try cube.value("jobs[year=first]", year: 2023) == 10)
  }

  static let faults: [(String, String, Int)] = [
    ("", "formula.end", 1), ("jobs +", "formula.end", 7), ("2 * ", "formula.end", 5), ("jobs)", "formula.rest", 5),
    ("2 3", "formula.rest", 3), ("jobs = 2", "formula.rest", 6), ("1e5", "formula.rest", 2),
    ("(jobs", "formula.expected", 6), ("jobs[field", "formula.expected", 11),
    ("jobs[field=ess", "formula.expected", 15), ("power(jobs 2)", "formula.expected", 12),
    ("jobs[field ess]", "formula.expected", 12), ("sum(a10, jobs", "formula.expected", 14),
    ("jobs[field=]", "formula.name", 12), ("jobs[=ess]", "formula.name", 6), ("jobs[]", "formula.name", 6),
    ("jobs[a10=A,]", "formula.name", 12), ("jobs * / 2", "formula.name", 8), ("+jobs", "formula.name", 1),
    ("sqrt()", "formula.name", 6), (".5", "formula.name", 1), ("é", "formula.name", 1),
    ("1.2.3", "formula.number", 6), ("½", "formula.number", 2), ("sqr(jobs)", "formula.function", 5),
    ("negate(jobs)", "formula.function", 8), ("sqrt(jobs, 2)", "formula.arguments", 14),
    ("min(jobs)", "formula.arguments", 10), ("sum(jobs)", "formula.arguments", 10),
    ("sum(a10, jobs, 2)", "formula.arguments", 18), ("gini(area, jobs)", "formula.arguments", 17),
  ]

  @Test(arguments: faults)
  func `a formula that cannot be read is refused where it breaks`(text: String, code: String, column: Int) {
    do throws(FormulaParser.Fault) {
      let formula = try FormulaParser.formula(text)
      Issue.record("\(text) was read as \(formula)")
    } catch {
      #expect(error.code == code, "\(text)")
      #expect(error.facts["column"] == String(column), "\(text)")
      #expect(error.facts["formula"] == text)
      #expect(error.facts["rest"] == String(text.dropFirst(column - 1).prefix(20)), "\(text)")
    }
  }

  /// Part within part, it would be read and computed beyond what a stack holds.
  @Test func `a formula without end is refused`() throws {
    let longest = String(repeating: "1+", count: FormulaParser.longest / 2 - 1) + "1"
    #expect(try FormulaParser.formula(longest).references.isEmpty)
    for text in [String(repeating: "(", count: 100_000), longest + "+11"] {
      do throws(FormulaParser.Fault) {
        _ = try FormulaParser.formula(text)
        Issue.record("\(text.count) characters were read")
      } catch {
        #expect(error.code == "formula.long")
        #expect(error.facts["count"] == String(text.count))
        #expect(error.facts["most"] == String(FormulaParser.longest))
        #expect((error.facts["formula"]?.count ?? 0) < 50)
      }
    }
  }

  @Test func `a fault tells what would be right`() throws {
    func fault(_ text: String) -> FormulaParser.Fault? {
      do throws(FormulaParser.Fault) {
        _ = try FormulaParser.formula(text)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault("(jobs")?.facts["expected"] == ")")
    #expect(fault("sqr(jobs)")?.facts["nearest"] == "sqrt")
    #expect(fault("sqr(jobs)")?.facts["known"]?.contains("gini") == true)
    #expect(fault("min(jobs)")?.facts["found"] == "1")
    #expect(fault("min(jobs)")?.facts["wanted"] == "2")
  }

  @Test func `names, members and what is added over are found`() throws {
    let formula = try FormulaParser.formula("sum(ess-domain, abs(jobs[age=15-29, field=ess] / I08)) - women")
    #expect(formula.references.map(\.name) == ["jobs", "I08", "women"])
    #expect(formula.references[0].selectors.map(\.dimension) == ["age", "field"])
    #expect(formula.references[0].selectors.map(\.member) == ["15-29", "ess"])
    #expect(formula.spans == ["ess-domain"])
    // A dash inside of a word is its own: names of dimensions have some.
    #expect(try FormulaParser.formula("employer-size").references.map(\.name) == ["employer-size"])
  }

  // MARK: - Written and read again

  private static func formula(_ random: inout SplitMix64, depth: Int) -> Formula {
    if depth == 0 || random.chance(15) {
      if random.chance(40) { return .number(Double(random.number(0...400)) / 4) }
      let selectors = (0..<random.number(0...2)).map { _ in
        Formula.Selector(
          dimension: random.pick(["field", "a10", "employer-size", "year", "age"]),
          member: random.pick(["ess", "15-29", "60+", "previous", "2023", "OQ", "agreed_coop"]))
      }
      return .reference(.init(name: random.pick(["jobs", "gross_pay", "I08", "c4"]), selectors: selectors))
    }
    if random.chance(15) {
      let aggregate = random.pick(Formula.Aggregate.allCases)
      let parts = (0..<aggregate.arguments).map { _ in formula(&random, depth: depth - 1) }
      return .over(aggregate, dimension: random.pick(["area", "sector", "ess-domain"]), parts)
    }
    let function = random.pick(Formula.Function.allCases)
    return .call(function, (0..<function.arguments).map { _ in formula(&random, depth: depth - 1) })
  }

  /// With as few brackets as it can be written: `level` is how tightly what is around binds.
  private static func text(_ formula: Formula, _ random: inout SplitMix64, level: Int = 0) -> String {
    func space() -> String { random.pick(["", " ", "  "]) }
    func list(_ parts: [Formula]) -> String {
      var texts: [String] = []
      for part in parts { texts.append(space() + text(part, &random) + space()) }
      return texts.joined(separator: ",")
    }
    func bound(_ own: Int, _ text: String) -> String { own < level ? "(\(space())\(text)\(space()))" : text }
    switch formula {
    case .number(let number): return "\(number)"
    case .reference(let reference):
      let moves = reference.selectors.map { "\(space())\($0.dimension)\(space())=\(space())\($0.member)\(space())" }
      return reference.name + (moves.isEmpty ? "" : "\(space())[\(moves.joined(separator: ","))]")
    case .over(let aggregate, let dimension, let parts):
      return "\(aggregate.rawValue)\(space())(\(space())\(dimension)\(space()),\(list(parts)))"
    case .call(.negate, let parts): return "-" + text(parts[0], &random, level: 2)
    case .call(let function, let parts):
      switch function {
      // A dash after a name would be a part of it.
      case .add, .subtract:
        let left = text(parts[0], &random, level: 0)
        return bound(0, "\(left) \(function.rawValue) \(text(parts[1], &random, level: 1))")
      case .multiply, .divide:
        let left = text(parts[0], &random, level: 1)
        return bound(1, "\(left)\(space())\(function.rawValue)\(space())\(text(parts[1], &random, level: 2))")
      default: return "\(function.rawValue)\(space())(\(list(parts)))"
      }
    }
  }

  @Test func `what is written is read again as it was`() throws {
    var random = SplitMix64(seed: 31)
    for _ in 0..<2000 {
      let formula = Self.formula(&random, depth: random.number(0...5))
      let written = Self.text(formula, &random)
      #expect(try FormulaParser.formula(written) == formula, "\(written)")
    }
  }

  // MARK: - Cells

  @Test func `no function makes a figure of what is hidden or missing`() {
    let examples: [Cell] = [.suppressed, .notAvailable, .notComparable, .zero, .constant(4)]
    let reasons: [Cell.Status] = [.notComparable, .suppressed, .notAvailable]
    for function in Formula.Function.allCases {
      for one in examples {
        for other in examples {
          let parts = Array([one, other].prefix(function.arguments))
          let found = reasons.first { reason in parts.contains { $0.status == reason } }
          guard let reason = found else { continue }
          let cell = function.cell(of: parts)
          #expect(cell.status == reason && cell.value == nil && cell.low == nil, "\(function) \(parts.map(\.status))")
        }
      }
    }
  }

  /// The smallest and the largest of a distance are not always where its ends are: between −1 and 2 there is 0.
  @Test func `bounds of every function hold for all that lies between`() {
    var random = SplitMix64(seed: 32)
    for function in Formula.Function.allCases {
      for _ in 0..<100 {
        let parts = (0..<function.arguments).map { position -> Cell in
          let least = [.sqrt, .power, .divide].contains(function) && (position == 1 || function != .divide) ? 1 : -10
          let bounds = [random.number(least...10), random.number(least...10)].sorted().map(Double.init)
          return Cell(
            .published, value: (bounds[0] + bounds[1]) / 2, low: bounds[0], high: bounds[1], basis: .estimated)
        }
        let cell = function.cell(of: parts)
        guard let low = cell.low, let high = cell.high else { continue }
        for _ in 0..<20 {
          let point = parts.map { part -> Double in
            let (low, high) = (part.low ?? 0, part.high ?? 0)
            return low + (high - low) * Double(random.number(0...8)) / 8
          }
          let value = function.value(point)
          let slack = 1e-9 * max(1, abs(value))
          #expect(low - slack <= value && value <= high + slack, "\(function) of \(point): \(value)")
        }
      }
    }
  }
}
