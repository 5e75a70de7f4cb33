import Filesystem
import TestSupport
import Testing

@testable import Secrecy

/// The primary rules at their thresholds, on facts that can be counted on fingers.
@Suite("The gate")
struct GateTests {
  private static func profile(_ id: String) throws -> SecrecyProfile {
    try SecrecyBook(share: Checkout.installation.share).profile(id)
  }

  /// One unit for each number of jobs, all in one commune.
  private static func units(
    _ jobs: [Int], pay: [Int] = [], women: [Int] = [], commune: Int = 0
  ) -> [InventedFacts.Employer] {
    jobs.indices.map { index in
      var employer = InventedFacts.Employer(unit: index, commune: commune, values: ["jobs": jobs[index]])
      if index < pay.count { employer.values["gross_pay"] = pay[index] }
      if index < women.count { employer.values["women"] = women[index] }
      return employer
    }
  }

  /// All that there is lies in the other country.
  private static let elsewhere = units([10], commune: 3)

  private static func cells(
    _ employers: [InventedFacts.Employer], _ asked: PlainQuestion, _ profiles: [SecrecyProfile]
  ) throws -> [String: Cell] {
    let facts = try InventedFacts(employers)
    let block = try Tabulation(facts.facts, asked.question).cells(Gate(profiles))
    return Dictionary(uniqueKeysWithValues: asked.measures.enumerated().map { ($1, block[0, $0]) })
  }

  private static let usual = ["units", "establishments", "jobs", "gross_pay", "women"]

  private static func cells(
    _ employers: [InventedFacts.Employer], _ measures: [String] = usual
  ) throws -> [String: Cell] {
    try cells(employers, .whole(measures), [profile("fr-insee")])
  }

  @Test(
    arguments: [
      // Units: three at least.
      ([10, 10], false), ([10, 10, 10], true), ([10, 10, 0], false),
      // The largest: 85 % at most.
      ([850, 100, 50], true), ([851, 100, 49], false), ([17, 2, 1], true), ([18, 1, 1], false),
      // Employees: five at least.
      ([2, 1, 1], false), ([2, 2, 1], true), ([1, 1, 1, 1], false), ([1, 1, 1, 1, 1], true),
    ])
  func `jobs at the thresholds`(jobs: [Int], isShown: Bool) throws {
    let cells = try Self.cells(Self.units(jobs))
    #expect(cells["jobs"]?.status == (isShown ? .published : .suppressed), "\(jobs)")
    #expect(cells["jobs"]?.value == (isShown ? Double(jobs.reduce(0, +)) : nil))
    // Registers are open: how many there are is no secret.
    #expect(cells["units"]?.value == Double(jobs.count))
    #expect(cells["establishments"]?.value == Double(jobs.count))
  }

  @Test func `what is hidden tells nothing`() throws {
    #expect(try Self.cells(Self.units([10, 10]))["jobs"] == .suppressed)
  }

  @Test func `nobody, or nothing counted, is a true zero`() throws {
    let none = try Self.cells(Self.elsewhere)
    for name in ["units", "establishments", "jobs"] { #expect(none[name] == .zero, "\(name)") }
    let zeros = try Self.cells(Self.units([0, 0], pay: [0, 0]))
    #expect(zeros["jobs"]?.status == .zero)
    #expect(zeros["gross_pay"]?.status == .zero)
    #expect(zeros["establishments"]?.value == 2)
    #expect(zeros["women"] == .notAvailable)
  }

  @Test func `pay: 80 % at most, and what one quantity hides hides the row`() throws {
    let shown = try Self.cells(Self.units([10, 10, 10], pay: [800, 100, 100]))
    #expect(shown["gross_pay"]?.value == 1000)
    #expect(shown["jobs"]?.value == 30)
    let hidden = try Self.cells(Self.units([10, 10, 10], pay: [801, 100, 99], women: [3, 3, 3]))
    for name in ["gross_pay", "jobs", "women"] { #expect(hidden[name] == .suppressed, "\(name)") }
    #expect(hidden["units"]?.value == 3)
    // And the other way about: one unit has nearly all jobs, no unit has nearly all pay.
    let jobs = try Self.cells(Self.units([98, 1, 1], pay: [400, 300, 300]))
    #expect(jobs["gross_pay"] == .suppressed)
  }

  @Test func `a part of jobs has to meet the rules itself`() throws {
    let few = try Self.cells(Self.units([10, 10, 10], women: [2, 1, 1]))
    #expect(few["women"] == .suppressed)
    #expect(few["jobs"]?.value == 30)
    #expect(try Self.cells(Self.units([10, 10, 10], women: [4, 4, 0]))["women"] == .suppressed)
    #expect(try Self.cells(Self.units([10, 10, 10], women: [4, 4, 4]))["women"]?.value == 12)
    #expect(try Self.cells(Self.units([10, 10, 10], women: [0, 0, 0]))["women"]?.status == .zero)
  }

  /// Three units with an employee each: the pay of three people, whatever else is asked with it.
  @Test func `pay alone is of five employees at least too`() throws {
    let employers = Self.units([1, 1, 1], pay: [30_000, 31_000, 32_000])
    #expect(try Self.cells(employers, ["jobs", "gross_pay"])["gross_pay"] == .suppressed)
    #expect(try Self.cells(employers, ["gross_pay"])["gross_pay"] == .suppressed)
  }

  @Test func `size bands that everybody can look up are open; mixed with files, they hide nothing`() throws {
    let banded = InventedFacts.Employer(unit: 0, size: 1, band: 2)
    let jobs = try Self.cells([banded])["jobs"]
    #expect(jobs?.status == .published)
    #expect(jobs?.basis == .estimated)
    #expect([jobs?.low, jobs?.value, jobs?.high] == [10, 14.5, 19])
    // Two units told by a file, and many by bands: the two could subtract the bands.
    let others = (10..<20).map { InventedFacts.Employer(unit: $0, size: 1, band: 2) }
    #expect(try Self.cells(Self.units([10, 10]) + others)["jobs"] == .suppressed)
    #expect(try Self.cells(Self.units([10, 10, 10]) + others)["jobs"]?.value == 175)
  }

  /// Whoever takes the bands off is left with what three units have.
  @Test func `bands that everybody can look up are no employees of those who give theirs`() throws {
    let others = (10..<20).map { InventedFacts.Employer(unit: $0, size: 1, band: 2) }
    #expect(try Self.cells(Self.units([2, 1, 1]) + others)["jobs"] == .suppressed)
    #expect(try Self.cells(Self.units([2, 2, 1]) + others)["jobs"]?.value == 150)
  }

  @Test func `in a hidden row a zero is hidden too`() throws {
    let hidden = try Self.cells(Self.units([10, 10], pay: [0, 0], women: [0, 0]))
    for name in ["jobs", "gross_pay", "women"] { #expect(hidden[name] == .suppressed, "\(name)") }
    // Nobody gives it: that is no figure of theirs.
    #expect(try Self.cells(Self.units([10, 10]))["women"] == .notAvailable)
  }

  /// Jobs of those who tell of women, less the women, are the men.
  @Test func `a part is held back where what it leaves of its whole may not be told`() throws {
    func women(_ women: [Int]) throws -> [String: Cell] {
      try Self.cells(Self.units([10, 10, 10], women: women), ["jobs", "women", "jobs@women"])
    }
    let few = try women([10, 9, 5])
    #expect(few["women"] == .suppressed)
    #expect(few["jobs@women"]?.value == 30)
    #expect(try women([9, 8, 7])["women"]?.value == 24)
    #expect(try women([9, 9, 8])["women"] == .suppressed)  // four men
    // Where there is no man, none is found.
    #expect(try women([10, 10, 10])["women"]?.value == 30)
    // Without the whole beside it, nothing can be taken off.
    #expect(try Self.cells(Self.units([10, 10, 10], women: [10, 9, 5]), ["women"])["women"]?.value == 24)
  }

  /// By activity: cells, those that are hidden, the jobs of all, those of the hidden ones.
  private static func protection(_ jobs: [[(unit: Int, jobs: Int)]]) throws -> [Cell] {
    let employers = jobs.enumerated().flatMap { division, own in
      own.map { InventedFacts.Employer(unit: $0.unit, division: division, values: ["jobs": $0.jobs]) }
    }
    var asked = PlainQuestion.whole(["jobs"])
    asked.dimensions = [.init(attribute: .division, lists: [[0], [1], [2], [3], [4]], count: 5)]
    let facts = try InventedFacts(employers)
    let block = try Tabulation(facts.facts, asked.question).protection(Gate([profile("fr-insee")]))
    return block.measures.indices.map { block[0, $0] }
  }

  @Test func `how much is hidden is told where it tells of nobody`() throws {
    let shown = [(unit: 7, jobs: 20), (unit: 8, jobs: 20), (unit: 9, jobs: 20)]
    // One cell has three units, one of which has nearly all; two more have a unit each.
    let large = [(unit: 0, jobs: 90), (unit: 1, jobs: 5), (unit: 2, jobs: 5)]
    let told = try Self.protection([large, [(unit: 3, jobs: 40)], [(unit: 4, jobs: 40)], shown])
    #expect(told.map(\.value) == [4, 3, 240, 180])
    #expect(try Self.protection([shown]).map(\.value) == [1, 0, 60, 0])
    // Of two hidden cells, one is found from the other.
    #expect(try Self.protection([[(unit: 0, jobs: 10)], [(unit: 1, jobs: 10)], shown])[3] == .suppressed)
  }

  @Test func `three hidden cells of one unit are one unit, and so is all that there is`() throws {
    let one = [[(unit: 0, jobs: 10)], [(unit: 0, jobs: 10)], [(unit: 0, jobs: 10)]]
    let alone = try Self.protection(one)
    #expect(alone[1].value == 3)
    #expect(alone[2] == .suppressed)
    #expect(alone[3] == .suppressed)
  }

  @Test func `how activities are known is told in thousandths`() {
    let mapping = Cell.Mapping(approximate: 1.0 / 3, none: 0.000_01)
    #expect(mapping.approximate == 0.333)
    // What is there is never nothing.
    #expect(mapping.none == 0.0001)
    #expect(Cell.Mapping(approximate: 0, none: 0).exact == 1)
  }

  @Test func `establishments of one unit are one unit`() throws {
    let employers = (0..<5).map { _ in InventedFacts.Employer(unit: 0, values: ["jobs": 10]) }
    #expect(try Self.cells(employers)["jobs"] == .suppressed)
  }

  @Test func `a commune that counts by half brings half its employees`() throws {
    let employers = Self.units([4, 4, 1])
    let whole = try Self.cells(employers, .whole(["jobs"]), [Self.profile("fr-insee")])
    #expect(whole["jobs"]?.value == 9)
    let half = try Self.cells(employers, .whole(["jobs"], weight: 0.5), [Self.profile("fr-insee")])
    #expect(half["jobs"] == .suppressed)
  }

  @Test func `a place in both countries obeys the stricter of their rules`() throws {
    let strict = try InventedFacts.profile(
      "strict", country: "BE", headcount: .init(units: 5, share: 0.9, employees: 3), pay: .init())
    let profiles = try [Self.profile("fr-insee"), strict]
    func jobs(_ employers: [InventedFacts.Employer], _ countries: Set<String>) throws -> Cell? {
      try Self.cells(employers, .whole(["jobs"], countries: countries), profiles)["jobs"]
    }
    let four = Self.units([10, 10, 10, 10])
    #expect(try jobs(four, ["FR"])?.value == 40)
    #expect(try jobs(four, ["BE", "FR"]) == .suppressed)
    #expect(try jobs(Self.units([10, 10, 10, 10], commune: 3), ["BE"]) == .suppressed)
    // 88 % is little enough for one, and too much for the other.
    let large = Self.units([88, 3, 3, 3, 3], commune: 3)
    #expect(try jobs(large, ["BE"])?.value == 100)
    #expect(try jobs(large, ["BE", "FR"]) == .suppressed)
  }

  @Test func `without a rule everything is shown, and the gate says that it is open`() throws {
    #expect(try Gate([Self.profile("internal")]).isOpen)
    #expect(try !Gate([Self.profile("internal"), Self.profile("fr-insee")]).isOpen)
    let cells = try Self.cells(Self.units([7]), .whole(["jobs"]), [Self.profile("internal")])
    #expect(cells["jobs"]?.value == 7)
  }

  /// Of ten units: fewer would tell who they are.
  @Test func `concentration is told in bands, of ten units at least`() throws {
    var asked = PlainQuestion.whole(["jobs"])
    asked.concentration = "jobs"
    func bands(_ count: Int) throws -> ConcentrationBands? {
      let facts = try InventedFacts(Self.elsewhere + Self.units(Array(repeating: 10, count: count)))
      return try Tabulation(facts.facts, asked.question).cells(Gate([Self.profile("fr-insee")])).bands.first
    }
    #expect(try bands(9)?.c4 == .suppressed)
    #expect(try bands(10)?.c10.basis == .banded)
    #expect(try bands(0)?.hhi == .notAvailable)
  }
}
