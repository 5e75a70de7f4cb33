import Diagnostics
import Registers
import Tabular
import TestSupport
import Testing

/// A mapping that is kept, and a list that has other columns than the last time.
@Suite("Lists that grow")
struct ListGrowthTests {
  private func completed(_ mapping: ListMapping, _ header: String) throws -> ListMapping {
    let row = header.split(separator: ";").map { _ in "x" }.joined(separator: ";")
    return try withFile("l.csv", utf8("\(header)\n\(row)\n")) {
      try ListRules.columns.completed(mapping, for: Container.open($0))
    }
  }

  @Test func `a column that came is taken by its name`() throws {
    let kept = ListMapping([.name: "nom", .place: "quartier"])
    let found = try completed(kept, "nom;quartier;Ville;Fin;SIREN;Divers")
    #expect(found == ListMapping([.name: "nom", .place: "quartier", .siren: "SIREN", .until: "Fin"]))
    #expect(try completed(found, "nom;quartier;Ville;Fin;SIREN;Divers") == found)
  }

  @Test func `what was set aside stays so`() throws {
    let kept = ListMapping([.name: "nom"], setAside: [.until])
    #expect(try completed(kept, "nom;Fin;Depuis").columns == [.name: "nom", .since: "Depuis"])
    #expect(try completed(kept, "nom;Fin;Depuis").setAside == [.until])
  }

  /// A second postal code is no number of anything else, and a telephone no number beside a SIREN.
  @Test func `a column is no second choice`() throws {
    let kept = ListMapping([.siren: "SIREN", .postcode: "CP"])
    let header = "SIREN;CP;Code postal du siège;Numéro de téléphone;Nom;Commune du siège"
    let found = try completed(kept, header)
    #expect(found.columns == [.siren: "SIREN", .postcode: "CP", .place: "Commune du siège"])
    // A column serves one purpose.
    let place = ListMapping([.name: "Nom", .category: "Commune du siège", .siren: "SIREN", .postcode: "CP"])
    #expect(try completed(place, header) == place)
  }

  @Test func `two numbers of one name are not chosen between`() throws {
    expectProblem("table.repeated_column", line: 1) {
      _ = try completed(ListMapping([.name: "nom"]), "nom;SIREN;siren")
    }
  }

  @Test func `what is set aside is kept in so many words`() throws {
    let asked = try ListMapping(options: ["since=,name=nom"])
    #expect(asked.columns == [.name: "nom"] && asked.setAside == [.since])
    let kept = ListMapping([.name: "titre", .since: "Depuis"]).corrected(by: asked)
    #expect(kept == asked && kept.plain == ["name": "nom"])
    let bytes = kept.bytes(for: "x")
    #expect(String(decoding: bytes, as: UTF8.self) == "# list: x\nfield,column\nname,nom\nsince,\n")
    let again = try withFile("m.csv", bytes) { try ListMapping(file: $0) }
    #expect(again == kept)
    // Until somebody names a column for it.
    let named = try kept.corrected(by: ListMapping(options: ["since=Depuis"]))
    #expect(named == ListMapping([.name: "nom", .since: "Depuis"]))
  }

  @Test(arguments: [["siren=N° SIREN,name=N° SIREN"], ["siren=N° SIREN", "place=,name=N° SIREN"]])
  func `a column that is given to two fields is refused`(options: [String]) {
    let problem = expectProblem("list.map_column") { _ = try ListMapping(options: options) }
    #expect(problem?.status == .commandLine)
    #expect(problem?.facts == ["column": "N° SIREN", "first": "siren", "other": "name"])
  }
}
