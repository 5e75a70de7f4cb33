import Filesystem
import Nomenclature
import Registers
import Tabular
import Territory
import TestSupport
import Testing

@testable import Simulator

/// Until 2015 INSEE told the social economy by CLAP; FLORES came after it.
@Suite("Tables of CLAP")
struct ClapTests {
  private static let last = "2015"

  private static let result = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    try simulate(2014...2015, scale: 0.06, to: folder.path)
    return folder
  }

  private static var folder: String { get throws { try result.get().path } }

  private static func simulate(_ years: ClosedRange<Int>, scale: Double, to folder: String) throws {
    try Simulation(Sample.plan("FR", scale: scale, years: years), communes: Sample.communes, share: Sample.share)
      .write(to: folder) { _, _ in }
  }

  /// By commune, the territories that held it in 2015, from the code officiel géographique.
  private static let territories = [
    "59350": ["F France", "31 Nord-Pas-de-Calais", "59 Nord", "59350 Lille"],
    "02691": ["F France", "22 Picardie", "02 Aisne", "02691 Saint-Quentin"],
    "80688": ["F France", "22 Picardie", "80 Somme", "80688 Rue"],
    "13055": ["F France", "93 Provence-Alpes-Côte d'Azur", "13 Bouches-du-Rhône", "13055 Marseille"],
  ]

  private static func employers() throws -> [Published.Employer] {
    try Published.frenchEmployers(
      in: folder, last, units: Sample.rows("\(folder)/fr/StockUniteLegale_utf8.zip").rows,
      establishments: Sample.rows("\(folder)/fr/StockEtablissement_utf8.zip").rows)
  }

  /// What each cell should hold, from SIRENE and the workforce file of the last year.
  private static func sums() throws -> [String: Published.Sum] {
    let employers = try employers()
    let sectors = try Checkout.nomenclatures.sectors
    var sums: [String: Published.Sum] = [:]
    for one in employers {
      guard let holders = Self.territories[one.commune] else { continue }
      guard let code = try Published.family(one, .fr, "fr-insee-2008") else { continue }
      let section = try #require(sectors[one.division]?.groups["a17"])
      for territory in holders {
        for family in ["Ensemble", Published.familyNames[code] ?? code] {
          for activity in ["Ensemble", section] {
            sums["\(territory)|\(family)|\(activity)", default: Published.Sum()].add(one)
          }
        }
      }
    }
    return sums
  }

  @Test func `it adds up what the workforce file tells of the four families, in the regions of then`() throws {
    let rows = try Published.table("fr/clap_ess.csv", in: Self.folder)
    #expect(Set(rows.map { $0["ANNEE"] ?? "" }) == ["2014", Self.last])
    var left = try Self.sums()
    #expect(left.count > 50)
    var told = 0
    var hidden = 0
    for row in rows where row["ANNEE"] == Self.last {
      let place = "\(row["CODGEO"] ?? "") \(row["LIBGEO"] ?? "")"
      let cell = "\(place)|\(row["FAMILLE"] ?? "")|\(row["A17"] ?? "")"
      guard let sum = left.removeValue(forKey: cell) else {
        Issue.record("\(cell) is in no register, or told twice")
        continue
      }
      #expect(row["NB_ETAB"] == String(sum.count), "\(cell)")
      if row["EFF_3112"] == "s" {
        hidden += 1
        #expect(row["ETP"] == "s" && row["REMUN"] == "s", "\(cell)")
      } else {
        told += 1
        #expect(!sum.isSecret, "\(cell)")
        #expect(row["EFF_3112"] == String(sum.jobs), "\(cell)")
        #expect(row["REMUN"] == String(sum.pay), "\(cell)")
        #expect(Published.tenths(row["ETP"]) == sum.tenths, "\(cell)")
      }
    }
    #expect(left.keys.sorted() == [])
    #expect(told > 0 && hidden > 0)
  }

  @Test func `of all employers it tells establishments and jobs, by commune and large activity`() throws {
    let sectors = try Checkout.nomenclatures.sectors
    var sums: [String: Published.Sum] = [:]
    for one in try Self.employers() where Self.territories[one.commune] != nil {
      for activity in ["TOT", try #require(sectors[one.division]?.groups["a5"])] {
        sums["\(one.commune)|\(activity)", default: Published.Sum()].add(one)
      }
    }
    let rows = try Published.table("fr/clap_communes.csv", in: Self.folder)
    #expect(rows.map { $0["CODGEO"] ?? "" } == Self.territories.keys.sorted())
    var told = 0
    for row in rows {
      for activity in ["TOT", "AZ", "BE", "FZ", "GU", "OQ"] {
        let cell = "\(row["CODGEO"] ?? "")|\(activity)"
        let sum = sums[cell]
        #expect(row["ET\(activity)15"] == String(sum?.count ?? 0), "\(cell)")
        guard let jobs = row["ETP\(activity)15"], jobs != "s" else { continue }
        told += 1
        #expect(sum?.isSecret != true, "\(cell)")
        #expect(jobs == String(sum?.jobs ?? 0), "\(cell)")
      }
    }
    #expect(told > 12)
    let path = "\(try Self.folder)/fr/clap_communes.csv"
    let reading = try Self.read { try Container.open(path).stream() }
    #expect(reading.layout == "clap-communes" && reading.isSimulated)
    #expect(reading.years == 2014...2015)
    #expect(reading.account.kept == rows.count && reading.account.rejected == [:])
    #expect(Set(reading.figures.map(\.cell.measure)) == ["establishments", "jobs"])
  }

  private struct Reading {
    let layout: String
    let isSimulated: Bool
    let years: ClosedRange<Int>?
    let figures: [Aggregate]
    let account: Reconciliation
  }

  private static func read(_ open: () throws -> any ByteStream) throws -> Reading {
    let table = try AggregateTable(
      open, source: "flores", AggregateLayouts(share: Checkout.installation.share), Checkout.nomenclatures,
      Checkout.territories)
    var figures: [Aggregate] = []
    let account = try table.read { figures.append($0) }
    return Reading(
      layout: table.layout.id, isSimulated: table.isSimulated, years: table.years, figures: figures, account: account)
  }

  @Test func `an import takes every row of it, and finds its totals right`() throws {
    let path = "\(try Self.folder)/fr/clap_ess.csv"
    let reading = try Self.read { try Container.open(path).stream() }
    #expect(reading.layout == "clap-ess" && reading.isSimulated)
    #expect(reading.years == 2014...2015)
    #expect(reading.account.isBalanced)
    #expect(reading.account.rejected == [:])
    #expect(reading.account.outOfScope == [:])
    #expect(try reading.account.kept == Published.table("fr/clap_ess.csv", in: Self.folder).count)
    #expect(
      Set(reading.figures.map(\.cell.territory)) == [
        "FR", "FR-AREG-22", "FR-AREG-31", "FR-REG-93", "FR-DEP-02", "FR-DEP-13", "FR-DEP-59", "FR-DEP-80",
        "FR-COM-02691", "FR-COM-13055", "FR-COM-59350", "FR-COM-80688",
      ])
    #expect(Set(reading.figures.map(\.cell.field)) == ["ess"])
    #expect(
      Set(reading.figures.map(\.cell.family)).isSubset(of: ["", "association", "cooperative", "mutual", "foundation"]))
    #expect(Set(reading.figures.map(\.cell.measure)) == ["establishments", "jobs", "fte", "gross_pay"])
    #expect(reading.figures.allSatisfy { $0.isSecret == ($0.value == nil) })
  }

  /// 24 is Centre and the Dordogne: whatever the simulation holds, an import must find the right one.
  @Test func `every region and département is known by its code and name`() throws {
    let book = try Checkout.territories
    let communes = book.communes.filter { $0.code.hasPrefix("FR-") }
    let areas = try AreasOfBefore(FrenchAreas(communes), share: Sample.share)
    #expect(areas.departements.count == book.territories.values.count { $0.level == .departement })
    let overseas = ["01", "02", "03", "04", "06"]
    #expect(areas.regions.count { !overseas.contains($0.code) } == 22)
    for region in areas.regions where !overseas.contains(region.code) {
      let held = Set(region.communes.map { communes[$0].code })
      #expect(held == Set(book.communes(of: "FR-AREG-\(region.code)").map(\.code)), "\(region.name)")
    }
    let written = areas.regions + areas.departements
    let rows = written.map { "\($0.code);\($0.name);2014;Ensemble;Ensemble;1;2;3;4\n" }.joined()
    let text = "CODGEO;LIBGEO;ANNEE;FAMILLE;A17;NB_ETAB;EFF_3112;ETP;REMUN\n" + rows
    let reading = try Self.read { MemoryStream(utf8(text), name: "clap.csv") }
    #expect(reading.account.rejected == [:])
    let regions = areas.regions.map { region in
      book["FR-REG-\(region.code)"] == nil ? "FR-AREG-\(region.code)" : "FR-REG-\(region.code)"
    }
    let found = reading.figures.filter { $0.cell.measure == "jobs" }.map(\.cell.territory)
    #expect(found == regions + areas.departements.map { "FR-DEP-\($0.code)" })
  }

  private static func years(_ column: String, _ name: String, in folder: String) throws -> [String] {
    guard Folder.fileExists("\(folder)/\(name)") else { return [] }
    return Set(try Published.table(name, in: folder).map { $0[column] ?? "" }).sorted()
  }

  @Test(
    arguments: [
      (2014...2015, ["2014", "2015"], []), (2014...2017, ["2014", "2015"], ["2016", "2017"]),
      (2016...2017, [], ["2016", "2017"]),
    ] as [(ClosedRange<Int>, [String], [String])])
  func `FLORES takes the place of CLAP in 2016`(years: ClosedRange<Int>, clap: [String], flores: [String]) throws {
    let folder = try TemporaryFolder()
    // What an earlier simulation of other years wrote goes with it.
    for span in [2015...2016, years] { try Self.simulate(span, scale: 0.02, to: folder.path) }
    #expect(try Self.years("ANNEE", "fr/clap_ess.csv", in: folder.path) == clap)
    #expect(Folder.fileExists("\(folder.path)/fr/clap_communes.csv") == !clap.isEmpty)
    for name in ["fr/flores_ess.csv", "fr/flores_all.csv"] {
      #expect(try Self.years("TIME_PERIOD", name, in: folder.path) == flores)
    }
    let targets = try Simulation(
      Sample.plan("FR", years: years), communes: Sample.communes, share: Sample.share
    ).targets().map(\.content)
    #expect(targets.contains(.clapESS) == !clap.isEmpty && targets.contains(.clapCommunes) == !clap.isEmpty)
    #expect(targets.contains(.floresESS) == !flores.isEmpty && targets.contains(.floresAll) == !flores.isEmpty)
  }
}
