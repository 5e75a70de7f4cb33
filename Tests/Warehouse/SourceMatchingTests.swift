import Diagnostics
import Directory
import DuckStore
import Filesystem
import Nomenclature
import Registers
import Tabular
import TestSupport
import Testing

@testable import Warehouse

/// Associations, accounts and lists without numbers, from files to a release.
@Suite("Records of several sources are one organisation")
struct SourceMatchingTests {
  private static let sirens = (1...7).map(SmallSirene.siren)
  private static let units: [SmallSirene.Unit] = [
    .init(sirens[0], name: "AMICALE LAIQUE PASTEUR", association: "W591000001"),
    .init(sirens[1], name: "LES JARDINS PARTAGES"), .init(sirens[2], name: "FOYER RURAL"),
    .init(sirens[3], name: "FOYER RURAL"), .init(sirens[4], form: "5710", name: "MENUISERIE DURAND"),
    .init(sirens[5], form: "5710", name: "BOULANGERIE MARTIN"), .init(sirens[6], name: "RADIO CANAL"),
  ]

  private func observatory() throws -> SmallObservatory {
    try SmallObservatory(
      units: Self.units,
      establishments: Self.sirens.map { .init(SmallSirene.siret($0, 1), employer: "N") }, workforce: nil)
  }

  private func importing(
    _ small: SmallObservatory, _ source: Source, _ name: String, _ text: String, list: String? = nil,
    replacing: Bool = false
  ) throws -> Receipt {
    var request = Importer.Request(source, path: try small.folder.write(name, text))
    request.listName = list
    request.replaces = replacing
    return try small.observatory.importer.run(request)
  }

  private static let actors = """
    nom;cp;ville
    Amicale laïque Pasteur;59000;Lille
    Association Les Jardins Partagés;59000;LILLE CEDEX
    Foyer rural;59000;Lille
    Menuiserie Durand;59000;Lille
    Inconnus au Bataillon;59000;Lille
    Boulangerie Martins;59000;Lille
    Radio Canal;;

    """

  private func matches(_ small: SmallObservatory, _ source: String) throws -> [String: [String]] {
    let rows = try Release(small.observatory).store.rows(
      "SELECT name, status, method, unit FROM matches WHERE source = \(sqlText(source))")
    return Dictionary(rows.map { ($0[0].text, $0[1...].map(\.text)) }, uniquingKeysWith: { first, _ in first })
  }

  private func lists(_ small: SmallObservatory) throws -> [String: String] {
    let rows = try Release(small.observatory).store.rows("SELECT id, lists FROM units ORDER BY id")
    return Dictionary(uniqueKeysWithValues: rows.map { (Identifiers.padded(UInt64($0[0].text) ?? 0, 9), $0[1].text) })
  }

  private static func short(_ siren: String) -> String { String(UInt64(siren) ?? 0) }

  @Test func `a list without numbers finds its members, whatever their form`() throws {
    let small = try observatory()
    let receipt = try importing(small, .list, "a.csv", Self.actors, list: "acteurs")
    #expect(receipt.columns == ["name": "nom", "postcode": "cp", "place": "ville"])
    let manifest = try small.build()
    let found = try matches(small, "list/acteurs")
    #expect(found["Amicale laïque Pasteur"] == ["sure", "name_commune", Self.short(Self.sirens[0])])
    #expect(found["Association Les Jardins Partagés"] == ["sure", "name_commune", Self.short(Self.sirens[1])])
    #expect(found["Menuiserie Durand"] == ["sure", "name_commune", Self.short(Self.sirens[4])])
    #expect(found["Foyer rural"]?.first == "doubtful")
    #expect(found["Inconnus au Bataillon"] == ["none", "none", ""])
    #expect(found["Radio Canal"] == ["doubtful", "name", Self.short(Self.sirens[6])])
    let lists = try lists(small)
    #expect(lists[Self.sirens[0]] == "|acteurs|" && lists[Self.sirens[4]] == "|acteurs|")
    // Looked at for their names or not at all: they are in no release.
    #expect(lists[Self.sirens[5]] == nil)
    #expect(lists[Self.sirens[2]] == "" && lists[Self.sirens[6]] == "")
    let matching = try #require(manifest.matching.first { $0.source == "list/acteurs" })
    #expect(matching.records == 7 && matching.matched == 3 && matching.statuses["doubtful"] == 2)
    #expect(matching.decisions == nil)
    // The review that was written changes nothing of what is built.
    #expect(try small.build() == manifest)
  }

  @Test func `what a person decides is done, and kept`() throws {
    let small = try observatory()
    _ = try importing(small, .list, "a.csv", Self.actors, list: "acteurs")
    _ = try small.build()
    let path = "\(small.observatory.review)/acteurs.csv"
    var rows = try ReviewFile(path).rows
    #expect(rows.map(\.name) == ["Foyer rural", "Radio Canal"])
    #expect(rows[0].candidates.contains(Self.sirens[2]) && rows[0].candidates.contains(Self.sirens[3]))
    func decide(_ decisions: [String]) throws {
      let lines = zip(rows, decisions).map { [$0.record, $0.name, $0.place, $0.candidates, $1].map { "\"\($0)\"" } }
      // As a spreadsheet saves it.
      let text = ([ReviewFile.columns] + lines).map { $0.joined(separator: ";") }.joined(separator: "\r\n") + "\r\n"
      try Folder.write(utf8(text), to: path)
    }
    try decide([Self.sirens[3], "accept"])
    let manifest = try small.build()
    #expect(try matches(small, "list/acteurs")["Foyer rural"] == ["accepted", "decision", Self.short(Self.sirens[3])])
    #expect(try lists(small)[Self.sirens[3]] == "|acteurs|")
    #expect(try lists(small)[Self.sirens[6]] == "|acteurs|")
    #expect(manifest.matching.first?.decisions != nil)
    #expect(try small.build() == manifest)
    // A row that comes is found beside those that were decided.
    _ = try importing(
      small, .list, "a.csv", Self.actors + "Amicale laïque Pasteurs;59000;Lille\n", list: "acteurs", replacing: true)
    _ = try small.build()
    let after = try ReviewFile(path).rows
    #expect(after.filter(\.isDecided).map(\.decision) == [Self.sirens[3], "accept"])
    rows = after
    try decide(["reject", "reject"] + Array(repeating: "", count: max(0, after.count - 2)))
    _ = try small.build()
    #expect(try matches(small, "list/acteurs")["Foyer rural"]?.first == "rejected")
    #expect(try lists(small)[Self.sirens[6]] == "")
  }

  @Test(arguments: ["peut-être", "123456789", "2.000.000.123"])
  func `a decision that is none is told with its line`(_ decision: String) throws {
    let small = try observatory()
    _ = try importing(small, .list, "a.csv", Self.actors, list: "acteurs")
    let path = "\(small.observatory.review)/acteurs.csv"
    try Folder.make(small.observatory.review)
    try Folder.write(
      utf8("record,name,place,candidates,decision\nx,Foyer,Lille,,\ny,Radio,Lille,,\(decision)\n"), to: path)
    let problem = expectProblem("review.bad_decision", line: 3) { _ = try small.build() }
    #expect(problem?.place.file == path)
    try Folder.write(utf8("record,name,decision\n"), to: path)
    expectProblem("review.no_column", line: 1) { _ = try small.build() }
  }

  /// The register of associations would tell the name that SIRENE withholds.
  @Test func `a unit that may not be told is joined with no association`() throws {
    let unit = SmallSirene.Unit(Self.sirens[0], name: "SECRETE", diffusion: "P")
    let small = try SmallObservatory(
      units: [unit], establishments: [.init(SmallSirene.siret(unit.siren, 1))], workforce: nil)
    _ = try importing(
      small, .rna, "w.csv", SmallRNA.waldec([.init("W591000003", "SECRETE", siret: SmallSirene.siret(unit.siren, 1))]))
    _ = try small.build()
    let release = try Release(small.observatory)
    #expect(try release.store.rows("SELECT unit, status FROM associations").map { $0.map(\.text) } == [["", "none"]])
    #expect(try release.store.rows("SELECT * FROM matches").isEmpty)
    let (directory, _) = try ReleaseFolder.directory(small.observatory)
    #expect(directory.count == 1)
    #expect(try directory.positions(ofAssociation: "W591000003").isEmpty)
  }

  /// A list under a name of somebody's own is one of those that an organisation is on.
  @Test func `the directory tells of every list`() throws {
    let small = try observatory()
    _ = try importing(small, .list, "a.csv", Self.actors, list: "acteurs")
    _ = try small.build()
    let (directory, _) = try ReleaseFolder.directory(small.observatory)
    let position = try #require(try directory.position(of: .siren(UInt64(Self.sirens[0]) ?? 0)))
    #expect(try directory.organisation(position).lists.map(\.code) == ["acteurs"])
  }

  @Test func `associations have their unit by number, by SIRET or by name`() throws {
    let small = try observatory()
    let waldec = SmallRNA.waldec([
      .init("W591000001", "AMICALE PASTEUR"), .init("W591000002", "Les Jardins partagés"),
      .init("W591000003", "RADIO", siret: SmallSirene.siret(Self.sirens[6], 1)), .init("W591000004", "Foyer rural"),
      .init("W591000005", "Sans unité"), .init("W591000006", "Dissoute", position: "D"),
    ])
    let imported = SmallRNA.imported([
      .init("595P00000002", "LES JARDINS", observation: "W591000002"),
      .init("595P00000006", "DISSOUTE", position: "R", observation: "W591000006"), .init("595P00000099", "ANCIENNE"),
    ])
    #expect(try importing(small, .rna, "w.csv", waldec).vintage == "waldec-2026-09")
    #expect(try importing(small, .rna, "i.csv", imported).vintage == "import-2026-09")
    let manifest = try small.build()
    #expect(manifest.name.hasPrefix("2024-01-"))
    let rows = try Release(small.observatory).store.rows(
      "SELECT number, layout, method, unit, territory, status FROM associations ORDER BY number")
    #expect(
      rows.map { $0.map(\.text) } == [
        ["W591000001", "waldec", "rna", Self.short(Self.sirens[0]), "FR-COM-59350", "sure"],
        ["W591000002", "waldec", "name_commune", Self.short(Self.sirens[1]), "FR-COM-59350", "sure"],
        ["W591000003", "waldec", "siret", Self.short(Self.sirens[6]), "FR-COM-59350", "sure"],
        ["W591000004", "waldec", "name_commune", "", "FR-COM-59350", "doubtful"],
        ["W591000005", "waldec", "none", "", "FR-COM-59350", "none"],
        ["W595000099", "import", "none", "", "FR-COM-59350", "none"],
      ])
    // Whatever joins them, the number of the association leads to its unit.
    let (directory, _) = try ReleaseFolder.directory(small.observatory)
    func found(_ number: String) throws -> [UInt64] {
      try directory.positions(ofAssociation: number).map { try directory.organisation($0).number }
    }
    for (number, unit) in [("W591000001", 0), ("W591000002", 1), ("W591000003", 6)] {
      #expect(try found(number).map { String($0) } == [Self.short(Self.sirens[unit])])
    }
    #expect(try found("W591000004").isEmpty)
    let matching = try #require(manifest.matching.first { $0.source == "rna" })
    #expect(matching.superseded == 2 && matching.records == 6 && matching.matched == 3)
    let check = try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    #expect(check.passed)
    #expect(check.quality.contains { $0.name == "matches" && $0.count == 4 })
    // A list that names the W number of an association finds its unit.
    _ = try importing(small, .list, "l.csv", "rna\nW591000001\nW591000002\nW999999999\n", list: "adherents")
    _ = try small.build()
    #expect(try lists(small)[Self.sirens[1]] == "|adherents|")
    #expect(try matches(small, "list/adherents").count == 1)
  }

  @Test func `accounts replace each other, and are counted`() throws {
    let folder = try TemporaryFolder()
    let (a, b) = (SmallKBO.number(4_000_001), SmallKBO.number(4_000_002))
    let small = try SmallObservatory(folder, enterprises: [.init(a, name: "LA BRUG"), .init(b, name: "DE BRUG")])
    let first = SmallAccounts.table([
      .init("r1", a, year: 2022), .init("r2", a, filed: "2024-05-01"),
      .init(
        "r3", a, filed: "2024-06-01", items: [("20/58", "7", "N"), ("10/49", "7", "N"), ("20/58", "1000.5", "NM1")]),
      .init("r4", SmallKBO.number(4_000_009)),
    ])
    #expect(try importing(small, .nbb, "nbb.csv", first).vintage == "2024-07-01")
    let manifest = try small.build()
    let accounts = try #require(manifest.accounts)
    #expect(accounts.deposits == 3 && accounts.replaced == 1 && accounts.enterprises == 2 && accounts.matched == 1)
    #expect(accounts.yearsCompared == 1 && accounts.yearsDiffering == 0)
    // Two closings in one year: the deposit of the next is compared with the last of them.
    let half = SmallAccounts.table([.init("r0", a, year: 2022, items: [("20/58", "9", "N"), ("10/49", "9", "N")])])
      .replacing("2022-12-31", with: "2022-06-30")
    _ = try importing(
      small, .nbb, "nbb.csv", first + half.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined(),
      replacing: true)
    let twice = try #require(try small.build().accounts)
    #expect(twice.deposits == 4 && twice.yearsCompared == 1 && twice.yearsDiffering == 0)
    let rows = try Release(small.observatory).store.rows(
      "SELECT deposit, year::INTEGER, rubric, value FROM accounts WHERE enterprise = 400000185 OR deposit = 'r3' ORDER BY ALL"
    )
    #expect(rows.map { $0.map(\.text) }.contains(["r3", "2023", "20/58", "7.0"]))
    #expect(!rows.contains { $0[0].text == "r2" })
    let check = try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    #expect(check.passed && check.quality.contains { $0.name == "accounts_balance" && $0.count == 4 })
    expectProblem("aggregate.other_year") {
      var request = Importer.Request(.nbb, path: folder["nbb.csv"])
      request.year = 2021
      _ = try small.observatory.importer.run(request)
    }
  }

  @Test func `a mapping is kept for the next time, and a column that went is told`() throws {
    let small = try observatory()
    _ = try importing(small, .list, "a.csv", Self.actors, list: "acteurs")
    let path = "\(small.observatory.mappings)/acteurs.csv"
    #expect(try ListMapping(file: path).plain == ["name": "nom", "postcode": "cp", "place": "ville"])
    try Folder.write(ListMapping([.name: "nom"]).bytes(for: "acteurs"), to: path)
    let again = try importing(small, .list, "b.csv", Self.actors, list: "acteurs", replacing: true)
    #expect(again.columns == ["name": "nom", "postcode": "cp", "place": "ville"])
    let problem = expectProblem("list.no_column") {
      _ = try importing(small, .list, "c.csv", "noms;villes\nx;y\n", list: "acteurs", replacing: true)
    }
    #expect(problem?.facts["nearest"] == "noms")
  }

  @Test func `the street tells which of two namesakes is meant`() throws {
    let folder = try TemporaryFolder()
    let small = SmallObservatory(folder, try Observatory(folder["o"], create: true))
    try small.importing(.sireneUnits, "units.csv", SmallSirene.units([Self.units[2], Self.units[3]]))
    let places = SmallSirene.establishments([2, 3].map { .init(SmallSirene.siret(Self.sirens[$0], 1), employer: "N") })
    let streets = [
      "numeroVoieEtablissement,typeVoieEtablissement,libelleVoieEtablissement", "12,RUE,PASTEUR", "3,PL,VERTE",
    ]
    let lines = zip(places.split(separator: "\n"), streets).map { "\($0),\($1)\n" }
    try small.importing(.sireneEstablishments, "establishments.csv", lines.joined())
    let list = "nom;adresse;cp;ville\nFoyer rural;3 place Verte;59000;Lille\nLe foyer rural;9 rue Basse;59000;Lille\n"
    _ = try importing(small, .list, "l.csv", list, list: "acteurs")
    _ = try small.build()
    let found = try matches(small, "list/acteurs")
    #expect(found["Foyer rural"] == ["sure", "name_address", Self.short(Self.sirens[3])])
    #expect(found["Le foyer rural"]?.first == "doubtful")
  }

  @Test func `a membership that has ended makes no member`() throws {
    let small = try observatory()
    let rows = [("2023-12-31", 0), ("2024-12-31", 1), ("", 4)].map { "\(Self.sirens[$1]);x\($1);\($0)\n" }
    _ = try importing(small, .list, "l.csv", "siren;nom;date de fin\n" + rows.joined(), list: "adherents")
    _ = try small.build()
    let lists = try lists(small)
    #expect(lists[Self.sirens[0]] == "" && lists[Self.sirens[1]] == "|adherents|")
    #expect(lists[Self.sirens[4]] == "|adherents|")
    #expect(try matches(small, "list/adherents")["x0"] == ["rejected", "ended", ""])
  }

  /// Or it would seem to have entered since.
  @Test func `a member found by its name was one in the stock of before`() throws {
    let small = try observatory()
    let places = Self.sirens.map { SmallSirene.Place(SmallSirene.siret($0, 1), employer: "N") }
    for (source, text) in [
      (Source.sireneUnits, SmallSirene.units(Self.units)), (.sireneEstablishments, SmallSirene.establishments(places)),
    ] {
      try small.importing(source, "before-\(source.rawValue).csv", text.replacing("2024-01-15", with: "2023-01-15"))
    }
    _ = try importing(small, .list, "a.csv", Self.actors, list: "acteurs")
    _ = try small.build()
    let rows = try Release(small.observatory).store.rows(
      """
      SELECT s.vintage, p.lists FROM states s JOIN profiles p USING (profile)
      WHERE s.id = \(Self.short(Self.sirens[4])) ORDER BY s.vintage
      """)
    #expect(rows.map { $0.map(\.text) } == [["2023-01", "|acteurs|"], ["2024-01", "|acteurs|"]])
  }

  /// Each stock has the members of its own day.
  @Test func `a dated list tells who was a member in the stock of before`() throws {
    let small = try observatory()
    let places = Self.sirens.map { SmallSirene.Place(SmallSirene.siret($0, 1), employer: "N") }
    for (source, text) in [
      (Source.sireneUnits, SmallSirene.units(Self.units)), (.sireneEstablishments, SmallSirene.establishments(places)),
    ] {
      try small.importing(source, "before-\(source.rawValue).csv", text.replacing("2024-01-15", with: "2023-01-15"))
    }
    let rows = [
      "\(Self.sirens[4]);Menuiserie Durand;;01/06/2023", "\(Self.sirens[5]);x;01/06/2023;",
      "\(Self.sirens[0]);y;01/06/2024;",
    ]
    _ = try importing(
      small, .list, "l.csv", "siren;nom;date de début;date de fin\n" + rows.joined(separator: "\n") + "\n", list: "a")
    _ = try small.build()
    let states = try Release(small.observatory).store.rows(
      """
      SELECT s.vintage, s.id FROM states s JOIN profiles p USING (profile) WHERE p.lists = '|a|' ORDER BY s.vintage
      """)
    #expect(
      states.map { $0.map(\.text) } == [
        ["2023-01", Self.short(Self.sirens[4])], ["2024-01", Self.short(Self.sirens[5])],
      ])
    #expect(try matches(small, "list/a")["y"] == ["rejected", "not_yet", ""])
  }

  @Test func `a number of the other country decides nothing about an association`() throws {
    let small = try observatory()
    try Folder.make(small.observatory.review)
    var text = CSVText(ReviewFile.columns)
    text.add(["W591000002", "X", "Lille", "", "\(SmallKBO.number(4_000_001))"])
    try Folder.write(text.bytes, to: "\(small.observatory.review)/rna.csv")
    let file = try ReviewFile("\(small.observatory.review)/rna.csv")
    #expect(expectProblem("review.other_country") { _ = try file.decisions(of: .fr) }?.place.line == 2)
  }

  /// Units that are looked at for their names go again; what they are called is told before.
  @Test func `candidates of every form have their names in the review`() throws {
    let sirens = Self.sirens
    let units = [4, 5].map { SmallSirene.Unit(sirens[$0], form: "5710", name: "MENUISERIE DURAND") }
    let small = try SmallObservatory(
      units: units, establishments: units.map { .init(SmallSirene.siret($0.siren, 1), employer: "N") }, workforce: nil)
    _ = try importing(small, .list, "a.csv", "nom;cp;ville\nMenuiserie Durand;59000;Lille\n", list: "acteurs")
    _ = try small.build()
    let row = try #require(try ReviewFile("\(small.observatory.review)/acteurs.csv").rows.first)
    #expect(row.candidates.split(separator: "|").allSatisfy { $0.contains("MENUISERIE DURAND") })
  }

  @Test func `a list of a newer vintage is filed beside the older one and counts`() throws {
    let small = try observatory()
    func importing(_ siren: String, _ vintage: String?) throws -> Receipt {
      var request = Importer.Request(
        .list, path: try small.folder.write("esus.csv", "siren;denomination\n\(siren);X\n"))
      request.listName = "esus"
      request.vintage = vintage
      return try small.observatory.importer.run(request)
    }
    #expect(try importing(Self.sirens[4], nil).vintage == "esus")
    #expect(try importing(Self.sirens[5], "2026-03").vintage == "esus-2026-03")
    #expect(try importing(Self.sirens[6], "2025").vintage == "esus-2025")
    expectProblem("import.list_exists") { _ = try importing(Self.sirens[0], "2025") }
    #expect(Folder.fileExists("\(small.observatory.sources)/list/esus/receipt.json"))
    _ = try small.build()
    let found = try lists(small)
    #expect(found[Self.sirens[5]] == "|esus|")
    #expect([4, 6].allSatisfy { (found[Self.sirens[$0]] ?? "").isEmpty })
    #expect(
      try Release(small.observatory).manifest.sources.filter { $0.source == "list" }.map(\.vintage) == ["esus-2026-03"])
  }
}
