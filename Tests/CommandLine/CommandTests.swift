import Filesystem
import Foundation
import TestSupport
import Testing

@Suite("Commands")
struct CommandTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let line: [String]
    let says: String
    var testDescription: String { line.joined(separator: " ") }
  }

  static let refusals: [Refusal] = [
    .init(line: ["tabel", "T01"], says: "table"),
    .init(line: ["import", "sirene-unit", "x"], says: "sirene-units"),
    .init(line: ["import", "sirene-units"], says: "FILE"),
    .init(line: ["simulate", "FOLDER", "--scale", "beaucoup"], says: "--scale"),
    .init(line: ["simulate", "FOLDER", "--scale", "3"], says: "de 0,0001 à 2)"),
    .init(line: ["demo", "FOLDER", "--scale", "0"], says: "de 0,0001 à 2)"),
    .init(line: ["demo", "FOLDER", "--scale", "2,01", "--lang", "en"], says: "from 0.0001 to 2)"),
    .init(line: ["simulate", "FOLDER", "--territory", "fr-dep-xx"], says: "FR-DEP-XX"),
    .init(line: ["simulate", "FOLDER", "--years", "2024-2019"], says: "2019-2024"),
    .init(line: ["simulate", "FOLDER", "--years", "2019-"], says: "2019-2024"),
    .init(line: ["simulate", "FOLDER", "--yeras", "2024"], says: "--years"),
    .init(line: ["simulate", "FOLDER", "--scale"], says: "--scale"),
    .init(line: ["explain", "123456789"], says: "Luhn"),
    .init(line: ["explain", "0400378486"], says: "97"),
    .init(line: ["explain", "12"], says: "SIREN"),
    .init(line: ["perimeters", "fr-flores-2019"], says: "fr-flores-2018"),
    .init(line: ["table", "T03x"], says: "la plus proche : T03"),
    .init(line: ["table", "T01", "--output", ""], says: "--output"),
    .init(line: ["table", "T02", "--format", "jsonstat"], says: "→ Écrivez --format json-stat"),
    .init(line: ["tables", "--format", "xls"], says: "→ Écrivez --format xlsx"),
    .init(line: ["tables", "--format", "pdf"], says: "« pdf » ne convient pas à --format (attendu : text, "),
    .init(line: ["outlines", "FR", "--level", "comune"], says: "→ Écrivez --level commune"),
    .init(line: ["reconcile", "--source", "flors"], says: "→ Écrivez --source flores"),
    .init(line: ["export", "catalog", "FOLDER"], says: "le plus proche : catalogue"),
    .init(line: ["doctor", "now"], says: "now"),
    .init(line: ["table", "T01", "--lang", "de"], says: "fr, nl, en"),
  ]

  @Test(arguments: refusals)
  func `a wrong command line says what it should be`(_ refusal: Refusal) throws {
    let folder = try TemporaryFolder()
    _ = try Program.run("init", folder["o"])
    let line = refusal.line.map { $0 == "FOLDER" ? folder["x"] : $0 } + ["--observatory", folder["o"]]
    let program = try Program(line)
    try program.process.run()
    let outcome = try program.finish()
    #expect(outcome.status == 2, "\(outcome.messages)")
    #expect(outcome.messages.contains(refusal.says), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
    #expect(!Folder.exists(folder["x"]), "nothing was begun")
  }

  @Test(arguments: ["fr", "nl", "en"])
  func `every command explains itself in each language`(language: String) throws {
    let help = try Program.run("help", "--lang", language).output
    let commands = help.split(separator: "\n").filter { $0.hasPrefix("  essor ") }.map {
      String($0.split(separator: " ")[1])
    }
    #expect(commands.count >= 12)
    for command in commands {
      let outcome = try Program.run(command, "--help", "--lang", language)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("--observatory"), "\(command)")
      // A missing sentence shows as its key.
      #expect(!outcome.output.contains("help.") && !outcome.output.contains("option."), "\(command): \(outcome.output)")
    }
  }

  @Test(arguments: ["fr", "nl", "en"])
  func `an option that means something of its own to a command says so`(language: String) throws {
    func line(_ command: String, _ option: String) throws -> String {
      let help = try Program.run(command, "--help", "--lang", language).output
      return String(try #require(help.split(separator: "\n").first { $0.contains("--\(option) ") }))
        .split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
    for option in ["release", "year"] { #expect(try line("build", option) != line("table", option)) }
    #expect(try line("table", "release") == line("explain", "release"))
    let own = try line("build", "option")
    #expect(own.contains("level=unit|establishment") && own.contains("essor.json"))
  }

  @Test func `a label of a step is never cut where there is no terminal`() throws {
    let folder = try TemporaryFolder()
    let name = "stock_des_unites_legales_de_mars_2026_tel_que_publie.csv"
    let file = try folder.write(name, SampleFiles.units(40))
    let outcome = try Program.run("import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder["o"])
    #expect(outcome.messages.contains(name), "\(outcome.messages)")
  }

  @Test func `an installed copy without its libraries is told both ways`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run("doctor", environment: ["ESSOR_LIB": folder["nothing"]])
    #expect(outcome.status == 3)
    #expect(outcome.output.split(separator: "\n").count { $0.contains("make install") } == 2, "\(outcome.output)")
    #expect(outcome.output.contains("Il manque 2 choses : suivez les flèches."), "\(outcome.output)")
  }

  @Test func `the whole way, from files to a table in each form`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run("demo", folder["demo"], "--scale", "0.01", "--no-serve")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("Données simulées"))
    #expect(outcome.output.contains("✓ 10 vérifications réussies"))
    let observatory = folder["demo"] + "/observatory"
    let text = try Program.run("table", "T01", "--territory", "FR-REG-32", "--observatory", observatory)
    #expect(text.output.contains("Hauts-de-France"))
    let csv = try Program.run(
      "table", "T02", "--territory", "BE-REG-03000", "--format", "csv", "--observatory", observatory)
    #expect(
      csv.output.hasPrefix(
        "table,area,year,family,measure,value,low,high,flag,value_status,basis,unit,"
          + "area_label,family_label,measure_label\nT02,BE-REG-03000,2024,"))
    #expect(try Folder.names(in: observatory + "/sources/list").contains("cgscop"))
    let json = try Program.run(
      "table", "T01", "--territory", "FR-REG-32", "--format", "json", "--observatory", observatory)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(object?["table"] as? String == "T01")
    let cells = try #require(object?["cells"] as? [[String: Any]])
    // Five measures and four shares of each of the four fields.
    #expect(cells.count == 36 && cells.allSatisfy { $0["area"] as? String == "FR-REG-32" })
    #expect(Set(cells.compactMap { $0["measure"] as? String }).isSuperset(of: ["units", "gross_pay", "share_jobs"]))
    let provenance = try #require(object?["provenance"] as? [String: Any])
    #expect(provenance["secrecy"] as? [String] == ["fr-insee"] && object?["unprotected"] as? Bool == false)
    // A series is one table, with the rows of those of its years.
    func series(_ years: String, _ format: String) throws -> String {
      try Program.run(
        "table", "T01", "--territory", "FR-REG-32", "--year", years, "--format", format, "--observatory", observatory
      ).output
    }
    let years = ["2023", "2024"]
    let parts = try years.map { try series($0, "csv").split(separator: "\n") }
    #expect(try series("2023-2024", "csv").split(separator: "\n") == parts[0] + parts[1].dropFirst())
    let both = try JSONSerialization.jsonObject(with: Data(series("2023-2024", "json").utf8)) as? [String: Any]
    #expect((both?["years"] as? [Any])?.compactMap { $0 as? Int } == [2023, 2024])
    #expect((both?["cells"] as? [[String: Any]])?.compactMap { $0["year"] as? Int }.count { $0 == 2023 } == 36)
    #expect(try series("2023-2024", "text").components(separatedBy: "Ensemble de l'économie").count == 3)
    let check = try Program.run("check", "--format", "json", "--observatory", observatory)
    let report = try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any]
    #expect(check.status == 0)
    #expect((report?["files"] as? [[String: Any]])?.allSatisfy { $0["out_of_scope"] != nil } == true)
    let dutch = try Program.run(
      "table", "T01", "--territory", "BE-REG-03000", "--lang", "nl", "--observatory", observatory)
    #expect(dutch.output.contains("Hele economie"))
  }

  @Test func `where nothing is near, no neighbour is named`() throws {
    for language in ["fr", "nl", "en"] {
      for line in [["xqzxqz"], ["import", "xqzxqzxqz", "x"], ["perimeters", "xqzxqz"], ["tables", "--xqzxqzxqz"]] {
        let program = try Program(line + ["--lang", language])
        try program.process.run()
        let outcome = try program.finish()
        #expect(outcome.status == 2 && outcome.messages.contains("→"), "\(outcome.messages)")
        let first = outcome.messages.split(separator: "\n").first ?? ""
        #expect(first.contains("xqzxqz") && !first.contains(";") && !first.contains(" : "), "\(first)")
        #expect(!first.contains(".far"), "\(first)")
      }
    }
  }

  @Test func `a perimeter shows what each rule depends on and whom it spares`() throws {
    let folder = try TemporaryFolder()
    func lines(_ arguments: String...) throws -> [String] {
      let program = try Program(["perimeters"] + arguments + ["--lang", "en", "--observatory", folder["o"]])
      try program.process.run()
      return try program.finish().output.split(separator: "\n").map(String.init)
    }
    func rule(_ id: String, in lines: [String]) throws -> String {
      try #require(lines.first { $0.hasPrefix(id + " ") }).split(separator: " ").joined(separator: " ")
    }
    let usual = try lines("be-observatoire")
    #expect(try rule("form-be-721", in: usual).contains("fact_associations=on: no effect"))
    #expect(try rule("out-nace-84", in: usual).contains("Mutual"))
    #expect(try rule("out-nace-84", in: usual).contains("mutuals_843=on D+M"))
    #expect(try rule("out-nace-84-all", in: usual).contains("mutuals_843=off: no effect"))
    // The settings of the observatory are those that count.
    _ = try folder.write("o/essor.json", #"{"options": {"be-observatoire": {"mutuals_843": "off"}}}"#)
    let own = try lines("be-observatoire")
    #expect(own.contains { $0.hasPrefix("  mutuals_843=off") })
    #expect(try rule("out-nace-84", in: own).contains("mutuals_843=on: no effect"))
    #expect(try rule("out-nace-84-all", in: own).contains("mutuals_843=off D+M"))
    let json = try lines("be-observatoire", "--format", "json").joined(separator: "\n")
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let rules = try #require(object?["rules"] as? [[String: Any]])
    let all = try #require(rules.first { $0["rule"] as? String == "out-nace-84-all" })
    #expect(all["option"] as? String == "!mutuals_843")
    #expect(all["option_on"] as? Bool == false)
    #expect(all["in_force"] as? Bool == true)
    let most = try #require(rules.first { $0["rule"] as? String == "out-nace-84" })
    #expect(most["in_force"] as? Bool == false)
    #expect(most["except"] as? [String] == ["mutual"])
  }

  @Test func `a code of before is explained as it stands, without a label that nobody has`() throws {
    let folder = try TemporaryFolder()
    let units = SampleFiles.units(1).replacing("88.99B,NAFRev2", with: "77.08,NAP")
    let file = try folder.write("stock.csv", units)
    #expect(
      try Program.run("import", "sirene-units", file, "--vintage", "2026-03", "--observatory", folder["o"]).status == 0)
    let outcome = try Program.run(
      "explain", "\(SampleFiles.sirens(1)[0])", "--lang", "en", "--observatory", folder["o"])
    #expect(
      outcome.output.contains("Activity: 77.08 (Classification of activities and products (NAP 1973))\n"),
      "\(outcome.output)")
  }

  @Test func `doctor finds a folder in which nothing can be written`() throws {
    let folder = try TemporaryFolder()
    let well = try Program.run("doctor", "--observatory", folder["not/yet"])
    #expect(well.status == 0 && well.output.contains(folder.path), "\(well.output)")
    // Nobody makes files there, whatever the rights.
    let outcome = try Program.run("doctor", "--observatory", "/proc/essor")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("✗ Dossier où écrire\n  /proc : "), "\(outcome.output)")
  }

  @Test func `a table that cannot be written says why, and what to do`() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run("demo", folder["demo"], "--scale", "0.001", "--no-serve").status == 0)
    let (observatory, path) = (folder["demo"] + "/observatory", folder["no"] + "/x.csv")
    let outcome = try Program.run("table", "T01", "--observatory", observatory, "--output", path)
    #expect(outcome.status == 1)
    #expect(
      outcome.messages.hasPrefix("essor: \(path) : Le dossier \(folder["no"]) n'existe pas."), "\(outcome.messages)")
    // Nobody makes files there, whatever the rights; another observatory would not help.
    let forbidden = try Program.run("table", "T01", "--observatory", observatory, "--output", "/sys/essor.csv")
    #expect(forbidden.status == 3)
    #expect(forbidden.messages.hasPrefix("essor: /sys/essor.csv : "), "\(forbidden.messages)")
    #expect(forbidden.messages.contains("avec --output.") && !forbidden.messages.contains("--observatory"))
    let shown = try Program.run("table", "T01", "--observatory", observatory)
    let dashed = try Program.run("table", "T01", "--observatory", observatory, "--output", "-")
    #expect(dashed.status == 0 && !shown.output.isEmpty && dashed.output == shown.output, "\(dashed.messages)")
    // A reader of English finds the country by its English name.
    let english = try Program.run(
      "table", "T01", "--territory", "BE", "--lang", "en", "--observatory", observatory)
    #expect(english.output.contains("– Belgium, ") && !english.output.contains("Région"), "\(english.output)")
  }

  @Test func `no result takes the place of what an observatory keeps`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run("init", folder["o"])
    let settings = try Folder.contents(of: folder["o/essor.json"])
    for name in ["o/warehouse/releases/r", "o/sources", "o/exports", "disk/outlines", "plain"] {
      try Folder.make(folder[name])
    }
    try Folder.link(folder["r"], to: "o/warehouse/releases/r")
    try Folder.link(folder["o/outlines"], to: "../disk/outlines")
    func told(_ name: String, in observatory: String) throws -> Program.Outcome {
      try Program.run("table", "T01", "--observatory", folder[observatory], "--output", folder[name])
    }
    let kept = [
      "o/essor.json", "o/.lock", "o/current", "o/sources/x.csv", "o/exports/../sources/x.csv", "r/directory.index",
    ]
    for (name, observatory) in kept.map({ ($0, "o") }) + kept.map({ ($0, "none") }) + [("disk/outlines/x.svg", "o")] {
      let outcome = try told(name, in: observatory)
      #expect(outcome.status == 2, "\(name), \(observatory): \(outcome.messages)")
      #expect(outcome.messages.contains("appartient à l'observatoire"), "\(name): \(outcome.messages)")
    }
    for name in ["o/exports/x.csv", "o/essor.json.csv", "o/sources/../x.csv", "plain/essor.json"] {
      let outcome = try told(name, in: "o")
      #expect(!outcome.messages.contains("appartient à l'observatoire"), "\(name): \(outcome.messages)")
    }
    #expect(try Folder.contents(of: folder["o/essor.json"]) == settings)
  }

  @Test func `an output that cannot be written is an error`() throws {
    let outcome = try Program.run("perimeters", suffix: "> /dev/full")
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("stdout"), "\(outcome.messages)")
  }

  @Test func `a reader that leaves early is none`() throws {
    let outcome = try Program.run("perimeters", "common-statutory", suffix: "| head -1; exit ${PIPESTATUS[0]:-0}")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.isEmpty)
  }

  @Test func `a perimeter is also a document for machines`() throws {
    let outcome = try Program.run("perimeters", "be-observatoire", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    #expect(object?["id"] as? String == "be-observatoire")
    #expect((object?["rules"] as? [[String: Any]])?.allSatisfy { $0["confidence"] is String } == true)
  }

  @Test func `the real files import and reconcile`() throws {
    guard let data = Checkout.realData(ProcessInfo.processInfo.environment) else {
      print("skipped: no real files (ESSOR_REAL_DATA)")
      return
    }
    let folder = try TemporaryFolder()
    let files = [
      ("sirene-units", "sirene/sample_unites_legales_OK.csv"),
      ("sirene-establishments", "sirene/sample_etablissements_OK.csv"),
      ("sirene-units", "sirene/StockUniteLegale_echantillon_2026-03.csv"),
      ("sirene-establishments", "sirene/StockEtablissement_echantillon_2025-12.csv"), ("kbo", "kbo"),
    ]
    for (source, file) in files {
      let outcome = try Program.run("import", source, "\(data)/\(file)", "--observatory", folder["o"])
      #expect(outcome.status == 0, "\(file): \(outcome.messages)")
    }
    #expect(try Program.run("build", "--observatory", folder["o"]).status == 0)
    let check = try Program.run("check", "--observatory", folder["o"], "--format", "json")
    #expect(check.status == 0, "\(check.output)")
    let unit = try Program.run("explain", "016750697", "--observatory", folder["o"])
    #expect(unit.output.contains("ETS J VIRLY S A"))
    let belgian = try Program.run("explain", "0200.065.765", "--observatory", folder["o"], "--format", "json")
    #expect(belgian.output.contains("\"in\" : false"))
  }
}
