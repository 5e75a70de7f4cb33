internal import Nomenclature
package import Perimeter
package import Secrecy
package import Territory
internal import Warehouse

/// The main figures of some territories and years, of the fields and families of a perimeter: what publishers' figures
/// are set beside.
package struct WhoFigures {
  package static let measures = ["units", "establishments", "jobs", "fte", "gross_pay"]

  private let block: CellBlock
  private let members: [String]
  private let years: [Int]

  package init(_ ground: Ground, _ perimeter: Perimeter, _ areas: [Area], years: [Int], _ gate: Gate) throws {
    let facts = ground.release.facts
    let position = facts.perimeters.firstIndex(of: perimeter.id) ?? 0
    let kinds = facts.classes.indices.map { facts.kinds[facts.decision(position, $0).kind] }
    let families = Set(kinds.filter { !$0.isOutside }.map(\.family)).sorted()
    let members = ["total", "ess", "private", "public", "rest"] + families
    let lists = kinds.map { kind -> [Int] in
      let own =
        kind.isOutside
        ? ["total", "rest", kind.family == "FP" ? "public" : "private"] : ["total", "ess", kind.family]
      return members.indices.filter { own.contains(members[$0]) }
    }
    let list = PlaceList(areas)
    let question = Question(
      perimeter: position, years: years, places: list.places(ground, years: years),
      dimensions: [Dimension(.rowClass, lists, count: members.count)], measures: Self.measures)
    block = try Tabulation(facts, question).cells(gate)
    self.members = members
    self.years = years
  }

  /// Nil where there is nothing of this kind.
  package func cell(area: Int, year: Int, _ member: String, _ measure: String) -> Cell? {
    guard let year = years.firstIndex(of: year), let who = members.firstIndex(of: member),
      let measure = Self.measures.firstIndex(of: measure)
    else { return nil }
    return block[block.key(year: year, place: area, [who]), measure]
  }
}
