import Filesystem
import Foundation
import TestSupport
import Testing

/// Everything that others read, in one folder.
@Suite("essor export catalogue")
struct CatalogueCommandTests {
  private static func export(_ folder: String, _ options: String...) throws -> Program.Outcome {
    let program = try Program(
      ["export", "catalogue", folder] + options + ["--observatory", SmallDemonstration.observatory])
    try program.process.run()
    return try program.finish()
  }

  private static func text(_ file: String) throws -> String {
    String(decoding: try Folder.contents(of: file), as: UTF8.self)
  }

  /// What the pages say of each file, by its name.
  private static func described(in folder: String) throws -> [String: (size: Int, sha256: String)] {
    var nodes: [String: [String: Any]] = [:]
    for name in try Folder.names(in: folder) where name.hasPrefix("catalogue-") && name.hasSuffix(".jsonld") {
      let page = try JSONSerialization.jsonObject(with: Data(Folder.contents(of: "\(folder)/\(name)")))
      for node in (page as? [String: Any])?["@graph"] as? [[String: Any]] ?? [] {
        if let id = node["@id"] as? String { nodes[id] = node }
      }
    }
    func first(_ node: [String: Any]?, _ key: String, _ inside: String) -> String? {
      (node?[key] as? [[String: Any]])?.first?[inside] as? String
    }
    var files: [String: (size: Int, sha256: String)] = [:]
    for node in nodes.values {
      guard let address = first(node, "dcat:downloadURL", "@id"), let checksum = first(node, "spdx:checksum", "@id"),
        let size = first(node, "dcat:byteSize", "@value").flatMap(Int.init),
        let sha256 = first(nodes[checksum], "spdx:checksumValue", "@value")
      else { continue }
      files[Folder.name(of: address)] = (size, sha256)
    }
    return files
  }

  @Test func `every file is there as the catalogue and the sums say`() throws {
    let folder = try TemporaryFolder()
    let path = folder["catalogue"]
    let outcome = try Self.export(path, "--year", "2023-2024")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let described = try Self.described(in: path)
    #expect(described.count >= 7 * 20 && described.count % 7 == 0, "\(described.count)")
    for (name, said) in described {
      let file = "\(path)/\(name)"
      #expect(try Folder.contents(of: file).count == said.size, "\(name)")
      #expect(try Fingerprint.of(file: file) == said.sha256, "\(name)")
    }
    let sums = try Self.text("\(path)/SHA256SUMS").split(separator: "\n").map { String($0.dropFirst(66)) }
    #expect(try Set(sums + ["SHA256SUMS"]) == Set(Folder.names(in: path)))
    #expect(Set(described.keys).isSubset(of: sums))
    for name in ["structures.sdmx.xml", "catalogue-1.ttl", "families.ttl", "naf-rev2.jsonld", "T01.schema.jsonld"] {
      #expect(sums.contains(name), "\(name)")
    }
    // All territories and years are in one table, the whole countries last.
    let rows = try Self.text("\(path)/T01.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let areas = rows.map { String($0[1]) }
    #expect(Set(areas).isSuperset(of: ["FR-REG-32", "FR-DEP-59", "BE-REG-03000", "BE-PRO-50000", "FR", "BE"]))
    #expect(Set(rows.map { String($0[2]) }) == ["2023", "2024"])
    // A table that no source tells is not there, and what to import is said.
    let leftOut = outcome.output.matches(of: /\n  (T\d\d)  .+ – à importer : [a-z]/).map { String($0.1) }
    #expect(!leftOut.isEmpty, "\(outcome.output)")
    for id in leftOut { #expect(!sums.contains("\(id).csv"), "\(id)") }
  }

  @Test func `made again, it takes its own place with the same bytes`() throws {
    let folder = try TemporaryFolder()
    let path = folder["catalogue"]
    try Folder.make(path)  // an empty folder is as good as none
    #expect(try Self.export(path, "--year", "2024").status == 0)
    let first = try Self.text("\(path)/SHA256SUMS")
    try Folder.remove("\(path)/T01.csv")
    #expect(try Self.export(path + "/", "--year", "2024").status == 0)
    #expect(try Self.text("\(path)/SHA256SUMS") == first)
    #expect(Folder.fileExists("\(path)/T01.csv"))
    // Whatever somebody has put there is not ours to remove.
    try folder.write("catalogue/LISEZMOI.txt", "à garder")
    let refused = try Self.export(path, "--year", "2024")
    #expect(refused.status == 2 && refused.messages.contains("LISEZMOI.txt"), "\(refused.messages)")
    #expect(try Self.text(folder["catalogue/LISEZMOI.txt"]) == "à garder")
    #expect(try Folder.names(in: folder.path) == ["catalogue"])
  }

  @Test func `the perimeter of one country is of its territories`() throws {
    let folder = try TemporaryFolder()
    let path = folder["catalogue"]
    let outcome = try Self.export(
      path, "--perimeter", "be-observatoire", "--year", "2024", "--base", "https://essor.example/id", "--lang", "nl")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let table = try Self.text("\(path)/T01.csv")
    #expect(table.contains(",BE-PRO-50000,") && !table.contains(",FR-"))
    #expect(try Self.text("\(path)/catalogue-1.ttl").contains("<https://essor.example/id/file/T01.csv>"))
    // The observatory's own territory is French: what is told by area is of the whole country.
    #expect(try Self.text("\(path)/T08.csv").contains(",BE-PRO-50000,"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let folder: String
    let options: [String]
    var status: Int32 = 2
    let says: String
    var testDescription: String { ([folder] + options).joined(separator: " ") }
  }

  static let refusals: [Refusal] = [
    .init(folder: "file", options: [], says: "Il y a un fichier"),
    .init(folder: "full", options: [], says: "mine.txt"),
    .init(folder: "no/x", options: [], says: "n'existe pas"),
    .init(folder: "/sys/essor", options: [], status: 3, says: "choisissez un autre endroit"),
    .init(folder: "new", options: ["--perimeter", "fr-flores-2019"], says: "fr-flores-2018"),
    .init(folder: "new", options: ["--territory", "FR-DEP-XX"], says: "FR-DEP-XX"),
    .init(folder: "new", options: ["--territory", "BE", "--perimeter", "fr-loi-2014"], says: "autre pays"),
    .init(folder: "new", options: ["--year", "2010"], says: "2010"),
    .init(folder: "new", options: ["--year", "hier"], says: "--year"),
    .init(folder: "new", options: ["--secrecy", "internal"], says: "ne protège rien"),
    .init(folder: "new", options: ["--secrecy", "interna"], says: "internal"),
    .init(folder: "new", options: ["--base", "une adresse"], says: "--base"),
    .init(folder: "new", options: ["--release", "jamais"], says: "jamais"),
  ]

  @Test(arguments: refusals)
  func `is refused, and nothing is written`(_ refusal: Refusal) throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "x")
    try folder.write("full/mine.txt", "mine")
    let path = refusal.folder.hasPrefix("/") ? refusal.folder : folder[refusal.folder]
    let program = try Program(
      ["export", "catalogue", path] + refusal.options + ["--observatory", SmallDemonstration.observatory])
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == refusal.status, "\(outcome.messages)")
    #expect(outcome.messages.contains(refusal.says), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(try Folder.names(in: folder.path) == ["file", "full"])
    #expect(try Folder.names(in: folder["full"]) == ["mine.txt"])
  }

  @Test func `what an observatory keeps is no place for it`() throws {
    let observatory = try SmallDemonstration.observatory
    let outcome = try Self.export(observatory + "/warehouse/catalogue")
    #expect(outcome.status == 2 && outcome.messages.contains("/exports"), "\(outcome.messages)")
    #expect(!Folder.exists(observatory + "/warehouse/catalogue"))
  }

  @Test func `what is not a catalogue is not exported`() throws {
    let folder = try TemporaryFolder()
    let wrong = try Program.run("export", "tables", folder["x"])
    #expect(wrong.status == 2 && wrong.messages.contains("essor export catalogue"), "\(wrong.messages)")
    let none = try Program.run("export", "catalogue")
    #expect(none.status == 2 && none.messages.contains("DIR"), "\(none.messages)")
  }
}
