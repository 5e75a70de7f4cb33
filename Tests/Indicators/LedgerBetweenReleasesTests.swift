import Diagnostics
import DuckStore
import Filesystem
import Nomenclature
import Perimeter
import Secrecy
import Territory
import Testing
import TestSupport
import Warehouse
import Wording

@testable import Indicators

/// Two releases of one observatory: a file of headcounts was corrected, and an option of the perimeter turned off.
@Suite("The ledger between two releases")
struct LedgerBetweenReleasesTests {
  private static let (a, b, c) = (SmallSirene.siren(1), SmallSirene.siren(2), SmallSirene.siren(3))

  private struct Pair: Sendable {
    let folder: TemporaryFolder
    let observatory: Observatory

    var before: Ground { get throws { try ground("one") } }
    var after: Ground { get throws { try ground("two") } }

    private func ground(_ name: String) throws -> Ground {
      Ground(try Release(observatory, named: name), try Checkout.territories)
    }
  }

  private static let result = Result { () throws -> Pair in
    let folder = try TemporaryFolder()
    let observatory = try Observatory(folder["o"], create: true)
    func importing(_ source: Source, _ name: String, _ text: String, replacing: Bool = false) throws {
      var request = Importer.Request(source, path: try folder.write(name, text))
      request.replaces = replacing
      _ = try observatory.importer.run(request)
    }
    func build(_ name: String, _ settings: [String: String]) throws {
      let engine = try Library.open(Checkout.installation, environment: [:])
      let perimeters = try Checkout.perimeters.map { perimeter in
        perimeter.id == "fr-flores-2018" ? try perimeter.with(settings) : perimeter
      }
      let books = RuleBooks(try Checkout.nomenclatures, perimeters, try Checkout.territories)
      var request = Builder.Request()
      request.name = name
      _ = try Builder(observatory, books, share: Checkout.installation.share, engine: engine).make(request)
    }
    func workforce(_ jobs: Int) -> String {
      let places = [(a, jobs), (b, 8), (c, 5)].map { "\(SmallSirene.siret($0, 1)),2023,\($1),,\n" }
      return "establishment,year,jobs,fte,gross_pay\n" + places.joined()
    }
    try importing(
      .sireneUnits, "units.csv",
      SmallSirene.units([.init(a, name: "ALPHA"), .init(b, form: "9210", name: "BETA"), .init(c, name: "GAMMA")]))
    try importing(
      .sireneEstablishments, "establishments.csv",
      SmallSirene.establishments([a, b, c].map { .init(SmallSirene.siret($0, 1), band: "11") }))
    try importing(.workforce, "workforce.csv", workforce(12))
    try build("one", [:])
    try importing(.workforce, "workforce.csv", workforce(15), replacing: true)
    try build("two", ["undeclared": "off"])
    return Pair(folder: folder, observatory: observatory)
  }

  private static func revision(
    by dimension: String = "family", territory: String = "FR-DEP-59", measure: String = "jobs",
    secrecy: String = "internal", years: (before: Int, after: Int)? = (2023, 2023)
  ) throws -> Revision {
    let pair = try result.get()
    let book = try Checkout.territories
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == "fr-flores-2018" })
    let request = RevisionRequest(
      book.area(of: try #require(book[territory])), by: dimension, measure: measure, years: years,
      (perimeter, try perimeter.with(["undeclared": "off"])), reader: try Checkout.gate(secrecy),
      inForce: try Checkout.gate("fr-insee"))
    return try RevisionFiller(
      from: pair.before, to: pair.after, try Checkout.tables, try Checkout.nomenclatures, try Checkout.words(.fr)
    ).fill(request)
  }

  @Test(arguments: ["family", "field", "a88", "commune"])
  func `a correction and a rule are told apart, whatever rows are told by`(dimension: String) throws {
    let revision = try Self.revision(by: dimension)
    let codes = ["family": "ess", "field": "ess", "commune": "FR-DEP-59"]
    let row = try #require(revision.rows.first { $0.member.code == codes[dimension] ?? "total" }).ledger
    #expect(row.before.value == 25)
    #expect(row.after.value == 20)
    #expect(row[.register].value == 3)
    #expect(row[.perimeter].value == -8)
    // Of three units one is left out: what is published of two is nothing.
    #expect(row[.secrecy].value == -20)
    #expect(row.change.value == -25)
    #expect(revision.rows.filter { $0.ledger.before.value == 25 }.count > 1)
  }

  @Test func `the units that changed most come first, with their reasons`() throws {
    let largest = try Self.revision().largest
    #expect(largest.map(\.reason) == [.perimeter, .register])
    #expect(largest.map(\.number) == [Self.b, Self.a].compactMap { Int64($0) })
  }

  @Test func `who may see only what is published learns nothing of a hidden figure`() throws {
    let revision = try Self.revision(secrecy: "fr-insee")
    #expect(revision.largest.isEmpty)
    for row in revision.rows where row.ledger.after.status == .suppressed {
      #expect(row.ledger.change.status == .suppressed)
      #expect(row.ledger.parts.allSatisfy { $0.status == .suppressed })
    }
    // Counts of an open register are nobody's secret.
    let counts = try Self.revision(measure: "units", secrecy: "fr-insee")
    let whole = try #require(counts.rows.first { $0.member.code == "ess" }).ledger
    #expect(whole[.perimeter].value == -1)
    #expect(whole.change.value == -1)
  }

  @Test func `what the releases are made of is compared`() throws {
    let told = try Self.revision().differences
    #expect(told.added.isEmpty && told.removed.isEmpty)
    #expect(told.replaced.map(\.name) == ["workforce"])
    #expect(told.perimeters.map(\.id) == ["fr-flores-2018"])
    let option = try #require(told.perimeters.first?.options.first)
    #expect(option.name == "undeclared" && option.before != option.after && option.after == "off")
    #expect(told.rules.isEmpty)
    #expect(told.program == nil)
    #expect(!told.isEmpty)
  }

  @Test(
    arguments: [
      ("region9", "jobs", "compare.by"), ("family", "job", "compare.measure"), ("seat", "jobs", "compare.by"),
    ])
  func `what cannot be compared is refused, with what can`(dimension: String, measure: String, code: String) throws {
    let problem = expectProblem(code) { _ = try Self.revision(by: dimension, measure: measure) }
    #expect(problem?.facts["known"]?.isEmpty == false)
  }

  @Test func `a year that a release does not have is refused, with those that it has`() throws {
    let problem = expectProblem("compare.no_year") { _ = try Self.revision(years: (2023, 1999)) }
    #expect(problem?.facts["release"] == "two")
  }
}
