import Diagnostics
import Filesystem
import TestSupport
import Testing

@testable import Simulator

@Suite("Files of a simulation until they are whole")
struct DraftTests {
  private func write(_ text: String, _ name: String, in draft: Draft) throws {
    let file = try WritableFile(try draft.begin(name))
    try file.write(text)
    try file.finish()
  }

  private func text(_ path: String) throws -> String { String(decoding: try Folder.contents(of: path), as: UTF8.self) }

  @Test func `names change at the end only`() throws {
    let folder = try TemporaryFolder()
    try folder.write("fr/a.csv", "old")
    let draft = try Draft(folder.path)
    try write("new", "fr/a.csv", in: draft)
    try write("new", "be/b.csv", in: draft)
    #expect(try text(folder["fr/a.csv"]) == "old")
    #expect(!Folder.fileExists(folder["be/b.csv"]))
    try draft.publish()
    #expect(try text(folder["fr/a.csv"]) == "new")
    #expect(try Folder.names(in: folder["fr"]) == ["a.csv"])
    #expect(try Folder.names(in: folder["be"]) == ["b.csv"])
  }

  @Test func `folders made for nothing go too`() throws {
    let folder = try TemporaryFolder()
    try folder.write("be/mine.csv", "mine")
    let draft = try Draft(folder.path)
    try write("new", "fr/a.csv", in: draft)
    try write("new", "be/b.csv", in: draft)
    draft.discard()
    #expect(!Folder.exists(folder["fr"]))
    #expect(try Folder.names(in: folder["be"]) == ["mine.csv"])
  }

  @Test func `one at a time in a folder`() throws {
    let folder = try TemporaryFolder()
    let draft = try Draft(folder.path)
    expectProblem("folder.locked") { _ = try Draft(folder.path) }
    draft.discard()
  }

  @Test func `what is given up leaves nothing`() throws {
    let folder = try TemporaryFolder()
    try folder.write("fr/a.csv", "old")
    let draft = try Draft(folder.path)
    try write("new", "fr/a.csv", in: draft)
    _ = try draft.begin("fr/never-made.csv")
    draft.discard()
    #expect(try Folder.names(in: folder["fr"]) == ["a.csv"])
    #expect(try text(folder["fr/a.csv"]) == "old")
  }

  @Test func `a simulation takes the place of the one before, and touches nothing else`() throws {
    let communes = Sample.communes
    func simulate(_ years: ClosedRange<Int>, to folder: String) throws {
      try Simulation(Sample.plan(scale: 0.003, years: years), communes: communes, share: Sample.share)
        .write(to: folder) { _, _ in }
    }
    func names(_ folder: String) throws -> [String] {
      try Folder.names(in: folder) + Folder.names(in: "\(folder)/fr") + Folder.names(in: "\(folder)/be")
    }
    let folder = try TemporaryFolder()
    try simulate(2019...2023, to: folder["again"])
    try folder.write("again/fr/workforce_mine.csv", "mine")
    try simulate(2022...2023, to: folder["again"])
    try simulate(2022...2023, to: folder["once"])
    #expect(try text(folder["again/fr/workforce_mine.csv"]) == "mine")
    try Folder.remove(folder["again/fr/workforce_mine.csv"])
    #expect(try names(folder["again"]) == names(folder["once"]))
    #expect(try text(folder["again/simulation.json"]) == text(folder["once/simulation.json"]))
  }

  /// The list of files is read from a file that anyone may have edited.
  @Test func `only names of our own folders are believed`() throws {
    let folder = try TemporaryFolder()
    let names = ["fr/a.csv", "../a.csv", "fr/../../a", "/etc/passwd", "fr/", "fr/.lock", "be/b.zip", "a.csv"]
    let lines = names.map { #"    {"file": "\#($0)", "rows": 1, "sha256": "0"}"# }
    try folder.write("simulation.json", lines.joined(separator: ",\n"))
    #expect(SimulationReport.files(of: folder.path) == ["fr/a.csv", "be/b.zip"])
    #expect(SimulationReport.files(of: folder["nowhere"]).isEmpty)
  }
}
