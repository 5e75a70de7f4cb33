import Filesystem
import Foundation
import TestSupport
import Testing

/// Whatever is wrong with a file is said once, with its name, its line and what to do; nothing is lost.
@Suite("Bad input, from the command line")
struct BadInputTests {
  static let header = SampleFiles.unitHeader

  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let name: String
    let bytes: [UInt8]
    let says: String
    var line: Int?
    var testDescription: String { id }
  }

  static func text(_ id: String, _ text: String, says: String, line: Int? = nil) -> Case {
    Case(id: id, name: "stock.csv", bytes: Array(text.utf8), says: says, line: line)
  }

  static let cases: [Case] = {
    let good = SampleFiles.units(200)
    let zip = SampleFiles.zip("StockUniteLegale_utf8.csv", Array(good.utf8))
    var wrongChecksum = zip
    wrongChecksum[14] ^= 0xff
    let end = wrongChecksum.count
    // The directory holds the checksum that is trusted: find its record.
    let directory = SampleFiles.directoryOffset(zip)
    wrongChecksum[directory + 16] ^= 0xff
    precondition(end == zip.count)
    return [
      .init(id: "a truncated zip", name: "stock.zip", bytes: Array(zip.prefix(zip.count / 2)), says: "incomplète"),
      .init(id: "a zip with a wrong CRC", name: "stock.zip", bytes: wrongChecksum, says: "somme de contrôle"),
      .init(id: "not a zip", name: "stock.zip", bytes: Array(good.utf8), says: "n'est pas une archive zip"),
      .init(
        id: "an HTML page saved as zip", name: "stock.zip",
        bytes: Array("<!DOCTYPE html><html><body>503 Service Unavailable</body></html>".utf8), says: "page web"),
      .init(id: "an empty file", name: "stock.csv", bytes: [], says: "vide"),
      text("blank lines before the header", "\n\n" + good, says: "première ligne est vide", line: 1),
      text("blank lines alone", "\n \r\n\n", says: "première ligne est vide", line: 1),
      text("header only", header, says: "que son en-tête"),
      text(
        "a missing column", SampleFiles.units(3).replacing("categorieJuridiqueUniteLegale", with: "forme"),
        says: "categorieJuridiqueUniteLegale", line: 1),
      text(
        "a file of another source", "siret,etatAdministratifEtablissement\n1,A\n",
        says: "essor import sirene-establishments", line: 1),
      text(
        "a NUL byte", SampleFiles.units(3) + "10\u{0}0000041,O,,A,9220,88.99B,NAFRev2,11\n", says: "octet nul", line: 5),
      text(
        "a field of 10 MB",
        SampleFiles.units(3) + "100000041,O,\"" + String(repeating: "x", count: 10_000_000)
          + "\",A,9220,88.99B,NAFRev2,11\n",
        says: "1 Mio", line: 5),
      text(
        "a quote never closed", SampleFiles.units(3) + "100000041,O,\"ouvert,A,9220,88.99B,NAFRev2,11\n",
        says: "jamais refermé", line: 5),
      .init(id: "UTF-16", name: "stock.csv", bytes: [0xff, 0xfe] + good.utf8.flatMap { [$0, 0] }, says: "UTF-16"),
      text("identifiers seen twice", SampleFiles.units(3) + SampleFiles.rows(3), says: "déjà vus", line: 5),
      text(
        "rows with a field too many", SampleFiles.units(3) + "100000041,O,x,A,9220,88.99B,NAFRev2,11,de trop\n",
        says: "nombre de champs", line: 5),
      text(
        "wrong check digits", SampleFiles.units(3) + "100000042,O,x,A,9220,88.99B,NAFRev2,11\n",
        says: "clé de contrôle", line: 5),
    ]
  }()

  @Test(arguments: cases)
  func `is refused with one clear message`(_ example: Case) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(example.name, example.bytes)
    let outcome = try Program.run("import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder["o"])
    #expect(outcome.status == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains(file))
    #expect(outcome.messages.contains(example.says), "\(outcome.messages)")
    #expect(outcome.messages.contains("→"), "a remedy: \(outcome.messages)")
    if let line = example.line { #expect(outcome.messages.contains("ligne \(line) "), "\(outcome.messages)") }
    #expect(outcome.messages.split(separator: "\n").count <= 3, "\(outcome.messages)")
    // Nothing was filed.
    let filed = folder["o"] + "/sources/sirene-units"
    #expect(try !Folder.exists(filed) || Folder.names(in: filed).isEmpty)
  }

  @Test func `a refusal tells every reason at once, the most frequent first`() throws {
    let folder = try TemporaryFolder()
    let text = SampleFiles.units(3) + "100000042,O,x,A,9220,88.99B,NAFRev2,11\n" + SampleFiles.rows(3)
    let outcome = try Program.run(
      "import", "sirene-units", folder.write("stock.csv", text), "--vintage", "2026-03", "--lang", "en",
      "--observatory", folder["o"])
    #expect(outcome.status == 1)
    let lines = outcome.messages.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(outcome.messages)")
    #expect(lines[0].contains("stock.csv, line 5: 4 rows of 7 cannot be read"), "\(lines[0])")
    #expect(lines[1].hasPrefix("    3 × numbers already seen in the file – line 6: \(SampleFiles.sirens(1)[0]),O"))
    #expect(lines[2].hasPrefix("    1 × wrong numbers (check digit or length) – line 5: 100000042,O,x"))
    #expect(lines[3].contains("→ Correct the file"))
  }

  @Test(.timeLimit(.minutes(1))) func `a pipe is not waited for`() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder["pipe.csv"], 0o600) == 0)
    let outcome = try Program.run("import", "sirene-units", folder["pipe.csv"], "--observatory", folder["o"])
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("un tube"), "\(outcome.messages)")
  }

  @Test func `an extra column, mixed line ends and Windows-1252 are read`() throws {
    let folder = try TemporaryFolder()
    let rows = SampleFiles.units(4).split(separator: "\n").map { $0 + ",x" }
    let ends = ["\n", "\r\n", "\n", "\r\n", ""]
    let text = zip(rows, ends).map { $0 + $1 }.joined()
    var bytes = Array(text.utf8)
    bytes += Array("\n100000058,O,CAF".utf8) + [0xc9] + Array(",A,9220,88.99B,NAFRev2,11,x".utf8)
    let file = try folder.write("stock.csv", bytes)
    let outcome = try Program.run(
      "import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder["o"], "--format", "json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("\"kept\" : 5"))
    #expect(outcome.output.contains("\"rejected\" : 0"))
  }

  @Test func `a few rejected rows among many are kept aside, not refused`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("stock.csv", SampleFiles.units(500) + "100000042,O,x,A,9220,88.99B,NAFRev2,11\n")
    let outcome = try Program.run("import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder["o"])
    #expect(outcome.status == 0)
    let kept = try String(
      decoding: Folder.contents(of: folder["o"] + "/sources/sirene-units/2026-03/rejected.csv"), as: UTF8.self)
    #expect(kept.contains("502,identifier,\"100000042,O,x"))
  }

  @Test func `a disk that fills up is told, and the observatory is as it was`() throws {
    let folder = try TemporaryFolder()
    let big = try folder.write("stock.csv", SampleFiles.units(40_000))
    // The limit on file sizes stands for a full disk: the system refuses the same way.
    let outcome = try Program.run(
      "import", "sirene-units", big, "--vintage", "2026-03", "--observatory", folder["o"], prefix: "ulimit -f 200; ")
    #expect(outcome.status == 3, "\(outcome.messages)")
    #expect(outcome.messages.contains("Le disque est plein"), "\(outcome.messages)")
    #expect(try Folder.names(in: folder["o"] + "/sources/sirene-units").isEmpty)
  }

  @Test func `a folder where nothing may be written is told`() throws {
    let outcome = try Program.run("init", "/proc/essor")
    #expect(outcome.status == 3 || outcome.status == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains("/proc/essor"))
    #expect(outcome.messages.contains("→"))
  }

  @Test func `a file where a folder should be is told by its own name`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("file.json", "{}")
    for line in [["simulate", file], ["simulate", file + "/x"], ["init", file]] {
      let program = try Program(line)
      try program.process.run()
      let outcome = try program.finish()
      #expect(outcome.status == 1, "\(outcome.messages)")
      #expect(
        outcome.messages.contains("\(file) : Il y a un fichier là où il faudrait un dossier."), "\(outcome.messages)")
    }
  }

  @Test func `two at once: the second is told who works`() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run("init", folder["o"]).status == 0)
    let lock = try FolderLock(folder["o"])
    let file = try folder.write("stock.csv", SampleFiles.units(3))
    let outcome = try Program.run("import", "sirene-units", file, "--vintage", "2026-01", "--observatory", folder["o"])
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("processus"))
    withExtendedLifetime(lock) {}
  }

  @Test func `Ctrl-C in the middle changes nothing`() throws {
    let folder = try TemporaryFolder()
    let observatory = folder["o"]
    for file in try SimulatedRegisters.files where file.list == nil {
      #expect(try Program.run("import", file.source, file.path, "--observatory", observatory).status == 0)
    }
    #expect(try Program.run("build", "--observatory", observatory, "--release", "premiere").status == 0)
    let before = Folder.target(ofLink: observatory + "/current")
    // Nothing of the first build is taken again: there is work to interrupt.
    try Folder.remove(observatory + "/warehouse/stage")
    let program = try Program(["build", "--observatory", observatory, "--release", "seconde"])
    try program.process.run()
    // As soon as it has begun its work, it is interrupted.
    while program.process.isRunning,
      try !Folder.names(in: observatory + "/warehouse").contains(where: { $0.hasPrefix(".building-") })
    {}
    program.process.interrupt()
    let outcome = try program.finish()
    #expect(outcome.status == 130, "\(outcome.status) \(outcome.messages)")
    #expect(outcome.messages.contains("Interrompu"))
    #expect(Folder.target(ofLink: observatory + "/current") == before)
    #expect(Set(try Folder.names(in: observatory + "/warehouse")).isSubset(of: ["releases", "stage"]))
    #expect(try Folder.names(in: observatory + "/warehouse/stage").allSatisfy { !$0.hasPrefix(".") })
    #expect(try Folder.names(in: observatory + "/warehouse/releases") == ["premiere"])
  }
}
