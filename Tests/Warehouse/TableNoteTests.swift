import Exchange
import TestSupport
import Testing
import Wording

@testable import Console
@testable import Indicators
@testable import Secrecy
@testable import Territory
@testable import Warehouse

/// What is said under a table, and the marks in it: figures may be a least and approximate at once, and a zero may
/// be wrong where employers are in no known commune.
@Suite("Marks and notes of a table")
struct TableNoteTests {
  private static let lille = "FR-COM-59350"

  private static var words: Words { get throws { try Checkout.words(.fr) } }

  private func filled(
    _ small: SmallObservatory, _ area: Area, _ year: Int, _ perimeter: String = "fr-flores-2018", id: String = "T01"
  ) throws -> FilledTable {
    try FilledTable(id, Release(small.observatory), perimeter, area, year: year)
  }

  /// As it is drawn, and as a document for machines.
  private func text(_ filled: FilledTable) throws -> String {
    TableText(table: filled.table, words: try Self.words).text
  }

  private func json(_ filled: FilledTable) throws -> String {
    String(decoding: TableJSON(filled.table, .fr).bytes, as: UTF8.self)
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
    let half = try filled(small, area([(Self.lille, 0.5)]), 2023)
    let ess = try #require(half["ess"]).cells
    #expect(
      ess["jobs"]
        == Cell(
          .published, value: 8, low: 5.5, high: 10.5, basis: .approximatedPartial, unbounded: 1, mapping: .allExact))
    #expect(ess["jobs"]?.upperBound == nil)
    #expect(ess["establishments"] == Cell(.published, value: 1.5, basis: .approximated, mapping: .allExact))
    let drawn = try text(half)
    #expect(drawn.contains("8 p a"), "\(drawn)")
    #expect(try half.notes.contains(Self.words("note.partial")))
    #expect(half.notes.contains { $0.hasPrefix("a : ") })
    #expect(half.notes.contains { $0.hasPrefix("Postes en 2023 : sans 1 établissement employeur ") }, "\(half.notes)")
    // All of it lies in communes that are divided.
    #expect(half.ground.approximated(half.area, in: 2023) == 1)
    #expect(try json(half).contains("approximated_partial"))
    let csv = String(decoding: TableCSV(half.table, .fr).bytes, as: UTF8.self)
    let lines = csv.split(whereSeparator: \.isNewline)
    #expect(lines.contains { $0.hasPrefix("T01,\(Self.lille),2023,ess,jobs,8,") }, "\(csv)")
    #expect(lines.contains { $0.contains(",ess,jobs,") && $0.contains(",pa,published,approximated_partial,jobs,") })
    // Of two establishments one gives its full-time equivalents: half of both is a least too.
    let before = try filled(small, area([(Self.lille, 0.5)]), 2020)
    #expect(
      before["ess"]?.cells["fte"]
        == Cell(
          .published, value: 5.25, low: 5.25, high: 5.25, basis: .approximatedPartial, unbounded: 1,
          mapping: .allExact))
  }

  /// A unit with a place in a whole commune counts whole, whatever else it has in one of which a part is meant.
  @Test func `only what a commune in part brings is approximated`() throws {
    let siret = SmallSirene.siret(SmallObservatory.p, 2)
    let small = try small(with: [.init(siret, band: "11", activity: "62.01Z", commune: "59009")])
    let table = try filled(small, area([(Self.lille, 1), ("FR-COM-59009", 0.5)]), 2023)
    for code in ["ess", "public"] {
      let figures = try #require(table[code]).figures
      #expect(figures.count == 5 && figures.values.allSatisfy { !$0.basis.isApproximated }, "\(code)")
    }
    // Its share is of a whole that is.
    #expect(table["ess"]?.cells["share_establishments"]?.basis == .approximated)
    let rest = try #require(table["private"]).cells
    #expect(rest["units"] == Cell(.published, value: 1, low: 1, high: 1, basis: .exact))
    #expect(rest["establishments"] == Cell(.published, value: 1.5, basis: .approximated, mapping: .allExact))
    #expect(
      rest["jobs"]
        == Cell(
          .published, value: 41.75, low: 25, high: 58.5, basis: .approximatedEstimated, mapping: .allExact))
    #expect(try text(table).contains("42 e a") && table.notes.contains(Self.words("note.estimated")))
    #expect(table["total"]?.cells["establishments"]?.basis == .approximated)
    #expect(table.notes.contains { $0.hasPrefix("a : ") })
  }

  @Test func `a commune in part where nobody employs approximates nothing`() throws {
    let table = try filled(small(), area([(Self.lille, 1), ("FR-COM-59009", 0.5)]), 2023)
    #expect(table.ground.approximated(table.area, in: 2023) == 0)
    #expect(table.table.cells.allSatisfy { !$0.basis.isApproximated })
    #expect(table.notes.allSatisfy { !$0.hasPrefix("a : ") })
    let day = try #require(table.area.day).description
    #expect(try table.notes.contains(Self.words("note.geography", ["day": day])))
    // Where nothing at all is counted, there is nothing to vouch for.
    let empty = try filled(small(), area([("FR-COM-59009", 0.5)]), 2023)
    #expect(try empty.notes.contains(Self.words("note.geography_empty", ["day": day])))
    #expect(try !empty.notes.contains(Self.words("note.geography", ["day": day])))
  }

  /// Nothing tells what an EPCI or a list of communes held on another day.
  @Test func `a territory of today on another day says that it is of today`() throws {
    let small = try small()
    let book = try Checkout.territories
    let day = Day(2010, 1, 1)
    let zone = try #require(book["FR-EPCI-200093201"])
    let then = try filled(small, #require(book.area(of: zone, on: day)), 2023)
    let said = try Self.words("note.of_today", ["day": "2010-01-01"])
    #expect(then.notes.contains(said), "\(then.notes)")
    let today = try filled(small, book.area(of: zone), 2023)
    #expect(then.table.cells == today.table.cells)
    #expect(!today.notes.contains(said))
  }

  /// What raises the figures of one country is of no use under those of the other.
  @Test func `reserves are told of the countries that they are about`() throws {
    let small = try small()
    func reserved(_ communes: String...) throws -> [String] {
      let weights = communes.map { (code: $0, weight: 1.0) }
      let table = try filled(small, area(weights, on: nil), 2023, "common-statutory", id: "T02").table
      let notes = table.notes.filter { $0.kind == .comparability }.map(\.text.fr)
      return table.axes.flatMap(\.members).filter { member in
        notes.contains { $0.hasPrefix("\(member.label.fr) : ") }
      }.map(\.code)
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
      let notes = try filled(small, area(weights, on: nil), 2020, "common-statutory").notes
      return Set(notes.compactMap { $0.firstMatch(of: /^.* d'effectifs sur [0-9]+/).map { String($0.output) } })
    }
    #expect(try lost(Self.lille) == ["France : 1 ligne d'effectifs sur 2"])
    #expect(
      try lost(Self.lille, "BE-COM-92094")
        == ["France : 1 ligne d'effectifs sur 2", "Belgique : 1 ligne d'effectifs sur 1"])
  }

  @Test func `partial, estimated and approximated go together`() {
    for (isPartial, isEstimated, isApproximated) in [
      (false, false, false), (false, false, true), (false, true, false), (false, true, true), (true, false, false),
      (true, false, true), (true, true, false), (true, true, true),
    ] {
      let basis = Cell.Basis(isPartial: isPartial, isEstimated: isEstimated, isApproximated: isApproximated)
      #expect(basis.isPartial == isPartial && basis.isApproximated == isApproximated, "\(basis)")
      // A least has no upper bound: that it is estimated says no more.
      #expect(basis.isEstimated == (isEstimated && !isPartial), "\(basis)")
      let marks = (isPartial ? "p" : isEstimated ? "e" : "") + (isApproximated ? "a" : "")
      #expect(basis.marks == marks, "\(basis)")
    }
    func cell(_ basis: Cell.Basis) -> Cell { Cell(.published, value: 4, low: 3, high: 5, basis: basis) }
    for basis in [Cell.Basis.exact, .estimated, .approximatedEstimated] { #expect(cell(basis).upperBound == 5) }
    for basis in [Cell.Basis.partial, .approximated, .approximatedPartial] { #expect(cell(basis).upperBound == nil) }
    // In a sum each says what it is of, whatever comes first.
    let counted = Cell(.published, value: 4, low: 4, high: 4)
    let divided = Cell(.published, value: 4, basis: .approximated)
    for cells in [[divided, counted, cell(.estimated)], [cell(.estimated), counted, divided]] {
      #expect(Cell.sum(cells) == Cell(.published, value: 12, basis: .approximatedEstimated))
    }
    #expect(Cell.sum([cell(.partial), divided]).basis == .approximatedPartial)
    #expect(Cell.sum([divided, cell(.partial)]).basis == .approximatedPartial)
    #expect(Cell.sum([divided, .notAvailable]) == .notAvailable)
  }

  @Test func `a share that is there is not written as none`() throws {
    let siret = SmallSirene.siret(SmallObservatory.c, 2)
    let small = try small(with: [.init(siret, band: "11", commune: "59009")])
    func share(_ weight: Double) throws -> (share: Double, notes: [String]) {
      let table = try filled(small, area([(Self.lille, 1), ("FR-COM-59009", weight)]), 2023)
      return (table.ground.approximated(table.area, in: 2023), table.notes)
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
    func table(_ code: String, _ year: Int = 2023) throws -> FilledTable {
      try filled(small, book.area(of: #require(book[code])), year)
    }
    // Of a region of which no employer is known, too.
    for code in [Self.lille, "FR-COM-59009", "FR-DEP-59", "NUTS-FRE11", "FR-REG-11"] {
      let one = try table(code)
      #expect(one.ground.unplaced(in: ["FR"], year: 2023) == 1, "\(code)")
      #expect(one.notes.contains(around) && !one.notes.contains(ofCountry), "\(code): \(one.notes)")
      #expect(try json(one).contains("dans aucune commune connue"), "\(code)")
    }
    // The country counts them, under either of its codes.
    let (country, nuts) = (try table("FR"), try table("NUTS-FR"))
    for one in [country, nuts] {
      #expect(one.notes.contains(ofCountry) && !one.notes.contains(around), "\(one.notes)")
    }
    #expect(country.table.cells == nuts.table.cells)
    #expect(country["total"]?.cells["establishments"]?.value == 5)
    #expect(try table(Self.lille)["total"]?.cells["establishments"]?.value == 4)
    // In a year in which they are not known to have employed, there is nothing to say.
    let before = try table(Self.lille, 2020)
    #expect(before.ground.unplaced(in: ["FR"], year: 2020) == 0 && !before.notes.contains(around))
  }
}
