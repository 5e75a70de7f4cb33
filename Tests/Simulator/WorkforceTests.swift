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
          let table = try Sample.rows("\(folder)/\(country)/workforce_\(year).csv")
          #expect(table.columns.count == 20)
          #expect(table.rows.count > 50)
          Self.check(table.rows, year: year)
        }
      }
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
