import Filesystem
import Testing

@testable import Simulator

/// What a simulated French register must keep, whatever its seed.
@Suite struct SireneTests {
  @Test func unitsAndEstablishmentsAgree() throws {
    try Sample.simulated(Sample.plan()) { folder in
      let units = try Sample.rows("\(folder)/fr/StockUniteLegale_utf8.zip")
      let all = try Sample.rows("\(folder)/fr/StockEtablissement_utf8.zip")
      #expect(units.columns.count == 35)
      #expect(all.columns.count == 54)
      #expect(units.faults == 0)
      #expect(units.rows.count > 5_000)

      var headOffices: [String: String] = [:]
      var states: [String: String] = [:]
      var before = ""
      for unit in units.rows {
        let siren = unit["siren"] ?? ""
        #expect(siren > before && siren.utf8.count == 9)
        #expect(NumbersTests.luhn(Int(siren) ?? 1))
        before = siren
        headOffices[siren] = unit["nicSiegeUniteLegale"]
        states[siren] = unit["etatAdministratifUniteLegale"]
        #expect(Self.isTreatedSinceCreated(unit, "UniteLegale"), "\(siren)")
      }
      var seats: Set<String> = []
      for one in all.rows {
        let siret = one["siret"] ?? ""
        let siren = one["siren"] ?? ""
        guard NumbersTests.luhn(Int(siret) ?? 1) else { continue }  // one of the rows to reject
        #expect(siret == siren + (one["nic"] ?? ""))
        #expect(states[siren] != nil)
        #expect(Self.isTreatedSinceCreated(one, "Etablissement"), "\(siret)")
        if states[siren] == "C" { #expect(one["etatAdministratifEtablissement"] == "F") }
        if one["etablissementSiege"] == "true" {
          #expect(headOffices[siren] == one["nic"])
          seats.insert(siren)
        }
      }
      #expect(seats.count == units.rows.count)
      let share = Double(all.rows.count) / Double(units.rows.count)
      #expect(share > 1.3 && share < 1.6)
    }
  }

  /// A row was written after what it tells began.
  private static func isTreatedSinceCreated(_ row: [String: String], _ suffix: String) -> Bool {
    guard let treated = row["dateDernierTraitement\(suffix)"], !treated.isEmpty else { return true }
    return row["dateCreation\(suffix)"] ?? "" <= treated.prefix(10)
  }

  @Test func citiesHaveTheirArrondissements() throws {
    try Sample.simulated(Sample.plan("FR-COM-13055", scale: 0.005)) { folder in
      let all = try Sample.rows("\(folder)/fr/StockEtablissement_utf8.zip")
      var codes: [String: Int] = [:]
      for one in all.rows { codes[one["codeCommuneEtablissement"] ?? "", default: 0] += 1 }
      #expect(codes["13055"] == nil)
      #expect((1...16).allSatisfy { codes[$0 < 10 ? "1320\($0)" : "132\($0)", default: 0] > 0 })
      #expect(!Folder.exists("\(folder)/be"))
    }
  }

  @Test func trapsAreThere() throws {
    try Sample.simulated(Sample.plan("FR-REG-32")) { folder in
      let units = try Sample.rows("\(folder)/fr/StockUniteLegale_utf8.zip").rows
      func share(_ holds: ([String: String]) -> Bool) -> Double {
        Double(units.count(where: holds)) / Double(units.count)
      }
      #expect(share { $0["statutDiffusionUniteLegale"] == "P" } > 0.02)
      #expect(share { $0["unitePurgeeUniteLegale"] == "true" } > 0.005)
      #expect(share { $0["dateCreationUniteLegale"] == "1900-01-01" } > 0.005)
      #expect(share { $0["nomenclatureActivitePrincipaleUniteLegale"] == "NAP" } > 0.01)
      #expect(share { $0["nomenclatureActivitePrincipaleUniteLegale"] == "NAF1993" } > 0.01)
      #expect(share { $0["denominationUniteLegale"]?.contains(",") == true } > 0.001)
      #expect(share { $0["denominationUniteLegale"]?.contains("\"") == true } > 0.0001)
      #expect(share { $0["denominationUniteLegale"]?.contains("’") == true } > 0.0005)
      #expect(abs(share { $0["categorieJuridiqueUniteLegale"] == "1000" } - 0.6) < 0.03)
      #expect(abs(share { $0["categorieJuridiqueUniteLegale"] == "9220" } - 0.07) < 0.015)
    }
  }
}
