import Diagnostics
import Filesystem
import Registers
import TestSupport
import Testing
import Warehouse

/// What an import keeps of how a list was read, and what it tells.
@Suite("Imports of lists")
struct ListImportTests {
  private let folder: TemporaryFolder
  private let observatory: Observatory

  init() throws {
    folder = try TemporaryFolder()
    observatory = try Observatory(folder["o"], create: true)
  }

  private func importing(_ text: String, map: String? = nil) throws -> Receipt {
    var request = Importer.Request(.list, path: try folder.write("a.csv", text))
    request.listName = "acteurs"
    request.listColumns = try ListMapping(options: map.map { [$0] } ?? [])
    request.replaces = true
    return try observatory.importer.run(request)
  }

  @Test func `columns that came are adopted and kept`() throws {
    #expect(try importing("nom;cp\nAlpha;59000\n").columns == ["name": "nom", "postcode": "cp"])
    let grown = try importing("nom;cp;Date d'agrément;Fin d'agrément\nAlpha;59000;2020-01-01;2024-12-31\n")
    let columns = ["name": "nom", "postcode": "cp", "since": "Date d'agrément", "until": "Fin d'agrément"]
    #expect(grown.columns == columns)
    #expect(grown.files.first?.remarks == [:])
    #expect(try ListMapping(file: "\(observatory.mappings)/acteurs.csv").plain == columns)
  }

  @Test func `what was set aside is not adopted again`() throws {
    let text = "nom;depuis;fin\nAlpha;2020-01-01;2024-12-31\n"
    #expect(try importing(text, map: "since=").columns == ["name": "nom", "until": "fin"])
    let path = "\(observatory.mappings)/acteurs.csv"
    let kept = try String(decoding: Folder.contents(of: path), as: UTF8.self)
    #expect(kept.contains("\nsince,\n"))
    #expect(try importing(text + "Beta;;\n").columns == ["name": "nom", "until": "fin"])
    #expect(try importing(text, map: "since=depuis").columns == ["name": "nom", "since": "depuis", "until": "fin"])
  }

  @Test func `dates that serve nothing are remarked on until they are settled`() throws {
    let text = "nom;Arrêté du préfet\nAlpha;2020-01-01\nBeta;03/02/2021\n"
    #expect(try importing(text).files.first?.remarks == ["dates_unused": 1])
    #expect(try importing(text, map: "since=Arrêté du préfet,until=").files.first?.remarks == [:])
  }

  @Test func `numbers that were completed are remarked on`() throws {
    let text = "siren;nom\n5580501;Alpha\n732829320;Beta\n"
    #expect(try importing(text).files.first?.remarks == ["completed_numbers": 1])
  }

  @Test func `a refusal names every reason`() throws {
    let text = "siren;nom;du;au\n732829320;A;2020-01-01;2019-01-01\n123456789;B;;\n123456788;C;;\n"
    let problem = expectProblem("import.too_many_rejected", line: 2) { _ = try importing(text) }
    let parts = problem?.parts ?? []
    #expect(parts.map { $0.facts["reason"] } == ["@reason.identifier", "@reason.reversed"])
    #expect(parts.map { $0.facts["count"] } == ["#2", "#1"])
    #expect(parts.map(\.place.line) == [3, 2])
    #expect(parts.first?.facts["row"]?.hasPrefix("123456789;B") == true)
  }

  @Test func `a folder is no list`() throws {
    try folder.write("lists/a.csv", "nom\nAlpha\n")
    var request = Importer.Request(.list, path: folder["lists"])
    request.listName = "acteurs"
    let problem = expectProblem("list.folder") { _ = try observatory.importer.run(request) }
    #expect(problem?.facts["found"] == "a.csv")
  }
}
