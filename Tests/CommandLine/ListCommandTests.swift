import Filesystem
import Foundation
import TestSupport
import Testing

/// Lists of people, from the command line.
@Suite("Lists without numbers")
struct ListCommandTests {
  private static let list = "nom;cp;ville\nFoyer rural;59000;Lille\nAlpha;59000;Lille\n"

  private func observatory() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let units = (1...3).map { SmallSirene.Unit(SmallSirene.siren($0), name: $0 == 3 ? "ALPHA" : "FOYER RURAL") }
    let places = (1...3).map { SmallSirene.Place(SmallSirene.siret(SmallSirene.siren($0), 1)) }
    for (source, text) in [
      ("sirene-units", SmallSirene.units(units)), ("sirene-establishments", SmallSirene.establishments(places)),
    ] {
      let file = try folder.write("\(source).csv", text)
      #expect(try Program.run("import", source, file, "--observatory", folder["o"]).status == 0)
    }
    return folder
  }

  @Test func `from a list to a decision`() throws {
    let folder = try observatory()
    let file = try folder.write("acteurs.csv", Self.list)
    let imported = try Program.run(
      "import", "list", file, "--list", "acteurs-locaux", "--lang", "en", "--observatory", folder["o"])
    #expect(imported.status == 0, "\(imported.messages)")
    #expect(imported.messages.contains("name=nom, postcode=cp, place=ville"), "\(imported.messages)")
    #expect(imported.messages.contains("No perimeter knows the list"), "\(imported.messages)")
    let built = try Program.run("build", "--lang", "en", "--observatory", folder["o"])
    #expect(built.messages.contains("list/acteurs-locaux: 1 doubtful match to decide"), "\(built.messages)")
    let review = try Program.run("review", "acteurs-locaux", "--observatory", folder["o"], "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(review.output.utf8)) as? [[String: Any]]
    #expect(object?.first?["waiting"] as? Int == 1)
    let records = object?.first?["records"] as? [[String: Any]]
    #expect((records?.first?["candidates"] as? [String])?.count == 2)
    let text = try Program.run("review", "--lang", "en", "--observatory", folder["o"])
    #expect(text.output.contains("acteurs-locaux: 1 to decide, 0 decided"), "\(text.output)")
    #expect(text.output.contains("Foyer rural  59000 Lille"), "\(text.output)")
    let check = try Program.run("check", "--lang", "en", "--observatory", folder["o"])
    #expect(check.status == 0, "\(check.output)")
    let row = check.output.split(separator: "\n").first { $0.hasPrefix("list/acteurs-locaux") } ?? ""
    #expect(row.split(separator: " ").map(String.init) == ["list/acteurs-locaux", "2", "0", "1", "0", "1", "0"])
  }

  @Test(
    arguments: [
      (["--map", "name=Nom"], 1, "nom"), (["--map", "nom=x"], 2, "siren, siret, bce"), (["--list", "É!"], 2, "«"),
      (["--list", "esuss"], 0, "esus"), (["--list", "rna"], 2, "rna"), (["--map", "name=,postcode=,place="], 1, "cp"),
    ])
  func `what cannot be is told`(options: [String], status: Int32, said: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("acteurs.csv", Self.list)
    let list = options.contains("--list") ? [] : ["--list", "acteurs"]
    let program = try Program(["import", "list", file, "--observatory", folder["o"]] + list + options)
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == status, "\(outcome.messages)")
    #expect(outcome.messages.contains(said), "\(outcome.messages)")
  }

  @Test func `nothing waits where nothing was built, and a review that is none is told`() throws {
    let folder = try observatory()
    let none = try Program.run("review", "--lang", "en", "--observatory", folder["o"])
    #expect(none.status == 0 && none.output.contains("Nothing to decide"), "\(none.output)")
    let unknown = try Program.run("review", "esus", "--observatory", folder["o"])
    #expect(unknown.status == 2 && unknown.messages.contains("esus"), "\(unknown.messages)")
  }
}
