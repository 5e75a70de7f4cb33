import Diagnostics
import Filesystem
import Indicators
import Perimeter
import Registers
import Secrecy
import Territory
import TestSupport
import Testing

@testable import Warehouse

@Suite("Published figures beside those of the units")
struct SideBySideTests {
  private static let header =
    "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"

  private func table(
    _ small: SmallObservatory, _ territory: String, _ year: Int?, in book: TerritoryBook? = nil
  ) throws -> SideBySide {
    let territories = try book ?? Checkout.territories
    let perimeters = try Checkout.perimeters
    return try SideBySide(
      Ground(Release(small.observatory), territories), #require(territories[territory]), year: year,
      AggregateLayouts(share: Checkout.installation.share), Checkout.gate()
    ) { id in perimeters.first { $0.id == id } }
  }

  @Test func `a figure of the publisher, ours, and the gap`() throws {
    let small = try SmallObservatory()
    let receipt = try small.importing(
      .urssaf, "urssaf.csv",
      Self.header + "2020;32;HdF;OUI;Associations;88;2;16;500000\n2020;32;HdF;OUI;Associations;94;1;9;100000\n"
        + "2020;32;HdF;OUI;Mutuelles;65;s;s;s\n2020;32;HdF;NON;;62;5;50;1000000\n")
    #expect(receipt.vintage == "urssaf-ess-regions-2020")
    #expect(receipt.year == 2020)
    let manifest = try small.build()
    #expect(manifest.sources.contains { $0.source == "urssaf" })
    #expect(manifest.files.contains { $0.file == "aggregates.parquet" && $0.rows == 12 })
    let table = try table(small, "FR-REG-32", 2020)
    func row(_ field: String, _ family: String, _ measure: String) -> SideBySide.Row? {
      table.rows.first { $0.field == field && $0.family == family && $0.measure == measure }
    }
    let associations = try #require(row("ess", "association", "jobs_average"))
    #expect(associations.published == 25)
    #expect(associations.found?.value == 20)  // alpha's twelve and beta's eight of 2020
    #expect(associations.gap == -20)
    // The whole of the ESS is the sum of its families, one of which is hidden: a least, without a gap.
    let whole = try #require(row("ess", "", "establishments"))
    #expect(whole.published == 3)
    #expect(whole.hidden == 1)
    #expect(whole.gap == nil)
    #expect(row("ess", "mutual", "gross_pay")?.published == nil)
    // Nothing of the publisher has come into the figures of the units.
    let figures = try small.table("T02", of: "FR-REG-32", 2020)
    #expect(figures.rows.last?.cells["jobs"]?.value == 20)
  }

  @Test func `a table that is filed and newer is told`() throws {
    let small = try SmallObservatory()
    func row(_ year: Int) -> String { "\(year);32;x;OUI;Associations;88;2;16;500000\n" }
    func newer(_ receipt: Receipt) throws -> [SourceArchive.NewerTable] {
      try SourceArchive(small.observatory).newerTables(than: receipt)
    }
    let long = try small.importing(.urssaf, "long.csv", Self.header + (2018...2024).map(row).joined())
    #expect(long.vintage == "urssaf-ess-regions-2018-2024")
    #expect(try newer(long) == [])
    let short = try small.importing(.urssaf, "short.csv", Self.header + row(2016) + row(2020))
    #expect(try newer(short) == [SourceArchive.NewerTable(vintage: long.vintage, years: 2018...2020)])
    let before = try small.importing(.urssaf, "before.csv", Self.header + row(2016))
    #expect(try newer(before) == [SourceArchive.NewerTable(vintage: short.vintage, years: 2016...2016)])
    // A date that somebody gives says which is newer.
    let dated = try small.importing(.urssaf, "dated.csv", Self.header + row(2021), vintage: "2025-03")
    #expect(try newer(dated) == [])
    #expect(try newer(long) == [SourceArchive.NewerTable(vintage: dated.vintage, years: 2021...2021)])
  }

  @Test func `a figure that cannot be read makes no sum look exact`() throws {
    let small = try SmallObservatory()
    var request = Importer.Request(
      .urssaf,
      path: try small.folder.write(
        "urssaf.csv",
        Self.header + "2020;32;x;OUI;Associations;88;2;abc;500000\n2020;32;x;OUI;Associations;94;1;9;100000\n"
          + "2020;99;x;OUI;Associations;88;1;1;1\n"))
    request.tolerates = 1
    let account = try #require(try small.observatory.importer.run(request).files.first)
    #expect(account.rejectedByReason == ["number": 1, "place": 1])
    _ = try small.build()
    let table = try table(small, "FR-REG-32", 2020)
    func row(_ measure: String) -> SideBySide.Row? {
      table.rows.first { $0.family == "association" && $0.measure == measure }
    }
    let jobs = try #require(row("jobs_average"))
    #expect(jobs.published == 9 && jobs.hidden == 1 && jobs.gap == nil)
    #expect(row("establishments")?.published == 3 && row("establishments")?.hidden == 0)
    // Of the row of a region that is none, nobody knows which figure lacks it.
    #expect(table.rejected == [.init(layout: "urssaf-ess-regions", vintage: "urssaf-ess-regions-2020"): 1])
  }

  @Test func `tables of communes are added up, those of before with those of today`() throws {
    let small = try SmallObservatory()
    try small.importing(
      .urssaf, "communes.csv",
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2020;effectifs_salaries_2020\n"
        + "59350;Lille;88;8899B;3;12\n59355;Lomme;88;8899B;1;5\n75056;Paris;88;8899B;9;99\n")
    _ = try small.build()
    let rows = try table(small, "FR-DEP-59", 2020).rows
    #expect(rows.first { $0.measure == "jobs" }?.published == 17)
    #expect(rows.first { $0.measure == "establishments" }?.published == 4)
  }

  @Test func `a city is not added to its arrondissements`() throws {
    let small = try SmallObservatory()
    try small.importing(
      .urssaf, "communes.csv",
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2020;effectifs_salaries_2020\n"
        + "75056;Paris;88;8899B;9;99\n75101;Paris 1er;88;8899B;4;40\n75102;Paris 2e;88;8899B;5;59\n13201;Marseille 1er;88;8899B;1;7\n"
    )
    _ = try small.build()
    #expect(try table(small, "FR-REG-11", 2020).rows.first { $0.measure == "jobs" }?.published == 99)
    #expect(try table(small, "FR-REG-93", 2020).rows.first { $0.measure == "jobs" }?.published == 7)
  }

  @Test func `of two editions the one that goes further is the newer`() throws {
    let small = try SmallObservatory()
    let row = { (year: Int, value: Int) in "\(year);32;x;OUI;Associations;88;\(value);1;1\n" }
    try small.importing(.urssaf, "old.csv", Self.header + row(2018, 1) + row(2020, 2) + row(2023, 3))
    try small.importing(.urssaf, "new.csv", Self.header + row(2010, 4) + row(2020, 5) + row(2024, 6))
    _ = try small.build()
    #expect(
      try table(small, "FR-REG-32", 2020).rows.first { $0.measure == "establishments" && $0.family == "association" }?
        .published == 5)
  }

  /// The newer edition of a table speaks for the years that both have; the older for its own, and nothing is lost.
  @Test func `a newer edition replaces nothing and is preferred`() throws {
    let small = try SmallObservatory()
    for (edition, value) in [("2025-09", 10), ("2026-09", 11)] {
      var request = Importer.Request(
        .urssaf,
        path: try small.folder.write(
          "\(edition).csv",
          Self.header + "2020;32;x;OUI;Associations;88;\(value);1;1\n"
            + (value == 10 ? "2019;32;x;OUI;Associations;88;7;1;1\n" : "")))
      request.vintage = edition
      _ = try small.observatory.importer.run(request)
    }
    _ = try small.build()
    #expect(
      try table(small, "FR-REG-32", 2020).rows.first { $0.measure == "establishments" && $0.family == "association" }?
        .published == 11)
    #expect(
      try table(small, "FR-REG-32", 2019).rows.first { $0.measure == "establishments" && $0.family == "association" }?
        .published == 7)
    #expect(try table(small, "FR-REG-32", nil).years == [2019, 2020])
  }

  @Test func `the year of a table that was asked for is kept to`() throws {
    let small = try SmallObservatory()
    var request = Importer.Request(
      .urssaf, path: try small.folder.write("x.csv", Self.header + "2020;32;x;OUI;Associations;88;1;1;1\n"))
    request.year = 2021
    expectProblem("aggregate.other_year", line: 2) { _ = try small.observatory.importer.run(request) }
    #expect(!Folder.exists("\(small.observatory.sources)/urssaf"))
  }

  @Test(
    arguments: [
      ("end", [10, 20, 30, 40], 40.0), ("average", [10, 20, 30, 40], 25), ("flow", [10, 20, 30, 40], 100),
      ("average", [10, 20, 30], nil), ("flow", [10], nil), ("end", [10, 20, 30], nil),
    ] as [(String, [Int], Double?)])
  func `a year from its quarters`(statistic: String, quarters: [Int], expected: Double?) {
    let parts = quarters.enumerated().map { (quarter: $0 + 1, value: Double($1) as Double?, hidden: 0) }
    #expect(AggregateReading.ofYear(parts, statistic)?.0 == expected)
  }

  @Test func `the views of the ONSS are kept apart`() throws {
    let small = try SmallObservatory()
    let rows = (1...4).map { "2020;\($0);04000;ES;88;3;\($0 * 10);\($0 * 8);\($0 * 1000)\n" }.joined()
    try small.importing(
      .onss, "a.csv", "annee;trimestre;ins;champ;nacebel;unites_locales;postes;etp;remunerations\n" + rows)
    try small.importing(
      .onss, "b.csv", "annee;trimestre;ins_siege;champ;nacebel;employeurs;postes;etp;remunerations\n" + rows)
    _ = try small.build()
    let table = try table(small, "BE-REG-04000", 2020)
    #expect(Set(table.rows.map(\.layout.view)) == ["workplace", "head_office"])
    for layout in ["onss-workplace", "onss-head-office"] {
      func value(_ measure: String) -> Double? {
        table.rows.first { $0.layout.id == layout && $0.measure == measure }?.published
      }
      #expect(value("jobs") == 40)
      #expect(value("fte") == 20)
      #expect(value("gross_pay") == 10_000)
    }
  }

  @Test func `a year of which quarters are missing is told, not passed over`() throws {
    let small = try SmallObservatory()
    let rows = [1, 2, 4].map { "2020;\($0);04000;ES;88;3;\($0 * 10);\($0 * 8);\($0 * 1000)\n" }.joined()
    try small.importing(
      .onss, "a.csv", "annee;trimestre;ins;champ;nacebel;unites_locales;postes;etp;remunerations\n" + rows)
    _ = try small.build()
    let found = try table(small, "BE-REG-04000", 2020).rows
    func row(_ measure: String) -> SideBySide.Row? { found.first { $0.measure == measure && $0.family.isEmpty } }
    // Jobs are those of the last quarter; a mean and a sum need all four.
    #expect(row("jobs")?.published == 40)
    for measure in ["fte", "gross_pay"] {
      #expect(row(measure)?.missingQuarters == [3])
      #expect(row(measure)?.published == nil && row(measure)?.gap == nil)
    }
  }

  @Test func `a territory of two countries has what each publisher says of its part, beside the units of that part`()
    throws
  {
    let small = try SmallObservatory()
    try small.importing(
      .urssaf, "communes.csv",
      "code_commune;intitule_commune;secteur_na88;ape;nombre_d_etablissements_2020;effectifs_salaries_2020\n"
        + "59350;Lille;88;8899B;3;12\n")
    _ = try small.build()
    let table = try table(small, "ZONE-EUROMETROPOLE", 2020)
    #expect(table.isShared)
    let row = try #require(table.rows.first { $0.measure == "jobs" && $0.field == "all" })
    #expect(row.published == 12)
    let alone = try self.table(small, "FR-EPCI-200093201", 2020)
    #expect(!alone.isShared)
    #expect(row.found?.value == alone.rows.first { $0.measure == "jobs" && $0.field == "all" }?.found?.value)
  }

  /// A table of FLORES of three years: with two départements whole, with one of them, and with one and nothing else.
  private func parts() throws -> SmallObservatory {
    let small = try SmallObservatory()
    let rows = [
      "59;DEP;2019;100", "62;DEP;2019;50", "59350;COM;2019;s", "59512;COM;2019;30", "62041;COM;2019;20",
      "62498;COM;2019;s", "59;DEP;2021;100", "59350;COM;2021;60", "62041;COM;2021;7", "62498;COM;2021;s",
      "59;DEP;2022;100",
    ].map { row in
      let cells = row.split(separator: ";")
      return "\(cells[0]);\(cells[1]);_T;_T;ETP;\(cells[2]);\(cells[3])\n"
    }
    try small.importing(
      .flores, "flores.csv",
      "GEO;GEO_OBJECT;ESS_FAMILY;ACTIVITY;FLORES_MEASURE;TIME_PERIOD;OBS_VALUE\n" + rows.joined())
    _ = try small.build()
    return small
  }

  @Test func `a territory that no publisher has is the sum of its largest published parts`() throws {
    let small = try parts()
    func row(_ territory: String, _ year: Int) throws -> SideBySide.Row? {
      try table(small, territory, year).rows.first { $0.measure == "fte" }
    }
    // Of communes that are hidden nothing is asked where their départements are told.
    let whole = try #require(try row("FR-AREG-31", 2019))
    #expect(whole.published == 150 && whole.hidden == 0)
    #expect(try row("FR-REG-32", 2019)?.published == 150)
    // One département and the communes of the other, none of them twice.
    let mixed = try #require(try row("FR-AREG-31", 2021))
    #expect(mixed.published == 107 && mixed.hidden == 1)
    // One of two départements, without a word of the other, is no figure of both.
    #expect(try row("FR-AREG-31", 2022)?.hidden == nil)
    #expect(try table(small, "FR-AREG-31", nil).years == [2019, 2021])
    #expect(try row("FR-DEP-59", 2022)?.published == 100)
  }

  @Test func `so is a territory made to measure`() throws {
    let small = try parts()
    let head = "# title_fr: Essai\n# author: Moi\ncode\n"
    try small.folder.write("made/nord.csv", head + "FR-DEP-59\n")
    try small.folder.write("made/arras.csv", head + "FR-DEP-59\nFR-COM-62041\n")
    try small.folder.write("made/presque.csv", head + "FR-COM-59350\nFR-COM-59512\n")
    let book = try TerritoryBook(Checkout.installation, made: [small.folder["made"]])
    let expected: [(String, Double, Int)] = [("ZONE-NORD", 100, 0), ("ZONE-ARRAS", 120, 0), ("ZONE-PRESQUE", 30, 1)]
    for (code, published, hidden) in expected {
      let row = try #require(try table(small, code, 2019, in: book).rows.first { $0.measure == "fte" }, "\(code)")
      #expect(row.published == published && row.hidden == hidden, "\(code)")
    }
  }
}
