import Filesystem
import Foundation
import Tabular
import TestSupport
import Testing

/// An observatory of a few organisations, built by the program itself.
enum FoundObservatory {
  static let names = [
    "CLUB DE FOOTBALL DE LILLE", "ASS SOLIDARITE RURALE", "CRECHE LES TOURNESOLS", "\u{1b}[31mROUGE VIF\u{9b}",
    "SECRET TOTAL",
  ]
  static let sirens = names.indices.map { SmallSirene.siren($0 + 1) }

  private static let result = Result { () throws -> TemporaryFolder in
    let folder = try TemporaryFolder()
    let units = zip(sirens, names).map { siren, name in
      SmallSirene.Unit(siren, name: name, diffusion: name.hasPrefix("SECRET") ? "P" : "O")
    }
    let places = sirens.map { SmallSirene.Place(SmallSirene.siret($0, 1), band: "11") }
    try folder.write("units.csv", SmallSirene.units(units))
    try folder.write("establishments.csv", SmallSirene.establishments(places))
    for (source, file) in [("sirene-units", "units.csv"), ("sirene-establishments", "establishments.csv")] {
      let outcome = try Program.run("import", source, folder[file], "--observatory", folder["o"])
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    let outcome = try Program.run("build", "--observatory", folder["o"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    return folder
  }

  static var folder: TemporaryFolder { get throws { try result.get() } }

  static func find(_ arguments: String...) throws -> Program.Outcome {
    let program = try Program(["find"] + arguments + ["--observatory", folder["o"]])
    try program.process.run()
    return try program.finish()
  }
}

@Suite("Find, from the command line")
struct FindTests {
  @Test func `by name, with a mistake, by place, by number`() throws {
    let exact = try FoundObservatory.find("football", "--in", "FR-DEP-59")
    #expect(exact.status == 0 && exact.output.contains("CLUB DE FOOTBALL DE LILLE"), "\(exact)")
    #expect(exact.output.contains("Nord (département, FR-DEP-59)") && exact.output.contains("1 organisation."))
    let near = try FoundObservatory.find("solidarte", "rurale")
    #expect(near.output.contains("ASS SOLIDARITE RURALE") && near.output.contains("approchante"), "\(near)")
    let elsewhere = try FoundObservatory.find("football", "--in", "FR-DEP-80")
    #expect(elsewhere.status == 0 && elsewhere.output.contains("Sans les filtres : 1 organisation"), "\(elsewhere)")
    let sheet = try FoundObservatory.find(FoundObservatory.sirens[0])
    #expect(sheet.status == 0 && sheet.output.contains("CLUB DE FOOTBALL DE LILLE"), "\(sheet)")
    #expect(sheet.output.contains("fr-loi-2014") && sheet.output.contains("units.csv"))
    #expect(sheet.output.contains("confidentiels"))
    let same = try Program.run("sheet", FoundObservatory.sirens[0], "--observatory", FoundObservatory.folder["o"])
    #expect(same.output == sheet.output)
  }

  /// What the register calls a unit that does not employ, or of which it knows nothing, has no size that is known.
  @Test func `the sheet tells the size class that the list is asked for`() throws {
    let unknown = try FoundObservatory.find("football", "--size", "SX")
    #expect(unknown.output.contains("CLUB DE FOOTBALL DE LILLE") && unknown.output.contains("Taille inconnue"))
    let none = try FoundObservatory.find("football", "--size", "S0")
    #expect(none.output.contains("Sans les filtres : 1 organisation"), "\(none)")
    let sheet = try FoundObservatory.find(FoundObservatory.sirens[0])
    #expect(
      sheet.output.contains("Taille inconnue (SX) ; tranche publique du registre : Aucun salarié connu"), "\(sheet)")
  }

  @Test func `nothing is said of a restricted one but that it is there`() throws {
    let list = try FoundObservatory.find()
    #expect(list.output.contains("diffusion restreinte") && list.output.contains("Dont 1 en diffusion restreinte"))
    for outcome in [
      list, try FoundObservatory.find("--format", "csv"), try FoundObservatory.find("--format", "json"),
      try FoundObservatory.find(FoundObservatory.sirens[4]),
      try FoundObservatory.find(FoundObservatory.sirens[4], "--format", "json"),
    ] {
      #expect(outcome.status == 0 && !outcome.output.contains("SECRET"), "\(outcome)")
    }
    #expect(!(try FoundObservatory.find(FoundObservatory.sirens[4]).output.contains("Lille")))
    #expect(try FoundObservatory.find("secret", "total").output.contains("0 organisation"))
    for territory in ["FR-COM-59350", "Nord", "FR"] {
      let csv = try FoundObservatory.find("--in", territory, "--format", "csv").output
      #expect(csv.contains(FoundObservatory.sirens[0]) && !csv.contains(FoundObservatory.sirens[4]), "\(csv)")
      let text = try FoundObservatory.find("--in", territory).output
      #expect(text.contains("4 organisations.") && !text.contains("Dont 1 en diffusion"), "\(text)")
      #expect(text.contains("pas trouvées par lieu"))
    }
  }

  @Test func `CSV and JSON say the same as the text`() throws {
    let csv = try FoundObservatory.find("--in", "Amiens", "--format", "csv")
    #expect(csv.output.split(separator: "\n").count == 1)
    let all = try FoundObservatory.find("--format", "csv").output.split(separator: "\n")
    #expect(all.count == 1 + FoundObservatory.names.count)
    #expect(all.contains { $0.hasPrefix("FR,\(FoundObservatory.sirens[2]),CRECHE LES TOURNESOLS,false,true,") })
    let json = try FoundObservatory.find("tournesol", "--format", "json").output
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["total"] as? Int == 1)
    let first = try #require((document["organisations"] as? [[String: Any]])?.first)
    #expect(first["id"] as? String == FoundObservatory.sirens[2])
    let folder = try TemporaryFolder()
    let written = try FoundObservatory.find("--format", "csv", "--output", folder["list.csv"])
    #expect(written.status == 0 && written.output.isEmpty)
    let text = String(decoding: try Folder.contents(of: folder["list.csv"]), as: UTF8.self)
    #expect(text == (try FoundObservatory.find("--format", "csv").output))
  }

  /// A file has what the CSV has, and a restricted one no more than there.
  @Test func `a list as the files that others read`() throws {
    let folder = try TemporaryFolder()
    let csv = try FoundObservatory.find("--format", "csv").output
    let described = try FoundObservatory.find(
      "--format", "csvw", "--output", folder["all.csv-metadata.json"], "--lang", "en")
    #expect(described.status == 0 && described.output.isEmpty, "\(described)")
    let metadata = try Data(contentsOf: URL(fileURLWithPath: folder["all.csv-metadata.json"]))
    let document = try #require(try JSONSerialization.jsonObject(with: metadata) as? [String: Any])
    #expect(document["url"] as? String == "all.csv")
    let columns = (document["tableSchema"] as? [String: Any])?["columns"] as? [[String: Any]]
    let names = try #require(columns).compactMap { $0["name"] as? String }
    #expect(names.joined(separator: ",") == csv.prefix { $0 != "\n" })
    for (format, start) in [("xlsx", "PK"), ("parquet", "PAR1")] {
      let written = try FoundObservatory.find("--format", format, "--output", folder["all.\(format)"])
      #expect(written.status == 0 && written.output.isEmpty, "\(written)")
      #expect(try Folder.contents(of: folder["all.\(format)"]).starts(with: start.utf8), "\(format)")
    }
    let workbook = try ZipArchive(ReadableFile(folder["all.xlsx"]))
    let sheet = try #require(workbook.entries.first { $0.name == "xl/worksheets/sheet1.xml" })
    let text = String(decoding: try readAll(workbook.stream(sheet)), as: UTF8.self)
    #expect(FoundObservatory.sirens.allSatisfy(text.contains) && text.contains("CLUB DE FOOTBALL DE LILLE"))
    #expect(!text.contains("SECRET"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let line: [String]
    var status: Int32 = 2
    let says: String
    var testDescription: String { line.map { String($0.prefix(20)) }.joined(separator: " ") }
  }

  static let refusals: [Refusal] = [
    .init(line: ["--in", "Amienz"], says: "Amiens"), .init(line: ["--in", "Lomme"], says: "FR-COM-59350"),
    .init(line: ["--in", "FR-COM-59355"], says: "FR-COM-59350"),
    .init(line: ["--in", "Saint-Denis"], says: "FR-COM-93066"),
    .init(line: ["--family", "asociation"], says: "association"), .init(line: ["--sector", "E14"], says: "E1"),
    .init(line: ["--size", "S9"], says: "S0"), .init(line: ["--perimeter", "fr-loi-2015"], says: "fr-loi-2014"),
    .init(line: ["--limit", "0"], says: "--limit"), .init(line: ["--limit", "beaucoup"], says: "--limit"),
    .init(line: ["--offset", "-1"], says: "--offset"), .init(line: ["--format", "xml"], says: "csv"),
    .init(line: ["--format", "json-stat"], says: "csv, csvw, xlsx, parquet"),
    .init(line: ["--format", "sdmx-csv"], says: "essor export catalogue"),
    .init(line: ["--format", "xlsx", "--output", "/nowhere/list.xlsx"], status: 1, says: "/nowhere"),
    .init(line: [""], says: "ni lettre ni chiffre"), .init(line: ["\u{1b}[2J…"], says: "2J"),
    .init(line: [String(repeating: "a b ", count: 2_500)], says: "500 au plus"),
    .init(line: ["123456789"], says: "Luhn"), .init(line: ["W999999999"], status: 1, says: "W999999999"),
    .init(line: [SmallSirene.siren(900_000)], status: 1, says: "essor explain"),
    .init(line: ["--output", "/nowhere/list.csv"], status: 1, says: "/nowhere"),
    .init(line: ["--format", "csv", "--output", "/dev/full"], status: 3, says: "/dev/full"),
    .init(line: ["--release", "none"], says: "none"),
  ]

  @Test(arguments: refusals)
  func `a refusal says what and what to do`(_ refusal: Refusal) throws {
    let program = try Program(["find"] + refusal.line + ["--observatory", FoundObservatory.folder["o"]])
    try program.process.run()
    let outcome = try program.finish()
    if refusal.line == ["\u{1b}[2J…"] {
      // There are a digit and a letter: nothing is found, and nothing reaches the terminal.
      #expect(outcome.status == 0)
    } else {
      #expect(outcome.status == refusal.status, "\(outcome)")
      #expect(outcome.messages.contains("→"), "\(outcome.messages)")
    }
    #expect((outcome.messages + outcome.output).contains(refusal.says), "\(outcome)")
    #expect(HostileTextTests.isHarmless(outcome.output) && HostileTextTests.isHarmless(outcome.messages))
  }

  @Test func `an observatory without a release, and one whose directory is damaged`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run("init", folder["empty"])
    let none = try Program.run("find", "x", "--observatory", folder["empty"])
    #expect(none.status == 1 && none.messages.contains("essor build"), "\(none)")
    let away = try Program.run("find", "x", "--observatory", folder["away"])
    #expect(away.status == 1 && away.messages.contains("→"), "\(away)")
    let source = try FoundObservatory.folder["o"]
    try FileManager.default.copyItem(atPath: source, toPath: folder["o"])
    let file = folder["o"] + "/current/directory.index"
    let bytes = try Folder.contents(of: file)
    for (content, says) in [
      (Array(bytes.prefix(1_000)), "essor build"), ([], "essor build"), (Array("x".utf8) + bytes, "essor build"),
    ] {
      try Folder.write(content, to: file)
      let outcome = try Program.run("find", "lille", "--observatory", folder["o"])
      #expect(outcome.status == 1 && outcome.messages.contains(says), "\(outcome)")
      #expect(outcome.messages.contains("directory.index"))
    }
    let check = try Program.run("check", "--observatory", folder["o"])
    #expect(check.status == 1 && check.output.contains("directory.index"), "\(check)")
  }

  @Test func `no control of a name reaches the terminal`() throws {
    for arguments in [["vif"], ["vif", "--format", "csv"], ["vif", "--format", "json"]] {
      let program = try Program(["find"] + arguments + ["--observatory", FoundObservatory.folder["o"]])
      try program.process.run()
      let outcome = try program.finish()
      #expect(outcome.output.contains("ROUGE VIF") && HostileTextTests.isHarmless(outcome.output), "\(outcome)")
    }
  }
}
