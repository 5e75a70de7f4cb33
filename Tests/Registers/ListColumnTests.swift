import Diagnostics
import Filesystem
import Nomenclature
import Registers
import Tabular
import TestSupport
import Matching
import Territory
import Testing

@Suite("Columns of lists")
struct ListColumnTests {
  private func proposal(_ text: String, withPlaces: Bool = true) throws -> [String: String] {
    try withFile("list.csv", utf8(text)) {
      try ListRules.columns.proposal(for: Container.open($0), withPlaces ? ListRules.places : nil).plain
    }
  }

  @Test func `names tell what columns hold`() throws {
    let found = try proposal(
      "N° SIREN;Dénomination;Code postal;Ville;Date d'agrément;Téléphone\n1;x;59000;Lille;2020-01-01;0\n")
    #expect(
      found == [
        "siren": "N° SIREN", "name": "Dénomination", "postcode": "Code postal", "place": "Ville",
        "since": "Date d'agrément",
      ])
    #expect(try proposal("bce,naam,gemeente\n0,x,Gent\n") == ["bce": "bce", "name": "naam", "place": "gemeente"])
  }

  @Test func `where names say nothing, values do`() throws {
    let sirens = (1...30).map(SmallSirene.siren)
    let names = ["Les Ateliers du Canal", "Foyer rural", "Régie de quartier", "Crèche parentale", "La Ressourcerie"]
    var text = CSVText(["a", "b", "c", "d", "e", "f"])
    for (index, siren) in sirens.enumerated() {
      text.add([
        "\(2000 + index % 24)", siren, "\(names[index % 5]) \(index)", ["59000", "59100", "62000"][index % 3],
        ["Lille", "Roubaix", "ARRAS CEDEX"][index % 3], "W59\(1_000_000 + index)",
      ])
    }
    let found = try proposal(String(decoding: text.bytes, as: UTF8.self))
    #expect(found == ["siren": "b", "name": "c", "postcode": "d", "place": "e", "rna": "f"])
    var belgian = CSVText(["w", "x", "y"])
    for index in 1...20 { belgian.add([SmallKBO.number(4_000_000 + index), "Maison \(index) du Quartier", "5000"]) }
    #expect(
      try proposal(String(decoding: belgian.bytes, as: UTF8.self)) == ["bce": "w", "name": "x", "postcode": "y"])
  }

  @Test func `what is said corrects what was proposed`() throws {
    let proposed = ListMapping([.siren: "A", .name: "B", .place: "C"])
    let asked = try ListMapping(options: ["name=C,siren=", "category=Type d'acteur"])
    #expect(proposed.corrected(by: asked).columns == [.name: "C", .category: "Type d'acteur"])
    #expect(
      try ListMapping(options: ["name=Nom, prénom,siren=N° SIREN"]).columns
        == [.name: "Nom, prénom", .siren: "N° SIREN"])
    for text in ["name", "nom=x", "=x", "name:x", "name=A,nom=B"] {
      let problem = expectProblem("list.bad_map") { _ = try ListMapping(options: [text]) }
      #expect(problem?.status == .commandLine)
    }
  }

  @Test(arguments: [["name=nom,name=ville"], ["name=nom", "siren=x,name="]])
  func `a field that is given twice is refused`(options: [String]) {
    let problem = expectProblem("list.map_twice") { _ = try ListMapping(options: options) }
    #expect(problem?.status == .commandLine && problem?.facts["field"] == "name" && problem?.facts["first"] == "nom")
  }

  @Test func `a first row that is no header is not lost`() throws {
    let (a, b) = (SmallSirene.siren(1), SmallSirene.siren(2))
    for text in [
      "\(a)\n\(b)\n", "Alpha;\(SmallSirene.siret(a, 1))\nBeta;\(SmallSirene.siret(b, 1))\n",
      "\(SmallKBO.number(4_000_001));Alpha\n\(SmallKBO.number(4_000_002));Beta\n",
      "W591000001;Alpha\nW591000002;Beta\n",
    ] {
      try withFile("l.csv", utf8(text)) { path in
        expectProblem("list.no_header", line: 1, "\(text)") { _ = try readList(Container.open(path)) }
      }
    }
    let places = "Les Ateliers du Canal;59000;Lille\nLa Ressourcerie;59100;Roubaix\n"
    try withFile("l.csv", utf8(places)) { path in
      expectProblem("list.no_header", line: 1) {
        _ = try ListRules.columns.proposal(for: Container.open(path), ListRules.places)
      }
      let mapping = ListMapping([.name: "Les Ateliers du Canal", .postcode: "59000"])
      expectProblem("list.no_header", line: 1) { _ = try ListFile(Container.open(path), mapping) }
    }
    // Years name columns.
    let counted = try withFile("l.csv", utf8("nom;2019;2020\nAlpha;12;15\n")) { try readList(Container.open($0)) }
    #expect(counted.account.kept == 1)
  }

  @Test(
    arguments: [
      ("Liste des SCIC au 1er janvier 2024\n", 1), ("Structure;Coordonnées\n", 1),
      ("Liste des SCIC;au 1er janvier 2024;;\n", 1), ("Liste des SCIC, au 1er janvier\n\nSource : préfecture\n", 3),
      ("", 0),
    ])
  func `what stands above the header is skipped, and told`(above: String, lines: Int) throws {
    let text = "\(above)SIREN;Dénomination\n\(SmallSirene.siren(1));Alpha\n;\n\(SmallSirene.siren(2));Beta\n"
    let (entries, account) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0)) }
    #expect(entries.map(\.name) == ["Alpha", "Beta"] && entries.allSatisfy { $0.member != nil })
    #expect(entries.map(\.line) == [lines + 2, lines + 4])
    #expect(account.remarks == (lines > 0 ? ["lines_above": lines] : [:]))
    // The blank row is none.
    #expect(account.read == 2 && account.isBalanced && account.rejected == [:])
  }

  @Test func `a column that somebody names tells the header too`() throws {
    let text = "Nos adhérents\nIdent;Qui\n\(SmallSirene.siren(1));Alpha\n"
    let asked = ListMapping([.siren: "Ident", .name: "Qui"])
    try withFile("l.csv", utf8(text)) { path in
      let container = try Container.open(path)
      let mapping = try ListRules.columns.proposal(for: container, nil, asked: asked).corrected(by: asked)
      #expect(mapping == asked)
      try ListRules.columns.verify(mapping, for: container)
      let account = try ListFile(container, mapping).read { _ in }
      #expect(account.kept == 1 && account.remarks == ["lines_above": 1])
    }
  }

  @Test func `numbers and whole rows are no names`() throws {
    for text in ["Structure;Contact\n\(SmallSirene.siren(1));Alpha\n", "Nos adhérents\nIdent;Qui\nAlpha;Lille\n"] {
      try withFile("l.csv", utf8(text)) { path in
        let container = try Container.open(path)
        let mapping = ListMapping([.name: text.hasPrefix("Nos") ? "Nos adhérents" : "Structure"])
        let problem = expectProblem("list.no_names", line: 1) {
          try ListRules.columns.verify(mapping, for: container)
        }
        #expect(problem?.facts["column"] == mapping.columns[.name])
      }
    }
  }

  @Test func `a mapping that is kept is read again`() throws {
    let mapping = ListMapping([.siren: "N° \"SIREN\"", .name: "Nom, prénom"])
    let again = try withFile("m.csv", mapping.bytes(for: "x")) { try ListMapping(file: $0) }
    #expect(again == mapping)
    try withFile("m.csv", utf8("# list: x\nfield,column\nsiren,A\nnom,B\n")) { path in
      expectProblem("list.unknown_field", line: 4) { _ = try ListMapping(file: path) }
    }
  }

  @Test func `a column that is not there is told, with those that are near`() throws {
    try withFile("list.csv", utf8("Nom de la structure,Vile\nx,Lille\n")) { path in
      for (column, near) in [("Nom", "Nom de la structure"), ("Ville", "Vile"), ("zzzzzzzz", "")] {
        let problem = expectProblem("list.no_column", line: 1) {
          _ = try ListFile(Container.open(path), ListMapping([.name: column]))
        }
        #expect(problem?.facts["nearest"] == near)
      }
      expectProblem("list.nothing", line: 1) { _ = try ListFile(Container.open(path), ListMapping([.place: "Vile"])) }
    }
  }

  @Test func `rows without a number are kept by their name`() throws {
    let siren = SmallSirene.siren(1)
    let text = """
      siren;rna;nom;code postal;ville;pays;depuis
      \(siren);;Alpha;59000;Lille;;
      en cours;;Beta;59000;Lille;;06/05/2019
      ;W591000001;;;;;
      ;;Gamma;5000;Namur;;2020-02-03
      ;;Beta;59000;Lille;;06/05/2019
      123456789;;Delta;59000;Lille;;
      ;;;59000;Lille;;

      """
    let (entries, account) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0)) }
    #expect(entries.map(\.name) == ["Alpha", "Beta", "", "Gamma"])
    #expect(entries.map { $0.country?.rawValue } == ["FR", "FR", "FR", "BE"])
    #expect(entries.map(\.period.since) == [nil, 20_190_506, nil, 20_200_203])
    #expect(entries[2].association?.description == "W591000001")
    #expect(account.outOfScope == ["repeated": 1])
    #expect(account.rejected == ["identifier": 2])
    #expect(account.isBalanced)
  }

  /// A list of structures has a row each of the establishments of one organisation; a list of approvals, one each time
  /// that it was renewed.
  @Test func `an organisation may have several rows`() throws {
    let (siren, other) = (SmallSirene.siren(1), SmallSirene.siren(2))
    let text = """
      siren;nom;depuis;jusqu'au
      \(siren);Alpha;2015;2019
      \(siren);Alpha;2020;2024
      \(siren);Alpha Nord;2020;2024
      \(other);Beta;;
      \(other);Beta;;

      """
    let (entries, account) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0)) }
    #expect(entries.map(\.name) == ["Alpha", "Alpha", "Beta"])
    #expect(entries.map { $0.period.place(of: 20_210_101) } == [1, 0, 0])
    #expect(account.outOfScope == ["repeated": 2] && account.rejected == [:])
  }

  @Test func `a list without a header is not taken for one`() throws {
    let places = AddressPlaces(try Checkout.territories)
    let columns = try ListColumns(share: Checkout.installation.share, NameReading(share: Checkout.installation.share))
    let text = "Les Jardins de Cocagne;Lille\nAlpha;Roubaix\nBeta;Tourcoing\n"
    try withFile("l.csv", utf8(text)) { path in
      let problem = expectProblem("list.no_header", line: 1) {
        _ = try columns.proposal(for: Container.open(path), places)
      }
      #expect(problem?.facts["column"] == "Lille")
    }
    let named = "nom;ville\nAlpha;Roubaix\nBeta;Tourcoing\n"
    let mapping = try withFile("l.csv", utf8(named)) { try columns.proposal(for: Container.open($0), places) }
    #expect(mapping.columns == [.name: "nom", .place: "ville"])
  }

  /// A spreadsheet ate the zero of Bourg-en-Bresse: the list is French, and so are its rows that say nothing else.
  @Test func `a postal code alone does not contradict the list`() throws {
    let text = "nom;code postal;ville\nAlpha;1000;Bourg-en-Bresse\nBeta;5000;Namur\n"
    let (french, account) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0), of: .fr) }
    #expect(french.map { $0.country?.rawValue } == ["FR", "FR"] && account.rejected == [:])
    let (any, _) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0)) }
    #expect(any.map { $0.country?.rawValue } == ["BE", "BE"])
    let said = "nom;code postal;pays\nAlpha;1000;Belgique\n"
    let rejected = try withFile("l.csv", utf8(said)) { try readList(Container.open($0), of: .fr).account.rejected }
    #expect(rejected == ["country": 1])
  }

  /// Four digits are a Belgian postal code only where nothing says that it is a Swiss one.
  @Test func `an organisation of a third country is set aside`() throws {
    let text = """
      nom;code postal;ville;pays;numéro RNA
      Suisse;1200;Genève;Suisse;
      Allemagne;10115;Berlin;Allemagne;
      Bénin;1000;Cotonou;Bénin;
      Belge;1200;Woluwe-Saint-Lambert;Belgique;
      Sans pays;1200;Woluwe-Saint-Lambert;;
      Faux W;59000;Lille;France;W59100

      """
    let (entries, account) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0)) }
    #expect(entries.map(\.name) == ["Belge", "Sans pays"])
    #expect(account.rejected == ["country": 3, "identifier": 1])
  }
}
