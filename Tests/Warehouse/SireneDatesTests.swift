import TestSupport
import Testing

@testable import Warehouse

/// Units of one month and establishments of another make a stock that never was.
@Suite("The dates of SIRENE's two files")
struct SireneDatesTests {
  @Test(
    arguments: [
      ("2026-01", "2025-07", true), ("2025-07", "2026-01", true), ("2026-01", "2025-10", true),
      ("2026-01", "2025-11", false), ("2026-01-31", "2025-11-01", false), ("2026-01", "2026-01", false),
      // A year alone may mean any of its months.
      ("2026", "2025-11", false), ("2026", "2025-06", true), ("2026", "2026-12", false),
      ("0-undated", "2025-07", false),
    ])
  func `more than two months are too many`(units: String, establishments: String, areApart: Bool) {
    let dates = SireneDates(units: units, establishments: establishments)
    #expect((dates != nil) == areApart)
    if areApart { #expect(dates?.units == units && dates?.establishments == establishments) }
  }

  @Test func `a release says of which dates they are`() throws {
    let small = try SmallObservatory(workforce: nil)
    #expect(try small.build().sireneDates == nil)
    let units = SmallSirene.units(SmallObservatory.units)
    try small.importing(.sireneUnits, "later-units.csv", units, vintage: "2024-07")
    let dates = try #require(try small.build().sireneDates)
    #expect(dates.units == "2024-07" && dates.establishments == "2024-01")
    let check = try Check(small.observatory, ReleaseFolder(small.observatory), Checkout.perimeters)
    #expect(check.sireneDates == dates && check.passed)
    let places = SmallSirene.establishments(SmallObservatory.establishments)
    try small.importing(.sireneEstablishments, "later.csv", places, vintage: "2024-06")
    #expect(try small.build().sireneDates == nil)
  }
}
