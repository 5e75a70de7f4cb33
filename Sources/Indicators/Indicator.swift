internal import Diagnostics
internal import Tabular
package import Wording

/// A figure that formulas make of measures, with what each country means by it: a file of `share/indicators`.
package struct Indicator: Sendable {
  package let id: String
  package let code: String
  package let title: Label
  package let short: Label
  package let description: Label
  package let formula: Formula
  package let written: String
  /// Where they stand, for what is wrong with them.
  let formulaPlace: Place
  let codePlace: Place
  let nearestPlace: Place
  package let unit: StatisticalTable.Unit
  package let decimals: Int
  /// Across the border: in a book, no better than that of what it is made of.
  package internal(set) var grade: Grade
  /// Why figures of both countries are not told together, where they are not.
  package let why: Label?
  /// What is nearest to it that can be: an indicator or a measure; empty where there is none.
  package let nearest: String
  /// Assumptions of a scenario, by name.
  package let parameters: [String: Double]
  package let confidence: String
  package let cards: [Card]

  /// What a country means by the indicator.
  package struct Card: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
      case definition, source, referenceDate = "reference_date", coverage, broken = "break", grade, absent
    }

    package struct Line: Sendable {
      package let kind: Kind
      package let value: String
      package let text: Label
      package let confidence: String
    }

    package let country: String
    package let lines: [Line]

    package var grade: Grade? { lines.first { $0.kind == .grade }.flatMap { Grade(rawValue: $0.value) } }
  }

  package init(_ path: String, _ book: MeasureBook) throws {
    let table = try DeclaredTable(
      path, columns: ["country", "kind", "value", "fr", "nl", "en", "confidence"],
      properties: [
        "id", "code", "title_fr", "title_nl", "title_en", "description_fr", "formula", "unit", "decimals", "grade",
        "confidence",
      ])
    id = table["id"]
    code = table["code"]
    title = try table.title()
    short = table["short_fr"].isEmpty ? title : try table.propertyLabel("short")
    description = try table.propertyLabel("description")
    written = table["formula"]
    formulaPlace = table.property("formula")
    formula = try table.propertyFormula("formula")
    unit = try table.propertyNamed("unit", book.units)
    decimals = try table.propertyCount("decimals", atMost: DeclaredTable.mostDecimals)
    let grade = try table.propertyChoice(Grade.self, "grade")
    self.grade = grade
    why = grade.addsUp ? nil : try table.propertyLabel("why")
    nearest = table["nearest"]
    codePlace = table.property("code")
    nearestPlace = table.property("nearest")
    confidence = table["confidence"]
    parameters = try table.parameters("parameters")
    var countries: [String] = []
    var lines: [String: [Card.Line]] = [:]
    for entry in table.entries {
      let country = entry["country"]
      guard ["FR", "BE"].contains(country) else { throw table.unknown(entry, "country", country, among: ["FR", "BE"]) }
      let kind = try table.choice(Card.Kind.self, entry, "kind")
      if kind == .grade { _ = try table.choice(Grade.self, entry, "value") }
      if !countries.contains(country) { countries.append(country) }
      lines[country, default: []].append(
        .init(kind: kind, value: entry["value"], text: try entry.label(in: table), confidence: entry["confidence"]))
    }
    cards = countries.map { Card(country: $0, lines: lines[$0] ?? []) }
  }

  package func card(of country: String) -> Card? { cards.first { $0.country == country } }
}
