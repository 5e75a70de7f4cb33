import Filesystem
import Nomenclature
import Perimeter
import Tabular
import TestSupport
import Testing

@testable import Simulator

@Suite("Calibration")
struct CalibrationTests {
  private static let share = Checkout.installation.share

  private static func rows(_ path: String) throws -> [DeclaredTable.Entry] {
    try DeclaredTable("\(share)/\(path)", columns: []).entries
  }

  private static func number(_ entry: DeclaredTable.Entry, _ column: String) -> Double { Double(entry[column]) ?? 0 }

  /// The margins are other tables than the published figures: here they meet.
  @Test func `the margins of a département give its published share`() throws {
    var all: [String: Double] = [:]
    var ess: [String: Double] = [:]
    for row in try Self.rows("simulation/fr-calibration.csv") {
      let jobs = Self.number(row, "jobs")
      all[row["area"], default: 0] += jobs
      // What FLORES counts in a fifth family was not in the scope of 2008.
      if !["private", "public", "other_npi"].contains(row["family"]) { ess[row["area"], default: 0] += jobs }
    }
    var compared = 0
    for row in try Self.rows("published/fr-employment-shares.csv") where row["year"] == "2014" {
      guard let jobs = all[row["territory"]], let part = ess[row["territory"]] else { continue }
      compared += 1
      #expect((part / jobs * 100 - Self.number(row, "value")).magnitude < 0.03, "\(row["territory"])")
    }
    #expect(compared == all.count)
    #expect(compared >= 96)
  }

  @Test func `the margins of a region give its published numbers`() throws {
    let region = ["02", "59", "60", "62", "80"].map { "FR-DEP-\($0)" }
    let rows = try Self.rows("simulation/fr-calibration.csv").filter { region.contains($0["area"]) }
    func sum(_ column: String, _ isCounted: (String) -> Bool) -> Double {
      rows.filter { isCounted($0["family"]) }.reduce(0) { $0 + Self.number($1, column) }
    }
    func ofFour(_ family: String) -> Bool { !["private", "public", "other_npi"].contains(family) }
    let jobs = sum("jobs", ofFour)
    #expect((jobs / 208_100 - 1).magnitude < 0.001)
    #expect((sum("fte", ofFour) / 175_800 - 1).magnitude < 0.001)
    #expect((sum("employers_2024") { _ in true } / 14_186 - 1).magnitude < 0.002)
    #expect((sum("jobs") { ["association", "works_council"].contains($0) } / jobs - 0.8405).magnitude < 0.001)
    let belgian = try Self.rows("simulation/be-calibration.csv").filter { $0["family"] == "ess" }
    for fact in try Self.rows("published/be-figures.csv")
    where fact["year"] == "2021" && fact["measure"] != "jobs_share" {
      let here = belgian.filter { $0["area"] == fact["territory"] || fact["territory"] == "BE" }
      let column = fact["measure"] == "units" ? "employers_2021" : fact["measure"]
      #expect(here.reduce(0) { $0 + Self.number($1, column) } == Self.number(fact, "value"), "\(fact["territory"])")
    }
  }

  @Test(arguments: [
    (2014...2016, 2014, 2014), (2019...2024, 2019, 2024), (2008...2012, 2012, 2012), (2026...2030, 2026, 2026),
  ])
  func `figures are those of the nearest simulated year`(years: ClosedRange<Int>, jobs: Int, employers: Int) throws {
    let families = [
      "association", "foundation", "other_npi", "works_council", "cooperative", "mutual", "private", "public",
    ]
    let margins = try Margins("\(Self.share)/simulation/fr-calibration.csv", families: families, years: years)
    #expect(margins.jobsYear == jobs)
    #expect(margins.employersYear == employers)
  }

  @Test func `a family that no group has is refused with its line`() throws {
    let text = """
      # id: x
      # source: x
      # confidence: D
      # perimeter: fr-flores-2018
      # jobs_year: 2014
      # employers_years: 2014
      area,population,family,units,employers_2014,jobs,fte
      FR-DEP-59,10,guild,1,1,1,1

      """
    let folder = try TemporaryFolder()
    let path = try folder.write("margins.csv", text)
    expectProblem("share.unknown_code", line: 8) {
      _ = try Margins(path, families: ["association"], years: 2014...2014)
    }
  }

  /// A population of one number: each unit has its lot and its jobs, drawn once.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `whatever the population, employers and jobs come to the margins`(seed: UInt64) throws {
    let constants = try Constants("\(Self.share)/simulation")
    let profile = try CountryProfile(
      "be", in: "\(Self.share)/simulation", constants: constants, today: DayTable.day(2024, 1, 1))
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "be-observatoire" })
    let families = Families(.be, profile, perimeter, lists: [])
    var draws = Draws(seed, .unit, 0)
    let employers = 100 + draws.below(400)
    let jobs = employers * (8 + draws.below(30))
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "margins.csv",
      """
      # id: x
      # source: x
      # confidence: D
      # perimeter: be-observatoire
      # jobs_year: 2014
      # employers_years: 2014
      area,population,family,units,employers_2014,jobs,fte
      BE-REG-03000,10,ess,1,\(employers),\(jobs),\(jobs * 8 / 10)

      """)
    let margins = try Margins(path, families: families.names, years: 2014...2014)
    let calibration = Calibration(families, margins)
    let units = (0..<2_000).map { _ in (lot: draws.share(), jobs: 1 + draws.below(40), share: draws.share()) }
    func employing() -> [Int] {
      units.filter { $0.lot < 0.12 * calibration[0].employers }.map {
        max(1, Int(Double($0.jobs) * calibration[0].size + $0.share))
      }
    }
    try calibration.fit(parts: [1], scale: 1) { census in
      for jobs in employing() {
        census.employers[0] += 1
        census.jobs[0] += jobs
        census.shortfall[0] += 0.25 * Double(jobs) * calibration[0].hours
      }
    }
    let found = employing()
    // Each pass leaves what chance puts in the stretch that it moved by: a hundredth after four.
    #expect((found.count - employers).magnitude <= 2 + UInt(employers) / 50)
    #expect((Double(found.reduce(0, +)) / Double(jobs) - 1).magnitude < 0.01)
    let fte = Double(found.reduce(0, +)) * (1 - 0.25 * calibration[0].hours)
    #expect((fte / Double(jobs * 8 / 10) - 1).magnitude < 0.01)
  }

  /// Two small areas, of which one publishes its employers: those of the other are nobody's measure.
  @Test func `what one area does not publish is not taken from another`() throws {
    let profiles = "\(Self.share)/simulation"
    let constants = try Constants(profiles)
    let profile = try CountryProfile("be", in: profiles, constants: constants, today: DayTable.day(2024, 1, 1))
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "be-observatoire" })
    let families = Families(.be, profile, perimeter, lists: [])
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "margins.csv",
      """
      # id: x
      # source: x
      # confidence: D
      # perimeter: be-observatoire
      # jobs_year: 2014
      # employers_years: 2014
      area,population,family,units,employers_2014,jobs,fte
      BE-REG-03000,10,ess,1,20,200,160
      BE-REG-02000,10,ess,1,,200,

      """)
    let margins = try Margins(path, families: families.names, years: 2014...2014)
    let calibration = Calibration(families, margins)
    var draws = Draws(1, .unit, 0)
    let lots = (0..<2_000).map { _ in draws.share() }
    func employers(_ area: Int) -> Int { lots.count { $0 < 0.05 * calibration[area, 0].employers } }
    try calibration.fit(parts: [1, 1], scale: 1) { census in
      for area in 0..<2 {
        let (cell, count) = (calibration.cell(area: area, family: 0), employers(area))
        census.employers[cell] = count
        census.jobs[cell] = count * 10
        census.shortfall[cell] = Double(count) * calibration[area, 0].hours
      }
    }
    #expect((17...23).contains(employers(0)))
    #expect(calibration[1, 0].employers == 1)
    #expect(calibration[1, 0].hours == 1)
  }

  /// The same judgement as the perimeter's own, one unit at a time.
  @Test(arguments: [("fr", "fr-flores-2018"), ("be", "be-observatoire")])
  func `families are those of the perimeter`(country: String, id: String) throws {
    let profiles = "\(Self.share)/simulation"
    let profile = try CountryProfile(
      country, in: profiles, constants: Constants(profiles), today: DayTable.day(2024, 1, 1))
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == id })
    let state = try #require(Country(rawValue: country.uppercased()))
    let table = try MembershipTable(profiles, country: state, profile: profile)
    let families = Families(state, profile, perimeter, lists: table.lists)
    var counted = 0
    for rank in 0..<3_000 {
      var draws = Draws(9, .unit, rank)
      let form = profile.formChooser.pick(&draws)
      let group = profile.groups[profile.forms[form].group]
      let activity = group.activities[group.ofEmployers.pick(&draws)]
      let lists = table.lists(ofForm: form, key: draws.next(), employs: true)
      let named = table.lists.enumerated().filter { lists.contains($0.offset) }.map(\.element)
      let code = String(decoding: profile.forms[form].code.bytes, as: UTF8.self)
      let isIn = perimeter.decide(
        UnitFacts(
          country: state, form: code,
          activity: Activity(state == .fr ? .nafRev2 : .nacebel2008, profile.activityCodes[activity].code),
          lists: Set(named))
      ).isIn
      let name = families.names[families.rank(form: form, activity: activity, lists: lists)]
      if group.family != nil {
        #expect(Families.rest.contains(name) != isIn, "\(code)")
        counted += isIn ? 1 : 0
      }
    }
    #expect(counted > 30)
  }
}
