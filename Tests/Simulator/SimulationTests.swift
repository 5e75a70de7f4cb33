import Diagnostics
import Filesystem
import Testing

@testable import Simulator

@Suite struct SimulationTests {
  private static func fingerprints(_ plan: SimulationPlan) throws -> [String: String] {
    try Sample.simulated(plan) { folder in
      var all: [String: String] = [:]
      for part in ["fr", "be"] {
        for name in try Folder.names(in: "\(folder)/\(part)") {
          all["\(part)/\(name)"] = try Fingerprint.of(file: "\(folder)/\(part)/\(name)")
        }
      }
      all["simulation.json"] = try Fingerprint.of(file: "\(folder)/simulation.json")
      return all
    }
  }

  @Test func sameSeedSameBytes() throws {
    let plan = Sample.plan(scale: 0.004)
    let first = try Self.fingerprints(plan)
    let again = try Self.fingerprints(plan)
    #expect(first.keys.filter { first[$0] != again[$0] } == [])
    // At such a scale a list may have no member, and no deposit be given twice.
    func registers(_ all: [String: String]) -> [String: String] {
      all.filter { !$0.key.contains("/list_") && $0.key != "be/nbb_json.zip" }
    }
    #expect(registers(first).count == 9 + 5 + 3 + 3 + 1)
    let other = try Self.fingerprints(Sample.plan(scale: 0.004, seed: 12))
    #expect(registers(first).keys.sorted() == registers(other).keys.sorted())
    #expect(first.allSatisfy { other[$0.key] != $0.value })
  }

  @Test func reportSaysWhatIsThere() throws {
    try Sample.simulated(Sample.plan("FR-COM-80688", scale: 0.1)) { folder in
      let report = String(
        decoding: try Folder.contents(of: "\(folder)/simulation.json"), as: UTF8.self)
      #expect(report.contains("\"simulated\": true"))
      #expect(report.contains("\"seed\": 11"))
      #expect(report.contains("\"scale\": 0.1"))
      #expect(report.contains("\"years\": [2021, 2022, 2023]"))
      let units = try Sample.rows("\(folder)/fr/StockUniteLegale_utf8.zip").rows.count
      #expect(
        report.contains(#""file": "fr/StockUniteLegale_utf8.zip", "rows": \#(units), "sha256""#))
    }
  }

  @Test func progressRises() throws {
    try Sample.inFolder { folder in
      var last = 0.0
      var names: [String] = []
      try Simulation(Sample.plan(scale: 0.003), communes: Sample.communes, share: Sample.share)
        .write(to: folder) { name, fraction in
          #expect(fraction >= last && fraction <= 1)
          last = fraction
          if names.last != name { names.append(name) }
        }
      #expect(last == 1)
      #expect(names == ["fr", "be", "simulation.json"])
    }
  }

  static let refused: [(plan: SimulationPlan, code: String)] = [
    (Sample.plan(scale: 0), "simulate.bad_scale"),
    (Sample.plan(scale: 0.00009), "simulate.bad_scale"),
    (Sample.plan(scale: -1), "simulate.bad_scale"),
    (Sample.plan(scale: .nan), "simulate.bad_scale"),
    (Sample.plan(scale: 2.5), "simulate.bad_scale"),
    (Sample.plan(years: 1980...1990), "simulate.bad_years"),
    (Sample.plan(years: 2000...2040), "simulate.bad_years"),
    (Sample.plan("FR-REG-99"), "simulate.unknown_territory"),
    (Sample.plan("FR-REG-32+XX"), "simulate.unknown_territory"),
    (Sample.plan(""), "simulate.unknown_territory"),
  ]

  @Test(arguments: refused.indices)
  func whatCannotBeIsRefused(index: Int) {
    let (plan, code) = Self.refused[index]
    do {
      _ = try Simulation(plan, communes: Sample.communes, share: Sample.share)
      Issue.record("accepted")
    } catch {
      #expect((error as? Problem)?.code == code)
    }
  }

  @Test(arguments: [
    ("fr-dep-59+be-reg-03000", "FR-DEP-59+BE-REG-03000"), (" fr-be ", "FR-BE"), ("Hdf-Wallonia", "hdf-wallonia"),
  ])
  func aTerritoryIsTakenInSmallLettersToo(typed: String, code: String) throws {
    let plan = Sample.plan(typed, scale: 0.003)
    #expect(plan.codes == Sample.plan(code).codes)
    let (one, other) = (try Self.fingerprints(plan), try Self.fingerprints(Sample.plan(code, scale: 0.003)))
    #expect(one.filter { other[$0.key] != $0.value }.keys.sorted() == [])
    #expect(one.count == other.count)
  }

  @Test(arguments: [SimulationPlan.scales.lowerBound, SimulationPlan.scales.upperBound])
  func bothEndsOfTheScaleAreTaken(scale: Double) throws {
    _ = try Simulation(Sample.plan(scale: scale), communes: Sample.communes, share: Sample.share)
  }

  @Test func nearTerritoryIsNamed() {
    do {
      _ = try Simulation(Sample.plan("FR-REG-33"), communes: Sample.communes, share: Sample.share)
      Issue.record("accepted")
    } catch {
      #expect((error as? Problem)?.facts["nearest"]?.hasPrefix("FR-REG-") == true)
    }
  }

  @Test func plainCapitals() {
    #expect(PlainCapitals.of("L'Haÿ-les-Roses") == "L'HAY-LES-ROSES")
    #expect(PlainCapitals.of("Œuilly") == "OEUILLY")
    #expect(PlainCapitals.of("Saint-Étienne-d’Orthe") == "SAINT-ETIENNE-D'ORTHE")
  }
}
