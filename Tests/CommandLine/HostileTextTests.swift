import Diagnostics
import Filesystem
import Foundation
import Tabular
import TestSupport
import Testing
import Wording

/// What a file holds is shown, and never obeyed by the terminal.
@Suite("Hostile text, from the command line")
struct HostileTextTests {
  static let escape = "\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}"

  static func isHarmless(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0.isControl && $0 != "\n" }
  }

  @Test func `facts and places are harmless in a sentence`() throws {
    let words = try Words(share: Checkout.installation.share, language: .fr)
    let problem = Problem(
      "register.other_source", at: Place(file: "a\nb\(Self.escape).zip", entry: "\(Self.escape).csv", line: 3),
      ["expected": "kbo", "found": "x\n\(Self.escape)"])
    let text = words.describe(problem)
    #expect(Self.isHarmless(text), "\(text)")
    #expect(text.hasPrefix("a b�]0;owned��2J�.zip"), "\(text)")
    // The message, and its remedy: no line came from the file.
    #expect(text.split(separator: "\n").count == 2)
    #expect(words("init.done", ["folder": "a\tb"]).contains("a b"))
  }

  @Test func `an entry of a zip`() throws {
    let folder = try TemporaryFolder()
    for (name, rows) in [("good.zip", SampleFiles.units(40)), ("bad.zip", SampleFiles.units(3) + "a\u{0}b\n")] {
      let file = try folder.write(name, SampleFiles.zip("\(Self.escape).csv", Array(rows.utf8)))
      for format in ["text", "json"] {
        let outcome = try Program.run(
          "import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder[format], "--format", format)
        #expect(outcome.status == (name == "good.zip" ? 0 : 1))
        #expect(Self.isHarmless(outcome.output) && Self.isHarmless(outcome.messages), "\(name) as \(format)")
      }
    }
  }

  @Test func `a rejected row, kept with its reason`() throws {
    let folder = try TemporaryFolder()
    let row = "100000042,O,\(Self.escape),A,9220,88.99B,NAFRev2,11\n"
    let file = try folder.write("stock.csv", SampleFiles.units(500) + row)
    let outcome = try Program.run("import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder["o"])
    #expect(outcome.status == 0)
    let kept = try Folder.contents(of: folder["o"] + "/sources/sirene-units/2026-03/rejected.csv")
    let text = String(decoding: kept, as: UTF8.self)
    #expect(Self.isHarmless(text) && text.contains("owned"), "\(text)")
  }

  @Test func `a document for machines says the same, escaped`() throws {
    let name = "a\(Self.escape)b\u{7f}"
    let text = String(decoding: try JSONEncoder().encode([name]), as: UTF8.self).escapedControls
    #expect(Self.isHarmless(text))
    #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == [name])
  }
}
