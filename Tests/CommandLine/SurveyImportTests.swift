import Filesystem
import Foundation
import TestSupport
import Testing

/// Results of surveys on their way from a file to figures beside those of the units.
@Suite("Surveys imported")
struct SurveyImportTests {
  private static let departements = ["02", "59", "60", "62", "80"]

  /// Two surveys of one year, of which one speaks of départements and the other of the region.
  private static func observatory(in folder: TemporaryFolder) throws {
    let siren = SmallSirene.siren(1)
    let volunteers = departements.map { "FR-DEP-\($0);2023;total;1000;50\n" }.joined()
    let files = [
      ("sirene-units", SmallSirene.units([SmallSirene.Unit(siren, name: "ALPHA")])),
      ("sirene-establishments", SmallSirene.establishments([SmallSirene.Place(SmallSirene.siret(siren, 1))])),
    ]
    for (source, text) in files { try imported(source, text, in: folder) }
    try imported(
      "survey", "code_insee;annee;secteur;heures_benevolat;age_administrateurs\n" + volunteers, "--name", "benevolat",
      in: folder)
    try imported(
      "survey",
      "code_insee;annee;famille;salaire_median\nFR-REG-32;2023;total;24000\nFR-REG-32;2023;associations;22000\n",
      "--name", "salaires", in: folder)
    let built = try Program.run("build", "--observatory", folder["o"])
    #expect(built.status == 0, "\(built.messages)")
  }

  private static func imported(_ source: String, _ text: String, _ more: String..., in folder: TemporaryFolder) throws {
    let file = try folder.write("\(source).csv", text)
    let arguments = ["import", source, file, "--lang", "en", "--observatory", folder["o"]] + more
    let process = try Program(arguments)
    try process.process.run()
    let outcome = try process.finish()
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  /// Vintage and published figure by family and measure.
  private static func told(_ territory: String, in folder: TemporaryFolder) throws -> [String: String] {
    let outcome = try Program.run(
      "reconcile", "--territory", territory, "--year", "2023", "--source", "survey", "--format", "csv",
      "--observatory", folder["o"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    let lines = outcome.output.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    func position(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
    let (vintage, family, measure, published) = try (
      position("vintage"), position("family"), position("measure"), position("published")
    )
    let pairs = lines.dropFirst().map { ("\($0[family]) \($0[measure])", "\($0[vintage]) \($0[published])") }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  @Test func `sums are added up over territories, means and quantiles never, and surveys of a year stand side by side`()
    throws
  {
    let folder = try TemporaryFolder()
    try Self.observatory(in: folder)
    #expect(
      try Self.told("FR-REG-32", in: folder) == [
        " volunteer_hours": "survey-fr-benevolat-2023 5000", " pay_median": "survey-fr-salaires-2023 24000",
        "association pay_median": "survey-fr-salaires-2023 22000",
      ])
    #expect(
      try Self.told("FR-DEP-59", in: folder) == [
        " volunteer_hours": "survey-fr-benevolat-2023 1000", " board_age": "survey-fr-benevolat-2023 50",
      ])
  }

  /// Each survey stands under its own heading, and a mean keeps its decimal.
  @Test func `surveys of a year are read apart`() throws {
    let folder = try TemporaryFolder()
    try Self.observatory(in: folder)
    func lines(_ territory: String) throws -> [Substring] {
      let outcome = try Program.run(
        "reconcile", "--territory", territory, "--year", "2023", "--source", "survey", "--lang", "en", "--observatory",
        folder["o"])
      #expect(outcome.status == 0, "\(outcome.messages)")
      return outcome.output.split(whereSeparator: \.isNewline)
    }
    let region = try lines("FR-REG-32")
    for survey in ["benevolat", "salaires"] {
      #expect(region.count { $0.hasSuffix(" – survey-fr-\(survey)-2023") } == 1, "\(region)")
    }
    #expect(try lines("FR-DEP-59").contains { $0.contains(" 50.0") })
  }

  @Test func `a name is for surveys and typologies, and becomes a part of a folder`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("t.csv", "nis;annee;adherents\n11002;2023;5\n")
    func run(_ source: String, _ name: String) throws -> Program.Outcome {
      try Program.run("import", source, file, "--name", name, "--lang", "en", "--observatory", folder["o"])
    }
    #expect(try run("onss", "x").messages.contains("The option --name is for a survey"))
    let bad = try run("survey", "../x")
    #expect(bad.status == 2 && bad.messages.contains("cannot be a name"), "\(bad.messages)")
    #expect(try run("survey", "leden").status == 0)
    #expect(try Folder.names(in: folder["o/sources/survey"]) == ["survey-be-leden-2023"])
  }

  @Test func `a typology is told with what it lacks, and takes no year`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("grille.csv", "CODGEO;DENS;DENS7\n59350;1;1\n")
    func run(_ more: String...) throws -> Program.Outcome {
      let program = try Program(
        ["import", "typology", file, "--lang", "en", "--observatory", folder["o"]] + more)
      try program.process.run()
      return try program.finish()
    }
    #expect(try run("--year", "2024").messages.contains("--year says nothing of a file of typology"))
    #expect(try run("--epsg", "2154").status == 2)
    let imported = try run("--vintage", "2024", "--column", "dens7")
    #expect(imported.status == 0, "\(imported.messages)")
    #expect(imported.messages.contains("without a class"), "\(imported.messages)")
    #expect(try Folder.names(in: folder["o/sources/typology"]) == ["fr-grille-2024"])
  }
}
