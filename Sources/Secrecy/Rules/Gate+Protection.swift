/// How much the gate holds back.
extension Gate {
  static let protectionMeasures = ["cells", "cells_hidden", "value_total", "value_hidden"]

  /// The dimensions of the question must have no totals. `all` and `hidden`: by year and place, the sums of all cells and of
  /// those that are hidden. They are told where the rules let them; of fewer than three hidden cells, one could be worked
  /// out from them.
  func protection(
    _ block: CellBlock, all: Sums, hidden: Sums, _ question: Question, _ facts: Facts
  ) -> CellBlock {
    let measures = question.measures.map(facts.measure)
    let count = measures.count
    let perPlace = question.dimensions.map(\.count).reduce(1, *)
    let jobs = question.measures.firstIndex(of: "jobs") ?? 0
    let scale = question.places.weights.isEmpty ? 1.0 : 1_000_000
    var cells: [Cell] = []
    for place in 0..<question.years.count * question.places.count {
      let keys = place * perPlace..<(place + 1) * perPlace
      let known = keys.flatMap { key in measures.indices.map { block[key, $0] } }
      guard known.contains(where: { $0.status != .notAvailable }) else {
        cells += Self.protectionMeasures.map { _ in .notAvailable }
        continue
      }
      let countries = question.places.countries[place % question.places.count]
      func told(_ sums: Sums) -> Cell {
        let mayBeTold = FactMeasure.whole.allSatisfy { name in
          guard let whole = measures.firstIndex(where: { $0.name == name }) else { return true }
          return isSafe(
            sums.measures[place * count + whole], measures[whole], rule(measures[whole].kind, in: countries), scale,
            jobs: sums.measures[place * count + jobs])
        }
        guard mayBeTold else { return .suppressed }
        return .constant(Double(sums.measures[place * count + jobs].value) / scale / Double(measures[jobs].scale))
      }
      let hiddenCells = keys.count { block[$0, jobs].status == .suppressed }
      cells += [
        .constant(Double(known.count { $0.status != .notAvailable && $0.status != .zero })),
        .constant(Double(known.count { $0.status == .suppressed })), told(all),
        (1..<3).contains(hiddenCells) ? .suppressed : told(hidden),
      ]
    }
    return CellBlock(
      years: question.years, places: question.places.count, dimensions: [], measures: Self.protectionMeasures,
      cells: cells)
  }
}
