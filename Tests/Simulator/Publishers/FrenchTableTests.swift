import Nomenclature
import Territory
import TestSupport
import Testing

@testable import Simulator

@Suite("Tables of the publishers of France")
struct FrenchTableTests {
  private typealias Sum = Published.Sum

  private static let territories = Dictionary(
    uniqueKeysWithValues: Sample.communes.map { commune in
      func code(_ kind: String) -> String {
        commune.ancestors.first { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) } ?? ""
      }
      return (
        commune.official,
        ["FRANCE F", "REG \(code("FR-REG-"))", "DEP \(code("FR-DEP-"))", "COM \(commune.official)"]
      )
    })

  /// Every cell that is told is the sum of its establishments, and those that are not are secret.
  private static func check(_ rows: [[String: String]], _ sums: [String: Sum], family: Bool) throws {
    let told = Dictionary(
      rows.filter { $0["TIME_PERIOD"] == Published.last }.map { row in
        let cell = [
          "\(row["GEO_OBJECT"] ?? "") \(row["GEO"] ?? "")", family ? row["ESS_FAMILY"] ?? "" : "",
          row["ACTIVITY"] ?? "", row["FLORES_MEASURE"] ?? "",
        ]
        return (cell.joined(separator: "|"), row["OBS_STATUS"] == "K" ? "s" : row["OBS_VALUE"] ?? "")
      }, uniquingKeysWith: { _, _ in "twice" })
    #expect(told.count == 4 * sums.count)
    var hidden = 0
    for (cell, sum) in sums {
      #expect(told["\(cell)|UNIT_LOC"] == String(sum.count), "\(cell)")
      let jobs = told["\(cell)|EMPL3112"]
      if jobs == "s" {
        hidden += 1
        #expect(told["\(cell)|EQTP"] == "s" && told["\(cell)|REMUN"] == "s", "\(cell)")
      } else {
        #expect(!sum.isSecret, "\(cell)")
        #expect(jobs == String(sum.jobs), "\(cell)")
        #expect(told["\(cell)|REMUN"] == String(sum.pay), "\(cell)")
        #expect(Published.tenths(told["\(cell)|EQTP"]) == sum.tenths, "\(cell)")
      }
    }
    #expect(hidden > 0 && hidden < sums.count)
    // More than the secret ones are hidden, so that none can be had back; not everything is.
    #expect(hidden >= sums.values.count { $0.isSecret })
  }

  @Test func `FLORES adds up what the workforce files tell, by territory, family and activity`() throws {
    var ess: [String: Sum] = [:]
    var all: [String: Sum] = [:]
    let sectors = try Checkout.nomenclatures.sectors
    for one in try Published.french {
      guard let territories = Self.territories[one.commune] else { continue }
      let section = try #require(sectors[one.division]?.groups["a17"])
      let family = try Published.family(one, .fr, "fr-flores-2018").map { Published.familyNames[$0] ?? $0 }
      for territory in territories {
        for activity in ["_T", section] {
          all["\(territory)||\(activity)", default: Sum()].add(one)
          guard let family else { continue }
          for family in ["_T", family] { ess["\(territory)|\(family)|\(activity)", default: Sum()].add(one) }
        }
      }
    }
    #expect(ess.count > 50)
    try Self.check(Published.table("fr/flores_ess.csv"), ess, family: true)
    try Self.check(Published.table("fr/flores_all.csv"), all, family: false)
  }

  /// Private employers of the general scheme, as the pages of the Urssaf say.
  private static func isInsured(_ one: Published.Employer) throws -> Bool {
    let agriculture = ["6316", "6317", "6318", "6532", "6533", "6534", "6597", "6598"]
    return try !Checkout.nomenclatures.publicForms.contains(one.form, of: .fr) && !agriculture.contains(one.form)
      && !["01", "02", "03", "97", "98", "99"].contains(one.division) && Self.territories[one.commune] != nil
  }

  @Test func `the communes of the Urssaf add up the private employers`() throws {
    var sums: [String: Sum] = [:]
    for one in try Published.french where try Self.isInsured(one) {
      sums["\(one.commune) \(one.activity.filter { $0 != "." })", default: Sum()].add(one)
    }
    let rows = try Published.table("fr/urssaf_communes.csv")
    for row in rows {
      let ape = String((row["ape"] ?? "").prefix(5))
      #expect(row["secteur_na88"]?.hasPrefix(ape.prefix(2)) == true)
      let sum = sums.removeValue(forKey: "\(row["code_commune"] ?? "") \(ape)") ?? Sum()
      #expect(row["nombre_d_etablissements_\(Published.last)"] == String(sum.count))
      let jobs = row["effectifs_salaries_\(Published.last)"]
      #expect(jobs == (1...2 ~= sum.count ? "s" : String(sum.jobs)), "\(row)")
    }
    #expect(rows.count > 100 && sums.isEmpty)
  }

  /// The mean of the year is near the headcount of its last day, and is another figure.
  @Test func `the means of the Urssaf are near the end of the year and are not it`() throws {
    var jobs: [String: Int] = [:]
    var pay: [String: Int] = [:]
    for one in try Published.french where try Self.isInsured(one) {
      let family = try Published.family(one, .fr, "fr-insee-2008")
      let cell = "\(family.map { Published.familyNames[$0] ?? $0 } ?? "") \(one.division)"
      jobs[cell, default: 0] += one.jobs
      pay[cell, default: 0] += one.pay
    }
    func cell(_ row: [String: String]) -> String {
      "\(row["famille_ess"] ?? "") \((row["secteur_na88"] ?? "").prefix(2))"
    }
    let rows = try Published.table("fr/urssaf_ess_france.csv").filter { $0["annee"] == Published.last }
    for field in ["OUI", "NON"] {
      let told = rows.filter { $0["champ_ess"] == field && $0["effectifs_salaries_moyens"] != "s" }
      #expect(told.allSatisfy { ($0["famille_ess"] == "") == (field == "NON") })
      let mean = Double(told.reduce(0) { $0 + Published.number($1["effectifs_salaries_moyens"]) })
      let payroll = Double(told.reduce(0) { $0 + Published.number($1["masse_salariale"]) })
      // Of the cells that are told.
      let end = Double(told.reduce(0) { $0 + (jobs[cell($1)] ?? 0) })
      let gross = Double(told.reduce(0) { $0 + (pay[cell($1)] ?? 0) })
      #expect(mean != end && abs(mean - end) < 0.07 * end, "\(field): \(mean) of \(end)")
      #expect(payroll != gross && abs(payroll - gross) < 0.1 * gross, "\(field): \(payroll) of \(gross)")
    }
  }

  @Test func `the regions of the Urssaf add up to France`() throws {
    func sums(_ rows: [[String: String]]) -> [String: Int] {
      var sums: [String: Int] = [:]
      for row in rows {
        let cell = ["annee", "champ_ess", "famille_ess", "secteur_na88"].map { row[$0] ?? "" }
        sums[cell.joined(separator: "|"), default: 0] += Published.number(row["nombre_d_etablissements"])
      }
      return sums
    }
    let regions = sums(try Published.table("fr/urssaf_ess_regions.csv"))
    let france = sums(try Published.table("fr/urssaf_ess_france.csv"))
    #expect(Set(regions.keys) == Set(france.keys) && france.count > 100)
    // Means are rounded in each region, and none that had an employer is none.
    for (cell, count) in france { #expect(abs(count - (regions[cell] ?? 0)) <= 2, "\(cell)") }
  }
}

@Suite("Secret cells")
struct SecrecyTests {
  private static let secrecy = Secrecy(fewest: 3, largestShare: 0.85)

  @Test(arguments: [
    (0, 0, 0, false), (1, 5, 5, true), (2, 3, 6, true), (3, 2, 6, false), (3, 85, 100, false), (3, 86, 100, true),
  ])
  func `too few, or one that is nearly all`(count: Int, largest: Int, total: Int, hidden: Bool) {
    #expect(Self.secrecy.hides(count: count, largest: largest, of: total) == hidden)
  }

  /// With the total known, one unknown part is known too.
  @Test(arguments: 0..<200)
  func `never one alone is hidden`(seed: Int) {
    var draws = Draws(UInt64(seed), .unit, 0)
    let parts = (0..<(1 + draws.below(6))).map { _ in
      let count = draws.below(7)
      let largest = count == 0 ? 0 : 1 + draws.below(20)
      return (count: count, largest: largest, total: largest + (count > 1 ? draws.below(60) : 0))
    }
    let hidden = Self.secrecy.hidden(parts)
    let others = parts.indices.filter { parts[$0].count > 0 }.count
    #expect(hidden.count { $0 } != 1 || others == 1)
    for (part, isHidden) in zip(parts, hidden) {
      if Self.secrecy.hides(count: part.count, largest: part.largest, of: part.total) { #expect(isHidden) }
      if part.count == 0 { #expect(!isHidden) }
    }
  }
}
