import Diagnostics
import Filesystem
import Nomenclature
import Territory
import TestSupport
import Testing

@testable import Simulator

/// Stocks of successive years tell one story.
@Suite("Older stocks")
struct VintageTests {
  private typealias Rows = [String: [String: String]]

  private static let years = [2023, 2024, 2025]

  /// Three stocks of a French département and of a Flemish province with communes that merged in 2025.
  private static let written = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    try simulate(vintages: 3, to: folder.path)
    return folder
  }

  private static func simulate(vintages: Int, to folder: String) throws {
    let book = try Checkout.territories
    let plan = SimulationPlan(
      territory: "FR-DEP-80+BE-PRO-40000", scale: 0.012, seed: 21, years: 2021...2024, vintages: vintages)
    try Simulation(
      plan, communes: book.communes, histories: book.histories, former: book.former, share: Checkout.installation.share
    ).write(to: folder) { _, _ in }
  }

  private static func path(_ country: String, _ year: Int, _ name: String) throws -> String {
    "\(try written.get().path)/\(country)/\(year == 2025 ? "" : "\(year)/")\(name)"
  }

  private static func rows(_ country: String, _ year: Int, _ name: String, _ entry: String? = nil, key: String) throws
    -> Rows
  {
    let rows = try Sample.rows(path(country, year, name), entry).rows
    return Dictionary(rows.map { ($0[key] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func units(_ year: Int) throws -> Rows {
    try rows("fr", year, "StockUniteLegale_utf8.zip", key: "siren")
  }

  private static func establishments(_ year: Int) throws -> Rows {
    try rows("fr", year, "StockEtablissement_utf8.zip", key: "siret")
  }

  @Test(arguments: [2023, 2024])
  func `a French unit stays what it is, and closes in the year between`(year: Int) throws {
    let (before, after) = (try Self.units(year), try Self.units(year + 1))
    #expect(before.count > 1_000 && after.count > before.count)
    #expect(Set(before.keys).isSubset(of: after.keys))
    let identity = [
      "denominationUniteLegale", "nomUniteLegale", "prenom1UniteLegale", "sexeUniteLegale", "dateCreationUniteLegale",
      "identifiantAssociationUniteLegale", "statutDiffusionUniteLegale",
    ]
    var ceased = 0
    var changed = 0
    for (siren, then) in before {
      let now = try #require(after[siren])
      guard now["unitePurgeeUniteLegale"] == "" else { continue }
      for column in identity { #expect(then[column] == now[column], "\(siren) \(column)") }
      if then["categorieJuridiqueUniteLegale"] != now["categorieJuridiqueUniteLegale"] { changed += 1 }
      switch (then["etatAdministratifUniteLegale"], now["etatAdministratifUniteLegale"]) {
      case ("A", "C"):
        ceased += 1
        #expect(now["dateDebut"]?.hasPrefix(String(year)) == true, "\(siren)")
      case ("C", "A"): Issue.record("\(siren) opened again")
      default: break
      }
    }
    #expect(ceased > 10)
    #expect(changed < before.count / 50)
    for (siren, now) in after where before[siren] == nil {
      let created = now["dateCreationUniteLegale"] ?? ""
      #expect(created.isEmpty || created == "1900-01-01" || created.hasPrefix(String(year)), "\(siren) \(created)")
    }
  }

  @Test(arguments: [2023, 2024])
  func `a French establishment opens and closes once, and a move closes one head office`(year: Int) throws {
    let (before, after) = (try Self.establishments(year), try Self.establishments(year + 1))
    #expect(Set(before.keys).isSubset(of: after.keys))
    for (siret, then) in before where then["etatAdministratifEtablissement"] == "F" {
      #expect(after[siret]?["etatAdministratifEtablissement"] == "F", "\(siret)")
    }
    let units = try Self.units(year)
    var seats: Set<String> = []
    var moved = 0
    for (siret, one) in before where one["etablissementSiege"] == "true" {
      let siren = String(siret.prefix(9))
      #expect(seats.insert(siren).inserted, "\(siren)")
      #expect(units[siren]?["nicSiegeUniteLegale"] == one["nic"], "\(siren)")
      if units[siren]?["etatAdministratifUniteLegale"] == "A" {
        #expect(one["etatAdministratifEtablissement"] == "A", "\(siren)")
      }
      if after[siret]?["etablissementSiege"] == "false" {
        moved += 1
        #expect(after[siret]?["etatAdministratifEtablissement"] == "F", "\(siret)")
      }
    }
    #expect(seats.count == units.count)
    #expect(moved > 3)
  }

  /// The band of an older stock is that of the headcount of the year before, which its workforce file tells.
  @Test(arguments: [2023, 2024])
  func `bands are those of the workforce of then`(year: Int) throws {
    let register = try Self.establishments(year)
    let workforce = try Sample.rows("\(try Self.written.get().path)/fr/workforce_\(year - 1).csv").rows
    #expect(workforce.count > 50)
    for row in workforce {
      let one = try #require(register[row["establishment"] ?? ""])
      #expect(one["etatAdministratifEtablissement"] == "A")
      let jobs = Int(row["jobs"] ?? "") ?? 0
      #expect(one["trancheEffectifsEtablissement"] == SizeBands.codes[SizeBands.band(of: jobs)])
    }
  }

  @Test(arguments: [2023, 2024])
  func `a Belgian enterprise ceases by leaving, and never comes back`(year: Int) throws {
    func enterprises(_ year: Int) throws -> Rows {
      try Self.rows("be", year, "KboOpenData_Full.zip", "enterprise.csv", key: "EnterpriseNumber")
    }
    let (before, after) = (try enterprises(year), try enterprises(year + 1))
    #expect(before.count > 1_000)
    let gone = before.keys.filter { after[$0] == nil }
    #expect(gone.count > 5 && gone.count < before.count / 20)
    if year == 2023 {
      let later = try enterprises(2025)
      #expect(gone.filter { later[$0] != nil } == [])
    }
    for (number, now) in after where before[number] == nil {
      #expect(now["StartDate"]?.hasSuffix(String(year)) == true, "\(number)")
    }
    for (number, then) in before where after[number] != nil {
      #expect(then["StartDate"] == after[number]?["StartDate"])
    }
    // An extract says the day that it is of.
    let meta = try Sample.rows(Self.path("be", year, "KboOpenData_Full.zip"), "meta.csv").rows
    #expect(meta.first?["Value"] == "01-01-\(year)")
  }

  @Test func `communes are those of the day`() throws {
    func communes(_ year: Int) throws -> Set<String> {
      let rows = try Sample.rows(Self.path("be", year, "KboOpenData_Full.zip"), "address.csv").rows
      return Set(rows.compactMap { $0["MunicipalityNL"] })
    }
    let (older, newest) = (try communes(2024), try communes(2025))
    #expect(older.isSuperset(of: ["Melle", "Merelbeke", "Lochristi", "Wachtebeke"]))
    #expect(!older.contains("Merelbeke-Melle"))
    #expect(newest.contains("Merelbeke-Melle"))
    #expect(newest.isDisjoint(with: ["Melle", "Wachtebeke"]))
  }

  /// French movements come from whoever has the publisher's file: an invented one is enough to see the code change.
  @Test func `a French commune that merged has its old codes in the stock of before`() throws {
    let book = try Checkout.territories
    let amiens = "80021"
    let history = CommuneHistory(
      [.init(Day(2024, 1, 1), "80999", [amiens]), .init(Day(2024, 1, 1), amiens, [amiens])],
      present: Set(book.communes.filter { $0.code.hasPrefix("FR-") }.map(\.official)))
    let folder = try TemporaryFolder()
    let plan = SimulationPlan(
      territory: "FR-COM-\(amiens)", scale: 0.02, seed: 3, years: 2021...2024, vintages: 3)
    let position = try #require(book.communes.firstIndex { $0.code == "FR-COM-\(amiens)" })
    try Simulation(
      plan, communes: book.communes, histories: [.fr: history],
      former: [(FormerCommune(code: "80999", names: ["Ancienne"]), position)], share: Checkout.installation.share
    ).write(to: folder.path) { _, _ in }
    func codes(_ part: String) throws -> [String: String] {
      let rows = try Sample.rows("\(folder.path)/fr/\(part)StockEtablissement_utf8.zip").rows
      return Dictionary(
        rows.map { ($0["siret"] ?? "", $0["codeCommuneEtablissement"] ?? "") }, uniquingKeysWith: { first, _ in first })
    }
    let (first, second, newest) = (try codes("2023/"), try codes("2024/"), try codes(""))
    let apart = first.filter { $0.value == "80999" }
    #expect(apart.count > 20 && first.values.contains(amiens))
    #expect(!second.values.contains("80999") && !newest.values.contains("80999"))
    for siret in apart.keys { #expect(newest[siret] == amiens) }
  }

  @Test func `the newest stock does not depend on how many there are, and older ones go with fewer`() throws {
    let folder = try TemporaryFolder()
    try Self.simulate(vintages: 2, to: folder.path)
    #expect(try Folder.names(in: folder["fr"]).contains("2024"))
    try Self.simulate(vintages: 1, to: folder.path)
    for country in ["fr", "be"] {
      let names = try Folder.names(in: folder[country])
      #expect(names.allSatisfy { SimulatedFile("\(country)/\($0)") != nil }, "\(names)")
      for name in names {
        #expect(
          try Fingerprint.of(file: folder["\(country)/\(name)"])
            == Fingerprint.of(file: "\(try Self.written.get().path)/\(country)/\(name)"), "\(name)")
      }
    }
  }

  @Test(arguments: [0, -1, 5])
  func `no more stocks than years`(vintages: Int) {
    let plan = SimulationPlan(territory: "FR-DEP-80", scale: 0.1, seed: 1, years: 2021...2024, vintages: vintages)
    expectProblem("simulate.bad_vintages") { try plan.check() }
  }
}
