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
    let alpha = SmallSirene.siren(3)
    let sheet = try Program.run("sheet", alpha, "--lang", "en", "--observatory", folder["o"])
    #expect(sheet.output.contains("acteurs.csv (by the name and the commune, confidence 1)"), "\(sheet)")
    let document = try Program.run("sheet", alpha, "--format", "json", "--observatory", folder["o"])
    let told = try JSONSerialization.jsonObject(with: Data(document.output.utf8)) as? [String: Any]
    let match = (told?["matches"] as? [[String: Any]])?.first
    #expect(match?["method"] as? String == "name_commune" && match?["confidence"] as? Double == 1, "\(document)")
    let check = try Program.run("check", "--lang", "en", "--observatory", folder["o"])
    #expect(check.status == 0, "\(check.output)")
    let row = check.output.split(separator: "\n").first { $0.hasPrefix("list/acteurs-locaux") } ?? ""
    #expect(row.split(separator: " ").map(String.init) == ["list/acteurs-locaux", "2", "0", "1", "0", "1", "0", "0"])
  }

  /// Who was approved until 2019 has a unit all the same.
  @Test func `a membership that has ended is counted apart from those without a unit`() throws {
    let folder = try observatory()
    let rows = ["\(SmallSirene.siren(1));31/12/2019", "\(SmallSirene.siren(2));", "\(SmallSirene.siren(9));"]
    let file = try folder.write("adherents.csv", "siren;fin\n" + rows.joined(separator: "\n") + "\n")
    let imported = try Program.run("import", "list", file, "--list", "adherents", "--observatory", folder["o"])
    #expect(imported.status == 0, "\(imported.messages)")
    #expect(try Program.run("build", "--observatory", folder["o"]).status == 0)
    let check = try Program.run("check", "--lang", "en", "--observatory", folder["o"])
    let row = check.output.split(separator: "\n").first { $0.hasPrefix("list/adherents") } ?? ""
    #expect(row.split(separator: " ").map(String.init) == ["list/adherents", "3", "1", "0", "0", "0", "1", "1"])
  }

  @Test func `a decision that gives a number of no register is listed`() throws {
    let folder = try observatory()
    let file = try folder.write("acteurs.csv", Self.list)
    _ = try Program.run("import", "list", file, "--list", "acteurs-locaux", "--observatory", folder["o"])
    _ = try Program.run("build", "--observatory", folder["o"])
    let path = folder["o"] + "/review/acteurs-locaux.csv"
    let number = SmallSirene.siren(900)
    // One row waits, and the decision is the end of its line.
    let text = String(decoding: try Folder.contents(of: path), as: UTF8.self)
    try Folder.write(Array("\(text.dropLast())\(number)\n".utf8), to: path)
    let built = try Program.run("build", "--lang", "en", "--observatory", folder["o"])
    #expect(built.messages.contains("1 decision gives a number"), "\(built.messages)")
    let listed = try Program.run("review", "--lang", "en", "--observatory", folder["o"])
    #expect(listed.status == 0 && listed.output.contains("Line 2, "), "\(listed)")
    #expect(listed.output.contains("Foyer rural: no register has the number \(number)"), "\(listed.output)")
    let review = try Program.run("review", "--observatory", folder["o"], "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(review.output.utf8)) as? [[String: Any]]
    #expect((object?.first?["shared_numbers"] as? [Any])?.isEmpty == true)
    let unknown = object?.first?["unknown_numbers"] as? [[String: Any]]
    #expect(unknown?.first?["line"] as? Int == 2 && unknown?.first?["number"] as? String == number)
  }

  @Test func `a membership that has ended is told with its days`() throws {
    let folder = try observatory()
    let siren = SmallSirene.siren(3)
    let file = try folder.write("l.csv", "siren;nom;date de début;date de fin\n\(siren);Alpha;01/06/2020;31/12/2023\n")
    let imported = try Program.run("import", "list", file, "--list", "esus", "--observatory", folder["o"])
    #expect(imported.status == 0, "\(imported.messages)")
    let built = try Program.run("build", "--observatory", folder["o"])
    #expect(built.status == 0, "\(built.messages)")
    for command in ["explain", "sheet"] {
      let told = try Program.run(command, siren, "--lang", "en", "--observatory", folder["o"])
      let days = "(esus), from 01/06/2020 to 31/12/2023; on 01/01/2024"
      #expect(told.status == 0 && told.output.contains(days), "\(command): \(told)")
    }
    let sheet = try Program.run("sheet", siren, "--observatory", folder["o"], "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(sheet.output.utf8)) as? [String: Any]
    let membership = (object?["memberships"] as? [[String: Any]])?.first
    #expect(membership?["until"] as? String == "2023-12-31" && membership?["ended"] as? Bool == true)
    #expect((object?["lists"] as? [String])?.isEmpty == true)
  }

  /// No perimeter has it any more: the list still says why it was in one.
  @Test func `a membership that has ended is told of an organisation that is not in the directory`() throws {
    let folder = try TemporaryFolder()
    let sirens = (1...2).map(SmallSirene.siren)
    let units = [SmallSirene.Unit(sirens[0]), SmallSirene.Unit(sirens[1], form: "5710", name: "MENUISERIE")]
    for (source, text) in [
      ("sirene-units", SmallSirene.units(units)),
      ("sirene-establishments", SmallSirene.establishments(sirens.map { .init(SmallSirene.siret($0, 1)) })),
    ] {
      let file = try folder.write("\(source).csv", text)
      #expect(try Program.run("import", source, file, "--observatory", folder["o"]).status == 0)
    }
    let file = try folder.write("l.csv", "siren;nom;date de fin\n\(sirens[1]);Menuiserie;31/12/2023\n")
    #expect(try Program.run("import", "list", file, "--list", "esus", "--observatory", folder["o"]).status == 0)
    let built = try Program.run("build", "--observatory", folder["o"])
    #expect(built.status == 0, "\(built.messages)")
    for line in [["sheet", sirens[1]], ["find", sirens[1]], ["sheet", SmallSirene.siret(sirens[1], 1)]] {
      let told = try Program.run(line[0], line[1], "--lang", "en", "--observatory", folder["o"])
      #expect(told.status == 1 && told.messages.contains("(esus), until 31/12/2023"), "\(line): \(told)")
      #expect(told.messages.contains("essor explain"), "\(line): \(told)")
    }
    let other = try Program.run("sheet", SmallSirene.siren(9), "--lang", "en", "--observatory", folder["o"])
    #expect(other.status == 1 && !other.messages.contains("esus"), "\(other)")
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
