import Filesystem
import Foundation
import TestSupport
import Testing

@Suite("The demonstration")
struct DemonstrationTests {
  @Test func `two at once: the second is refused before it does anything`() throws {
    let folder = try TemporaryFolder()
    let demo = folder["demo"]
    let first = try Program(["demo", demo, "--scale", "0.5"])
    try first.process.run()
    // As soon as the first one is at work in its folder.
    while first.process.isRunning, !Folder.exists(demo + "/registers") {}
    let second = try Program.run("demo", demo, "--scale", "0.001")
    first.process.interrupt()
    #expect(second.status == 3, "\(second.messages)")
    #expect(second.messages.contains("\(demo) : Un autre travail"), "\(second.messages)")
    #expect(second.messages.contains("processus \(first.process.processIdentifier)"), "\(second.messages)")
    #expect(second.output.isEmpty)
    let stopped = try first.finish()
    #expect(stopped.status == 130)
    #expect(stopped.messages.contains("la démonstration est inachevée dans \(demo)."), "\(stopped.messages)")
    #expect(!stopped.messages.contains("Rien n'a été changé"))
    #expect(try !Folder.names(in: demo).contains(".lock"))
  }

  @Test func `one that was interrupted begins again from the start`() throws {
    let folder = try TemporaryFolder()
    let sources = folder["observatory/sources"]
    let first = try Program(["demo", folder.path, "--scale", "0.01"])
    try first.process.run()
    // As soon as it has filed something.
    while first.process.isRunning, !Folder.exists(sources + "/sirene-units") {}
    first.process.interrupt()
    let stopped = try first.finish()
    #expect(stopped.status == 130, "\(stopped.messages)")
    #expect(Folder.target(ofLink: folder["observatory/current"]) == nil)
    // Another seed: nothing of the first is left among what it files.
    let second = try Program.run("demo", folder.path, "--scale", "0.001", "--seed", "2")
    #expect(second.status == 0, "\(second.messages)")
    #expect(Folder.target(ofLink: folder["observatory/current"]) != nil)
    #expect(try Folder.names(in: sources + "/sirene-units").allSatisfy { !$0.hasPrefix(".") })
  }

  @Test func `the folder is held to the end, whatever part of it is at work`() throws {
    let folder = try TemporaryFolder()
    let lock = try FolderLock(folder.path)
    #expect(try Program.run("demo", folder.path, "--scale", "0.001").status == 3)
    #expect(try Folder.names(in: folder.path) == [".lock"])
    withExtendedLifetime(lock) {}
  }

  @Test func `only what it simulated is imported`() throws {
    let folder = try TemporaryFolder()
    let others = ["workforce_2020.csv.part-8345", "workforce_mine.csv", "list_mine.csv.bak", "workforce_2001.csv"]
    for name in others { try folder.write("registers/fr/\(name)", "not a register") }
    let outcome = try Program.run("demo", folder.path, "--scale", "0.002")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let left = try Folder.names(in: folder["registers/fr"])
    #expect(others.filter(left.contains) == Array(others.dropFirst()))
    #expect(try Folder.names(in: folder.path) == ["observatory", "registers"])
  }

  @Test(arguments: ["a b", "it's", "$HOME", "été", "-x", "~", "~root", "a\"b*;(c)"])
  func `what it tells to try can be copied into a shell`(name: String) throws {
    let folder = try TemporaryFolder()
    let work = "cd '\(folder.path)'; "
    let outcome = try Program.run("demo", name, "--scale", "0.001", prefix: work)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let line = outcome.output.split(separator: "\n").first { $0.contains("essor check --observatory") }
    let check = try #require(line?.split(separator: "essor check ").last)
    // The shell reads the folder from the line, and nothing of it is run.
    let copied = try Program.run("check", prefix: work, suffix: String(check))
    #expect(copied.status == 0, "\(copied.messages)")
    #expect(try Folder.names(in: folder.path) == [name])
  }

  @Test func `a publisher's file is not replaced`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("registers/be/KboOpenData_Full.zip", "downloaded")
    let outcome = try Program.run("demo", folder.path, "--scale", "0.002")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains(file), "\(outcome.messages)")
    #expect(try String(decoding: Folder.contents(of: file), as: UTF8.self) == "downloaded")
  }
}
