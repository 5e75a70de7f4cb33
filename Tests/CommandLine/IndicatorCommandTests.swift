import Filesystem
import Foundation
import TestSupport
import Testing

/// What indicators mean, and what they are.
@Suite("essor indicators")
struct IndicatorCommandTests {
  /// Away from any observatory: what is declared needs none.
  private static func run(_ arguments: String...) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    let program = try Program(["indicators"] + arguments + ["--observatory", folder["none"]])
    try program.process.run()
    return try program.finish()
  }

  private static func cells(_ line: [String]) throws -> [[String: Any]] {
    let program = try Program(line + ["--format", "json", "--observatory", SmallDemonstration.observatory])
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == 0, "\(outcome.messages)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return try #require(document?["cells"] as? [[String: Any]])
  }

  @Test(arguments: ["fr", "nl", "en"])
  func `the list and the cards are read on any terminal`(language: String) throws {
    let list = try Self.run("--lang", language)
    #expect(list.status == 0, "\(list.messages)")
    let known = list.output.split(separator: "\n").compactMap { $0.firstMatch(of: /^I\d\d/).map { String($0.output) } }
    #expect(known.count >= 30 && known == known.sorted())
    for text in try [list.output] + known.map({ try Self.run($0, "--lang", language).output }) {
      #expect(!text.isEmpty)
      for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    }
  }

  @Test func `what is declared is a list like another`() throws {
    for (command, first) in [("indicators", "I01"), ("tables", "T01")] {
      let folder = try TemporaryFolder()
      let outcome = try Program.run(command, "--format", "csv", "--observatory", folder["none"])
      let lines = outcome.output.split(separator: "\n")
      #expect(outcome.status == 0 && lines.count > 30 && lines[1].hasPrefix("\(first),"), "\(outcome.messages)")
      let refused = try Program.run(command, "--format", "json-stat", "--observatory", folder["none"])
      #expect(refused.status == 2 && refused.messages.contains("csv, csvw, xlsx, parquet"), "\(refused.messages)")
    }
  }

  @Test func `a file of somebody's own that cannot be is told under the list, and when it is asked for`() throws {
    let folder = try TemporaryFolder()
    try folder.write("essor.json", try Folder.contents(of: "\(SmallDemonstration.observatory)/essor.json"))
    for (command, first) in [("indicators", "I01"), ("tables", "T01")] {
      try folder.write("\(command)/X01.csv", "# id: X01\n")
      let list = try Program.run(command, "--observatory", folder.path)
      #expect(list.status == 0 && list.output.contains(first), "\(list.messages)")
      #expect(list.messages.contains("\(command)/X01.csv"), "\(list.messages)")
      let asked = try Program.run(command, "X01", "--observatory", folder.path)
      #expect(asked.status == 1 && asked.messages.contains("\(command)/X01.csv"), "\(asked.messages)")
      #expect(try Program.run(command, first, "--observatory", folder.path).messages == "")
    }
    let doctor = try Program.run("doctor", "--observatory", folder.path)
    #expect(doctor.status != 0 && doctor.output.contains("tables/X01.csv"), "\(doctor.output)")
  }

  @Test func `a card tells what each country means`() throws {
    let card = try Self.run("I08")
    #expect(card.status == 0, "\(card.messages)")
    let parts = [
      "(LQ)", "jobs[area=reference]", "  France\n", "  Belgique\n", "FLORES", "ONSS", "Rupture 2018", "Degré A",
    ]
    for part in parts { #expect(card.output.contains(part), "\(part): \(card.output)") }
    #expect(try Self.run("I08", "--lang", "nl").output.contains("Locatiequotiënt"))
    // A formula of scenario shows what it assumes; an indicator that is not compared, what is nearest.
    #expect(try Self.run("I28").output.contains("c = 0,8"))
    #expect(try Self.run("I24").output.contains("I23 – "))
    #expect(try Self.run("I06").output.contains("aucun chiffre comparable"))
  }

  @Test func `a card for machines has all of it`() throws {
    let outcome = try Self.run("I08", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let card = try #require(document as? [String: Any])
    #expect(card["id"] as? String == "I08" && card["grade"] as? String == "B" && card["nearest"] == nil)
    let cards = try #require(card["cards"] as? [[String: Any]])
    #expect(cards.compactMap { $0["country"] as? String } == ["FR", "BE"])
    let lines = cards.flatMap { $0["lines"] as? [[String: Any]] ?? [] }
    let breaks = lines.filter { $0["kind"] as? String == "break" }.compactMap { $0["value"] as? String }
    #expect(breaks.contains("2018") && breaks.contains("2024"))
  }

  @Test func `its figures are those of the tables that it is in`() throws {
    let options = ["--territory", "FR-REG-32", "--year", "2024", "--secrecy", "internal"]
    let own = try Self.cells(["indicators", "I01"] + options)
    #expect(own.count == 1)
    let table = try Self.cells(["table", "T08"] + options)
    let total = table.filter { $0["area"] as? String == "FR-REG-32" }
    let weight = try #require(total.first { $0["measure"] as? String == "weight" })
    let value = try #require(own.first?["value"] as? Double)
    #expect(value > 0 && value == weight["value"] as? Double)
  }

  @Test func `it is told by a dimension, an area or a year`() throws {
    let region = ["--territory", "FR-REG-32"]
    let sectors = try Self.cells(["indicators", "I08", "--year", "2023-2024", "--by", "a17"] + region)
    #expect(Set(sectors.compactMap { $0["a17"] as? String }).count >= 18)
    #expect(Set(sectors.compactMap { $0["year"] as? Int }) == [2023, 2024])
    #expect(sectors.allSatisfy { $0["measure"] as? String == "I08" })
    let areas = try Self.cells(["indicators", "I01", "--by", "area"] + region)
    #expect(Set(areas.compactMap { $0["area"] as? String }).isSuperset(of: ["FR-DEP-59", "FR-DEP-80", "FR-REG-32"]))
    let communes = try Self.cells(["indicators", "I03", "--territory", "FR-DEP-59", "--by", "commune"])
    #expect(communes.contains { $0["area"] as? String == "FR-COM-59350" })
  }

  @Test func `breaks in series are told of the countries and years that are shown`() throws {
    func text(_ territory: String, _ year: String) throws -> String {
      let outcome = try Program.run(
        "indicators", "I08", "--territory", territory, "--year", year, "--observatory", SmallDemonstration.observatory)
      #expect(outcome.status == 0, "\(outcome.messages)")
      return outcome.output
    }
    let told = try text("BE-REG-03000", "2023-2024")
    #expect(told.contains("Rupture de série, Belgique, 2024 : ") && !told.contains("série, France"), "\(told)")
    #expect(try !text("BE-REG-03000", "2021-2022").contains("Rupture de série"))
    #expect(try !text("FR-REG-32", "2023-2024").contains("Rupture de série"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let line: [String]
    let says: String
    var testDescription: String { line.joined(separator: " ") }
  }

  static let refusals: [Refusal] = [
    .init(line: ["I99x"], says: "I99x"),
    .init(line: ["I0"], says: "I0"),
    .init(line: ["I08", "--by", "a18"], says: "a17"),
    .init(line: ["I08", "--by", "cohort"], says: "commune"),
    .init(line: ["I08", "--territory", "FR-DEP-XX"], says: "FR-DEP-XX"),
    .init(line: ["I08", "--year", "2010"], says: "2010"),
    .init(line: ["--year", "2024"], says: "ID"),
    .init(line: ["I08", "--format", "csv"], says: "text, json"),
  ]

  @Test(arguments: refusals)
  func `is refused with what it should be`(_ refusal: Refusal) throws {
    let program = try Program(["indicators"] + refusal.line + ["--observatory", SmallDemonstration.observatory])
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains(refusal.says), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
  }

  @Test(
    arguments: [
      ("T05", "a39", "« a39 » ; le plus proche : a38."), ("T05", "area", "« area »."),
      ("T01", "a17", "« a17 » : il n'a"),
    ])
  func `a table says by what it is not read, and what is near`(table: String, dimension: String, says: String) throws {
    let program = try Program(["table", table, "--by", dimension, "--observatory", SmallDemonstration.observatory])
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.messages.contains(says), "\(outcome.messages)")
  }
}
