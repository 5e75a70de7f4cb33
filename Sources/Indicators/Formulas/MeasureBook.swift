internal import Diagnostics
import Tabular
package import Wording

/// What a formula may name: measures with their units, and dimensions made of parts of measures.
package struct MeasureBook: Sendable {
  package struct Measure: Sendable {
    package let id: String
    package let subject: Subject
    package let unit: StatisticalTable.Unit
    package let decimals: Int
    package let label: Label
    package let short: Label
    /// Of a sum over both countries, and why.
    package let grade: Grade
    package let why: Label
    /// What is nearest to it that adds up: another measure or an indicator; empty where there is none.
    package let nearest: String
    let place: Place
  }

  /// Where figures come from.
  package enum Subject: String, Sendable, CaseIterable {
    case employers, units, accounts, published, lists, quality, revisions
  }

  /// `sex`: its members, each made of measures for every measure that it divides.
  package struct Breakdown: Sendable {
    package let id: String
    package fileprivate(set) var members: [StatisticalTable.Member] = []
    /// By member, then by the measure that it is a part of.
    fileprivate var formulas: [String: [String: Formula]] = [:]

    package func formula(_ member: String, of measure: String) -> Formula? { formulas[member]?[measure] }

    /// The same of those alone who give this part of another measure: the women of those who give the pay of women.
    func formula(_ member: String, of measure: String, given other: String) -> Formula? {
      guard let own = formulas[member]?[measure], let first = formulas[member]?[other]?.references.first else {
        return nil
      }
      return own.given(first.selectors.first { $0.dimension == "given" }?.member ?? first.name)
    }
  }

  package let units: [String: StatisticalTable.Unit]
  package let measures: [Measure]
  package let breakdowns: [Breakdown]
  private let positions: [String: Int]
  let members: MemberBook

  package init(share: String) throws {
    let folder = "\(share)/indicators"
    units = try Self.units("\(folder)/units.csv")
    measures = try Self.measures("\(folder)/measures.csv", units)
    positions = Dictionary(measures.enumerated().map { ($1.id, $0) }) { first, _ in first }
    breakdowns = try Self.breakdowns("\(folder)/breakdowns.csv", known: Set(positions.keys))
    members = try MemberBook(share: share, breakdowns)
  }

  package subscript(measure: String) -> Measure? { positions[measure].map { measures[$0] } }

  package func breakdown(_ id: String) -> Breakdown? { breakdowns.first { $0.id == id } }

  private static func units(_ path: String) throws -> [String: StatisticalTable.Unit] {
    let table = try DeclaredTable(path, columns: ["code", "symbol", "fr", "nl", "en"])
    var found: [String: StatisticalTable.Unit] = [:]
    for entry in table.entries {
      let unit = StatisticalTable.Unit(entry["code"], symbol: entry["symbol"], try entry.label(in: table))
      guard found.updateValue(unit, forKey: unit.code) == nil else {
        throw table.problem("share.duplicate", entry, ["code": unit.code])
      }
    }
    return found
  }

  private static func measures(_ path: String, _ units: [String: StatisticalTable.Unit]) throws -> [Measure] {
    let table = try DeclaredTable(
      path,
      columns: [
        "measure", "subject", "unit", "decimals", "grade", "fr", "nl", "en", "short_fr", "short_nl", "short_en",
        "why_fr", "why_nl", "why_en", "nearest",
      ])
    var seen: Set<String> = []
    return try table.entries.map { entry in
      guard seen.insert(entry["measure"]).inserted else {
        throw table.problem("share.duplicate", entry, ["code": entry["measure"]])
      }
      return Measure(
        id: entry["measure"], subject: try table.choice(Subject.self, entry, "subject"),
        unit: try table.named(entry, "unit", units), decimals: try table.decimals(entry),
        label: try entry.label(in: table), short: try entry.label("short_", in: table),
        grade: try table.choice(Grade.self, entry, "grade"), why: try entry.label("why_", in: table),
        nearest: entry["nearest"], place: Place(file: path, line: entry.line))
    }
  }

  private static func breakdowns(_ path: String, known: Set<String>) throws -> [Breakdown] {
    let table = try DeclaredTable(path, columns: ["dimension", "member", "of", "formula", "fr", "nl", "en"])
    var found: [Breakdown] = []
    for entry in table.entries {
      if found.last?.id != entry["dimension"] { found.append(Breakdown(id: entry["dimension"])) }
      let last = found.count - 1
      let member = entry["member"]
      if found[last].formulas[member] == nil {
        found[last].members.append(.init(member, try entry.label(in: table), isTotal: member == "total"))
      }
      let formula = try table.formula(entry, "formula")
      for reference in formula.references where !known.contains(reference.name) {
        throw table.problem(
          "formula.unknown", entry,
          ["name": reference.name, "nearest": nearest(to: reference.name, among: known) ?? ""])
      }
      found[last].formulas[member, default: [:]][entry["of"]] = formula
    }
    return found
  }
}
