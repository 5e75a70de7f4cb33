import Foundation
import TestSupport
import Testing

/// Several territories in one row: `--territory A+B`.
@Suite("Groups of territories, from the command line")
struct GroupCommandTests {
  private func run(_ line: String...) throws -> Program.Outcome {
    let program = try Program(line + ["--observatory", SmallDemonstration.observatory])
    try program.process.run()
    return try program.finish()
  }

  @Test func `one row with the codes and the names of all`() throws {
    let text = try run("table", "T01", "--territory", "FR-DEP-59+fr-dep-62", "--year", "2024")
    #expect(text.status == 0 && text.output.contains("Nord + Pas-de-Calais"), "\(text)")
    let csv = try run("table", "T01", "--territory", "FR-DEP-59 + FR-DEP-62", "--year", "2024", "--format", "csv")
    #expect(csv.status == 0, "\(csv.messages)")
    let lines = csv.output.split(separator: "\n").dropFirst()
    #expect(!lines.isEmpty)
    #expect(lines.allSatisfy { $0.hasPrefix("T01,FR-DEP-59+FR-DEP-62,2024,") && $0.contains(",Nord + Pas-de-Calais,") })
    let sdmx = try run(
      "table", "T01", "--territory", "FR-DEP-59+FR-DEP-62", "--year", "2024", "--format", "sdmx-csv")
    #expect(sdmx.status == 0 && sdmx.output.contains("FR-DEP-59$2BFR-DEP-62"), "\(sdmx.messages)")
  }

  @Test func `the same territory twice is itself`() throws {
    func table(_ territory: String) throws -> Program.Outcome {
      try run("table", "T02", "--territory", territory, "--year", "2024", "--format", "csv")
    }
    let (twice, once) = (try table("FR-DEP-59+FR-DEP-59"), try table("FR-DEP-59"))
    #expect(once.status == 0 && twice.output == once.output, "\(twice.messages)")
  }

  @Test func `as it was on a day, and as what others are relative to`() throws {
    let then = try run(
      "table", "T01", "--territory", "BE-COM-82003+BE-COM-82005", "--year", "2024", "--geography", "2024", "--format",
      "csv")
    #expect(then.status == 0 && then.output.contains(",BE-COM-82003+BE-COM-82005,"), "\(then.messages)")
    let relative = try run("table", "T12", "--territory", "FR-DEP-59", "--reference", "FR-DEP-59+FR-DEP-62")
    #expect(relative.status == 0, "\(relative.messages)")
    let indicator = try run("indicators", "I01", "--territory", "FR-DEP-59+FR-DEP-62", "--by", "area")
    #expect(indicator.status == 0 && indicator.output.contains("Nord + Pas-de-Calais"), "\(indicator)")
  }

  @Test(
    arguments: [
      ("FR-DEP-59+FR-DEP-XX", "FR-DEP-XX"), ("FR-DEP-599+FR-DEP-62", "FR-DEP-59"), ("FR-DEP-59+", "A+B"),
      ("+FR-DEP-59", "A+B"), ("FR-DEP-59++FR-DEP-62", "A+B"),
      ("FR-DEP-59+Lille", "FR-COM-59350"), ("FR-COM-59355+FR-DEP-62", "FR-COM-59350"),
    ])
  func `a side that is none is told as if it were alone`(territory: String, says: String) throws {
    // A commune of before is one on its day.
    let then = territory.contains("-COM-") ? [] : [["table", "T01", "--geography", "2024"]]
    for command in [["table", "T01"], ["indicators", "I01"]] + then {
      let program = try Program(command + ["--territory", territory, "--observatory", SmallDemonstration.observatory])
      try program.process.run()
      let outcome = try program.finish()
      #expect(outcome.status == 2 && outcome.output.isEmpty)
      #expect(outcome.messages.contains(says) && outcome.messages.contains("→"), "\(outcome.messages)")
    }
  }
}
