import Diagnostics
import Filesystem
import TestSupport
import Testing

@testable import Simulator

/// A simulation clears away what one that was killed left, and takes the place of simulated files only.
@Suite("Files that a simulation finds in its folder")
struct LeftoversTests {
  private static let plan = Sample.plan(scale: 0.003, years: 2022...2023)

  private func simulate(_ plan: SimulationPlan = Self.plan, to folder: String) throws {
    try Simulation(plan, communes: Sample.communes, share: Sample.share).write(to: folder) { _, _ in }
  }

  private func names(_ folder: String) throws -> [String] {
    var found = try Folder.names(in: folder)
    for part in ["fr", "be"] where Folder.exists("\(folder)/\(part)") {
      found += try Folder.names(in: "\(folder)/\(part)").map { "\(part)/\($0)" }
    }
    return found
  }

  private func text(_ path: String) throws -> String { String(decoding: try Folder.contents(of: path), as: UTF8.self) }

  @Test func `unfinished files are removed, those of others are not`() throws {
    let folder = try TemporaryFolder()
    let foreign = ["fr/film.part-12", "fr/workforce_2020.csv.part-x", "fr/list_scic.csv.part-", "be/notes.csv"]
    let unfinished = [
      "fr/workforce_2020.csv.part-8345", "fr/StockUniteLegale_utf8.zip.part-1", "be/list_cnc.csv.part-77",
      "simulation.json.part-8345",
    ]
    for name in foreign + unfinished { try folder.write("found/\(name)", "x") }
    try simulate(to: folder["found"])
    try simulate(to: folder["fresh"])
    #expect(try names(folder["found"]).sorted() == (names(folder["fresh"]) + foreign).sorted())
  }

  @Test func `a folder that held only unfinished files goes with them`() throws {
    let folder = try TemporaryFolder()
    try folder.write("fr/workforce_2020.csv.part-8345", "x")
    try simulate(Sample.plan("BE", scale: 0.003), to: folder.path)
    #expect(!Folder.exists(folder["fr"]))
  }

  /// Killed between the first name given and the last: the account is still under its temporary name.
  @Test func `files that had been given their names already are simulated`() throws {
    let folder = try TemporaryFolder()
    try simulate(Sample.plan(scale: 0.003, years: 2020...2021), to: folder.path)
    try Folder.rename(folder["simulation.json"], to: folder["simulation.json.part-8345"])
    try Folder.rename(folder["be/KboOpenData_Full.zip"], to: folder["be/KboOpenData_Full.zip.part-8345"])
    try simulate(to: folder.path)
    try simulate(to: folder["fresh"])
    let fresh = try names(folder["fresh"])
    try Folder.remove(folder["fresh"])
    #expect(try names(folder.path) == fresh)
  }

  static let foreign = [
    "fr/StockUniteLegale_utf8.zip", "fr/StockEtablissement_utf8.zip", "be/KboOpenData_Full.zip",
    "fr/workforce_2022.csv", "be/workforce_2023.csv", "fr/list_scic.csv", "simulation.json",
  ]

  @Test(arguments: foreign)
  func `a file that no simulation wrote is not replaced`(name: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(name, "mine")
    try folder.write("fr/workforce_2020.csv.part-8345", "x")
    let before = try names(folder.path)
    let problem = expectProblem("simulate.not_simulated") { try simulate(to: folder.path) }
    #expect(problem?.place.file == file)
    #expect(problem?.status == .data)
    #expect(try text(file) == "mine")
    #expect(try names(folder.path) == before)
  }

  @Test func `nor is one beside a simulation that does not name it`() throws {
    let folder = try TemporaryFolder()
    try simulate(to: folder.path)
    try folder.write("be/workforce_2021.csv", "mine")
    try simulate(to: folder.path)
    expectProblem("simulate.not_simulated") { try simulate(Sample.plan(scale: 0.003), to: folder.path) }
    #expect(try text(folder["be/workforce_2021.csv"]) == "mine")
  }

  /// What is looked for before is all that is written after.
  @Test(arguments: ["FR-BE", "FR-COM-80688", "BE"])
  func `every file written was to be written`(territory: String) throws {
    let folder = try TemporaryFolder()
    let simulation = try Simulation(
      Sample.plan(territory, scale: 0.02), communes: Sample.communes, share: Sample.share)
    let files = try simulation.write(to: folder.path) { _, _ in }
    #expect(try Set(files).isSubset(of: simulation.targets()))
    #expect(try Set(files.map(\.name)) == Set(names(folder.path).filter { $0.contains("/") }))
    #expect(Set(files.map(\.name)) == Set(SimulationReport.files(of: folder.path)))
  }
}
