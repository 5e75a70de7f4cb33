import Diagnostics
import Nomenclature
import Territory
import TestSupport
import Testing
import Warehouse
import Wording

/// Which commune is in which class: files imported, and what tables read of them.
@Suite("Typologies of communes")
struct TypologyTests {
  private let folder: TemporaryFolder
  private let observatory: Observatory

  init() throws {
    folder = try TemporaryFolder()
    observatory = try Observatory(folder["o"], create: true)
  }

  @discardableResult
  private func importing(
    _ text: String, as file: String = "communes.csv", name: String? = nil, vintage: String? = nil,
    column: String? = nil, tolerates: Double? = nil
  ) throws -> Receipt {
    var request = Importer.Request(.typology, path: try folder.write(file, text))
    (request.name, request.vintage, request.column, request.tolerates) = (name, vintage, column, tolerates)
    return try observatory.importer.run(request)
  }

  private func typology(_ countries: Set<Country> = [.fr, .be], named: String? = nil) throws -> Typology? {
    try TypologyArchive(Checkout.installation, observatory, Checkout.territories)
      .typology(of: countries, named: named)
  }

  @Test func `the density grid, with the names of its classes in three languages`() throws {
    let receipt = try importing(
      "CODGEO;LIBGEO;DENS;LIBDENS;DENS7\n59350;Lille;1;Urbain dense;1\n59001;Abancourt;3;Rural;6\n",
      as: "grille_densite_2024.csv")
    #expect(receipt.vintage == "fr-grille_densite-2024")
    #expect((receipt.files[0].remarks["typology_missing"] ?? 0) > 30_000)
    let found = try #require(try typology())
    #expect(found.id == "grille_densite" && found.title.fr == "grille_densite (2024)")
    #expect(found.classOfCommune == ["FR-COM-59350": "1", "FR-COM-59001": "3"])
    #expect(found.classes.map(\.code) == ["1", "3"])
    #expect(found.classes.map(\.label.en) == ["Densely urban", "Rural"])
    try importing(
      "CODGEO;DENS;DENS7\n59350;1;1\n59001;3;6\n", as: "grille_densite_2024.csv", name: "dens7", column: "DENS7")
    #expect(try typology(named: "dens7")?.classOfCommune["FR-COM-59001"] == "6")
    #expect(try typology(named: "dens7")?.classes.last?.label.fr == "Rural à habitat dispersé")
  }

  @Test func `classes of somebody's own keep the names that the file has`() throws {
    try importing("code_insee,type,libelle\n59350,ville,Ville\n59001,champs,La campagne\n")
    let found = try #require(try typology())
    #expect(found.classes.map(\.code) == ["champs", "ville"])
    #expect(found.classes.map(\.label.nl) == ["La campagne", "Ville"])
    // What differs from commune to commune is the name of the commune.
    try importing("code_insee,type,libelle\n59350,1,Lille\n59001,1,Abancourt\n", name: "other", vintage: "2025")
    #expect(try typology(named: "other")?.classes.map(\.label.fr) == ["1"])
  }

  @Test func `every row is kept, out of scope or rejected with its reason`() throws {
    let rows = [
      "75056;1", "75101;1", "59350;", "59350;1", "59350;2", "59999;1", "5935X0;1", "97701;1",
    ]
    let account = try importing("CODGEO;DENS\n" + rows.joined(separator: "\n") + "\n;\n", tolerates: 1).files[0]
    #expect(account.read == 8 && account.isBalanced)
    #expect(account.kept == 2)
    #expect(account.outOfScopeByReason == ["part": 1, "overseas": 1])
    #expect(account.rejectedByReason == ["empty_class": 1, "duplicate": 1, "place": 1, "code": 1])
    #expect(try typology()?.classOfCommune == ["FR-COM-75056": "1", "FR-COM-59350": "1"])
  }

  @Test func `too many rejected rows refuse the file`() throws {
    expectProblem("import.too_many_rejected") { _ = try importing("CODGEO;DENS\n59350;1\n59999;1\n") }
    #expect(try typology() == nil)
  }

  @Test func `communes of before are those of today`() throws {
    // Borsbeek became a part of Antwerp, which has a row of its own; Bastogne and Bertogne became one of another code.
    let account = try importing("NIS;classe\n11002;1\n11007;2\n82003;2\n82005;3\n").files[0]
    #expect(account.kept == 3 && account.outOfScopeByReason == ["part": 1])
    #expect(account.remarks["typology_carried"] == 2 && account.remarks["typology_mixed"] == 1)
    // Four people in five lived in Bastogne.
    #expect(try typology()?.classOfCommune == ["BE-COM-11002": "1", "BE-COM-82039": "2"])
  }

  @Test func `of communes of before the class of most people counts, and the first where nobody knows`() {
    let movements = ["A", "B", "C"].map { CommuneHistory.Movement(Day(2020, 1, 1), $0, ["D"]) }
    let classes = ["A": "1", "B": "2", "C": "3"]
    let known = CommuneHistory(movements, present: ["D"], people: People(parts: ["A": 100, "B": 250, "C": 200]))
    #expect(Typology.prevailing(classes, known) == "2")
    let unknown = CommuneHistory(movements, present: ["D"])
    #expect(Typology.prevailing(classes, unknown) == "1")
    #expect(Typology.prevailing(["A": "1", "B": "2", "C": "2"], unknown) == "2")
  }

  @Test func `the file of all of Europe, by its NUTS codes`() throws {
    let receipt = try importing(
      "Degree of urbanisation 2023;;\nNUTS 3 CODE;LAU CODE;DEGURBA\nFRE11;59350;1\nBE211;11002;1\nDEA11;05111000;1\n",
      name: "degurba", vintage: "2023")
    #expect(receipt.vintage == "be-fr-degurba-2023")
    #expect(receipt.files[0].kept == 2 && receipt.files[0].outOfScopeByReason == ["abroad": 1])
    #expect(try typology()?.classOfCommune == ["FR-COM-59350": "1", "BE-COM-11002": "1"])
    #expect(try typology()?.classes.map(\.label.nl) == ["Steden"])
  }

  @Test func `numbers of both countries need a country`() throws {
    expectProblem("typology.which_country") { _ = try importing("code;classe\n11002;1\n") }
    try importing("code;pays;classe\n11002;Belgique;1\n11002;France;2\n")
    #expect(try typology()?.classOfCommune == ["BE-COM-11002": "1", "FR-COM-11002": "2"])
    // More of these codes are those of Belgium.
    try importing("code;classe\n11002;1\n92094;1\n93090;1\n", vintage: "2025")
    #expect(try typology([.be])?.isOf(.fr) == false)
  }

  @Test func `what is no typology is refused`() throws {
    let problem = expectProblem("typology.no_code_column", line: 1) { _ = try importing("a;b\n59350;1\n") }
    #expect(problem?.facts["columns"] == "a, b")
    expectProblem("typology.no_class_column", line: 1) { _ = try importing("CODGEO;LIBGEO\n59350;Lille\n") }
    expectProblem("typology.no_such_column") { _ = try importing("CODGEO;DENS\n59350;1\n", column: "DENS7") }
    expectProblem("typology.nothing") { _ = try importing("LAU CODE;COUNTRY;DEGURBA\n05111000;DE;1\n") }
    let communes = try Checkout.territories.communes.filter { $0.code.hasPrefix("FR-") }.prefix(61)
    let people = communes.enumerated().map { "\($1.official);\($0 + 1000)\n" }.joined()
    expectProblem("typology.too_many_classes") { _ = try importing("CODGEO;PMUN\n" + people, column: "PMUN") }
  }

  @Test func `a file a country makes one typology, and the newest that speaks of the territory counts`() throws {
    try importing("CODGEO;DEGURBA\n59350;2\n", name: "degurba", vintage: "2020")
    try importing("CODGEO;DEGURBA\n59350;1\n", name: "degurba", vintage: "2023")
    try importing("nis;DEGURBA\n11002;3\n", name: "degurba", vintage: "2021")
    try importing("nis;classe\n11002;x\n", name: "mine", vintage: "2025")
    #expect(try typology()?.classOfCommune == ["FR-COM-59350": "1", "BE-COM-11002": "3"])
    #expect(try typology()?.classes.map(\.code) == ["1", "3"])
    #expect(try typology([.fr])?.id == "degurba")
    #expect(try typology([.be])?.id == "mine")
    #expect(try typology([.fr], named: "mine") == nil)
    #expect(
      try TypologyArchive(Checkout.installation, observatory, Checkout.territories).names == ["mine", "degurba"])
  }

  @Test func `it belongs to the observatory: no release changes or waits for it`() throws {
    let small = try SmallObservatory()
    let before = try small.build()
    let receipt = try small.importing(.typology, "density_2024.csv", "CODGEO;DENS\n59350;1\n")
    let check = try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    #expect(check.unused.isEmpty && check.ignored.isEmpty && check.passed)
    #expect(check.files.contains { $0.source == "typology" && $0.vintage == receipt.vintage })
    #expect(try small.build() == before)
  }
}
