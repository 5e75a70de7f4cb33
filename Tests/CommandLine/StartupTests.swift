import Filesystem
import Foundation
import TestSupport
import Testing

/// Before there is a sentence to say, what is wrong is still said in sentences.
@Suite("Starting up")
struct StartupTests {
  /// A copy of share/ whose sentences are changed.
  static func share(_ folder: borrowing TemporaryFolder, _ change: (String) -> String) throws -> String {
    let share = folder["share"]
    try FileManager.default.copyItem(atPath: Checkout.installation.share, toPath: share)
    let file = share + "/lang/messages.csv"
    let text = String(decoding: try Folder.contents(of: file), as: UTF8.self)
    try Data(change(text).utf8).write(to: URL(fileURLWithPath: file))
    return share
  }

  @Test func `damaged sentences: the file, the line and what to do, in French then English`() throws {
    let folder = try TemporaryFolder()
    let share = try Self.share(folder) { "# id: messages\nkey,fr,nl,en\na,b,c,d\nabîmé\n" + $0 }
    let outcome = try Program.run("tables", environment: ["ESSOR_SHARE": share])
    let lines = outcome.messages.split(separator: "\n")
    #expect(outcome.status == 3)
    #expect(lines.count == 4, "\(outcome.messages)")
    #expect(lines[0].hasPrefix("essor: \(share)/lang/messages.csv, ligne 4 : les phrases"), "\(outcome.messages)")
    #expect(lines[1].contains("→ Corrigez cette ligne") && lines[1].contains("make install"))
    #expect(lines[2].hasPrefix("essor: \(share)/lang/messages.csv, line 4: the sentences"), "\(outcome.messages)")
    #expect(!outcome.messages.contains("Problem("))
  }

  @Test func `no sentences at all`() throws {
    let folder = try TemporaryFolder()
    let share = try Self.share(folder) { _ in "" }
    try FileManager.default.removeItem(atPath: share + "/lang/messages.csv")
    let outcome = try Program.run("tables", environment: ["ESSOR_SHARE": share])
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("messages.csv : les phrases"), "\(outcome.messages)")
    #expect(outcome.messages.contains("→ Rétablissez ce fichier"))
  }

  @Test func `a wrong ESSOR_SHARE is named`() throws {
    let outcome = try Program.run("tables", environment: ["ESSOR_SHARE": "/nowhere/share"])
    #expect(outcome.status == 3)
    #expect(outcome.messages.hasPrefix("essor: ESSOR_SHARE indique « /nowhere/share »"), "\(outcome.messages)")
    #expect(outcome.messages.contains("→ Correct or unset that variable"))
  }

  @Test(arguments: [["--lang", "xx"], ["--lang=xx"], []])
  func `an unknown language, and where it came from`(option: [String]) throws {
    let program = try Program(["tables"] + option, environment: option.isEmpty ? ["ESSOR_LANG": "xx"] : [:])
    try program.process.run()
    let outcome = try program.finish()
    let origin = option.isEmpty ? "ESSOR_LANG" : "--lang"
    #expect(outcome.status == 2)
    #expect(outcome.messages.hasPrefix("essor: \(origin) : « xx » n'est pas une langue"), "\(outcome.messages)")
    for line in outcome.messages.split(separator: "\n") {
      #expect(line.contains(origin) && line.contains("fr, nl, en"))
    }
  }

  @Test func `the option wins over the variable, and a variable set to nothing is not set`() throws {
    let dutch = try Program.run("tables", "--lang", "nl", environment: ["ESSOR_LANG": "xx"])
    #expect(dutch.status == 0 && dutch.output.contains("Kerncijfers"))
    let french = try Program.run("tables", environment: ["ESSOR_LANG": ""])
    #expect(french.status == 0 && french.output.contains("Chiffres clés"))
  }
}
