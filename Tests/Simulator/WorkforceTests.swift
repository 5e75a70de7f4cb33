import Registers
import Tabular
import TestSupport
import Testing

@testable import Simulator

@Suite struct WorkforceTests {
  private static let groups = [
    ["age_15_29", "age_30_49", "age_50_59", "age_60_plus"],
    ["permanent", "fixed_term", "other_contracts"], ["full_time", "part_time"],
    ["managers", "intermediate", "clerks", "workers"],
  ]

  private static func number(_ row: [String: String], _ column: String) -> Int {
    Int(row[column] ?? "") ?? -1
  }

  private static let occupations = ["managers", "intermediate", "clerks", "workers"]
  private static let statuses = ["blue_collar", "white_collar", "civil_servants"]

  private static func checkParticulars(_ row: [String: String], isBelgian: Bool) {
    func value(_ column: String) -> Int { number(row, column) }
    let (jobs, women, managers) = (value("jobs"), value("women"), value("managers"))
    #expect((0...value("age_50_59")).contains(value("age_55_59")))
    let contracts = ["assisted", "apprentices", "agency"].map(value)
    #expect(contracts.allSatisfy { $0 >= 0 } && contracts.reduce(0, +) <= value("other_contracts"))
    // Women who are not managers hold a job that is not a manager's.
    #expect((max(0, women + managers - jobs)...min(women, managers)).contains(value("women_managers")))
    let pay = occupations.map { value("pay_\($0)") }
    #expect(pay.reduce(0, +) == value("gross_pay"))
    for (occupation, amount) in zip(occupations, pay) {
      #expect(value(occupation) > 0 ? amount >= 0 : amount == 0)
    }
    #expect((0...value("gross_pay")).contains(value("women_pay")))
    #expect((value("women_pay") > 0) == (women > 0))
    #expect((1500...1900).contains(Double(value("hours")) / (Double(row["fte"] ?? "") ?? 0)))
    if isBelgian {
      let parts = statuses.map(value)
      #expect(parts.allSatisfy { $0 >= 0 } && parts.reduce(0, +) == jobs)
    } else {
      #expect(statuses.allSatisfy { row[$0] == "" })
    }
  }

  private static func check(_ rows: [[String: String]], year: Int) {
    #expect(Set(rows.map { $0["establishment"] }).count == rows.count)
    for row in rows {
      let jobs = number(row, "jobs")
      #expect(jobs >= 1)
      #expect(row["year"] == String(year))
      #expect(row["origin"] == "simulated")
      for group in groups {
        let parts = group.map { number(row, $0) }
        #expect(parts.allSatisfy { $0 >= 0 } && parts.reduce(0, +) == jobs)
      }
      #expect((0...jobs).contains(number(row, "women")))
      let fte = Double(row["fte"] ?? "") ?? -1
      #expect(fte > 0 && fte <= Double(jobs))
      #expect(number(row, "gross_pay") > 0)
    }
  }

  @Test func partsMakeTheWholeInBothCountries() throws {
    try Sample.simulated(Sample.plan(scale: 0.01)) { folder in
      for country in ["fr", "be"] {
        for year in 2021...2023 {
          let path = "\(folder)/\(country)/workforce_\(year).csv"
          let table = try Sample.rows(path)
          try #require(Set(table.columns) == Set(Registers.Workforce.measures + ["establishment", "year", "origin"]))
          #expect(table.rows.count > 50)
          Self.check(table.rows, year: year)
          for row in table.rows { Self.checkParticulars(row, isBelgian: country == "be") }
          let account = try Registers.Workforce(Container.open(path)).read { _ in }
          #expect(account.kept == table.rows.count && account.rejected == [:])
        }
      }
    }
  }

  /// A workforce of one kind of activity, so that what is drawn depends on nothing that may be corrected.
  private static func workforce() throws -> Simulator.Workforce {
    let folder = try TemporaryFolder()
    try folder.write(
      "workforce.csv",
      """
      # id: workforce
      # source: test
      division,pay,women,part_time,managers,intermediate,clerks,fixed_term,other_contracts,over_50,civil_servants
      *,38100,0.46,0.2,0.17,0.24,0.3,0.11,0.04,0.3,0.1

      """)
    try folder.write(
      "seasons.csv", "# id: seasons\n# source: test\n# confidence: test\ndivision,first,second,third\n*,1,1,1\n")
    let constants = try Constants("\(Sample.share)/simulation")
    return try Simulator.Workforce(folder.path, constants: constants, years: 2020...2020)
  }

  private static func employer(jobs: Int, key: UInt64) -> Employer {
    Employer(jobs: jobs, created: 0, closed: nil, division: 88, pay: 1, key: key)
  }

  /// Figures are quoted from simulations: what a seed draws does not change with what a row tells beside it.
  @Test func `a headcount is what it was before it had particulars`() throws {
    let workforce = try Self.workforce()
    let expected =
      [
        (42, 37, [318, 1_168_310, 21, 9, 8, 2, 5, 1, 7, 5, 9, 11]),
        (42, 1, [10, 36_739, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (7, 640, [5_434, 20_082_103, 322, 176, 89, 24, 90, 25, 114, 143, 144, 180]),
      ] as [(key: UInt64, jobs: Int, values: [Int])]
    for (key, jobs, values) in expected {
      let told = workforce.headcount(of: Self.employer(jobs: jobs, key: key), in: 2020, jobs: jobs)
      let parts = [
        told.tenths, told.pay, told.women, told.young, told.old, told.sixty, told.fixed, told.other, told.partTime,
        told.managers, told.intermediate, told.clerks,
      ]
      #expect(parts == values, "\(key), \(jobs) jobs")
    }
  }

  /// A woman has 8 to 15 % less than a man of the same occupation, and where there is no man, all of it.
  @Test func `women are paid less for the same work, and all where there is no man`() throws {
    let workforce = try Self.workforce()
    func womenPay(_ key: UInt64, women: Int, managers: Int) -> Int {
      let headcount = Headcount(
        jobs: 100, tenths: 1000, pay: 4_000_000, women: women, young: 0, old: 0, sixty: 0, fixed: 0, other: 0,
        partTime: 0, managers: managers, intermediate: 0, clerks: 0)
      return workforce.particulars(of: Self.employer(jobs: 100, key: key), in: 2020, headcount).womenPay
    }
    for key: UInt64 in 0..<200 {
      let pay = Double(womenPay(key, women: 50, managers: 0))
      #expect((0.8499...0.9201).contains(pay / (4_000_000 - pay)))
      #expect(womenPay(key, women: 100, managers: 30) == 4_000_000)
      #expect(womenPay(key, women: 0, managers: 30) == 0)
    }
  }

  @Test func jobsFollowTheRegister() throws {
    try Sample.simulated(Sample.plan("FR-REG-32", scale: 0.05)) { folder in
      let register = try Sample.rows("\(folder)/fr/StockEtablissement_utf8.zip").rows
      let known = Dictionary(
        register.map { ($0["siret"] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
      let last = try Sample.rows("\(folder)/fr/workforce_2023.csv").rows
      var agreeing = 0
      for row in last {
        let one = known[row["establishment"] ?? ""]
        #expect(one?["etatAdministratifEtablissement"] == "A")
        let band = SizeBands.codes.firstIndex(of: one?["trancheEffectifsEtablissement"] ?? "") ?? 0
        if SizeBands.band(of: Self.number(row, "jobs")) == band { agreeing += 1 }
      }
      let share = Double(agreeing) / Double(last.count)
      #expect(share > 0.95 && share < 0.995)
      for year in 2021...2023 {
        for row in try Sample.rows("\(folder)/fr/workforce_\(year).csv").rows {
          let created = known[row["establishment"] ?? ""]?["dateCreationEtablissement"] ?? ""
          #expect(created <= "\(year)-12-31")
        }
      }
    }
  }
}
