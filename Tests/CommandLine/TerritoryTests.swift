import Filesystem
import Foundation
import Territory
import TestSupport
import Testing
import Wording

@testable import Console

@Suite("Territories, from the command line")
struct TerritoriesCommandTests {
  @Test func `namesakes stand with the département and the region`() throws {
    let outcome = try Program.run("territories", "saint-denis")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("FR-COM-93066") && outcome.output.contains("Seine-Saint-Denis, Île-de-France"))
    // A header, a rule, at most forty, and how many more there are.
    #expect(outcome.output.split(separator: "\n").count == 43)
    #expect(outcome.output.contains("autres : précisez le nom"), "\(outcome.output)")
  }

  @Test func `in Dutch, by its Dutch name`() throws {
    let outcome = try Program.run("territories", "luik", "--lang", "nl")
    #expect(outcome.output.contains("BE-COM-62063") && outcome.output.contains("Luik, "), "\(outcome.output)")
  }

  @Test(
    arguments: [("en", "Belgium", "Walloon Region", "Region,"), ("nl", "België", "Waals Gewest", "Gewest,")])
  func `countries and regions in the language of the reader`(
    language: String, country: String, region: String, around: String
  ) throws {
    let listed = try Program.run("territories", "--lang", language).output
    #expect(listed.contains(country) && listed.contains(region), "\(listed)")
    #expect(!listed.contains("Belgique") && !listed.contains("wallonne"), "\(listed)")
    let found = try Program.run("territories", region, "--lang", language).output
    #expect(found.contains("BE-REG-03000") && found.contains(country), "\(found)")
  }

  @Test func `as a document`() throws {
    let outcome = try Program.run("territories", "lille", "--format", "json")
    let items = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    let lille = try #require(items.first { $0["code"] as? String == "FR-COM-59350" })
    #expect(lille["within"] as? [String] == ["FR-DEP-59", "FR-REG-32"])
  }

  @Test func `as a list for spreadsheets, in a file`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run("territories", "lille", "--format", "csv", "--output", folder["lille.csv"])
    #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome)")
    let lines = String(decoding: try Folder.contents(of: folder["lille.csv"]), as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "code,level,level_name,name,name_nl,name_de,name_en,former,within,divided")
    let lille = try #require(lines.first { $0.hasPrefix("FR-COM-59350,commune,commune,Lille,") })
    #expect(lille.contains("FR-DEP-59|FR-REG-32"), "\(lille)")
    let workbook = try Program.run("territories", "lille", "--format", "xlsx", "--output", folder["lille.xlsx"])
    #expect(workbook.status == 0, "\(workbook)")
    #expect(try Folder.contents(of: folder["lille.xlsx"]).starts(with: "PK".utf8))
    let refused = try Program.run("territories", "lille", "--format", "sdmx-xml")
    #expect(refused.status == 2 && refused.messages.contains("essor export catalogue"), "\(refused.messages)")
  }

  @Test func `a commune that was divided, with the shares of those of today`() throws {
    let book = try TerritoryBook(
      Checkout.installation, movements: [.init(Day(1965, 1, 1), "59997", ["59350", "59009"])],
      former: [FormerCommune(code: "59997", names: ["Entre-Deux"])])
    let listing = TerritoryListing(try Words(share: Checkout.installation.share, language: .fr), book)
    let divided = TerritorySearch(book).divided("59997")
    let text = listing.text([], divided)
    #expect(text.contains("FR-COM-59997") && text.contains("Entre-Deux"), "\(text)")
    #expect(text.contains("divisée : FR-COM-59350 Lille (79 %), FR-COM-59009 "), "\(text)")
    let document = try listing.json([], divided)
    let items = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [[String: Any]])
    let parts = try #require(items.first?["divided"] as? [[String: Any]])
    #expect(parts.compactMap { $0["code"] as? String } == ["FR-COM-59350", "FR-COM-59009"])
  }

  @Test(arguments: [("roubaixe", "Roubaix"), ("xqzxqzxqzxqz", "→")])
  func `nothing found`(name: String, says: String) throws {
    let outcome = try Program.run("territories", name)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.messages.contains(name) && outcome.messages.contains(says), "\(outcome.messages)")
  }

  @Test(
    arguments: [
      ("lille", "Lille : FR-COM-59350 (commune, Nord, Hauts-de-France)"),
      ("FR-COM-59355", "partie de FR-COM-59350 (Lille)"),
      ("BE-COM-55022", "La Louvière, qui a maintenant le code BE-COM-58001"),
      ("BE-COM-44049", "partie de BE-COM-44083"),
      ("59355", "partie de FR-COM-59350"), ("59350", "→ Écrivez FR-COM-59350"), ("FR-COM-99999", "n'existe pas"),
    ])
  func `a name or an old code in the place of a code`(typed: String, says: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run("init", folder["o"], "--territory", typed)
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains(says), "\(outcome.messages)")
  }

  /// It is told where territories are looked at, and to whoever asks for that one: not to everybody, every time.
  @Test func `a faulty territory made to measure is told where it matters`() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run("init", folder["o"]).status == 0)
    let file = try folder.write(
      "o/territories/mien.csv", "# title_fr: Mien\n# author: Moi\ncode\nFR-COM-99999\n")
    func told(_ line: String...) throws -> Program.Outcome {
      let program = try Program(line + ["--observatory", folder["o"]])
      try program.process.run()
      return try program.finish()
    }
    let listed = try told("territories", "namur")
    #expect(listed.status == 0 && listed.messages.contains(file), "\(listed.messages)")
    let other = try told("outlines", "BE-COM-92094", "--level", "departement")
    #expect(other.status == 2 && !other.messages.contains(file), "\(other.messages)")
    let asked = try told("outlines", "zone-mien")
    #expect(asked.status == 1 && asked.messages.contains(file), "\(asked.messages)")
    #expect(asked.messages.contains("FR-COM-99999") && asked.messages.contains("→"), "\(asked.messages)")
  }

  /// The events of French communes are not imported there.
  @Test func `what a French territory was is not known without the events of communes`() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run("demo", folder["demo"], "--scale", "0.001", "--no-serve").status == 0)
    for territory in ["FR-COM-59350", "FR-COM-59355", "FR-REG-32"] {
      let outcome = try Program.run(
        "table", "T01", "--territory", territory, "--geography", "1990", "--observatory", folder["demo/observatory"])
      #expect(outcome.status == 2)
      #expect(outcome.messages.contains("ce qu'était \(territory) le 1990-01-01"), "\(outcome.messages)")
      #expect(outcome.messages.contains("essor import communes"), "\(outcome.messages)")
    }
  }
}
