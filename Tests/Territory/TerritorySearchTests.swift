import Diagnostics
import Territory
import TestSupport
import Testing

/// People type names as they say them.
@Suite("Search for a territory")
struct TerritorySearchTests {
  private static let result = Result { TerritorySearch(try Checkout.territories) }
  static var search: TerritorySearch { get throws { try result.get() } }

  @Test(
    arguments: [
      ("saint-etienne", "FR-COM-42218"), ("SAINT ETIENNE", "FR-COM-42218"), ("st etienne", "FR-COM-42218"),
      ("liege", "BE-COM-62063"), ("Liège", "BE-COM-62063"), ("luik", "BE-COM-62063"), ("LUIK", "BE-COM-62063"),
      ("st-niklaas", "BE-COM-46021"), ("sint niklaas", "BE-COM-46021"), ("ste marie aux mines", "FR-COM-68298"),
      ("l'hay les roses", "FR-COM-94038"), ("L’Haÿ-les-Roses", "FR-COM-94038"), ("le havre", "FR-COM-76351"),
      ("wallonie", "BE-REG-03000"), ("Wallonië", "BE-REG-03000"), ("vlaanderen", "BE-REG-02000"),
      ("Flandre", "BE-REG-02000"), ("bruxelles-capitale", "BE-REG-04000"), ("Hellemmes", "FR-COM-59350"),
      ("paris 10e", "FR-COM-75056"), ("59350", "FR-COM-59350"), ("fr-com-59350", "FR-COM-59350"),
      ("schoelcher", "FR-COM-97229"),
    ])
  func `without regard to accents, case, hyphens and saints`(typed: String, code: String) throws {
    let found = try Self.search.find(typed)
    #expect(found.prefix(6).contains { $0.code == code }, "\(found.prefix(6).map(\.code))")
  }

  /// However it is typed, the same territories in the same order.
  @Test(arguments: [["Saint-Denis", "saint denis", "ST DENIS", "St-Denis"], ["Œuilly", "oeuilly", "OEUILLY"]])
  func `the same name, typed differently`(spellings: [String]) throws {
    let found = try spellings.map { try Self.search.find($0).map(\.code) }
    #expect(!found[0].isEmpty)
    for other in found { #expect(other == found[0]) }
  }

  @Test func `the exact name comes first, then beginnings, then the rest`() throws {
    let names = try Self.search.find("lens").map { $0.name.lowercased() }
    let exact = names.lastIndex { $0 == "lens" } ?? -1
    let beginnings = try #require(names.firstIndex { $0.hasPrefix("lens") && $0 != "lens" })
    let inside = try #require(names.firstIndex { !$0.hasPrefix("lens") && $0.contains("lens") })
    #expect(exact >= 0 && exact < beginnings && beginnings < inside, "\(names.prefix(20))")
  }

  @Test func `every territory is found first by its own code`() throws {
    let search = try Self.search
    for code in try Checkout.territories.territories.keys.sorted().filter({ $0.utf8.last == UInt8(ascii: "0") }).prefix(
      60)
    {
      #expect(search.find(code).first?.code == code)
    }
  }

  @Test func `a mistyped name has near ones, and nonsense none`() throws {
    #expect(try Self.search.nearestNames(to: "roubaixe", atMost: 3).first == "Roubaix")
    #expect(try Self.search.nearestNames(to: "xqzxqzxqzxqz", atMost: 3).isEmpty)
    #expect(try Self.search.find("").isEmpty)
    #expect(try Self.search.find("  -  ").isEmpty)
  }

  /// Whoever types Paris means none of its arrondissements.
  @Test(
    arguments: [
      ("hellemmes", "FR-COM-59350", "Hellemmes"), ("Paris 10e", "FR-COM-75056", "Paris 10e"),
      ("paris", "FR-COM-75056", nil),
    ] as [(String, String, String?)])
  func `a part is found by the beginning of its name`(typed: String, code: String, part: String?) throws {
    let city = try #require(try Checkout.territories[code])
    let names = try Self.search.formerNames(in: city, called: typed)
    if let part {
      #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix(part) }, "\(names)")
    } else {
      #expect(names.isEmpty, "\(names)")
    }
  }

  /// A commune that was divided has no commune of today alone: without its history, it could not be found.
  @Test func `a commune that was divided is found by its name and its code`() throws {
    let day = Day(1965, 1, 1)
    let book = try TerritoryBook(
      Checkout.installation, movements: [.init(day, "59997", ["59350", "59009"])],
      former: [FormerCommune(code: "59997", names: ["Entre-Deux"])])
    let search = TerritorySearch(book)
    for typed in ["59997", "FR-COM-59997", "entre deux"] {
      let found = try #require(search.divided(typed).first, "\(typed)")
      #expect(found.code == "FR-COM-59997")
      // By the people of today: Lille has more of them.
      #expect(found.shares.map(\.code) == ["FR-COM-59350", "FR-COM-59009"])
      #expect(abs(found.shares.map(\.weight).reduce(0, +) - 1) < 1e-9)
    }
    #expect(search.divided("Lille").isEmpty)
    #expect(book.area(ofCommune: "FR-COM-59997", on: Day(1964, 12, 31))?.territory.name == "Entre-Deux")
  }

  @Test func `namesakes are told apart by where they lie`() throws {
    let book = try Checkout.territories
    let found = try Self.search.named("saint-denis").filter { $0.level == .commune }
    let around = book.surroundings(of: found)
    #expect(found.count > 3)
    #expect(Set(found.map { around[$0.code]?.map(\.code) ?? [] }).count > 3)
    let lille = try #require(book["FR-COM-59350"])
    let liege = try #require(book["BE-COM-62063"])
    let brussels = try #require(book["BE-COM-21004"])
    let places = book.surroundings(of: [lille, liege, brussels])
    #expect(places["FR-COM-59350"]?.map(\.code) == ["FR-DEP-59", "FR-REG-32"])
    #expect(places["BE-COM-62063"]?.map(\.code) == ["BE-PRO-60000", "BE-REG-03000"])
    #expect(places["BE-COM-21004"]?.map(\.code) == ["BE-REG-04000"])
  }

  @Test func `of two words as near, the first by alphabet, whatever the order`() {
    #expect(nearest(to: "tabel", among: ["tables", "table"]) == "table")
    #expect(nearest(to: "lile", among: ["lille", "lire", "tile", "paris"], atMost: 2) == ["lille", "lire"])
  }

  @Test(
    arguments: [
      ("T1", ["T01", "T09", "T10", "T11"], "T10"), ("T99", ["T01", "T09", "X99"], "T09"),
      ("TO1", ["T01", "T11"], "T01"),
      ("T", ["T01", "X1", "B"], nil), ("XX", ["BE", "FR"], nil), ("BX", ["FR", "BE"], "BE"), ("", ["BE", "A"], nil),
      ("a39", ["a10", "a38", "a88"], "a38"), ("xls", ["csv", "xlsx"], "xlsx"), ("pdf", ["csv", "text"], nil),
      ("jsonstat", ["json", "json-stat"], "json-stat"), ("catalog", ["catalogue"], "catalogue"),
      ("insee", ["be-default", "fr-insee"], "fr-insee"), ("insee", ["fr-insee", "insee-2"], "insee-2"),
      ("units", ["legal-units", "tax-units"], nil), ("nsee-old", ["fr-insee"], nil), ("fr", ["fr-insee"], nil),
    ] as [(String, [String], String?)])
  func `the nearest begins alike, and is none where none is near`(typed: String, known: [String], near: String?) {
    #expect(nearest(to: typed, among: known) == near)
    #expect(nearest(to: typed, among: known.reversed()) == near)
  }
}
