import DuckStore
import Filesystem
import Matching
import Tabular
import TestSupport
import Testing

@testable import Warehouse

/// What a person is shown to decide, and what the release keeps of it.
@Suite("Records that a person looks at")
struct ReviewTests {
  private static let sirens = (1...3).map(SmallSirene.siren)

  private func observatory(_ units: [SmallSirene.Unit]) throws -> SmallObservatory {
    try SmallObservatory(
      units: units, establishments: units.map { .init(SmallSirene.siret($0.siren, 1), employer: "N") }, workforce: nil)
  }

  private func importList(_ small: SmallObservatory, _ name: String, _ text: String) throws {
    var request = Importer.Request(.list, path: try small.folder.write("\(name).csv", text))
    request.listName = name
    _ = try small.observatory.importer.run(request)
  }

  @Test func `a candidate that is alike by the sign over its door shows that name too`() throws {
    let folder = try TemporaryFolder()
    let small = SmallObservatory(folder, try Observatory(folder["o"], create: true))
    let units: [SmallSirene.Unit] = [
      .init(Self.sirens[0], name: "CENTRE SOCIAL"), .init(Self.sirens[1], name: "LES JARDINS PARTAGES"),
    ]
    try small.importing(.sireneUnits, "units.csv", SmallSirene.units(units))
    let places = SmallSirene.establishments(units.map { .init(SmallSirene.siret($0.siren, 1)) })
    let signs = ["enseigne1Etablissement", "LES JARDINS PARTAGES", ""]
    let lines = zip(places.split(separator: "\n"), signs).map { "\($0),\($1)\n" }
    try small.importing(.sireneEstablishments, "establishments.csv", lines.joined())
    try importList(small, "acteurs", "nom;cp;ville\nJardins partagés;59000;Lille\n")
    _ = try small.build()
    let row = try #require(try ReviewFile("\(small.observatory.review)/acteurs.csv").rows.first)
    #expect(
      row.candidates == """
        \(Self.sirens[0]) CENTRE SOCIAL (establishment: LES JARDINS PARTAGES) 1.0 \
        | \(Self.sirens[1]) LES JARDINS PARTAGES 1.0
        """)
  }

  @Test(arguments: ["list/acteurs", "rna"])
  func `a decision that gives a number of no register is told with its line, until it changes`(source: String) throws {
    let small = try observatory([
      .init(Self.sirens[0], name: "FOYER RURAL"), .init(Self.sirens[1], name: "FOYER RURAL"),
    ])
    let path: String
    if source == "rna" {
      try small.importing(.rna, "w.csv", SmallRNA.waldec([.init("W591000004", "Foyer rural")]))
      path = "\(small.observatory.review)/rna.csv"
    } else {
      try importList(small, "acteurs", "nom;cp;ville\nFoyer rural;59000;Lille\n")
      path = "\(small.observatory.review)/acteurs.csv"
    }
    _ = try small.build()
    let row = try #require(try ReviewFile(path).rows.first)
    func decide(_ decision: String) throws {
      var text = CSVText(ReviewFile.columns)
      text.add([row.record, row.name, row.place, row.candidates, decision])
      try Folder.write(text.bytes, to: path)
    }
    let number = SmallSirene.siren(900)
    try decide(number)
    let manifest = try small.build()
    #expect(manifest.matching.map(\.unknownNumbers) == [1])
    let release = try Release(small.observatory)
    let numbers = try release.unknownNumbers(of: source)
    let unknown = try ReviewFile(path).unknown(numbers)
    #expect(unknown.map(\.line) == [2] && unknown.map(\.number) == [number])
    #expect(unknown.map(\.record) == [row.record] && unknown.map(\.name) == ["Foyer rural"])
    // It makes nobody a member: the number is there for the person alone.
    #expect(
      try release.store.rows("SELECT status, confidence FROM matches") == [[.text("none"), .number(0)]])
    try decide(Self.sirens[1])
    #expect(try ReviewFile(path).unknown(numbers).isEmpty)
    _ = try small.build()
    #expect(try Release(small.observatory).unknownNumbers(of: source).isEmpty)
  }

  /// Done as the person says, and told: two names are two organisations, as a rule.
  @Test func `decisions that give one number to two names are told with their lines`() throws {
    let folder = try TemporaryFolder()
    func shared(_ rows: [[String]]) throws -> [SharedNumber] {
      var text = CSVText(ReviewFile.columns)
      for row in rows { text.add(row) }
      try Folder.write(text.bytes, to: folder["rna.csv"])
      return try ReviewFile(folder["rna.csv"]).shared(ListRules.matching.words)
    }
    let (a, b) = (Self.sirens[0], Self.sirens[1])
    let found = try shared([
      ["W1", "Foyer rural", "Lille", "\(a) FOYER 0.9", "accept"], ["W2", "Foyer laïque", "Lille", "", a],
      ["W3", "Radio", "Lille", "", b], ["W4", "Canal", "Lille", "\(b) RADIO 0.9", "reject"],
      ["W5", "Canal", "Lille", "\(b) RADIO 0.9", ""],
    ])
    #expect(found.map(\.number) == [a] && found.map(\.lines) == [[2, 3]])
    #expect(found.map(\.names) == [["Foyer rural", "Foyer laïque"]])
    let same = try shared([
      ["W1", "Foyer rural", "Lille", "", a], ["W2", "Association FOYER RURAL", "Lille", "", a],
    ])
    #expect(same.isEmpty)
  }

  /// The list tells what SIRENE withholds: beside its number, the name would be known.
  @Test func `the name that a list gives to a unit that may not be told is in no match`() throws {
    let small = try observatory([
      .init(Self.sirens[0], name: "SECRETE", diffusion: "P"), .init(Self.sirens[1], name: "FOYER RURAL"),
      .init(Self.sirens[2], form: "5710", name: "MENUISERIE", diffusion: "P"),
    ])
    let rows = ["Secrète", "Foyer rural"].enumerated().map { "\(Self.sirens[$0.offset]);\($0.element);59000;Lille\n" }
    try importList(small, "adherents", "siren;nom;cp;ville\n" + rows.joined())
    // Neither staged nor known to be withheld: nothing says that it may be told.
    let ended = [0, 1, 2].map { "\(Self.sirens[$0]);x\($0);31/12/2020\n" }
    try importList(small, "anciens", "siren;nom;date de fin\n" + ended.joined())
    _ = try small.build()
    let matches = try Release(small.observatory).store.rows(
      "SELECT source, record, name, place, status, until FROM matches ORDER BY source, record")
    #expect(
      matches.map { $0.map(\.text) } == [
        ["list/adherents", Self.sirens[0], "", "", "sure", ""],
        ["list/adherents", Self.sirens[1], "Foyer rural", "59000 Lille", "sure", ""],
        ["list/anciens", Self.sirens[0], "", "", "rejected", "20201231"],
        ["list/anciens", Self.sirens[1], "x1", "", "rejected", "20201231"],
        ["list/anciens", Self.sirens[2], "", "", "rejected", "20201231"],
      ])
  }
}
