import Filesystem
import Foundation
import TestSupport
import Testing

/// A simulation that stops leaves nothing that could be taken for a register, and what was there as it was.
@Suite("Simulations that stop")
struct InterruptedSimulationTests {
  private static let territory = "FR-REG-32+BE-REG-03000"

  /// What the folder holds, with the fingerprint of each file.
  private static func contents(_ folder: String) throws -> [String: String] {
    var found: [String: String] = [:]
    for part in ["", "fr/", "be/"] where Folder.exists("\(folder)/\(part)") {
      for name in try Folder.names(in: "\(folder)/\(part)") where Folder.fileExists("\(folder)/\(part)\(name)") {
        found[part + name] = try Fingerprint.of(file: "\(folder)/\(part)\(name)")
      }
    }
    return found
  }

  /// Starts a simulation of several seconds and interrupts it once it writes.
  private static func interrupted(_ folder: String) throws -> Program.Outcome {
    let program = try Program(["simulate", folder, "--territory", territory, "--scale", "1", "--seed", "2"])
    try program.process.run()
    while program.process.isRunning,
      try !Folder.exists("\(folder)/fr") || !Folder.names(in: "\(folder)/fr").contains(where: { $0.contains(".part") })
    {}
    program.process.interrupt()
    return try program.finish()
  }

  @Test func `Ctrl-C in the middle leaves no half file`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Self.interrupted(folder["registers"])
    #expect(outcome.status == 130, "\(outcome.status) \(outcome.messages)")
    #expect(outcome.messages.contains("Interrompu"))
    #expect(try Self.contents(folder["registers"]).isEmpty)
  }

  @Test func `Ctrl-C in the middle keeps the simulation before`() throws {
    let folder = try TemporaryFolder()
    let registers = folder["registers"]
    #expect(try Program.run("simulate", registers, "--territory", Self.territory, "--scale", "0.002").status == 0)
    let before = try Self.contents(registers)
    #expect(before.count > 5)
    #expect(try Self.interrupted(registers).status == 130)
    #expect(try Self.contents(registers) == before)
  }

  @Test func `a disk that fills up keeps the simulation before`() throws {
    let folder = try TemporaryFolder()
    let registers = folder["registers"]
    #expect(try Program.run("simulate", registers, "--territory", Self.territory, "--scale", "0.002").status == 0)
    let before = try Self.contents(registers)
    // The limit on file sizes stands for a full disk: the system refuses the same way.
    let outcome = try Program.run(
      "simulate", registers, "--territory", Self.territory, "--scale", "0.05", prefix: "ulimit -f 200; ")
    #expect(outcome.status == 3, "\(outcome.messages)")
    #expect(outcome.messages.contains("Le disque est plein"), "\(outcome.messages)")
    #expect(try Self.contents(registers) == before)
  }
}
