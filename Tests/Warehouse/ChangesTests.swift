import Diagnostics
import Nomenclature
import Perimeter
import Territory
import TestSupport
import Testing

@testable import Warehouse

@Suite("Changes through time, from successive stocks")
struct ChangesTests {
  private static func siren(_ number: Int) -> String { SmallSirene.siren(number) }

  /// A stock under its own vintage, the units with their one establishment.
  private func importing(
    _ small: SmallObservatory, _ vintage: String, _ units: [(unit: SmallSirene.Unit, commune: String)]
  ) throws {
    try small.importing(.sireneUnits, "u\(vintage).csv", SmallSirene.units(units.map(\.unit)), vintage: vintage)
    try small.importing(
      .sireneEstablishments, "e\(vintage).csv",
      SmallSirene.establishments(
        units.map {
          .init(SmallSirene.siret($0.unit.siren, 1), state: $0.unit.state == "A" ? "A" : "F", commune: $0.commune)
        }),
      vintage: vintage)
  }

  private func changes(
    _ small: SmallObservatory, _ territory: String, _ from: String, _ to: String, _ perimeter: String = "fr-insee-2008"
  ) throws -> Changes {
    let territories = try Checkout.territories
    return try Changes(
      Release(small.observatory), #require(try Checkout.perimeters.first { $0.id == perimeter }),
      #require(territories[territory]), territories, .fr, from: from, to: to)
  }

  @Test func `each way in and out has its reason`() throws {
    let small = try SmallObservatory(workforce: nil)
    let numbers = (1...8).map(Self.siren)
    try importing(
      small, "2025-01",
      [
        (.init(numbers[0]), "59350"),  // stays
        (.init(numbers[1]), "59350"),  // ceases
        (.init(numbers[2]), "59350"),  // becomes a cooperative
        (.init(numbers[3]), "59350"),  // takes an activity that the perimeter excludes
        (.init(numbers[4]), "59350"),  // moves to Amiens
        (.init(numbers[5]), "59350"),  // changes its activity inside of the field
      ])
    try importing(
      small, "2026-01",
      [
        (.init(numbers[0]), "59350"), (.init(numbers[1], state: "C"), "59350"),
        (.init(numbers[2], form: "5458"), "59350"), (.init(numbers[3], activity: "94.91Z"), "59350"),
        (.init(numbers[4]), "80021"), (.init(numbers[5], activity: "90.01Z"), "59350"),
        (.init(numbers[6], created: "2025-01-10"), "59350"), (.init(numbers[7], created: "2001-01-01"), "59350"),
      ])
    let manifest = try small.build()
    #expect(manifest.sources.count { $0.source == "sirene-units" } == 3)
    // The year of the register is that of the newest stock, whatever older ones say.
    #expect(manifest.stockYears == ["FR": SmallSirene.year])
    let nord = try changes(small, "FR-DEP-59", "2025-01", "2026-01")
    func row(_ family: String) throws -> Changes.Row { try #require(nord.rows.first { $0.family == family }) }
    let associations = try row("association")
    #expect((associations.before, associations.after) == (6, 4))
    #expect(associations.came == [.creation: 1, .appearance: 1])
    #expect(associations.went == [.cessation: 1, .form: 1, .activity: 1, .move: 1])
    #expect(try row("cooperative").came == [.form: 1])
    // From one family to another is no way into the field.
    let whole = try row("")
    #expect((whole.before, whole.after) == (6, 5))
    #expect(whole.came == [.creation: 1, .appearance: 1])
    #expect(whole.went == [.cessation: 1, .activity: 1, .move: 1])
    #expect(nord.within == [.activity: 1])
    #expect(nord.rows.allSatisfy { $0.isBalanced })
    // Inside of the region nobody has moved out.
    let region = try changes(small, "FR-REG-32", "2025-01", "2026-01")
    #expect(region.rows.last { $0.family.isEmpty }?.went == [.cessation: 1, .activity: 1])
    #expect(region.within == [.activity: 1, .move: 1])
    // Backwards over the stock of the suite's own registers too.
    #expect(try Changes.vintages(Release(small.observatory))[.fr] == ["2024-01", "2025-01", "2026-01"])
  }

  /// A cooperative that becomes a company lives on, and a company that becomes one has not appeared.
  @Test func `who lives on outside of the field has changed its form`() throws {
    let small = try SmallObservatory(workforce: nil)
    let numbers = (1...4).map(Self.siren)
    try importing(
      small, "2025-01",
      [
        (.init(numbers[0], form: "5458"), "59350"), (.init(numbers[1], form: "5499"), "59350"),
        (.init(numbers[2], form: "5458"), "59350"), (.init(numbers[3], form: "5499"), "59350"),
      ])
    try importing(
      small, "2026-01",
      [
        (.init(numbers[0], form: "5499"), "59350"), (.init(numbers[1], form: "5458"), "59350"),
        (.init(numbers[2], state: "C", form: "5499"), "59350"), (.init(numbers[3], form: "5499"), "59350"),
      ])
    _ = try small.build()
    let whole = try #require(try changes(small, "FR-DEP-59", "2025-01", "2026-01").rows.last)
    #expect((whole.before, whole.after) == (2, 1))
    #expect(whole.went == [.form: 1, .cessation: 1] && whole.came == [.form: 1])
    #expect(whole.isBalanced)
  }

  /// Random populations: whatever happens to them, every account balances, and forth and back are each other's mirror.
  @Test(arguments: 0..<6)
  func `accounts balance`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let small = try SmallObservatory(workforce: nil)
    func draw() -> [(unit: SmallSirene.Unit, commune: String)] {
      (1...60).filter { _ in random.chance(75) }.map { number in
        (
          .init(
            Self.siren(number), state: random.chance(85) ? "A" : "C",
            form: random.pick(["9220", "5458", "8210", "9300", "5710"]),
            activity: random.pick(["88.99B", "94.91Z", "90.01Z", "62.01Z"])),
          random.pick(["59350", "59512", "80021", "75056"])
        )
      }
    }
    let stocks = [draw(), draw()]
    try importing(small, "2025-01", stocks[0])
    try importing(small, "2026-01", stocks[1])
    _ = try small.build()
    for perimeter in ["fr-insee-2008", "fr-flores-2018"] {
      for territory in ["FR", "FR-DEP-59", "FR-COM-59350"] {
        let forth = try changes(small, territory, "2025-01", "2026-01", perimeter)
        let back = try changes(small, territory, "2026-01", "2025-01", perimeter)
        #expect(forth.rows.allSatisfy { $0.isBalanced })
        for row in forth.rows {
          let mirror = try #require(back.rows.first { $0.family == row.family })
          #expect((mirror.before, mirror.after) == (row.after, row.before))
          #expect(mirror.came.values.reduce(0, +) == row.went.values.reduce(0, +))
        }
      }
    }
  }

  @Test func `the same stocks give the same bytes`() throws {
    let manifests = try (0..<2).map { _ in
      let small = try SmallObservatory(workforce: nil)
      try importing(small, "2025-01", [(.init(Self.siren(5)), "59350"), (.init(Self.siren(6)), "80021")])
      return try small.build()
    }
    #expect(manifests[0].files == manifests[1].files)
  }
}
