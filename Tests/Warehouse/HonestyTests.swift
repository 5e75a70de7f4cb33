import Diagnostics
import DuckStore
import Filesystem
import Nomenclature
import Perimeter
import Registers
import Secrecy
import Tabular
import TestSupport
import Testing
import Warehouse

/// What a reader must be told beside the figures.
@Suite("What stands beside the figures")
struct HonestyTests {
  /// An archive says in its comment that it is simulated; unpacked, its text says it still.
  @Test func `simulated registers stay marked when they are unpacked`() throws {
    let folder = try TemporaryFolder()
    let observatory = try Observatory(folder["o"], create: true)
    for (source, file) in [
      (Source.sireneUnits, "fr/StockUniteLegale_utf8.zip"), (.sireneEstablishments, "fr/StockEtablissement_utf8.zip"),
      (.kbo, "be/KboOpenData_Full.zip"),
    ] {
      let unpacked = folder["unpacked-\(source.rawValue)"]
      let unzip = try #require(Tool("unzip"))
      #expect(try unzip.status("-q", "\(SimulatedRegisters.folder)/\(file)", "-d", unpacked) == 0)
      let names = try Folder.names(in: unpacked)
      let path = source == .kbo ? unpacked : "\(unpacked)/\(try #require(names.first))"
      #expect(try observatory.importer.run(.init(source, path: path)).simulated, "\(source)")
    }
  }

  /// Each country's register has its year: that of the one does not move the other.
  @Test func `the year of one register is not that of the other`() throws {
    let folder = try TemporaryFolder()
    let observatory = try Observatory(folder["o"], create: true)
    for table in BelgianBuildTests.register.tables { try folder.write("kbo/\(table.name)", table.text) }
    var kbo = Importer.Request(.kbo, path: folder["kbo"])
    kbo.tolerates = 0.2
    _ = try observatory.importer.run(kbo)
    let alone = try BuiltObservatory.build(observatory)
    #expect(alone.stockYears == ["BE": 2023])
    let siren = SmallSirene.siren(1)
    let places = SmallSirene.establishments([.init(SmallSirene.siret(siren, 1), band: "11")])
    try folder.write("units.csv", SmallSirene.units([.init(siren)]))
    try folder.write("establishments.csv", places.replacing(",\(SmallSirene.year),", with: ",2021,"))
    _ = try observatory.importer.run(.init(.sireneUnits, path: folder["units.csv"]))
    _ = try observatory.importer.run(.init(.sireneEstablishments, path: folder["establishments.csv"]))
    let both = try BuiltObservatory.build(observatory)
    #expect(both.stockYears == ["BE": 2023, "FR": 2021])
    #expect(both.coverage.first { $0.country == "BE" } == alone.coverage.first { $0.country == "BE" })
  }

  /// The year that a file tells is its year, whatever somebody says of it.
  @Test func `a register is not taken for that of another year`() throws {
    let folder = try TemporaryFolder()
    let observatory = try Observatory(folder["o"], create: true)
    func importing(_ source: Source, _ path: String, _ year: Int) throws -> Receipt {
      var request = Importer.Request(source, path: path)
      request.year = year
      request.replaces = true
      request.tolerates = 0.2
      return try observatory.importer.run(request)
    }
    for table in BelgianBuildTests.register.tables {
      try folder.write("kbo/\(table.name)", table.text.replacing("31-12-2023", with: "01-01-2024"))
    }
    // An extract of 1 January 2024 tells of 2023; both are its year, and the figures are those of 2023.
    for year in [2023, 2024] {
      _ = try importing(.kbo, folder["kbo"], year)
      #expect(try BuiltObservatory.build(observatory).stockYears == ["BE": 2023])
    }
    expectProblem("aggregate.other_year") { _ = try importing(.kbo, folder["kbo"], 2022) }
    let places = SmallSirene.establishments([.init(SmallSirene.siret(SmallSirene.siren(1), 1), band: "11")])
    try folder.write("establishments.csv", places)
    let problem = expectProblem("aggregate.other_year") {
      _ = try importing(.sireneEstablishments, folder["establishments.csv"], SmallSirene.year - 1)
    }
    #expect(problem?.facts["found"] == String(SmallSirene.year))
  }

  /// It was not judged by it: its zeros would be a lie.
  @Test func `a perimeter that came after a release has no figures there`() throws {
    let small = try SmallObservatory()
    let later = "fr-insee-2008"
    let all = try PerimeterBook(share: Checkout.installation.share, Checkout.nomenclatures)
    let books = RuleBooks(
      try Checkout.nomenclatures, try Checkout.perimeters.filter { $0.id != later }, try Checkout.territories)
    let engine = try Library.open(Checkout.installation, environment: [:])
    _ = try Builder(small.observatory, books, share: Checkout.installation.share, engine: engine).make()
    let release = try Release(small.observatory)
    let problem = expectProblem("perimeter.not_judged") { _ = try release.perimeter(later, all) }
    #expect(problem?.facts["known"]?.contains("fr-flores-2018") == true)
    #expect(try release.perimeter(nil, all).id == release.manifest.perimeter)
  }

  @Test func `options that differ are known, and only they`() throws {
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "fr-flores-2018" })
    #expect(perimeter.changes.isEmpty)
    #expect(try perimeter.with(["sica": "on"]).changes == (perimeter.settings["sica"] == "on" ? [:] : ["sica": "on"]))
    let option = perimeter.settings["sica"] == "on" ? "off" : "on"
    #expect(
      try perimeter.with(["sica": option, "level": "establishment"]).changes
        == ["sica": option, "level": "establishment"])
  }

  @Test func `sources that went, and those that came since, are told`() throws {
    let small = try SmallObservatory()
    _ = try small.build()
    func check() throws -> Check {
      try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    }
    #expect(try check().passed)
    let workforce = try #require(SourceArchive(small.observatory).newest(.workforce)).folder
    try Folder.remove(workforce)
    let gone = try check()
    #expect(gone.quality.filter { !$0.passed }.map(\.name) == ["release_sources"])
    #expect(gone.quality.first { !$0.passed }?.failing.count == 1)
    try small.folder.write("esus.csv", "siren\n\(SmallObservatory.a)\n")
    var list = Importer.Request(.list, path: small.folder["esus.csv"])
    list.listName = "esus"
    _ = try small.observatory.importer.run(list)
    #expect(try check().unused == ["list esus"])
    #expect(try check().ignored == [])
  }

  @Test func `what no build takes is told apart, with the reason`() throws {
    let small = try SmallObservatory(workforce: nil)  // both files of 2024-01
    _ = try small.build()
    for vintage in ["2018-07", "2020-01", "2024-02"] {
      try small.importing(
        .sireneUnits, "units-\(vintage).csv", SmallSirene.units(SmallObservatory.units), vintage: vintage)
    }
    try small.importing(
      .sireneEstablishments, "places.csv", SmallSirene.establishments(SmallObservatory.establishments),
      vintage: "2020-01")
    func check() throws -> Check {
      try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    }
    let before = try check()
    #expect(before.unused == ["sirene-establishments 2020-01", "sirene-units 2020-01", "sirene-units 2024-02"])
    #expect(before.ignored.map(\.file) == ["sirene-units 2018-07"])
    #expect(before.ignored.first?.reason == .alone && before.ignored.first?.other == "sirene-establishments")
    // What was promised is done, and nothing is promised any more.
    _ = try small.build()
    let after = try check()
    #expect(after.unused == [])
    #expect(after.ignored.map(\.file) == ["sirene-units 2018-07", "sirene-units 2024-01"])
    #expect(after.ignored.map(\.reason) == [.alone, .replaced])
  }

  @Test(arguments: [("7210", "9499Z"), ("8410", "9499Z"), ("9110", "6832A"), ("6533", "0141Z")])
  func `no list brings in a legal form that the law leaves out`(form: String, activity: String) throws {
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "fr-loi-2014" })
    for list in ["esus", "ess-france"] {
      let decision = perimeter.decide(
        .init(country: .fr, form: form, activity: .init(.nafRev2, activity), lists: [list]))
      #expect(!decision.isIn, "\(form) on \(list)")
      #expect(decision.rule?.subject == .form)
    }
  }

  @Test func `a Belgian list takes no French number, and the other way round`() throws {
    for (country, text, kept) in [
      (Country.be, "siren\n\(SmallObservatory.a)\n", 0), (.fr, "siren\n\(SmallObservatory.a)\n", 1),
    ] {
      let (entries, account) = try withFile("list.csv", utf8(text)) { try readList(Container.open($0), of: country) }
      #expect(entries.count == kept)
      #expect(account.rejected == (kept == 0 ? ["country": 1] : [:]))
    }
  }

  @Test(arguments: [("1004", "11"), ("59350", "1")])
  func `a commune or a size that lost its zero is set aside`(commune: String, band: String) throws {
    let header =
      "siret,etatAdministratifEtablissement,codeCommuneEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,trancheEffectifsEtablissement,caractereEmployeurEtablissement,statutDiffusionEtablissement\n"
    let row = "73282932000074,A,\(commune),88.99B,NAFRev2,\(band),O,O\n"
    let account = try withFile("e.csv", utf8(header + row)) {
      try SireneEstablishments(Container.open($0)).read { _ in }
    }
    #expect(account.rejected == ["code": 1])
  }

  /// A quote that is closed rows later swallows them: legal, and told.
  @Test func `lines that are no records are counted`() throws {
    let header = "establishment,year,jobs,origin\n"
    func row(_ number: Int, _ origin: String) -> String {
      "\(SmallSirene.siret(SmallObservatory.a, number)),2020,1,\(origin)\n"
    }
    let text = header + row(1, "x") + row(2, "\"never") + row(3, "y") + row(4, "z") + row(5, "\"")
    let folder = try TemporaryFolder()
    let path = try folder.write("w.csv", text)
    let observatory = try Observatory(folder["o"], create: true)
    let file = try #require(try observatory.importer.run(.init(.workforce, path: path)).files.first)
    #expect(file.read == 2)
    #expect(file.remarks == ["extra_lines": 3])
  }

  /// Headcounts of a country whose register is not there belong to no territory: not available, not an error.
  @Test func `headcounts without their register make no table, and break none`() throws {
    let small = try SmallObservatory(workforce: "establishment,year,jobs\n\(BelgianBuildTests.place(1)),2023,5\n")
    _ = try small.build()
    let table = try small.table("T01", of: "BE-REG-03000", 2023, "common-statutory")
    #expect(table.coverage == nil)
    #expect(table.rows.allSatisfy { $0.cells.values.allSatisfy { $0.basis == .missing } })
  }
}
