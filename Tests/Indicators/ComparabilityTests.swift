import Nomenclature
import Perimeter
import TestSupport
import Territory
import Testing
import Wording

@testable import Indicators
@testable import Secrecy

/// What is added up over the border, and what is said where it is not.
@Suite("Comparability")
struct ComparabilityTests {
  @Test func `grades: what adds up, and their order`() {
    #expect(["A", "B", "C", "X"].compactMap(Grade.init(rawValue:)) == Grade.allCases)
    #expect(Grade(rawValue: "a") == nil && Grade(rawValue: "D") == nil)
    #expect(Grade.allCases.map(\.addsUp) == [true, true, false, false])
    #expect(Grade.allCases.sorted() == Grade.allCases)
  }

  /// Place 0 lies in one country, place 1 in both.
  private static func cube(_ measure: String, grades: [String: Grade] = [:]) throws -> HandCube {
    try HandCube(
      places: 2, axes: ["who": ["ess", "association", "cooperative"]], [measure], shared: [1], grades: grades
    ) { _, _ in .constant(12) }
  }

  @Test func `a measure is added up over the border at A and B alone`() throws {
    for measure in try Checkout.tables.measures.measures where measure.subject == .employers {
      if ConcentrationBands.names.contains(measure.id) { continue }
      let cube = try Self.cube(measure.id)
      #expect(try cube.value(measure.id) == 12, "\(measure.id) of one country")
      let both = try cube.cell(measure.id, place: 1)
      #expect(both == (measure.grade.addsUp ? .constant(12) : .notComparable), "\(measure.id) of both")
    }
  }

  @Test func `a family is added up as the perimeter says`() throws {
    for grade in Grade.allCases {
      let cube = try Self.cube("jobs", grades: ["cooperative": grade])
      let cell = try cube.cell("jobs", place: 1, ["who": "cooperative"])
      #expect(cell.status == (grade.addsUp ? .published : .notComparable), "\(grade)")
      #expect(try cube.value("jobs", ["who": "cooperative"]) == 12)
      #expect(try cube.value("jobs", place: 1, ["who": "association"]) == 12)
    }
  }

  @Test func `what is made of what does not compare does not compare`() throws {
    let cube = try HandCube(places: 2, ["fte", "jobs"], shared: [1]) { _, _ in .constant(4) }
    #expect(try cube.value("I04") == 1)
    #expect(try cube.cell("I04", place: 1).status == .notComparable)
    // What cannot be compared is told before what is hidden.
    let hidden = try HandCube(places: 2, ["fte", "jobs"], shared: [1]) { _, _ in .suppressed }
    #expect(try hidden.cell("I04").status == .suppressed)
    #expect(try hidden.cell("I04", place: 1).status == .notComparable)
  }

  // MARK: - On a release

  private static let families = ["association", "cooperative", "foundation"]

  private struct Three {
    let fr: StatisticalTable
    let be: StatisticalTable
    let both: StatisticalTable

    init(_ perimeter: String) throws {
      let (french, belgian) = (SimulatedRelease.french, SimulatedRelease.belgian)
      fr = try SimulatedRelease.fill("T02", of: SimulatedRelease.area(french), perimeter, years: [2024])
      be = try SimulatedRelease.fill("T02", of: SimulatedRelease.area(belgian), perimeter, years: [2024])
      both = try SimulatedRelease.fill("T02", of: SimulatedRelease.shared(), perimeter, years: [2024])
    }
  }

  @Test func `families that compare are the sum of both countries, the others are not told`() throws {
    let three = try Three("common-statutory")
    let (fr, be, both) = (three.fr, three.be, three.both)
    #expect((fr.cells + be.cells).allSatisfy { $0.status != .notComparable })
    for measure in ["units", "establishments", "jobs"] {
      for family in ["association", "foundation"] {
        let sum = try (fr.value(measure, ["family": family]) ?? 0) + (be.value(measure, ["family": family]) ?? 0)
        #expect(try isNear(both.value(measure, ["family": family]) ?? .infinity, sum), "\(measure) \(family)")
      }
      for family in ["cooperative", "mutual"] {
        #expect(try both.cell(measure, ["family": family]).status == .notComparable, "\(measure) \(family)")
      }
    }
    // Full-time equivalents and pay are not the same thing in both.
    for measure in ["fte", "gross_pay"] {
      for member in both.members("family") {
        #expect(try both.cell(measure, ["family": member.code]).status == .notComparable, "\(measure) \(member.code)")
      }
    }
  }

  @Test func `the strict variant gives the cooperatives`() throws {
    let three = try Three("common-strict")
    let both = three.both
    let parts = try [three.fr, three.be].map { try $0.value("jobs", ["family": "cooperative"]) ?? 0 }
    #expect(parts.allSatisfy { $0 > 0 })
    #expect(try isNear(both.value("jobs", ["family": "cooperative"]) ?? .infinity, parts[0] + parts[1]))
    for family in Self.families {
      #expect(try both.cell("establishments", ["family": family]).status.hasValue, "\(family)")
    }
  }

  @Test func `the notes say why, and what is nearest`() throws {
    let words = try Checkout.words(.fr)
    let both = try Three("common-statutory").both
    func has(_ table: StatisticalTable, _ key: String, _ facts: [String: String] = [:]) -> Bool {
      let text = words(key, facts)
      return table.notes.contains { $0.kind == .comparability && $0.text.fr == text }
    }
    #expect(has(both, "note.not_comparable"))
    #expect(has(both, "note.nearest_perimeter", ["perimeter": "common-strict"]))
    let measures = try Checkout.tables.measures
    let fte = try #require(measures["fte"])
    let jobs = try #require(measures["jobs"])
    func clause(_ why: Label) -> String { why.fr.hasSuffix(".") ? String(why.fr.dropLast()) : why.fr }
    #expect(
      has(
        both, "note.nearest",
        ["label": fte.label.fr, "why": clause(fte.why), "nearest": "jobs – \(jobs.label.fr)"]))
    #expect(both.notes.allSatisfy { !$0.text.fr.contains(jobs.why.fr) && !$0.text.fr.hasSuffix("..") })
    // Pay by head does not compare, and nothing is near to it.
    let pay = try SimulatedRelease.fill("T20", of: SimulatedRelease.shared(), years: [2024])
    let indicator = try Checkout.tables.indicator("I05")
    let why = try #require(indicator.why)
    #expect(has(pay, "note.no_nearest", ["label": indicator.title.fr, "why": clause(why)]))
    // Of one country nothing of this is said.
    let one = try SimulatedRelease.fill("T02", of: SimulatedRelease.area(SimulatedRelease.french), years: [2024])
    #expect(!has(one, "note.not_comparable"))
    #expect(!has(one, "note.nearest_perimeter", ["perimeter": "common-strict"]))
  }

  // MARK: - The ledger

  /// From a release to itself, where only what adds up is told.
  private static func revision(_ measure: String, of area: Area) throws -> Revision {
    let ground = try SimulatedRelease.ground
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "common-statutory" })
    let request = RevisionRequest(
      area, by: "family", measure: measure, years: (2024, 2024), (perimeter, perimeter),
      reader: try Checkout.gate("internal"), inForce: try Checkout.gate("fr-insee"))
    return try RevisionFiller(
      from: ground, to: ground, try Checkout.tables, try Checkout.nomenclatures, try Checkout.words(.fr)
    ).fill(request)
  }

  @Test(arguments: ["fte", "gross_pay"])
  func `a ledger of both countries tells no change of a measure that does not add up`(measure: String) throws {
    let both = try Self.revision(measure, of: SimulatedRelease.shared())
    #expect(!both.rows.isEmpty && both.rows.allSatisfy { $0.ledger == .notComparable })
    #expect(both.largest.isEmpty && both.reasons.count == 1)
    let one = try Self.revision(measure, of: SimulatedRelease.area(SimulatedRelease.french))
    #expect(one.rows.contains { $0.ledger.before.status.hasValue })
    #expect(one.rows.allSatisfy { $0.ledger != .notComparable })
  }

  @Test func `a ledger of both countries tells no change of a family that does not add up`() throws {
    let both = try Self.revision("jobs", of: SimulatedRelease.shared())
    func ledger(_ family: String) throws -> LedgerRow {
      try #require(both.rows.first { $0.member.code == family }, "\(family)").ledger
    }
    #expect(try ledger("cooperative") == .notComparable)
    #expect(try ledger("association").before.status.hasValue)
    #expect(try ledger("ess").before.status.hasValue)
    #expect(both.reasons.isEmpty)
  }

  /// With every figure of both countries: how much of its activities was carried exactly.
  @Test func `a figure of both countries says how well its activities are known`() throws {
    let table = try SimulatedRelease.fill("T02", of: SimulatedRelease.shared(), years: [2024])
    let jobs = try table.cell("jobs", ["family": "ess"])
    let mapping = try #require(jobs.mapping)
    #expect(abs(mapping.exact + mapping.approximate + mapping.none - 1) < 1e-9)
    #expect(table.notes.contains { $0.kind == .comparability && $0.text.en.contains("%") })
  }
}
