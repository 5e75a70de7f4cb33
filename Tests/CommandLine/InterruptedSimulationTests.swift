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

  /// Starts a simulation of several seconds and stops it once it writes.
  private static func stopped(_ folder: String, by signal: Int32 = SIGINT) throws -> Program.Outcome {
    let program = try Program(["simulate", folder, "--territory", territory, "--scale", "1", "--seed", "2"])
    try program.process.run()
    while program.process.isRunning,
      try !Folder.exists("\(folder)/fr") || !Folder.names(in: "\(folder)/fr").contains(where: { $0.contains(".part") })
    {}
    kill(program.process.processIdentifier, signal)
    return try program.finish()
  }

  @Test func `Ctrl-C in the middle leaves no half file`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Self.stopped(folder["registers"])
    #expect(outcome.status == 130, "\(outcome.status) \(outcome.messages)")
    #expect(outcome.messages.contains("Interrompu"))
    #expect(try Folder.names(in: folder["registers"]).isEmpty)
  }

  @Test func `the next simulation clears away what one that was killed left`() throws {
    let folder = try TemporaryFolder()
    let registers = folder["registers"]
    #expect(try Self.stopped(registers, by: SIGKILL).status == 128 + SIGKILL)
    #expect(try Folder.names(in: registers + "/fr").contains { $0.contains(".part-") })
    #expect(try Program.run("simulate", registers, "--territory", Self.territory, "--scale", "0.002").status == 0)
    #expect(try Folder.names(in: registers) == ["be", "fr", "simulation.json"])
    #expect(try Self.contents(registers).keys.allSatisfy { !$0.contains(".part-") })
  }

  @Test func `two at once: the second is told who works`() throws {
    let folder = try TemporaryFolder()
    let registers = folder["registers"]
    try Folder.make(registers)
    let lock = try FolderLock(registers)
    let outcome = try Program.run("simulate", registers, "--territory", Self.territory, "--scale", "0.002")
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("\(registers) : Un autre travail"), "\(outcome.messages)")
    #expect(outcome.messages.contains("processus \(getpid())"), "\(outcome.messages)")
    #expect(try Folder.names(in: registers) == [".lock"])
    withExtendedLifetime(lock) {}
  }

  @Test func `a publisher's file is not replaced`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("fr/StockUniteLegale_utf8.zip", "downloaded")
    let outcome = try Program.run("simulate", folder.path, "--territory", Self.territory, "--scale", "0.002")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains(file), "\(outcome.messages)")
    #expect(outcome.messages.contains("→ Donnez un autre dossier"), "\(outcome.messages)")
    #expect(try Self.contents(folder.path).keys.sorted() == ["fr/StockUniteLegale_utf8.zip"])
    #expect(try String(decoding: Folder.contents(of: file), as: UTF8.self) == "downloaded")
  }

  @Test func `Ctrl-C in the middle keeps the simulation before`() throws {
    let folder = try TemporaryFolder()
    let registers = folder["registers"]
    #expect(try Program.run("simulate", registers, "--territory", Self.territory, "--scale", "0.002").status == 0)
    let before = try Self.contents(registers)
    #expect(before.count > 5)
    #expect(try Self.stopped(registers).status == 130)
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
