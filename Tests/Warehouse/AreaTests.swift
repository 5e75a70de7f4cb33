import Indicators
import Perimeter
import Secrecy
import Territory
import TestSupport
import Testing
import Warehouse

/// Figures of territories that no publisher counts: of both countries, or of communes of before.
@Suite("Figures of areas") struct AreaTests {
  /// All employers of an area, by measure.
  private func total(of area: Area?, _ year: Int, _ ground: Ground) throws -> [String: Cell] {
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "common-statutory" })
    let figures = try WhoFigures(ground, perimeter, [#require(area)], years: [year], Checkout.gate())
    return Dictionary(
      uniqueKeysWithValues: WhoFigures.measures.compactMap { measure in
        figures.cell(area: 0, year: year, "total", measure).map { (measure, $0) }
      })
  }

  /// Across the border: what is counted on each side, added up.
  @Test func `a territory of both countries is the sum of its parts`() throws {
    let release = try Release(BuiltObservatory.observatory)
    let book = try Checkout.territories
    let ground = Ground(release, book)
    let year = release.manifest.stockYear(of: ["FR", "BE"])
    func establishments(_ code: String) throws -> Double {
      try total(of: book[code].map { book.area(of: $0) }, year, ground)["establishments"]?.value ?? 0
    }
    let parts = [
      "FR-EPCI-200093201", "BE-ARR-34000", "BE-ARR-33000", "BE-ARR-36000", "BE-ARR-37000", "BE-ARR-57000",
      "BE-ARR-51000",
    ]
    let sum = try parts.map(establishments).reduce(0, +)
    #expect(sum > 0)
    #expect(try establishments("ZONE-EUROMETROPOLE") == sum)
    // As its table has it: establishments may be added up over the border.
    let table = try FilledTable("T01", release, "common-statutory", "ZONE-EUROMETROPOLE", year: year)
    #expect(table["total"]?.cells["establishments"]?.value == sum)
  }

  /// Taken together: apart, they add up; what is in both counts once.
  @Test func `a group of territories is the sum of those that are apart`() throws {
    let release = try Release(BuiltObservatory.observatory)
    let book = try Checkout.territories
    let ground = Ground(release, book)
    let year = release.manifest.stockYear(of: ["FR", "BE"])
    func establishments(_ codes: String...) throws -> Double {
      let members = try codes.map { try #require(book[$0]) }
      let group = try #require(Territory.group(members))
      return try total(of: book.area(of: group), year, ground)["establishments"]?.value ?? 0
    }
    let parts = try ["FR-EPCI-200093201", "BE-ARR-57000", "BE-ARR-51000"].map { try establishments($0) }
    #expect(parts[0] > 0 && parts[1] + parts[2] > 0)
    #expect(try establishments("FR-EPCI-200093201", "BE-ARR-57000") == parts[0] + parts[1])
    #expect(try establishments("FR-EPCI-200093201", "BE-ARR-57000", "BE-ARR-51000") == parts.reduce(0, +))
    #expect(try establishments("FR-EPCI-200093201", "FR-EPCI-200093201") == parts[0])
    #expect(try establishments("FR-EPCI-200093201", "FR-COM-59350") == parts[0])
    #expect(try establishments("FR-DEP-59", "FR-EPCI-200093201") == establishments("FR-DEP-59"))
  }

  /// Bastogne and Bertogne merged in 2025: asked for as they were, they add up to what they have become.
  @Test func `communes of before add up to that of today`() throws {
    let book = try Checkout.territories
    let ground = Ground(try Release(BuiltObservatory.observatory), book)
    func total(_ area: Area?) throws -> [String: Cell] { try self.total(of: area, 2024, ground) }
    let whole = try total(book.area(of: #require(book["BE-COM-82039"])))
    let parts = try ["82003", "82005"].map { try total(book.area(ofCommune: "BE-COM-\($0)", on: Day(2024, 1, 1))) }
    #expect((whole["establishments"]?.value ?? 0) > 0)
    for measure in ["establishments", "jobs", "fte", "gross_pay"] {
      let sum = parts.compactMap { $0[measure]?.value }.reduce(0, +)
      #expect(abs(sum - (whole[measure]?.value ?? 0)) < 0.2, "\(measure)")
      #expect(parts.allSatisfy { $0[measure]?.basis.isApproximated == true || $0[measure]?.basis == .missing })
      #expect(parts.allSatisfy { ($0[measure]?.upperBound == nil) == ($0[measure]?.basis.isEstimated != true) })
    }
    // A commune that has not changed is what it is today.
    let namur = try #require(book["BE-COM-92094"])
    #expect(try total(book.area(of: namur)) == total(book.area(ofCommune: "BE-COM-92094", on: Day(2024, 1, 1))))
    #expect(book.area(ofCommune: "BE-COM-82039", on: Day(2024, 1, 1)) == nil)
    #expect(book.area(ofCommune: "BE-COM-99999", on: Day(2024, 1, 1)) == nil)
    // Without the movements of France, nobody knows what Lille was: not what it is today.
    #expect(book.area(ofCommune: "FR-COM-59350", on: Day(1990, 1, 1)) == nil)
  }

  /// La Louvière left the arrondissement of Soignies in 2019: what is asked for of 2018 has it still.
  @Test func `an arrondissement of before has the communes that it had`() throws {
    let book = try Checkout.territories
    let today = try #require(book["BE-ARR-55000"])
    let then = try #require(book.area(of: today, on: Day(2018, 1, 1)))
    let louviere = then.parts.first { $0.commune.code == "BE-COM-58001" }
    #expect(louviere?.weight == 1)
    #expect(!book.area(of: today).parts.contains { $0.commune.code == "BE-COM-58001" })
    // Mouscron was an arrondissement of its own, and Tournai one without it.
    let mouscron = try #require(book.territory("BE-ARR-54000", on: Day(2018, 1, 1)))
    #expect(book["BE-ARR-54000"] == nil && book.territory("BE-ARR-54000", on: Day(2020, 1, 1)) == nil)
    #expect(
      Set(book.area(of: mouscron, on: Day(2018, 1, 1))?.parts.map(\.commune.code) ?? [])
        == ["BE-COM-57096", "BE-COM-57097"])
    #expect(book.territory("BE-ARR-57000", on: Day(2018, 1, 1))?.name == "Arrondissement de Tournai")
    for code in ["ZONE-EUROMETROPOLE", "FR-EPCI-200093201", "FR-ZE-3204"] where book[code] != nil {
      let (zone, day) = (try #require(book[code]), Day(2018, 1, 1))
      let then = try #require(book.area(of: zone, on: day))
      #expect(then.territory.isOfToday && then.day == day, "\(code)")
      #expect(then.parts.map(\.commune.code) == book.area(of: zone).parts.map(\.commune.code), "\(code)")
      #expect(then.parts.allSatisfy { $0.weight == 1 }, "\(code)")
    }
  }

  /// What is known of a territory is known of the NUTS area of the same communes, while the code meant the same.
  @Test func `a NUTS area is what the territory of the same communes was`() throws {
    let book = try Checkout.territories
    let day = Day(2018, 1, 1)
    func then(_ code: String) throws -> Area {
      let territory = try #require(book[code])
      return try #require(book.area(of: territory, on: day))
    }
    for (nuts, code) in [("NUTS-BE33", "BE-PRO-60000"), ("NUTS-BE3", "BE-REG-03000"), ("NUTS-FRE1", "FR-AREG-31")] {
      let (one, other) = (try then(nuts), try then(code))
      #expect(!one.territory.isOfToday && one.territory.code == nuts)
      #expect(one.parts.map(\.commune.code) == other.parts.map(\.commune.code), "\(nuts)")
      #expect(one.parts.map(\.weight) == other.parts.map(\.weight), "\(nuts)")
    }
    // No arrondissement was Tournai and Mouscron together.
    #expect(try then("NUTS-BE328").territory.isOfToday)
  }

  /// Corsica was one département until 1975; the codes 75 and 78 were those of the Seine and of Seine-et-Oise.
  @Test func `a code of a département had the name of its day`() throws {
    let book = try Checkout.territories
    #expect(book.territory("FR-DEP-20", on: Day(1970, 1, 1))?.name == "Corse")
    #expect(book.territory("FR-DEP-20", on: Day(1976, 1, 1)) == nil)
    #expect(book.territory("FR-DEP-75", on: Day(1967, 12, 31))?.name == "Seine")
    #expect(book.territory("FR-DEP-75", on: Day(1968, 1, 1))?.name == "Paris")
    #expect(book.territory("FR-DEP-78", on: Day(1960, 1, 1))?.name == "Seine-et-Oise")
  }

  @Test func `a country is what it was under its NUTS code too`() throws {
    let book = try Checkout.territories
    for code in ["BE", "FR"] {
      let (country, nuts) = (try #require(book[code]), try #require(book["NUTS-\(code)"]))
      let (ofCountry, ofNuts) = (book.area(of: country), book.area(of: nuts))
      #expect(ofNuts.parts.map(\.commune.code) == ofCountry.parts.map(\.commune.code))
      #expect(ofNuts.countries == ofCountry.countries)
    }
    let (country, nuts) = (try #require(book["BE"]), try #require(book["NUTS-BE"]))
    let then = book.area(of: nuts, on: Day(1990, 1, 1))
    #expect(then != nil)
    #expect(then?.parts.map(\.commune.code) == book.area(of: country, on: Day(1990, 1, 1))?.parts.map(\.commune.code))
  }

  /// Whatever the day, the provinces and Brussels have each commune of today once.
  @Test(arguments: [1975, 1990, 2018, 2024, 2025])
  func `provinces of a day make up the country`(year: Int) throws {
    let book = try Checkout.territories
    let provinces = book.territories.values.filter { $0.level == .province || $0.code == "BE-REG-04000" }
    var weights: [String: Double] = [:]
    for province in provinces {
      for part in book.area(of: province, on: Day(year, 1, 1))?.parts ?? [] {
        weights[part.commune.code, default: 0] += part.weight
      }
    }
    #expect(Set(weights.keys) == Set(book.communes(of: "BE").map(\.code)))
    #expect(weights.values.allSatisfy { abs($0 - 1) < 1e-9 })
  }
}
