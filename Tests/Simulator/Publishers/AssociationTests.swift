import Filesystem
import Tabular
import Territory
import TestSupport
import Testing

@testable import Simulator

@Suite("The simulated register of associations")
struct AssociationTests {
  private static let semicolon = UInt8(ascii: ";")

  private static let recentResult = Result { try read("rna_waldec.zip") }
  private static let olderResult = Result { try read("rna_import.zip") }

  private static func rows(_ name: String) throws -> [[String: String]] {
    try (name == "rna_waldec.zip" ? recentResult : olderResult).get()
  }

  /// The rows of all départements but the one that says that they are simulated.
  private static func read(_ name: String) throws -> [[String: String]] {
    let path = "\(try Published.folder)/fr/\(name)"
    var all: [[String: String]] = []
    var marks: Set<String> = []
    for entry in try Container.open(path).tableNames {
      let table = try Sample.rows(path, entry, separator: semicolon)
      #expect(table.faults == 0, "\(entry)")
      #expect(table.rows.first?["titre"] == SimulationMark.name && table.rows.first?["position"] == "S")
      marks.insert(table.rows.first?["id"] ?? "")
      all += table.rows.dropFirst()
    }
    // An import rejects a number that it has seen.
    #expect(marks.count == (try Container.open(path).tableNames.count))
    return all
  }

  /// The number of an association that is only in the older file.
  private static func derived(_ row: [String: String]) -> String {
    "W\((row["gestion"] ?? "").prefix(3))\((row["id"] ?? "").suffix(6))"
  }

  @Test func `there is one table for each département`() throws {
    for (file, name) in [("rna_waldec.zip", "waldec"), ("rna_import.zip", "import")] {
      let path = "\(try Published.folder)/fr/\(file)"
      #expect(
        try Container.open(path).tableNames == ["02", "13", "59", "80"].map { "rna_\(name)_20240101_dpt_\($0).csv" })
    }
  }

  @Test(
    .enabled(if: RealData.has("rna/rna_sample_waldec.csv") && RealData.has("rna/rna_sample_import.csv")),
    arguments: [("waldec", AssociationRows.header), ("import", AssociationRows.olderHeader)])
  func `columns are those of the real files`(name: String, header: String) throws {
    let bytes = try Folder.contents(of: RealData.path("rna/rna_sample_\(name).csv"))
    #expect(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) == header)
  }

  @Test func `every W of SIRENE is there, mostly under the same title`() throws {
    let recent = try Self.rows("rna_waldec.zip")
    let older = try Self.rows("rna_import.zip")
    var titles: [String: String] = [:]
    for row in older where row["position"] != "R" { titles[Self.derived(row)] = row["titre"] }
    for row in recent { titles[row["id"] ?? ""] = row["titre"] }
    let units = try Published.units.filter {
      $0["identifiantAssociationUniteLegale"] != ""
    }
    #expect(units.count > 300)
    var same = 0
    for unit in units {
      let w = unit["identifiantAssociationUniteLegale"] ?? ""
      // An older file may have lost its accents and its apostrophes.
      let title = try #require(titles[w], "\(w)")
      let name = unit["denominationUniteLegale"] ?? ""
      if title == name || title == name.filter(\.isASCII) { same += 1 }
    }
    let share = Double(same) / Double(units.count)
    #expect(share > 0.88 && share < 0.98, "\(share)")
  }

  @Test func `numbers, dates and positions go together`() throws {
    let recent = try Self.rows("rna_waldec.zip")
    var seen: Set<String> = []
    var twice = 0
    for row in recent {
      let w = row["id"] ?? ""
      #expect(w.count == 10 && w.hasPrefix("W") && w.dropFirst(3).allSatisfy(\.isNumber), "\(w)")
      #expect(row["gestion"] == "\(w.dropFirst().prefix(3))P")
      #expect(["A", "D", "S"].contains(row["position"]))
      #expect((row["date_disso"] != "0001-01-01") == (row["position"] == "D"), "\(w)")
      // Nothing of it is later than the table.
      #expect((row["date_decla"] ?? "9") < "2024-01-01", "\(w)")
      if !seen.insert(w).inserted { twice += 1 }
    }
    #expect(twice * 100 < recent.count)
    let older = try Self.rows("rna_import.zip")
    for row in older {
      #expect((row["date_creat"] ?? "") < "2009-01-01")
      #expect(["A", "D", "S", "R"].contains(row["position"]))
      // What was carried over is in the newer file, under the number that the remarks give.
      if row["position"] == "R" { #expect(seen.contains(row["observation"] ?? ""), "\(row)") }
    }
    #expect(older.contains { $0["position"] == "R" } && older.contains { $0["position"] == "A" })
  }

  @Test func `no two associations of SIRENE have one number`() throws {
    let numbers = (0..<400_000).map { rank in
      let one = AssociationNumbers.registered(rank, in: "59")
      return "\(one.office) \(one.number)"
    }
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers.allSatisfy { $0.hasPrefix("59") && $0.dropFirst(2).first.map { "1"..."5" ~= $0 } == true })
    let letters = ["59350", "2A004", "97105", "97411", "976"].map(AssociationNumbers.letters)
    #expect(letters == ["59", "2A", "9G", "9R", "9Y"])
    let given = try Published.units.compactMap { $0["identifiantAssociationUniteLegale"] }.filter { !$0.isEmpty }
    #expect(given.count > 300 && Set(given).count == given.count)
  }

  @Test func `most have no SIRET, and a SIRET leads to SIRENE`() throws {
    let recent = try Self.rows("rna_waldec.zip")
    let establishments = Set(
      try Published.establishments.map { $0["siret"] ?? "" })
    let given = recent.compactMap { $0["siret"] }.filter { !$0.isEmpty }
    #expect(given.count > 40 && given.count * 4 < recent.count)
    #expect(given.filter { !establishments.contains($0) }.count * 20 < given.count)
  }

  /// About 800 000 active ones without a SIREN in France, by population.
  @Test func `there are as many as the table says`() throws {
    let known = Set(
      try Published.units.compactMap {
        $0["identifiantAssociationUniteLegale"]
      })
    let recent = try Self.rows("rna_waldec.zip").filter { $0["position"] == "A" && !known.contains($0["id"] ?? "") }
    let older = try Self.rows("rna_import.zip").filter { $0["position"] == "A" && !known.contains(Self.derived($0)) }
    let people = Sample.communes.filter { $0.code.hasPrefix("FR-") }.reduce(0) { $0 + $1.population }
    let wanted = 800_000 * 0.06 * Double(people) / 68_100_000
    let found = Double(recent.count + older.count) / wanted
    // Those of SIRENE without a number there come on top.
    #expect(found > 0.95 && found < 1.45, "\(found)")
  }

  @Test func `some are still in communes that are no more`() throws {
    let codes = Set(try Self.rows("rna_waldec.zip").map { $0["adrs_codeinsee"] ?? "" })
    #expect(codes.isSuperset(of: ["59350", "02691", "80688"]))
    #expect(!codes.isDisjoint(with: ["59355", "59298"]))
  }
}

@Suite("Text that came down the years")
struct BrokenTextTests {
  private final class Kept: ByteSink {
    var bytes: [UInt8] = []
    func write(_ part: UnsafeRawBufferPointer) { bytes += part }
  }

  private static func written(_ text: String, as encoding: AssociationText) throws -> [UInt8] {
    let kept = Kept()
    let broken = BrokenText(encoding, to: kept)
    try Array(text.utf8).withUnsafeBytes { try broken.write($0) }
    return kept.bytes
  }

  @Test(arguments: ["", "DEVELOPPEMENT", "développement de la musique à l'École", "L’ŒUVRE – cœur", "naïf 100 €"])
  func `is text in its encoding`(text: String) throws {
    #expect(try Self.written(text, as: .utf8) == Array(text.utf8))
    #expect(try Self.written(text, as: .lost) == Array(text.utf8.filter { $0 < 0x80 }))
    let windows = try Self.written(text, as: .windows1252)
    #expect(windows.count == text.unicodeScalars.count)
    let table = try readTable(Array("a;b\n".utf8) + Array("x;".utf8) + windows + [UInt8(ascii: "\n")], separator: 0x3b)
    #expect(table.rows.first?.last == text.replacing("€", with: "?"))
  }
}
