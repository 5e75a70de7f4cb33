import Diagnostics
import Registers
import Tabular
import TestSupport
import Testing

/// The traps of the real stock files, one small file each.
@Suite("SIRENE")
struct SireneTests {
  static let unitHeader =
    "siren,statutDiffusionUniteLegale,dateCreationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,dateDernierTraitementUniteLegale,etatAdministratifUniteLegale,nomUniteLegale,prenomUsuelUniteLegale,denominationUniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale\n"

  static let establishmentHeader =
    "siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,codeCommuneEtablissement,codePaysEtrangerEtablissement,etatAdministratifEtablissement,enseigne1Etablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement,etablissementSiege\n"

  static func container(_ text: String) throws -> Container {
    let folder = try TemporaryFolder()
    let path = try folder.write("stock.csv", text)
    return try Container.open(path)
  }

  /// Siren numbers that pass the Luhn test and belong to nobody we know.
  static let sirens = ["100000009", "100000017", "100000025", "100000033", "100000041"]

  @Test func `units: read = kept + out of scope + rejected`() throws {
    let text =
      Self.unitHeader
      + "100000009,O,1999-01-01,11,2023,2025-12-06T05:25:38,A,,,L’ENVOL,9220,88.99B,NAFRev2\n"
      + "100000017,O,1900-01-01,NN,,2025-11-01T00:00:00,C,,,AVANT,9220,70.2C,NAF1993\n"
      + "100000018,O,2001-01-01,NN,,,A,,,FAUSSE CLÉ,5710,62.01Z,NAFRev2\n"
      + "100000009,O,1999-01-01,11,2023,,A,,,DOUBLE,9220,88.99B,NAFRev2\n"
      + "100000025,P,2010-01-01,NN,,,A,[ND],[ND],,1000,47.99A,NAFRev2\n"
      + "100000033,O,,,,,X,,,ÉTAT INCONNU,1000,47.99A,NAFRev2\n"
      + "100000041,O,2001-01-01,NN,,,A,,,TROP,5710,62.01Z,NAFRev2,de champs\n"
    let reader = try SireneUnits(Self.container(text))
    var names: [String: String] = [:]
    var created: [Int32?] = []
    let account = try reader.read { unit in
      names[String(unit.siren)] = unit.name
      created.append(unit.created)
    }
    #expect(account.read == 7)
    #expect(account.kept == 2)
    #expect(account.outOfScope == ["closed": 1])
    #expect(account.rejected == ["identifier": 1, "duplicate": 1, "state": 1, "fields": 1])
    #expect(account.isBalanced)
    #expect(account.rejectedRows.map(\.line).sorted() == [4, 5, 7, 8])
    // A curly apostrophe is one apostrophe; a restricted person has no name; 1900-01-01 is no date.
    #expect(names == ["100000009": "L'ENVOL", "100000017": "AVANT", "100000025": ""])
    #expect(created == [19_990_101, nil, 20_100_101])
    #expect(reader.age.vintage == "2025-12")
    #expect(reader.age.sizeYear == 2023)
  }

  @Test func `a legal form is at most four digits, and what begins in 2999 began on no known day`() throws {
    let text =
      Self.unitHeader
      + "100000009,O,2999-01-01,11,2023,2025-12-06T05:25:38,A,,,A,9220,88.99B,NAFRev2\n"
      + "100000017,O,2026-06-01,11,2023,2025-12-06T05:25:38,A,,,B,[ND],88.99B,NAFRev2\n"
      + "100000025,O,2010-01-01,NN,,,A,,,C,Association,47.99A,NAFRev2\n"
      + "100000033,O,2010-01-01,NN,,,A,,,D,92201,47.99A,NAFRev2\n"
      + "100000041,O,2999-01-01,NN,,,A,,,E,,47.99A,NAFRev2\n"
    var created: [Int32?] = []
    let account = try SireneUnits(Self.container(text)).read { created.append($0.created) }
    #expect(created == [nil, 20_260_601, nil])
    #expect(account.kept == 3 && account.rejected == ["code": 2] && account.isBalanced)
    #expect(account.remarks == ["creation_slip": 2])
  }

  @Test func `establishments: scope, evidence of employment, restricted diffusion`() throws {
    func siret(_ siren: String) -> String {
      // The NIC that completes the SIRET: the one of 00010 to 00019 that passes the test.
      (10...19).map { siren + "000\($0)" }.first { Identifiers.isValidSIRET(UInt64($0) ?? 0) } ?? ""
    }
    let s = Self.sirens.map(siret)
    let text =
      Self.establishmentHeader
      + "\(s[0]),O,2001-05-05,02,2023,59350,,A,\"LA \"\"BONNE\"\" MAISON, LILLE\",88.99B,NAFRev2,N,true\n"
      + "\(s[1]),O,2001-05-05,NN,,75101,,A,,47.11F,NAFRev2,O,true\n"
      + "\(s[2]),P,2001-05-05,NN,,59350,,A,[ND],47.11F,NAFRev2,N,true\n"
      + "\(s[3]),O,2001-05-05,01,2023,98735,,A,,47.11F,NAFRev2,O,true\n"
      + "\(s[4]),O,2001-05-05,01,2023,,99109,A,,47.11F,NAFRev2,O,true\n"
      + "\(s[4]),O,2001-05-05,01,2023,59350,,F,,57.10,NAP,N,true\n"
      + "10000000900011,O,2001-05-05,01,2023,59350,,A,,47.11F,NAFRev2,O,true\n"
    let reader = try SireneEstablishments(Self.container(text))
    var seen: [(employer: Bool, name: String, restricted: Bool)] = []
    let account = try reader.read { seen.append(($0.isEmployer, $0.name, $0.isRestricted)) }
    #expect(account.read == 7)
    #expect(account.kept == 3)
    #expect(account.outOfScope == ["overseas": 1, "abroad": 1, "closed": 1])
    #expect(account.rejected == ["identifier": 1])
    #expect(seen.map(\.employer) == [true, true, false])
    #expect(seen.map(\.name) == ["LA \"BONNE\" MAISON, LILLE", "", ""])
    #expect(seen.map(\.restricted) == [false, false, true])
  }

  @Test func `the other file is named, with the command for it`() throws {
    let problem = #expect(throws: Problem.self) {
      try SireneUnits(Self.container(Self.establishmentHeader + "x\n"))
    }
    #expect(problem?.code == "register.other_source")
    #expect(problem?.facts["found"] == "sirene-establishments")
    #expect(problem?.place.line == 1)
  }

  @Test func `a missing column is named, with the nearest`() throws {
    let header = Self.unitHeader.replacing("categorieJuridiqueUniteLegale", with: "categorieJuridiqueUnite")
    let problem = #expect(throws: Problem.self) { try SireneUnits(Self.container(header)) }
    #expect(problem?.code == "register.no_column")
    #expect(problem?.facts["columns"] == "categorieJuridiqueUniteLegale")
    #expect(problem?.facts["nearest"] == "categorieJuridiqueUnite")
  }

  @Test(arguments: ["siren", "denominationUniteLegale", "identifiantAssociationUniteLegale"])
  func `a column that is read, required or not, may not stand twice`(name: String) throws {
    // The last of the three is in no file of that age: here it comes twice.
    let twice = name.hasPrefix("identifiant") ? "\(name),\(name)" : name
    let text = "\(twice),\(Self.unitHeader)"
    let problem = expectProblem("table.repeated_column", line: 1) { _ = try SireneUnits(Self.container(text)) }
    #expect(problem?.facts["column"] == name)
    #expect(problem?.place.file?.hasSuffix("stock.csv") == true)
  }

  @Test func `columns that nobody reads may repeat`() throws {
    let text = "x,x," + Self.unitHeader + "1,2,100000009,O,1999-01-01,11,2023,,A,,,L’ENVOL,9220,88.99B,NAFRev2\n"
    #expect(try SireneUnits(Self.container(text)).read { _ in }.kept == 1)
  }

  @Test func `a list is refused where two of its columns may hold the number`() throws {
    let problem = expectProblem("table.repeated_column", line: 1) {
      _ = try readList(Self.container("siren,nom,SIREN\n100000009,x,100000017\n"))
    }
    #expect(problem?.facts["column"] == "siren")
  }

  @Test func `an extra column and another order change nothing`() throws {
    let text =
      "nouveau,etatAdministratifUniteLegale,siren,statutDiffusionUniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,trancheEffectifsUniteLegale\nx,A,100000009,O,9220,88.99B,NAFRev2,11\n"
    var forms: [String] = []
    let account = try SireneUnits(Self.container(text)).read { forms.append($0.form.text) }
    #expect(account.kept == 1)
    #expect(forms == ["9220"])
  }

  @Test func `classifications of activities that nobody knows are told`() throws {
    let units = SmallSirene.units([
      .init(Self.sirens[0], scheme: "NAFRev9"), .init(Self.sirens[1], scheme: "NAF1993"),
      .init(Self.sirens[2], activity: "", scheme: ""), .init(Self.sirens[3], scheme: "[ND]"),
      .init(Self.sirens[4], state: "C", scheme: "NAFRev9"),
    ])
    #expect(try SireneUnits(Self.container(units)).read { _ in }.remarks == ["unknown_scheme": 1])
    let places = ["NAFRev9", "naf", "NAFRev2", "NAF2025", "NAP"].enumerated().map { number, scheme in
      SmallSirene.Place(SmallSirene.siret(SmallSirene.siren(1), number + 1), scheme: scheme)
    }
    let establishments = try SireneEstablishments(Self.container(SmallSirene.establishments(places)))
    #expect(try establishments.read { _ in }.remarks == ["unknown_scheme": 2])
  }
}
