import Nomenclature
import Territory
import TestSupport
import Testing

@Suite("Territories of today")
struct TerritoryTests {
  @Test func `both countries are whole`() throws {
    let book = try Checkout.territories
    #expect(book.communes(of: "BE").count == 565)
    #expect(book.communes(of: "BE-REG-03000").count == 261)
    #expect(book.communes(of: "FR").count == 34_875)
    #expect(book.territories.values.count { $0.level == .departement } == 101)
    #expect(book.territories.values.count { $0.level == .region } == 21)
    #expect(book.territories.values.count { $0.level == .province } == 10)
  }

  /// Each commune is in exactly one territory of each kind of its country.
  @Test func `levels partition the communes`() throws {
    let book = try Checkout.territories
    for commune in book.communes {
      let levels = commune.ancestors.compactMap { book[$0]?.level }
      let french = commune.code.hasPrefix("FR-")
      #expect(levels.count { $0 == .country } == 1, "\(commune.code)")
      #expect(levels.count { $0 == .region } == 1, "\(commune.code)")
      #expect(levels.count { $0 == .departement } == (french ? 1 : 0), "\(commune.code)")
      #expect(levels.count { $0 == .epci } <= 1, "\(commune.code)")
      #expect(Set(commune.ancestors).count == commune.ancestors.count, "\(commune.code)")
    }
  }

  /// In the words of Eurostat too, overseas and in Brussels, and in an arrondissement that is cut in two.
  @Test(arguments: zip([Territory.Level.nuts0, .nuts1, .nuts2, .nuts3], [2, 17, 38, 145]))
  func `NUTS areas partition the communes`(level: Territory.Level, count: Int) throws {
    let book = try Checkout.territories
    let areas = Set(book.territories.values.filter { $0.level == level }.map(\.code))
    #expect(areas.count == count)
    let held = book.communes.map { $0.ancestors.filter(areas.contains) }
    let wrong = zip(book.communes, held).filter { $1.count != 1 }.map { commune, areas in "\(commune.code): \(areas)" }
    #expect(wrong.isEmpty, "\(wrong.prefix(10))")
    // None is empty.
    #expect(Set(held.joined()) == areas)
  }

  /// A NUTS code begins with that of the area above it.
  @Test func `NUTS areas lie in each other`() throws {
    let wrong = try Checkout.territories.communes.filter { commune in
      let codes = commune.ancestors.filter { $0.hasPrefix("NUTS-") }.sorted { $0.count < $1.count }
      return zip(codes, codes.dropFirst()).contains { above, below in !below.hasPrefix(above) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(10).map(\.code))")
  }

  @Test func `the German-speaking Community and the rest of Verviers make up the arrondissement`() throws {
    let book = try Checkout.territories
    let german = Set(book.communes(of: "NUTS-BE336").map(\.official))
    #expect(german == ["63001", "63012", "63013", "63023", "63040", "63048", "63061", "63067", "63087"])
    let others = Set(book.communes(of: "NUTS-BE335").map(\.official))
    #expect(others.count == 20 && others.isSuperset(of: ["63079", "63049", "63080"]))
    #expect(german.union(others) == Set(book.communes(of: "BE-ARR-63000").map(\.official)))
    for code in ["NUTS-BE335", "NUTS-BE336"] {
      let area = try #require(book[code])
      #expect(area.level == .nuts3)
      #expect(Set([area.name, area.dutchName, area.germanName, area.englishName].compactMap(\.self)).count == 4)
      #expect(try TerritorySearchTests.search.find(code).first?.code == code)
    }
  }

  @Test func `a country has its NUTS code`() throws {
    let book = try Checkout.territories
    for country in Country.allCases {
      let nuts = try #require(book["NUTS-\(country.rawValue)"])
      #expect(nuts.level == .nuts0 && nuts.wholeCountry == country)
      #expect(book[country.rawValue]?.wholeCountry == country)
      #expect(book.communes(of: nuts.code).count == book.communes(of: country.rawValue).count)
      #expect(try TerritorySearchTests.search.find(country.rawValue).first?.code == country.rawValue)
      #expect(try TerritorySearchTests.search.find(nuts.code).first?.code == nuts.code)
    }
    #expect(book["FR-REG-32"]?.wholeCountry == nil && book["NUTS-FRE"]?.wholeCountry == nil)
  }

  @Test func `every parent exists`() throws {
    let book = try Checkout.territories
    for territory in book.territories.values {
      for parent in territory.parents { #expect(book[parent] != nil, "\(territory.code) in \(parent)") }
    }
  }

  @Test(
    arguments: [
      ("59350", "FR-COM-59350"), ("75101", "FR-COM-75056"), ("13204", "FR-COM-13055"), ("69381", "FR-COM-69123"),
      ("2A004", "FR-COM-2A004"),
    ])
  func `a French code finds its commune of today`(code: String, expected: String) throws {
    #expect(try Checkout.territories.commune(code, in: .fr)?.code == expected)
  }

  @Test func `Lille is in everything that holds it`() throws {
    let lille = try #require(try Checkout.territories.commune("59350", in: .fr))
    for code in ["FR-EPCI-200093201", "FR-DEP-59", "FR-REG-32", "FR", "NUTS-FRE11", "NUTS-FRE1", "NUTS-FRE"] {
      #expect(lille.ancestors.contains(code), "\(code)")
    }
    #expect(lille.ancestors.contains { $0.hasPrefix("FR-ARR-59") })
  }

  struct Address: Sendable, CustomTestStringConvertible {
    let zip: String
    let fr: String
    let nl: String
    let commune: String?
    let method: BelgianPlaces.Method?
    var testDescription: String { "\(zip) \(fr)/\(nl)" }
  }

  static let addresses: [Address] = [
    .init(zip: "5000", fr: "Namur", nl: "Namen", commune: "BE-COM-92094", method: .name),
    .init(zip: "5000", fr: "", nl: "Namen", commune: "BE-COM-92094", method: .name),
    .init(zip: "4000", fr: "LIEGE", nl: "LUIK", commune: "BE-COM-62063", method: .name),
    .init(zip: "4000", fr: "Liège", nl: "", commune: "BE-COM-62063", method: .name),
    .init(zip: "9000", fr: "Gand", nl: "Gent", commune: "BE-COM-44021", method: .name),
    .init(zip: "9051", fr: "Sint-Denijs-Westrem", nl: "Sint-Denijs-Westrem", commune: "BE-COM-44021", method: .former),
    .init(zip: "4420", fr: "Saint-Nicolas", nl: "Saint-Nicolas", commune: "BE-COM-62093", method: .name),
    .init(zip: "9100", fr: "Saint-Nicolas", nl: "Sint-Niklaas", commune: "BE-COM-46021", method: .name),
    // Their names are those of other communes, elsewhere.
    .init(zip: "9320", fr: "Nieuwerkerken", nl: "Nieuwerkerken", commune: "BE-COM-41002", method: .former),
    .init(zip: "5561", fr: "Celles", nl: "", commune: "BE-COM-91072", method: .former),
    .init(zip: "9870", fr: "Machelen", nl: "Machelen", commune: "BE-COM-44081", method: .former),
    .init(zip: "7760", fr: "Celles", nl: "", commune: "BE-COM-57018", method: .name),
    .init(zip: "", fr: "Machelen", nl: "", commune: "BE-COM-23047", method: .name),
    .init(zip: "0000", fr: "Nulle part", nl: "Nergens", commune: nil, method: nil),
    .init(zip: "", fr: "", nl: "", commune: nil, method: nil),
    .init(zip: "59000", fr: "Lille", nl: "Rijsel", commune: nil, method: nil),
  ]

  @Test(arguments: addresses)
  func `places a Belgian address`(_ address: Address) throws {
    let book = try Checkout.territories
    let found = BelgianPlaces(book).find(zip: address.zip, french: address.fr, dutch: address.nl)
    #expect(found.map { book.communes[$0.commune].code } == address.commune)
    #expect(found?.method == address.method)
  }

  @Test func `the short list of communes says what the whole book says`() throws {
    let book = try Checkout.territories
    let short = try FrenchCommunes(Checkout.installation)
    #expect(short.codes == book.communes(of: "FR").map(\.official))
    for (code, position) in book.french {
      #expect(short.positions[code].map { short.codes[$0] } == book.communes[position].official, "\(code)")
    }
  }
}
