import Nomenclature
import Territory
import TestSupport
import Testing

@Suite("The commune of an address")
struct AddressPlacesTests {
  @Test(
    arguments: [
      (nil, "", "59000", "Lille", ["FR-COM-59350"]), (nil, "", "59020", "LILLE CEDEX", ["FR-COM-59350"]),
      (nil, "59350", "", "", ["FR-COM-59350"]), (.fr, "1004", "", "", ["FR-COM-01004"]),
      (nil, "", "75012", "Paris 12e", ["FR-COM-75056"]), (.fr, "", "", "Lille", ["FR-COM-59350"]),
      (nil, "", "5000", "Namur", ["BE-COM-92094"]), (nil, "", "5000", "Namen", ["BE-COM-92094"]),
      (.be, "92094", "", "", ["BE-COM-92094"]), (nil, "", "", "", []), (nil, "", "99999", "Nulle-Part", []),
      (nil, "", "59 000", "lille", ["FR-COM-59350"]),
    ] as [(Country?, String, String, String, [String])])
  func `from what people write`(country: Country?, code: String, postcode: String, place: String, expected: [String])
    throws
  {
    let book = try Checkout.territories
    let found = try ListRules.places.communes(country, code: code, postcode: postcode, place: place)
    #expect(found.map { book.communes[$0].code } == expected, "\(code) \(postcode) \(place)")
  }

  /// A postal code alone leaves several; the name of one of them tells.
  @Test func `every commune is found by its postal code and its name`() throws {
    let book = try Checkout.territories
    let places = try ListRules.places
    for (index, commune) in book.communes.enumerated().filter({ $0.offset % 97 == 0 }) {
      guard let postcode = commune.postcodes.first, commune.code.hasPrefix("FR-") else { continue }
      #expect(places.communes(nil, postcode: postcode, place: commune.name).contains(index), "\(commune.code)")
      #expect(places.communes(nil, postcode: postcode, place: commune.name).count <= 2, "\(commune.code)")
      #expect(places.communes(nil, postcode: postcode).contains(index), "\(commune.code)")
    }
  }
}
