import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import Territory
import TestSupport
import Testing
import Warehouse
import Wording

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

  private static func check(_ published: Published) throws -> Check {
    let observatory = try BuiltObservatory.observatory
    _ = try BuiltObservatory.manifest
    return try Check(
      observatory, ReleaseFolder(observatory), Checkout.perimeters, published: (published, Checkout.territories))
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

  /// One query for all territories, and the tables, which ask one at a time.
  @Test func `what is found is what the tables say`() throws {
    let manifest = try BuiltObservatory.manifest
    let words = try Words(share: Checkout.installation.share, language: .en)
    let territories = try Checkout.territories
    var compared = 0
    for one in try Self.check(Self.published()).published {
      let query = try FigureQuery(
        Release(BuiltObservatory.observatory), #require(try Checkout.perimeters.first { $0.id == one.perimeter }),
        #require(territories[one.territory]), territories, year: one.year)
      let table = try StandardTable("T01", query, Checkout.nomenclatures, words)
      let ess = try #require(table.rows.first { $0.code == "ess" })
      let expected =
        switch one.measure {
        case .jobsShare: table.share(of: ess, "jobs")
        case .establishments, .units, .jobs, .fte: ess.figures[one.measure.rawValue]?.value.map { $0 / 0.02 }
        case .familyJobsShare, .familyEstablishmentsShare: Double?.none
        }
      guard let expected else { continue }
      compared += 1
      #expect((one.found - expected).magnitude < 1e-6 * expected, "\(one)")
    }
    #expect(compared >= 3)
    #expect(manifest.simulation == Receipt.Simulation(scale: 0.02, codes: ["FR-DEP-59", "BE-REG-03000"]))
  }

  @Test func `real registers are shown beside the figures and not judged`() throws {
    let small = try SmallObservatory()
    let manifest = try small.build()
    #expect(manifest.simulation == nil)
    let fact = Self.jobs("FR-COM-59350", 2019, 10)
    let check = try Check(
      small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters,
      published: (Published(facts: [fact]), Checkout.territories))
    let one = try #require(check.published.first)
    #expect(one.isWithin == nil && one.year == 2020 && one.found == 20 && one.gap == 100)
    // The region has many communes where these registers know nobody.
    let region = Self.jobs("FR-REG-32", 2019, 10)
    let none = try Check(
      small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters,
      published: (Published(facts: [region]), Checkout.territories))
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
