import Nomenclature
import TestSupport
import Testing
import Wording

@testable import Territory

@Suite("Groups of territories") struct GroupTests {
  private func group(_ codes: String...) throws -> Territory {
    let book = try Checkout.territories
    let members = try codes.map { try #require(book[$0]) }
    return try #require(Territory.group(members))
  }

  @Test func `a group has the communes of all, each once`() throws {
    let book = try Checkout.territories
    let (north, lille) = (book.communes(of: "FR-DEP-59"), book.communes(of: "FR-EPCI-200093201"))
    let coast = book.communes(of: "FR-DEP-62")
    #expect(north.count > 600 && coast.count > 800 && lille.count > 90)
    let apart = book.area(of: try group("FR-DEP-59", "FR-DEP-62"))
    #expect(Set(apart.parts.map(\.commune.code)) == Set((north + coast).map(\.code)))
    #expect(apart.parts.count == north.count + coast.count && !apart.isApproximate)
    // The metropolis lies in the département, and so does Lille.
    let inside = book.area(of: try group("FR-EPCI-200093201", "FR-DEP-59", "FR-COM-59350"))
    #expect(inside.parts.map(\.commune.code) == north.map(\.code))
    let across = book.area(of: try group("FR-DEP-59", "BE-PRO-50000"))
    #expect(across.countries == [.fr, .be])
    #expect(across.part(in: .fr).parts.count == north.count)
  }

  @Test func `it is named after all, in the language of the reader`() throws {
    let two = try group("BE-REG-03000", "FR-DEP-59")
    #expect(two.code == "BE-REG-03000+FR-DEP-59" && two.level == .zone)
    #expect(
      Language.allCases.map { two.name(in: $0) }
        == ["Région wallonne + Nord", "Waals Gewest + Nord", "Walloon Region + Nord"])
    let three = try group("FR-DEP-59", "FR-DEP-62", "FR-DEP-80")
    #expect(three.name == "Nord + Pas-de-Calais + Somme" && three.code == "FR-DEP-59+FR-DEP-62+FR-DEP-80")
    // Whatever is told twice is there once.
    #expect(try group("FR-DEP-59", "FR-DEP-59") == Checkout.territories["FR-DEP-59"])
    #expect(try group("FR-DEP-59", "FR-DEP-62", "FR-DEP-59").code == "FR-DEP-59+FR-DEP-62")
  }

  @Test func `the codes that a group is asked for by`() {
    #expect(Territory.members(ofGroup: "FR-DEP-59") == nil)
    #expect(Territory.members(ofGroup: "FR-DEP-59 + BE") == ["FR-DEP-59", "BE"])
    #expect(Territory.members(ofGroup: "FR+") == ["FR", ""])
  }

  @Test func `it has the whole of the countries that are in it`() throws {
    #expect(try group("FR", "BE").wholeCountries == Country.allCases)
    #expect(try group("FR-DEP-59", "NUTS-BE").wholeCountries == [.be])
    #expect(try group("FR-DEP-59", "FR-DEP-62").wholeCountries.isEmpty)
    #expect(try group("BE", "BE").wholeCountries == [.be])
  }

  /// Bastogne and Bertogne have been one commune since 2025.
  @Test func `parts of a commune that are apart add up, and the same part is counted once`() throws {
    let book = try Checkout.territories
    let day = Day(2024, 1, 1)
    let bastogne = try #require(book.area(ofCommune: "BE-COM-82003", on: day))
    let bertogne = try #require(book.area(ofCommune: "BE-COM-82005", on: day))
    #expect(bastogne.isApproximate && bertogne.isApproximate)
    let both = try #require(Area.group([bastogne, bertogne]))
    #expect(both.parts.map(\.commune.code) == ["BE-COM-82039"] && both.parts.map(\.weight) == [1])
    #expect(both.territory.code == "BE-COM-82003+BE-COM-82005" && both.day == day)
    let same = try #require(Area.group([bastogne, bastogne]))
    #expect(same.territory == bastogne.territory && same.parts.map(\.weight) == bastogne.parts.map(\.weight))
    let luxembourg = try #require(book["BE-PRO-80000"])
    let province = try #require(book.area(of: luxembourg, on: day))
    let within = try #require(Area.group([bastogne, province]))
    #expect(within.parts.count == province.parts.count && within.parts.allSatisfy { $0.weight == 1 })
    // Of nothing that tells which part it is, the larger one is there at least.
    let commune = try #require(both.parts.first?.commune)
    func part(_ code: String, _ weight: Double) throws -> Area {
      Area(territory: try #require(book[code]), parts: [.init(commune: commune, weight: weight)], day: day)
    }
    #expect(try Area.group([part("FR", 0.3), part("BE", 0.4)])?.parts.map(\.weight) == [0.4])
    #expect(Area.group([]) == nil)
  }
}
