import Diagnostics
import Filesystem
import Indicators
import Nomenclature
import Perimeter
import Secrecy
import Tabular
import TestSupport
import Testing
import Warehouse

@Suite("Published figures")
struct PublishedTests {
  private static func published() throws -> Published {
    try Published(share: Checkout.installation.share, Checkout.territories)
  }

  private static func jobs(_ territory: String, _ year: Int, _ value: Double) -> Published.Fact {
    Published.Fact(
      .jobs, of: territory, in: year, perimeter: "fr-flores-2018", value: value, tolerance: 2, isTarget: true,
      confidence: "S", source: "invented")
  }

  /// What a check sets beside the figures of a release, with nothing hidden.
  private static func comparisons(_ published: Published) -> (Release) throws -> [Comparison] {
    return { release in
      try PublishedComparison(
        Ground(release, Checkout.territories), published, Checkout.perimeters, Checkout.gate()
      ).comparisons
    }
  }

  private static func check(_ published: Published) throws -> Check {
    let observatory = try BuiltObservatory.observatory
    _ = try BuiltObservatory.manifest
    return try Check(
      observatory, ReleaseFolder(observatory), Checkout.perimeters, published: comparisons(published))
  }

  /// The registers hold a département and Wallonia, at a fiftieth: what they do not hold whole is not compared.
  @Test func `a simulation is compared where it holds the whole territory, at its scale`() throws {
    let compared = try Self.check(Self.published()).published
    #expect(Set(compared.map(\.territory)) == ["FR-DEP-59", "BE-REG-03000"])
    for one in compared {
      // The margins hold but for the rounding of about 140 employers and of their jobs.
      switch one.measure {
      case .jobsShare: #expect(one.gap.magnitude <= 0.5, "\(one)")
      default: #expect(one.isWithin == nil || one.gap.magnitude <= 5, "\(one)")
      }
    }
    let units = try #require(compared.first { $0.measure == .units && $0.isWithin != nil })
    #expect(units.published == 6785 && units.publishedYear == 2021 && units.year == 2023)
  }

  /// One tabulation for all territories, and the tables, which ask one at a time.
  @Test func `what is found is what the tables say`() throws {
    let manifest = try BuiltObservatory.manifest
    let release = try Release(BuiltObservatory.observatory)
    var compared = 0
    for one in try Self.check(Self.published()).published {
      let ess = try #require(
        try FilledTable("T01", release, one.perimeter, one.territory, year: one.year)["ess"]
      ).cells
      let expected =
        switch one.measure {
        case .jobsShare: ess["share_jobs"]?.value
        case .establishments, .units, .jobs, .fte: ess[one.measure.rawValue]?.value.map { $0 / 0.02 }
        case .familyJobsShare, .familyEstablishmentsShare: Double?.none
        }
      guard let expected else { continue }
      compared += 1
      #expect((one.found - expected).magnitude < 1e-6 * expected, "\(one)")
    }
    #expect(compared >= 3)
    #expect(manifest.simulation == Receipt.Simulation(scale: 0.02, codes: ["FR-DEP-59", "BE-REG-03000"]))
  }

  /// What a figure may not say where people read it, no comparison says either.
  @Test func `what is hidden is not compared`() throws {
    let small = try SmallObservatory()
    _ = try small.build()
    let release = try Release(small.observatory)
    let fact = Self.jobs("FR-COM-59350", 2019, 10)
    func found(_ profile: String) throws -> [Double] {
      try PublishedComparison(
        Ground(release, Checkout.territories), Published(facts: [fact]), Checkout.perimeters, Checkout.gate(profile)
      ).comparisons.map(\.found)
    }
    #expect(try found("internal") == [20])
    #expect(try found("fr-insee") == [])
  }

  @Test func `real registers are shown beside the figures and not judged`() throws {
    let small = try SmallObservatory()
    let manifest = try small.build()
    #expect(manifest.simulation == nil)
    let fact = Self.jobs("FR-COM-59350", 2019, 10)
    let check = try Check(
      small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters,
      published: Self.comparisons(Published(facts: [fact])))
    let one = try #require(check.published.first)
    #expect(one.isWithin == nil && one.year == 2020 && one.found == 20 && one.gap == 100)
    // The region has many communes where these registers know nobody.
    let region = Self.jobs("FR-REG-32", 2019, 10)
    let none = try Check(
      small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters,
      published: Self.comparisons(Published(facts: [region])))
    #expect(none.published.isEmpty)
  }

  @Test(
    arguments: [
      ([2019, 2020, 2024], [2021: 2020]), ([2013], [2012: 2013]), ([2016, 2017], [2021: 2017, 2012: 2016]), ([], [:]),
    ] as [([Int], [Int: Int])])
  func `of several years the nearest is shown`(known: [Int], expected: [Int: Int]) {
    let facts = [2008, 2012, 2021].map { Self.jobs("FR", $0, 1) }
    let found = Published(facts: facts).nearest(to: ["FR": known])
    #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.fact.year, $0.year) }) == expected)
  }

  @Test(arguments: [
    ("FR-REG-99,2014,p,,jobs,1,1,target,S,,", "share.no_parent"),
    ("FR,2014,p,,people,1,1,target,S,,", "share.unknown_code"),
    ("FR,2014,p,,jobs,many,1,target,S,,", "share.bad_number"), ("FR,2014,p,,jobs,1,-1,target,S,,", "share.bad_number"),
    ("FR,then,p,,jobs,1,1,target,S,,", "share.bad_number"), ("FR,2014,p,,jobs,1,1,aim,S,,", "share.unknown_code"),
  ])
  func `a row that cannot be is refused with its line`(row: String, code: String) throws {
    let text =
      "# id: x\nterritory,year,perimeter,family,measure,value,tolerance,use,confidence,source,note\n\(row)\n"
    let table = try DeclaredTable(Array(text.utf8), path: "x.csv", columns: [])
    expectProblem(code, line: 3) { _ = try Published.facts(table, Checkout.territories) }
  }

  /// Facts carried over, with what a reader needs to find them again.
  @Test func `every figure has its source, its perimeter and its family`() throws {
    let perimeters = Set(try Checkout.perimeters.map(\.id))
    let families = try Checkout.nomenclatures.families
    let facts = try Self.published().facts
    #expect(facts.count > 250)
    for fact in facts {
      #expect(!fact.source.isEmpty && perimeters.contains(fact.perimeter) && fact.tolerance > 0, "\(fact)")
      #expect(fact.family.isEmpty || families[fact.family] != nil, "\(fact)")
      #expect(fact.isTarget || !fact.note.isEmpty, "\(fact)")
    }
  }
}
