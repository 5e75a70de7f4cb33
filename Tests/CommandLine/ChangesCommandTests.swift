import Filesystem
import Foundation
import TestSupport
import Testing

/// Two stocks of each register, of other dates; each has an association more in its second one.
@Suite("Changes, from the command line")
struct ChangesCommandTests {
  private static func run(_ line: [String], in folder: TemporaryFolder) throws -> Program.Outcome {
    let program = try Program(line + ["--observatory", folder["o"]])
    try program.process.run()
    return try program.finish()
  }

  /// A territory of Lille and Namur, and a release of both stocks.
  private static func built(in folder: TemporaryFolder) throws {
    func importing(_ source: String, _ path: String, _ vintage: String) throws {
      let outcome = try run(["import", source, path, "--vintage", vintage], in: folder)
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    for (count, french, belgian) in [(1, "2025-01", "2024-03"), (2, "2026-01", "2025-03")] {
      let sirens = (1...count).map(SmallSirene.siren)
      let units = SmallSirene.units(sirens.map { .init($0) })
      let places = SmallSirene.establishments(sirens.map { .init(SmallSirene.siret($0, 1)) })
      try importing("sirene-units", folder.write("u\(count).csv", units), french)
      try importing("sirene-establishments", folder.write("e\(count).csv", places), french)
      var kbo = SmallKBO()
      kbo.enterprises = (1...count).map { .init(SmallKBO.number(4_000_000 + $0)) }
      kbo.establishments = (1...count).map { (SmallKBO.number(20_000_000 + $0), SmallKBO.number(4_000_000 + $0)) }
      kbo.activities = (1...count).map { (SmallKBO.number(4_000_000 + $0), "006", "2008", "88999") }
      for table in kbo.tables { try folder.write("kbo\(count)/\(table.name)", table.text) }
      try importing("kbo", folder["kbo\(count)"], belgian)
    }
    try folder.write(
      "o/territories/essai.csv", "# title_fr: Essai\n# author: Moi\ncode\nFR-COM-59350\nBE-COM-92094\n")
    let outcome = try run(["build"], in: folder)
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  private struct Document: Decodable {
    struct Account: Decodable {
      struct Family: Decodable {
        let family: String
        let before: Int
        let came: [String: Int]
        let after: Int
      }
      let country: String
      let from: String
      let to: String
      let families: [Family]
    }
    let territory: String
    let accounts: [Account]
  }

  @Test func `a territory of both countries has two accounts, each with the stocks of its register`() throws {
    let folder = try TemporaryFolder()
    try Self.built(in: folder)
    func told(_ more: String...) throws -> Program.Outcome {
      try Self.run(["changes", "--territory", "ZONE-ESSAI"] + more, in: folder)
    }
    let json = try told("--format", "json")
    let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
    #expect(document.territory == "ZONE-ESSAI")
    #expect(document.accounts.map(\.country) == ["FR", "BE"])
    #expect(document.accounts.map(\.from) == ["2025-01", "2024-03"])
    #expect(document.accounts.map(\.to) == ["2026-01", "2025-03"])
    for account in document.accounts {
      let total = try #require(account.families.first { $0.family == "total" })
      // The two are not added up.
      #expect((total.before, total.after) == (1, 2), "\(account.country)")
      #expect(total.came == ["appearance": 1], "\(account.country)")
    }
    let text = try told().output
    let titles = text.split(separator: "\n").filter { $0.contains("Essai (") }
    #expect(titles.count == 2, "\(text)")
    #expect(titles.first?.contains("Essai (France), de 2025-01 à 2026-01") == true, "\(text)")
    #expect(titles.last?.contains("Essai (Belgique), de 2024-03 à 2025-03") == true, "\(text)")
    #expect(text.contains("ne s'additionnent pas"), "\(text)")
    let rows = try told("--format", "csv").output.split(separator: "\n").filter { $0.contains(",total,") }
    for country in ["FR", "BE"] { #expect(rows.contains { $0.hasPrefix("ZONE-ESSAI,\(country),") }, "\(rows)") }

    // One side, asked for; or told alone, with what keeps the other from being told.
    let side = try told("--country", "be", "--format", "json")
    #expect(try JSONDecoder().decode(Document.self, from: Data(side.output.utf8)).accounts.map(\.country) == ["BE"])
    #expect(side.messages.isEmpty, "\(side.messages)")
    let dated = try told("--from", "2025-01")
    #expect(dated.status == 0 && dated.output.contains("Essai (France)") && !dated.output.contains("(Belgique)"))
    #expect(dated.messages.contains("Belgique") && dated.messages.contains("2024-03, 2025-03"), "\(dated.messages)")
    let french = try told("--perimeter", "fr-insee-2008")
    #expect(french.status == 0 && french.output.contains("Essai (France)") && !french.output.contains("(Belgique)"))
    #expect(french.messages.contains("ne dit rien de BE"), "\(french.messages)")
    // Nothing of either.
    #expect(try told("--from", "1999-01").status == 2)
    let wrong = try told("--country", "LU")
    #expect(wrong.status == 2 && wrong.messages.contains("FR, BE"), "\(wrong.messages)")
    // Where there is one country, there is no other side.
    let lille = try Self.run(["changes", "--territory", "FR-COM-59350", "--country", "BE"], in: folder)
    #expect(lille.status == 2 && lille.messages.contains("FR"), "\(lille.messages)")
  }
}
