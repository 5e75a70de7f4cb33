import Diagnostics
import DuckStore
import Filesystem
import Nomenclature
import Perimeter
import TestSupport
import Testing

/// Two implementations, one decision: the Swift that explains a unit and the SQL that judges all of them.
@Suite("Perimeter: SQL and Swift agree")
struct AgreementTests {
  /// Units drawn from everything that a rule looks at, with codes near the ones it names.
  static func units(_ count: Int, seed: UInt64, _ perimeters: [Perimeter], _ book: NomenclatureBook) -> [UnitFacts] {
    var random = SplitMix64(seed: seed)
    let forms = [
      Country.fr: book.frenchForms.items.filter { $0.level == 3 }.map(\.code) + [
        "", "9", "92", "9220X", "5498", "5720",
      ],
      Country.be: book.belgianForms.items.map(\.code) + ["", "0", "7060"],
    ]
    let named = perimeters.flatMap(\.rules).filter { $0.subject == .activity }.map(\.code)
    let activities =
      named + named.map { $0 + "9" } + book.nafRev2.items.map(\.code) + book.nacebel2008.items.map(\.code)
    let schemes = ActivityScheme.allCases
    let lists = Array(Set(perimeters.flatMap(\.lists))).sorted() + ["unknown"]
    return (0..<count).map { _ in
      let country = Country.allCases.randomElement(using: &random) ?? .fr
      // Half the units carry the scheme of their country, so that exclusions do apply.
      let usual: ActivityScheme = country == .fr ? .nafRev2 : .nacebel2008
      let scheme = Bool.random(using: &random) ? usual : schemes.randomElement(using: &random) ?? usual
      let activity =
        Int.random(in: 0..<10, using: &random) == 0
        ? nil : Activity(scheme, activities.randomElement(using: &random) ?? "")
      let named = lists.filter { _ in Int.random(in: 0..<12, using: &random) == 0 }
      return UnitFacts(
        country: country, form: forms[country]?.randomElement(using: &random) ?? "", activity: activity,
        lists: Set(named))
    }
  }

  /// Every combination of options and both levels, for each perimeter.
  static func variants(_ perimeter: Perimeter) throws -> [Perimeter] {
    var variants: [Perimeter] = []
    for bits in 0..<(1 << perimeter.options.count) {
      var settings: [String: String] = [:]
      for (position, option) in perimeter.options.enumerated() {
        settings[option.name] = bits >> position & 1 == 1 ? "on" : "off"
      }
      variants.append(try perimeter.with(settings))
    }
    return variants
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `on every unit, under every option`(seed: UInt64) throws {
    try Library.open(Checkout.installation, environment: [:])
    let perimeters = try Checkout.perimeters
    let units = Self.units(3000, seed: seed, perimeters, try Checkout.nomenclatures)
    let store = try Store()
    try store.run(
      "CREATE TABLE u(number INTEGER, country VARCHAR, form VARCHAR, activity_scheme VARCHAR, activity VARCHAR, lists VARCHAR)"
    )
    let appender = try store.appender("u", [.integer32, .text, .text, .text, .text, .text])
    for (number, unit) in units.enumerated() {
      appender.add(Int32(number))
      appender.add(unit.country.rawValue)
      appender.add(unit.form)
      appender.add(unit.activity?.scheme.rawValue ?? "")
      appender.add(unit.activity?.code ?? "")
      appender.add(unit.lists.isEmpty ? "" : "|" + unit.lists.sorted().joined(separator: "|") + "|")
      try appender.endRow()
    }
    try appender.finish()
    for perimeter in try perimeters.flatMap(Self.variants) {
      var judged = 0
      var inside = 0
      for row in try store.rows(
        "SELECT number, rule::INTEGER, family, subfamily FROM (\(perimeter.sql(over: "u"))) ORDER BY number")
      {
        let unit = units[row[0].integer ?? 0]
        let decision = perimeter.decide(unit)
        let rule = decision.rule.flatMap { rule in perimeter.rules.firstIndex { $0.id == rule.id } } ?? -1
        judged += 1
        inside += decision.isIn ? 1 : 0
        #expect(rule == row[1].integer, "\(perimeter.id) \(unit)")
        #expect(decision.family ?? "" == row[2].text, "\(perimeter.id) \(unit)")
        #expect(decision.subfamily ?? "" == row[3].text, "\(perimeter.id) \(unit)")
        #expect(decision.isIn == !row[2].isNull, "\(perimeter.id) \(unit)")
      }
      #expect(judged == units.count { perimeter.countries.contains($0.country) })
      #expect(inside > 100, "the sample must test something: \(perimeter.id)")
    }
  }
}
