import Filesystem
import Perimeter
import TestSupport
import Testing
import Wording

@testable import Console
@testable import Territory
@testable import Warehouse

/// What is said under a table, and the marks in it: figures may be a least and approximate at once, and a zero may
/// be wrong where employers are in no known commune.
@Suite("Marks and notes of a table")
struct TableNoteTests {
  private static let lille = "FR-COM-59350"

  private static var words: Words {
    get throws { try Words(share: Checkout.installation.share, language: .fr) }
  }

  private func printer(
    _ small: SmallObservatory, _ area: Area, _ year: Int, _ perimeter: String = "fr-flores-2018", id: String = "T01"
  ) throws -> TablePrinter {
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == perimeter })
    let query = try FigureQuery(Release(small.observatory), perimeter, area, Checkout.territories, year: year)
    let words = try Self.words
    return TablePrinter(table: try StandardTable(id, query, Checkout.nomenclatures, words), words: words)
  }

  /// Communes, and how much of each.
  private func area(_ weights: [(code: String, weight: Double)], on day: Day? = Day(2010, 1, 1)) throws -> Area {
    let book = try Checkout.territories
    let parts = try weights.map { part in
      let commune = try #require(book.communes(of: part.code).first)
      return Area.Part(commune: commune, weight: part.weight)
    }
    return Area(territory: try #require(book[Self.lille]), parts: parts, day: day)
  }

  private func small(with places: [SmallSirene.Place] = []) throws -> SmallObservatory {
    let small = try SmallObservatory(establishments: SmallObservatory.establishments + places)
    _ = try small.build()
    return small
  }

  @Test func `a part of a least is a least still`() throws {
    let small = try small()
    let printer = try printer(small, area([(Self.lille, 0.5)]), 2023)
    let ess = try #require(printer.table.rows.first { $0.code == "ess" }).figures
    #expect(
      ess["jobs"]
        == Figure(value: 8, low: 5.5, high: 10.5, basis: .approximatedPartial, unbounded: 1, mapping: .allExact))
    #expect(ess["jobs"]?.upperBound == nil)
    #expect(ess["establishments"] == Figure(value: 1.5, basis: .approximated, mapping: .allExact))
    let words = printer.words
    #expect(printer.text.contains("8 p a"), "\(printer.text)")
    #expect(printer.notes.contains(words("note.partial")))
    #expect(printer.notes.contains { $0.hasPrefix("a : ") })
    #expect(printer.notes.contains { $0.hasPrefix("Postes : sans 1 établissement employeur ") }, "\(printer.notes)")
    #expect(try printer.json.contains("approximated_partial"))
    #expect(printer.csv.contains(",approximated_partial,"))
    // The share that is approximated stands on each row, as in the JSON.
    let lines = printer.csv.split(whereSeparator: \.isNewline)
    #expect(lines.first?.hasSuffix(",approximated") == true)
    #expect(lines.count > 1 && lines.dropFirst().allSatisfy { $0.hasSuffix(",1") || $0.hasSuffix(",1.0") })
    // Of two establishments one gives its full-time equivalents: half of both is a least too.
    let before = try self.printer(small, area([(Self.lille, 0.5)]), 2020)
    #expect(
      before.table.rows.first { $0.code == "ess" }?.figures["fte"]
        == Figure(value: 5.25, low: 5.25, high: 5.25, basis: .approximatedPartial, unbounded: 1, mapping: .allExact))
  }

  /// A unit with a place in a whole commune counts whole, whatever else it has in one of which a part is meant.
  @Test func `only what a commune in part brings is approximated`() throws {
    let siret = SmallSirene.siret(SmallObservatory.p, 2)
    let small = try small(with: [.init(siret, band: "11", activity: "62.01Z", commune: "59009")])
    let printer = try printer(small, area([(Self.lille, 1), ("FR-COM-59009", 0.5)]), 2023)
    func figures(_ code: String) throws -> [String: Figure] {
      try #require(printer.table.rows.first { $0.code == code }).figures
    }
    for code in ["ess", "public"] {
      #expect(try figures(code).values.allSatisfy { !$0.basis.isApproximated }, "\(code)")
    }
    let rest = try figures("private")
    #expect(rest["units"] == Figure(value: 1, low: 1, high: 1, basis: .exact))
    #expect(rest["establishments"] == Figure(value: 1.5, basis: .approximated, mapping: .allExact))
    #expect(
      rest["jobs"]
        == Figure(value: 41.75, low: 25, high: 58.5, basis: .approximatedEstimated, mapping: .allExact))
    #expect(printer.text.contains("42 e a") && printer.notes.contains(printer.words("note.estimated")))
    #expect(try figures("total")["establishments"]?.basis == .approximated)
    #expect(printer.notes.contains { $0.hasPrefix("a : ") })
  }

  @Test func `a commune in part where nobody employs approximates nothing`() throws {
    let printer = try printer(small(), area([(Self.lille, 1), ("FR-COM-59009", 0.5)]), 2023)
    #expect(printer.table.approximated == 0)
    #expect(printer.table.rows.allSatisfy { $0.figures.values.allSatisfy { !$0.basis.isApproximated } })
    #expect(printer.notes.allSatisfy { !$0.hasPrefix("a : ") })
    let day = try #require(printer.table.geography).description
    #expect(printer.notes.contains(printer.words("note.geography", ["day": day])))
    // Where nothing at all is counted, there is nothing to vouch for.
    let empty = try self.printer(small(), area([("FR-COM-59009", 0.5)]), 2023)
    #expect(empty.notes.contains(empty.words("note.geography_empty", ["day": day])))
    #expect(!empty.notes.contains(empty.words("note.geography", ["day": day])))
  }

  /// Nothing tells what an EPCI or a list of communes held on another day.
  @Test func `a territory of today on another day says that it is of today`() throws {
    let small = try small()
    let book = try Checkout.territories
    let day = Day(2010, 1, 1)
    let zone = try #require(book["FR-EPCI-200093201"])
    let printer = try printer(small, #require(book.area(of: zone, on: day)), 2023)
    #expect(printer.notes.contains(printer.words("note.of_today", ["day": "2010-01-01"])), "\(printer.notes)")
    let today = try self.printer(small, book.area(of: zone), 2023)
    #expect(printer.table.rows.map(\.figures) == today.table.rows.map(\.figures))
    #expect(!today.notes.contains(today.words("note.of_today", ["day": "2010-01-01"])))
  }

  /// What raises the figures of one country is of no use under those of the other.
  @Test func `reserves are told of the countries that they are about`() throws {
    let small = try small()
    func reserved(_ communes: String...) throws -> [String] {
      let weights = communes.map { (code: $0, weight: 1.0) }
      return try printer(small, area(weights, on: nil), 2023, "common-statutory", id: "T02").table.rows
        .filter { $0.reserve != nil }.map(\.code)
    }
    #expect(try reserved(Self.lille) == ["cooperative"])
    let belgian = try reserved("BE-COM-92094")
    #expect(Set(belgian) == ["association", "cooperative", "mutual"])
    #expect(try reserved(Self.lille, "BE-COM-92094") == belgian)
  }

  @Test func `rows of headcounts that are lost are those of each country`() throws {
    let rows = [SmallObservatory.a1, SmallSirene.siret(SmallSirene.siren(9), 1), BelgianBuildTests.place(1)]
    let small = try SmallObservatory(
      workforce: "establishment,year,jobs\n" + rows.map { "\($0),2020,5\n" }.joined())
    _ = try small.build()
    /// What the notes say of it, up to the number of rows.
    func lost(_ communes: String...) throws -> Set<String> {
      let weights = communes.map { (code: $0, weight: 1.0) }
      let notes = try printer(small, area(weights, on: nil), 2020, "common-statutory").notes
      return Set(notes.compactMap { $0.firstMatch(of: /^.* d'effectifs sur [0-9]+/).map { String($0.output) } })
    }
    #expect(try lost(Self.lille) == ["France : 1 ligne d'effectifs sur 2"])
    #expect(
      try lost(Self.lille, "BE-COM-92094")
        == ["France : 1 ligne d'effectifs sur 2", "Belgique : 1 ligne d'effectifs sur 1"])
  }

  @Test func `partial and approximated, in either order`() {
    let sum = Figure(value: 4, low: 3, high: 5, basis: .estimated)
    #expect(sum.asApproximated == Figure(value: 4, low: 3, high: 5, basis: .approximatedEstimated))
    #expect(sum.asApproximated.upperBound == 5 && sum.asApproximated.basis.marks == ["e", "a"])
    #expect(sum.asApproximated.asApproximated == sum.asApproximated)
    let counted = Figure(value: 4, low: 4, high: 4, basis: .exact)
    #expect(counted.asApproximated == Figure(value: 4, basis: .approximated))
    #expect(sum.asPartial.asApproximated.basis == .approximatedPartial)
    #expect(sum.asApproximated.asPartial.basis == .approximatedPartial)
    #expect(sum.asPartial.asApproximated.asApproximated.basis == .approximatedPartial)
    #expect(Figure(basis: .missing).asApproximated.basis == .missing)
  }

  @Test func `a share that is there is not written as none`() throws {
    let siret = SmallSirene.siret(SmallObservatory.c, 2)
    let small = try small(with: [.init(siret, band: "11", commune: "59009")])
    func share(_ weight: Double) throws -> (share: Double, notes: [String]) {
      let printer = try printer(small, area([(Self.lille, 1), ("FR-COM-59009", weight)]), 2023)
      return (printer.table.approximated, printer.notes)
    }
    let tiny = try share(0.0001)
    #expect(tiny.share > 0 && tiny.share < 0.0005)
    #expect(tiny.notes.contains { $0.contains(" : moins de 0,1 % des établissements ") }, "\(tiny.notes)")
    let half = try share(0.5)
    #expect(half.notes.contains { $0.contains(" : 11,1 % des établissements ") }, "\(half.notes)")
    // All of both: nothing is approximated.
    let whole = try share(1)
    #expect(whole.share == 0)
    #expect(whole.notes.allSatisfy { !$0.hasPrefix("a : ") })
  }

  @Test func `a territory says that employers of its country are in no known commune`() throws {
    let siret = SmallSirene.siret(SmallObservatory.c, 2)
    let small = try small(with: [.init(siret, band: "11", commune: "59999")])
    let book = try Checkout.territories
    let words = try Self.words
    let around = words("note.unplaced_around", ["count": "1"])
    let ofCountry = words("note.unplaced", ["count": "1"])
    func table(_ code: String, _ year: Int = 2023) throws -> TablePrinter {
      try printer(small, book.area(of: #require(book[code])), year)
    }
    // Of a region of which no employer is known, too.
    for code in [Self.lille, "FR-COM-59009", "FR-DEP-59", "NUTS-FRE11", "FR-REG-11"] {
      let printer = try table(code)
      #expect(printer.table.unplaced == 1, "\(code)")
      #expect(printer.notes.contains(around) && !printer.notes.contains(ofCountry), "\(code): \(printer.notes)")
      #expect(try printer.json.contains("dans aucune commune connue"), "\(code)")
    }
    // The country counts them, under either of its codes.
    let (country, nuts) = (try table("FR"), try table("NUTS-FR"))
    for printer in [country, nuts] {
      #expect(printer.notes.contains(ofCountry) && !printer.notes.contains(around), "\(printer.notes)")
    }
    #expect(country.table.rows.map(\.figures) == nuts.table.rows.map(\.figures))
    #expect(country.table.rows.last?.figures["establishments"]?.value == 5)
    #expect(try table(Self.lille).table.rows.last?.figures["establishments"]?.value == 4)
    // In a year in which they are not known to have employed, there is nothing to say.
    let before = try table(Self.lille, 2020)
    #expect(before.table.unplaced == 0 && !before.notes.contains(around))
  }
}
