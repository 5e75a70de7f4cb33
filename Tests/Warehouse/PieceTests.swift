import Diagnostics
import DuckStore
import Filesystem
import Nomenclature
import Perimeter
import TestSupport
import Testing

@testable import Warehouse

@Suite("A second build makes only what has changed")
struct PieceTests {
  private func remade(_ built: Builder.Built) -> Set<String> {
    Set(built.pieces.filter { !$0.isReused }.map(\.name))
  }

  private func make(_ small: SmallObservatory) throws -> Builder.Built { try BuiltObservatory.make(small.observatory) }

  private static let urssaf =
    "annee;code_region;region;champ_ess;famille_ess;secteur_na88;nombre_d_etablissements;effectifs_salaries_moyens;masse_salariale\n"

  /// SIRENE of two vintages, the KBO, two files of headcounts, a list and a table of Urssaf.
  private func observatory() throws -> SmallObservatory {
    let small = try SmallObservatory()
    try small.importing(
      .sireneUnits, "old-units.csv", SmallSirene.units([.init(SmallObservatory.a)]), vintage: "2020-01")
    try small.importing(
      .sireneEstablishments, "old.csv", SmallSirene.establishments([.init(SmallObservatory.a1)]), vintage: "2020-01")
    var kbo = SmallKBO()
    let (enterprise, place) = (SmallKBO.number(4_000_000), SmallKBO.number(20_000_000))
    kbo.enterprises = [.init(enterprise)]
    kbo.establishments = [(place, enterprise)]
    kbo.activities = [(place, "006", "2008", "88999")]
    for (name, text) in kbo.tables { _ = try small.folder.write("kbo/\(name)", text) }
    _ = try small.observatory.importer.run(.init(.kbo, path: small.folder["kbo"]))
    try small.importing(.urssaf, "u.csv", Self.urssaf + "2020;32;x;OUI;Associations;88;1;2;3\n")
    return small
  }

  @Test func `nothing has changed, nothing is made`() throws {
    let small = try observatory()
    let first = try make(small)
    #expect(remade(first) == Set(first.pieces.map(\.name)))
    #expect(
      Set(first.pieces.map(\.name))
        == [
          "workforce-fr-2020", "stock-fr", "stock-be", "state-fr-2020-01", "urssaf-urssaf-ess-regions-2020",
          "aggregates",
          "figures",
        ])
    let second = try make(small)
    #expect(remade(second).isEmpty)
    #expect(second.manifest == first.manifest)
  }

  @Test func `a file changes what depends on it, and nothing else`() throws {
    let small = try observatory()
    _ = try make(small)
    // A table of a publisher is beside the figures of the units.
    try small.importing(.urssaf, "u2.csv", Self.urssaf + "2021;32;x;OUI;Associations;88;1;2;3\n")
    #expect(remade(try make(small)) == ["urssaf-urssaf-ess-regions-2021", "aggregates"])
    // French headcounts are read with the French stock.
    try small.importing(
      .workforce, "w.csv", "establishment,year,jobs\n\(SmallObservatory.a1),2021,5\n")
    #expect(remade(try make(small)) == ["workforce-fr-2021", "stock-fr", "figures"])
    // A list of the other country leaves France as it is.
    var list = Importer.Request(.list, path: try small.folder.write("cnc.csv", "bce\n\(SmallKBO.number(4_000_000))\n"))
    list.listName = "cnc"
    list.listCountry = .be
    _ = try small.observatory.importer.run(list)
    #expect(remade(try make(small)) == ["stock-be", "figures"])
    // A newer stock makes the one before an older one.
    try small.importing(
      .sireneUnits, "new-units.csv", SmallSirene.units(SmallObservatory.units + [.init(SmallSirene.siren(9))]),
      vintage: "2026-01")
    try small.importing(
      .sireneEstablishments, "new.csv", SmallSirene.establishments(SmallObservatory.establishments), vintage: "2026-01")
    #expect(remade(try make(small)) == ["stock-fr", "state-fr-2024-01", "figures"])
    // What no longer serves is gone.
    let there = try Folder.names(in: "\(small.observatory.warehouse)/stage").count
    #expect(there == 10)
  }

  /// Files are read as before: only what is looked at once all is read is made again.
  @Test func `a territory made to measure reads no register again`() throws {
    let small = try observatory()
    _ = try make(small)
    let folder = "\(small.observatory.path)/territories"
    try Folder.make(folder)
    try Folder.write(utf8("# name: Ici\n# author: nous\ncommune\nFR-COM-59350\n"), to: "\(folder)/ici.csv")
    #expect(remade(try make(small)) == ["figures"])
  }

  /// Taken again or made anew, a release is the same to the byte.
  @Test func `a release of old pieces is the release of new ones`() throws {
    let small = try observatory()
    _ = try make(small)
    try small.importing(.workforce, "w.csv", "establishment,year,jobs\n\(SmallObservatory.a1),2021,5\n")
    let mended = try make(small)
    #expect(mended.pieces.contains { $0.isReused })
    let fresh = try observatory()
    try fresh.importing(.workforce, "w.csv", "establishment,year,jobs\n\(SmallObservatory.a1),2021,5\n")
    let made = try make(fresh)
    #expect(mended.manifest == made.manifest)
  }

  @Test func `a piece that is not what it was is made anew`() throws {
    let small = try observatory()
    let first = try make(small)
    let stage = "\(small.observatory.warehouse)/stage"
    let folder = try #require(try Folder.names(in: stage).first { $0.hasPrefix("stock-be-") })
    try Folder.write(utf8("damaged"), to: "\(stage)/\(folder)/unit.parquet")
    let figures = try #require(try Folder.names(in: stage).first { $0.hasPrefix("figures-") })
    try Folder.remove("\(stage)/\(figures)")
    let second = try make(small)
    #expect(remade(second) == ["stock-be", "figures"])
    #expect(second.manifest == first.manifest)
  }

  @Test func `a piece that cannot be made leaves nothing`() throws {
    let folder = try TemporaryFolder()
    let store = try PieceStore(folder["stage"], engine: "none")
    expectProblem("disk.full") {
      _ = try store.piece("figures", of: []) { making in
        try Folder.make("\(making)/work")
        try Folder.write(utf8("half"), to: "\(making)/work/stage.duckdb")
        throw Problem("disk.full")
      }
    }
    #expect(try Folder.names(in: folder["stage"]).isEmpty)
    #expect(store.pieces.isEmpty)
  }

  @Test func `a build removes what one that was killed left`() throws {
    let small = try SmallObservatory()
    let stage = "\(small.observatory.warehouse)/stage"
    try Folder.make("\(stage)/.making-1-figures/work")
    try Folder.write(utf8("half"), to: "\(stage)/.making-1-figures/work/stage.duckdb")
    let built = try make(small)
    #expect(try Folder.names(in: stage).count == built.pieces.count)
  }

  /// An option of a perimeter changes what is judged by it.
  @Test func `other rules, other pieces`() throws {
    let small = try observatory()
    _ = try make(small)
    var observatory = small.observatory
    observatory.settings.options["fr-flores-2018", default: [:]]["sica"] = "off"
    let perimeters = try Release.perimeters(
      PerimeterBook(share: Checkout.installation.share, Checkout.nomenclatures), observatory.settings.options)
    let books = RuleBooks(try Checkout.nomenclatures, perimeters, try Checkout.territories)
    let engine = try Library.open(Checkout.installation, environment: [:])
    func build(_ engine: String) throws -> Builder.Built {
      try Builder(observatory, books, share: Checkout.installation.share, engine: engine).make()
    }
    let built = try build(engine)
    #expect(remade(built).isSuperset(of: ["stock-fr", "stock-be", "figures"]))
    #expect(!remade(built).contains("workforce-fr-2020"))
    // Another engine may write other bytes.
    #expect(remade(try build("another")).contains("workforce-fr-2020"))
  }
}
