import Registers
import Tabular
import TestSupport
import Testing

/// Since when and until when: a beginning that is taken for an end, or the other way round, inverts who is a member.
@Suite("Dates of lists")
struct ListDateTests {
  private func proposal(_ text: String) throws -> [String: String] {
    try withFile("list.csv", utf8(text)) { try ListRules.columns.proposal(for: Container.open($0), nil).plain }
  }

  private func proposal(header: String) throws -> [String: String] {
    try proposal("nom;\(header)\nAlpha;2020-01-01\nBeta;31/12/2021\n")
  }

  @Test(
    arguments: [
      "du", "Du", "Agrément du", "Début", "Date début", "date_debut", "dateDebut", "Date de début",
      "Date de début de validité", "Date de début de validité du label", "Date d'octroi", "Date de décision",
      "Date d'effet de l'agrément", "Depuis", "Depuis le", "Adhérent depuis", "À compter du", "À partir du",
      "Date d'agrément", "Date d’agrément", "Date agrément", "Date du premier agrément",
      "Date d'agrément (JJ/MM/AAAA)", "Date d'adhésion de la structure", "Année d'agrément",
      "begindatum", "Vanaf", "Geldig vanaf", "sinds", "Erkend sinds", "Erkend van", "Datum erkenning",
      "Start date", "Valid from", "Since", "Member since", "seit", "Anerkannt seit", "ab", "Gültig ab", "von",
    ])
  func `a name of a beginning`(header: String) throws {
    #expect(try proposal(header: header) == ["name": "nom", "since": header])
  }

  @Test(
    arguments: [
      "Date d'expiration de l'agrément", "Date expiration agrément", "Agrément expire le", "Échéance de l'agrément",
      "Date d'échéance", "Fin", "Fin agrément", "Date de fin d'agrément", "Date d'agrément : fin", "dateFin",
      "Jusque", "Jusqu'au", "jusqu’au", "Validité jusqu'au", "Valable jusqu'à", "au", "Au", "Agrément au",
      "Date d'agrément au", "Date de validité", "Date de validité de l'agrément", "Date de retrait de l'agrément",
      "Date de radiation (adhésion)", "Einde", "Einddatum erkenning", "Vervaldatum", "tot", "Erkend tot", "tot en met",
      "Geldig tot", "Datum intrekking erkenning", "End date", "Approval end date", "Expiry", "Approval expiry date",
      "Expires", "Expires on", "Valid until", "Gültig bis", "Anerkannt bis", "Ende",
    ])
  func `a name of an end is never that of a beginning`(header: String) throws {
    #expect(try proposal(header: header) == ["name": "nom", "until": header])
  }

  @Test(
    arguments: [
      "Date d'agrément (fin)", "Date d'agrément (expiration)", "Date d'adhésion (jusqu'au)", "Effectif (fin 2022)",
      "Date de naissance", "Date de demande d'agrément",
    ])
  func `what may be either is neither`(header: String) throws {
    #expect(try proposal(header: header) == ["name": "nom"])
  }

  @Test func `each has its column, whatever their order`() throws {
    for (since, until) in [
      ("Date d'agrément", "Date d'expiration de l'agrément"), ("du", "au"), ("Agrément du", "Agrément au"),
      ("Erkend sinds", "Erkend tot en met"), ("Valid from", "Valid until"), ("Anerkannt von", "Anerkannt bis"),
    ] {
      for header in ["\(since);\(until)", "\(until);\(since)"] {
        let found = try proposal("nom;\(header)\nAlpha;2020-01-01;2021-01-01\n")
        #expect(found == ["name": "nom", "since": since, "until": until])
      }
    }
    // A second beginning is no end, and a second end no beginning.
    let begun = try proposal("nom;Depuis;Date de début de validité\nAlpha;2020-01-01;2020-01-01\n")
    #expect(begun == ["name": "nom", "since": "Depuis"])
    let ended = try proposal("nom;Jusqu'au;Date d'expiration de l'agrément\nAlpha;2020-01-01;2020-01-01\n")
    #expect(ended == ["name": "nom", "until": "Jusqu'au"])
  }

  @Test func `of two names the one that says more, or that holds days, is meant`() throws {
    let text = "nom;Motif de fin;Date de fin du contrat;Commune INSEE;Code commune du siège\nA;x;2020-01-01;a;b\n"
    let found = try proposal(text)
    #expect(found["until"] == "Date de fin du contrat" && found["commune"] == "Code commune du siège")
    #expect(try proposal("nom;Fin prévue;Fin réelle\nAlpha;non;2020-01-01\n")["until"] == "Fin réelle")
  }

  @Test func `a membership that would end before it begins is set aside`() throws {
    let text = """
      nom;du;au
      Alpha;2020-01-01;2019-12-31
      Beta;2020-01-01;2020-01-01
      Gamma;15/03/2020;2020
      Delta;2021;2020

      """
    let (entries, account) = try withFile("l.csv", utf8(text)) { try readList(Container.open($0)) }
    #expect(entries.map(\.name) == ["Beta", "Gamma"])
    #expect(account.rejected == ["reversed": 2] && account.isBalanced)
  }

  @Test(
    arguments: [
      ("01.05.2020", 20_200_501, 20_200_501), ("20200105", 20_200_105, 20_200_105), ("2020-02", 20_200_201, 20_200_229),
      ("02/2021", 20_210_201, 20_210_228), ("4.2020", 20_200_401, 20_200_430), ("2020", 20_200_101, 20_201_231),
    ] as [(String, Int32, Int32)])
  func `days and months as people write them`(text: String, first: Int32, last: Int32) throws {
    let list = "nom;du;au\nAlpha;\(text);\nBeta;;\(text)\n"
    let (entries, account) = try withFile("l.csv", utf8(list)) { try readList(Container.open($0)) }
    #expect(entries.map(\.period.since) == [first, nil] && entries.map(\.period.until) == [nil, last])
    #expect(account.rejected == [:])
  }

  @Test(arguments: ["5/1/20", "01.13.2020", "20201305", "13/2020", "2020-00", "/01/2020", "44926", "1.500", "01052020"])
  func `what may be another day is none`(text: String) throws {
    let account = try withFile("l.csv", utf8("nom;du\nAlpha;\(text)\n")) { try readList(Container.open($0)).account }
    #expect(account.rejected == ["date": 1])
  }

  private func idle(_ text: String, _ mapping: ListMapping) throws -> Int {
    try withFile("l.csv", utf8(text)) { try ListRules.columns.idleDates(Container.open($0), mapping) }
  }

  @Test func `dates that serve nothing are counted`() throws {
    var text = "nom;Arrêté;Visite;Mot\n"
    for index in 1...10 {
      // Eight values in ten are dates, and seven.
      let (order, visit) = (index <= 8 ? "2020-01-0\(index)" : "?", index <= 7 ? "03/02/2021" : "?")
      text += "Alpha \(index);\(order);\(visit);x\n"
    }
    #expect(try idle(text, ListMapping([.name: "nom"])) == 1)
    #expect(try idle(text, ListMapping([.name: "nom", .since: "Arrêté"])) == 0)
    // Settled, in a column or in none.
    #expect(try idle(text, ListMapping([.name: "nom"], setAside: [.since, .until])) == 0)
    #expect(try idle(text, ListMapping([.name: "nom"], setAside: [.since])) == 1)
    // What a name tells needs no remark.
    #expect(try idle("nom;depuis\nAlpha;2020-01-01\n", ListMapping([.name: "nom"])) == 0)
    #expect(try idle("nom;x\nAlpha;\n", ListMapping([.name: "nom"])) == 0)
  }
}
