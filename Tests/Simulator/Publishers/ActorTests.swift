import Diagnostics
import Tabular
import TestSupport
import Testing

@testable import Simulator

@Suite("Lists of local actors")
struct ActorTests {
  /// Names and states of a register, by number.
  private static func register(_ country: String) throws -> [String: String] {
    let folder = try Published.folder
    if country == "fr" {
      let units = try Published.units.filter {
        $0["etatAdministratifUniteLegale"] == "A"
      }
      return Dictionary(uniqueKeysWithValues: units.map { ($0["siren"] ?? "", $0["denominationUniteLegale"] ?? "") })
    }
    let names = try Sample.rows("\(folder)/be/KboOpenData_Full.zip", "denomination.csv").rows
    return Published.by("EntityNumber", names).mapValues { $0["Denomination"] ?? "" }
  }

  @Test(arguments: ["fr", "be"])
  func `the truth is an active unit, or that there is none`(country: String) throws {
    let rows = try Published.table("\(country)/list_acteurs-locaux.csv")
    let register = try Self.register(country)
    #expect(rows.count > 5)
    var known = 0
    for row in rows where row["verite"] != "" {
      let name = try #require(register[row["verite"] ?? ""], "\(row)")
      #expect(row["categorie"] != "" && row["commune"] != "")
      // A slip changes a few letters or words, never the whole name.
      let first = name.lowercased().split { !$0.isLetter }.map { $0.prefix(2) }
      let written = (row["nom"] ?? "").lowercased().split { !$0.isLetter }.map { $0.prefix(2) }
      #expect(first.isEmpty || first.contains { written.contains($0) }, "\(name): \(row["nom"] ?? "")")
      known += 1
    }
    #expect(known * 10 >= rows.count * 7)
    for row in rows { #expect(!row.keys.contains("siren") && !row.keys.contains("bce")) }
  }

  @Test(arguments: 0..<400)
  func `a slip changes the name and leaves one`(seed: Int) {
    let names = [
      "COMITE DES FETES DE LILLE", "ASSOCIATION \"LES ROSEAUX\"", "L'ATELIER", "OGEC SAINT LOUIS", "A", "ADMR DE RUE",
      "Société coopérative Horizon", "AMICALE DES SAPEURS POMPIERS DE SAINT-QUENTIN", "", "JUDO CLUB RUE",
    ]
    var draws = Draws(UInt64(seed), .unit, 1)
    let name = names[seed % names.count]
    let written = Misspelling.of(name, &draws)
    #expect(written != name)
    #expect(!written.isEmpty)
  }

  @Test(arguments: [
    ["a", "b,c", "d"], ["", "", ""], ["\"quoted\"", "x", "y \"z\""], ["\"", "\"\"", ","], ["été", "", "ŒUVRE"],
  ])
  func `a row is read back as it was meant`(fields: [String]) throws {
    let row = WrittenRow(header: #""one","two",three"#)
    for _ in 0..<2 {
      try row.read { csv throws(Problem) in
        for (place, field) in fields.enumerated() {
          if place > 0 { csv.comma() }
          csv.byte(UInt8(ascii: "\""))
          for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { csv.byte(byte) }
            csv.byte(byte)
          }
          csv.byte(UInt8(ascii: "\""))
        }
        try csv.endRow()
      }
      #expect(["one", "two", "three"].map { row[$0] } == fields)
      #expect(row["four"].isEmpty)
    }
  }
}
