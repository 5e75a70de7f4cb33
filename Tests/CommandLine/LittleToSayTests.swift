import Foundation
import TestSupport
import Testing

/// Files that do not go together, or are not there: commands say so, rather than zeros.
@Suite("Where there is little to say")
struct LittleToSayTests {
  private static func run(_ line: [String], in folder: TemporaryFolder) throws -> Program.Outcome {
    let program = try Program(line + ["--observatory", folder["o"]])
    try program.process.run()
    return try program.finish()
  }

  private static func importing(
    _ source: String, _ text: String, _ vintage: String, in folder: TemporaryFolder
  ) throws {
    let path = try folder.write("\(source)-\(vintage).csv", text)
    let outcome = try run(["import", source, path, "--vintage", vintage], in: folder)
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  /// One association of Lille with its establishment, unless units and establishments are of others.
  private static func built(in folder: TemporaryFolder, unit: Int = 1) throws -> Program.Outcome {
    try importing("sirene-units", SmallSirene.units([.init(SmallSirene.siren(unit))]), "2025-01", in: folder)
    let places = SmallSirene.establishments([.init(SmallSirene.siret(SmallSirene.siren(1), 1))])
    try importing("sirene-establishments", places, "2025-01", in: folder)
    let outcome = try run(["build"], in: folder)
    #expect(outcome.status == 0, "\(outcome.messages)")
    return outcome
  }

  @Test func `a build of establishments without their units says so`() throws {
    let folder = try TemporaryFolder()
    let apart = try Self.built(in: folder, unit: 2)
    #expect(apart.messages.contains("1 établissement sur 1 n'a pas son unité légale"), "\(apart.messages)")
    let other = try TemporaryFolder()
    let together = try Self.built(in: other)
    #expect(!together.messages.contains("unité légale"), "\(together.messages)")
  }

  @Test func `a check says which file no build will take, and why`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.built(in: folder)
    try Self.importing("sirene-units", SmallSirene.units([.init(SmallSirene.siren(1))]), "2018-07", in: folder)
    let outcome = try Self.run(["check"], in: folder)
    #expect(
      outcome.output.contains("sirene-units 2018-07 : sirene-establishments de la même date n'est pas là"),
      "\(outcome.output)")
    #expect(!outcome.output.contains("en tient compte"), "\(outcome.output)")
  }

  @Test func `publishers who say nothing of a territory are told without a year`() throws {
    let folder = try TemporaryFolder()
    _ = try Self.built(in: folder)
    func told(_ more: String...) throws -> Program.Outcome {
      try Self.run(["reconcile", "--territory", "FR-COM-59350"] + more, in: folder)
    }
    let elsewhere = try told("--source", "onss")
    #expect(elsewhere.status == 2 && elsewhere.messages.contains("Les tableaux onss sont du pays Belgique"))
    let never = try told("--source", "urssaf")
    #expect(never.status == 2 && never.messages.contains("(urssaf) ne parle de FR-COM-59350"), "\(never.messages)")
    #expect(try told().messages.contains("(urssaf, flores, onss, vat, survey)"))
    for outcome in [elsewhere, never] { #expect(!outcome.messages.contains("en 0"), "\(outcome.messages)") }
  }
}
