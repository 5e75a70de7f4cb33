import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Tabular
import TestSupport
import Testing

@Suite("Perimeter: known organisations")
struct PerimeterTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let perimeter: String
    var settings: [String: String] = [:]
    let unit: UnitFacts
    let family: String?
    let rule: String?
    var testDescription: String { id }
  }

  static func fr(_ form: String, _ activity: String, _ lists: Set<String> = []) -> UnitFacts {
    UnitFacts(country: .fr, form: form, activity: Activity(.nafRev2, activity), lists: lists)
  }

  static func be(_ form: String, _ activity: String, _ lists: Set<String> = []) -> UnitFacts {
    UnitFacts(country: .be, form: form, activity: Activity(.nacebel2008, activity), lists: lists)
  }

  static let cases: [Case] = [
    .init(
      id: "a declared association", perimeter: "fr-flores-2018", unit: fr("9220", "88.99B"), family: "association",
      rule: "form-9220"),
    .init(
      id: "a union of employees under 9220", perimeter: "fr-flores-2018", unit: fr("9220", "94.20Z"), family: nil,
      rule: "out-naf-9420Z"),
    .init(
      id: "a works council, fifth family", perimeter: "fr-flores-2018", unit: fr("8310", "94.99Z"), family: "other_npi",
      rule: "form-8310"),
    .init(
      id: "a works council in 2008", perimeter: "fr-insee-2008", unit: fr("8310", "94.99Z"), family: "association",
      rule: "form-8310"),
    .init(
      id: "a works council switched off", perimeter: "fr-flores-2018", settings: ["cse": "off"],
      unit: fr("8310", "94.99Z"), family: nil, rule: nil),
    .init(
      id: "a works council under the law of 2014", perimeter: "fr-loi-2014", unit: fr("8310", "94.99Z"), family: nil,
      rule: nil),
    .init(
      id: "a SICA", perimeter: "fr-flores-2018", unit: fr("5532", "46.21Z"), family: "cooperative", rule: "form-5532"),
    .init(
      id: "a SICA switched off", perimeter: "fr-flores-2018", settings: ["sica": "off"], unit: fr("5532", "46.21Z"),
      family: nil, rule: nil),
    .init(
      id: "a SAS on no list", perimeter: "fr-loi-2014", unit: fr("5710", "62.01Z"), family: nil, rule: "require-5710"),
    .init(
      id: "a SAS on the list of ESS France", perimeter: "fr-loi-2014", unit: fr("5710", "62.01Z", ["ess-france"]),
      family: "commercial_ess", rule: "list-ess-france"),
    .init(
      id: "a SAS that is a SCOP", perimeter: "fr-loi-2014", unit: fr("5710", "41.20A", ["cgscop", "ess-france"]),
      family: "cooperative", rule: "list-cgscop"),
    .init(
      id: "a SAS in FLORES, list or not", perimeter: "fr-flores-2018", unit: fr("5710", "62.01Z", ["ess-france"]),
      family: nil, rule: nil),
    .init(
      id: "excluded by hand, whatever else", perimeter: "fr-loi-2014",
      unit: fr("9220", "88.99B", ["ess-france", "hors-ess"]), family: nil, rule: "list-hors-ess"),
    .init(
      id: "an association on an old scheme of activities", perimeter: "fr-flores-2018",
      unit: UnitFacts(country: .fr, form: "9220", activity: Activity(.naf1993, "91.2Z")), family: "association",
      rule: "form-9220"),
    .init(
      id: "an ASBL", perimeter: "be-observatoire", unit: be("017", "88999"), family: "association", rule: "form-be-017"),
    .init(
      id: "a cooperative without agreement", perimeter: "be-observatoire", unit: be("706", "47112"), family: nil,
      rule: "require-be-706"),
    .init(
      id: "a cooperative with the CNC's", perimeter: "be-observatoire", unit: be("706", "47112", ["cnc"]),
      family: "cooperative", rule: "list-cnc"),
    .init(
      id: "a mutuality in 84.3 stays", perimeter: "be-observatoire", unit: be("019", "84301"), family: "mutual",
      rule: "form-be-019"),
    .init(
      id: "a mutuality in 84.3 switched off", perimeter: "be-observatoire", settings: ["mutuals_843": "off"],
      unit: be("019", "84301"), family: nil, rule: "out-nace-84-all"),
    .init(
      id: "an ASBL in 84 goes", perimeter: "be-observatoire", unit: be("017", "84120"), family: nil, rule: "out-nace-84"
    ),
    .init(
      id: "a subsidised school", perimeter: "be-observatoire", unit: be("017", "85201"), family: "association",
      rule: "form-be-017"),
    .init(
      id: "a subsidised school switched off", perimeter: "be-observatoire", settings: ["subsidised_schools": "off"],
      unit: be("017", "85201"), family: nil, rule: "out-nace-85"),
    .init(
      id: "a former social-purpose company", perimeter: "be-observatoire", unit: be("508", "43320"),
      family: "social_purpose", rule: "form-be-508"),
    .init(
      id: "a French unit in a Belgian perimeter", perimeter: "be-observatoire", unit: fr("9220", "88.99B"), family: nil,
      rule: nil),
    .init(
      id: "a cooperative bank, statutory", perimeter: "common-statutory", unit: fr("5194", "64.19Z"),
      family: "cooperative", rule: "form-5194"),
    .init(
      id: "a cooperative bank, strict", perimeter: "common-strict", unit: fr("5194", "64.19Z"), family: nil, rule: nil),
    .init(
      id: "a SCOP, strict", perimeter: "common-strict", unit: fr("5458", "43.32A"), family: "cooperative",
      rule: "form-5458"),
  ]

  @Test(arguments: cases)
  func decides(_ example: Case) throws {
    let perimeter = try #require(try Checkout.perimeters.first { $0.id == example.perimeter }).with(example.settings)
    let decision = perimeter.decide(example.unit)
    #expect(decision.family == example.family)
    #expect(decision.rule?.id == example.rule)
    #expect(decision.isIn == (example.family != nil))
  }

  @Test func `a mistyped perimeter is told with the nearest`() throws {
    let book = try PerimeterBook(share: Checkout.installation.share, Checkout.nomenclatures)
    for (typed, nearest) in [("common-statutary", "common-statutory"), ("fr-loi-2015", "fr-loi-2014"), ("x", "")] {
      let unknown = expectProblem("perimeter.unknown") { _ = try book.perimeter(typed) }
      #expect(unknown?.facts["nearest"] == nearest, "\(typed)")
      #expect(unknown?.status == .commandLine)
    }
  }

  @Test func `the six rule sets are there, and say what is provisional`() throws {
    let perimeters = try Checkout.perimeters
    let ids = perimeters.map { $0.id }
    #expect(
      ids == [
        "be-observatoire", "common-statutory", "common-strict", "fr-flores-2018", "fr-insee-2008", "fr-loi-2014",
      ])
    let provisional = perimeters.allSatisfy { $0.isProvisional }
    #expect(provisional)
    for perimeter in perimeters {
      let marked = perimeter.rules.allSatisfy { !$0.confidence.isEmpty }
      #expect(marked, "\(perimeter.id)")
    }
  }

  @Test func `an option that does not exist is refused with those that do`() throws {
    let perimeter = try #require(try Checkout.perimeters.first)
    let problem = #expect(throws: Problem.self) { try perimeter.with(["sicca": "off"]) }
    #expect(problem?.code == "perimeter.bad_option")
    #expect(problem?.status == .commandLine)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let id: String
    let row: String
    var code = "share.unknown_code"
    var testDescription: String { id }
  }

  static let broken: [Broken] = [
    .init(id: "an unknown effect", row: "r,perhaps,form,fr-legal-forms,9220,association,,,,S,"),
    .init(id: "an unknown subject", row: "r,include,colour,fr-legal-forms,9220,association,,,,S,"),
    .init(id: "an unknown scheme", row: "r,include,form,forms,9220,association,,,,S,"),
    .init(id: "an unknown family", row: "r,include,form,fr-legal-forms,9220,club,,,,S,"),
    .init(id: "a form without family", row: "r,include,form,fr-legal-forms,9220,,,,,S,", code: "share.no_value"),
    .init(id: "a form without code", row: "r,include,form,fr-legal-forms,,association,,,,S,", code: "share.no_value"),
    .init(id: "an undeclared option", row: "r,include,form,fr-legal-forms,9220,association,,,sica,S,"),
  ]

  @Test(arguments: broken)
  func `refuses a broken rule with its line`(_ broken: Broken) throws {
    let text = """
      # id: x
      # title_fr: x
      # title_nl: x
      # title_en: x
      # countries: FR
      # level: unit
      # version: 1
      # source: x
      # valid_from: 2020-01-01
      # valid_to:
      rule,effect,on,scheme,code,family,subfamily,except,option,confidence,note
      ok,include,form,fr-legal-forms,9230,association,,,,S,
      \(broken.row)

      """
    let table = try DeclaredTable(Array(text.utf8), path: "x.csv", columns: [])
    let book = try Checkout.nomenclatures
    let problem = #expect(throws: Problem.self) { try Perimeter(table, book) }
    #expect(problem?.code == broken.code)
    #expect(problem?.place.line == 13)
  }
}
