import Diagnostics
import Nomenclature
import Tabular
import TestSupport
import Testing

@Suite("Nomenclatures")
struct NomenclatureTests {
  static let head = """
    # id: x
    # title_fr: x
    # title_nl: x
    # title_en: x
    # source: x
    # licence: x
    # valid_from: 2020-01-01
    # valid_to:
    # confidence: D

    """.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.isEmpty }.joined(separator: "\n") + "\n"

  struct Broken: Sendable, CustomTestStringConvertible {
    let id: String
    let rows: String
    let code: String
    let line: Int
    var testDescription: String { id }
  }

  static let broken: [Broken] = [
    .init(id: "code twice", rows: "A,,1,a,a,a\nA,,1,b,b,b\n", code: "share.duplicate", line: 12),
    .init(id: "no parent", rows: "A,,1,a,a,a\n01,B,2,b,b,b\n", code: "share.no_parent", line: 12),
    .init(id: "parent below", rows: "01,A,1,b,b,b\nA,,1,a,a,a\n", code: "share.no_parent", line: 11),
    .init(id: "no Dutch", rows: "A,,1,a,,a\n", code: "share.no_translation", line: 11),
    .init(id: "level in words", rows: "A,,one,a,a,a\n", code: "share.bad_number", line: 11),
    .init(id: "field missing", rows: "A,,1,a,a,a\n01,A,2,b,b\n", code: "share.ragged", line: 12),
  ]

  @Test(arguments: broken)
  func `refuses a broken file with its line`(_ broken: Broken) throws {
    let text = Self.head + "code,parent,level,fr,nl,en\n" + broken.rows
    let problem = #expect(throws: Problem.self) {
      let table = try DeclaredTable(
        Array(text.utf8), path: "x.csv", columns: ["code", "parent", "level", "fr", "nl", "en"],
        properties: Nomenclature.properties)
      _ = try Nomenclature(table)
    }
    #expect(problem?.code == broken.code)
    #expect(problem?.place.line == broken.line)
    #expect(problem?.place.file == "x.csv")
  }

  @Test func `a header without its source is refused`() {
    let text = "# id: x\ncode,parent,level,fr,nl,en\nA,,1,a,a,a\n"
    let problem = #expect(throws: Problem.self) {
      try DeclaredTable(
        Array(text.utf8), path: "x.csv", columns: [], properties: Nomenclature.properties)
    }
    #expect(problem?.code == "share.no_property")
  }

  @Test func `NAF rev 2 has its five levels`() throws {
    let naf = try Checkout.nomenclatures.nafRev2
    #expect((1...5).map { level in naf.items.count { $0.level == level } } == [21, 88, 272, 615, 732])
    #expect(naf.ancestor(of: "94.99Z", level: 2) == "94")
    #expect(naf.ancestor(of: "94.99Z", level: 1) == "S")
  }

  @Test func `the two national versions of NACE share their 88 divisions`() throws {
    let book = try Checkout.nomenclatures
    let french = book.nafRev2.items.filter { $0.level == 2 }.map(\.code)
    let belgian = book.nacebel2008.items.filter { $0.level == 2 }.map(\.code)
    #expect(french.sorted() == belgian.sorted())
    #expect(french.sorted() == book.sectors.divisions.map(\.code).sorted())
  }

  @Test func `divisions come only from schemes that have them`() throws {
    let sectors = try Checkout.nomenclatures.sectors
    #expect(sectors.division(of: Activity(.nafRev2, "94.99Z")) == "94")
    #expect(sectors.division(of: Activity(.nacebel2008, "88999")) == "88")
    #expect(sectors.division(of: Activity(.naf1993, "70.2C")) == "ZZ")
    #expect(sectors.division(of: Activity(.nap1973, "67.05")) == "ZZ")
    #expect(sectors.division(of: Activity(.nafRev2, "00.00Z")) == "ZZ")
  }

  @Test(
    arguments: [
      (.nap1973, "77.08"), (.naf1993, "91.2Z"), (.nafRev1, "91.3E"), (.nafRev2, "94.99Z"), (.nacebel2008, "88999"),
    ] as [(ActivityScheme, String)])
  func `a code is printed as it stands in its register`(scheme: ActivityScheme, code: String) {
    #expect(NomenclatureBook.printed(Activity(scheme, code)) == code)
  }

  @Test func `every size band falls in one class of the common grid, bounds and all`() throws {
    let sizes = try Checkout.nomenclatures.sizes
    for band in Array(sizes.french.values) + Array(sizes.belgian.values) {
      guard let low = band.low else { continue }
      #expect(sizes.commonClass(of: low) == band.common, "\(band.code)")
      if let high = band.high { #expect(sizes.commonClass(of: high) == band.common, "\(band.code)") }
    }
    for headcount in [0, 1, 9, 10, 19, 20, 49, 50, 99, 100, 199, 200, 499, 500, 999, 1000, 99_999] {
      #expect(sizes.commonClass(of: headcount) != Sizes.unknown)
    }
  }
}
