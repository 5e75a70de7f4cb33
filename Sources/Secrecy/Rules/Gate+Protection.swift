/// How much the gate holds back.
extension Gate {
  static let protectionMeasures = ["cells", "cells_hidden", "value_total", "value_hidden"]

  /// The dimensions of the question must have no totals. What is hidden altogether is told where at least three cells of
  /// three units are: fewer would tell a hidden cell itself.
  func protection(of sums: Sums, _ question: Question, _ facts: Facts) -> CellBlock {
    let block = cells(of: sums, question, facts)
    let perPlace = question.dimensions.map(\.count).reduce(1, *)
    let jobs = question.measures.firstIndex(of: "jobs") ?? 0
    var cells: [Cell] = []
    for place in 0..<question.years.count * question.places.count {
      let keys = place * perPlace..<(place + 1) * perPlace
      let all = keys.flatMap { key in question.measures.indices.map { block[key, $0] } }
      guard all.contains(where: { $0.status != .notAvailable }) else {
        cells += Self.protectionMeasures.map { _ in .notAvailable }
        continue
      }
      let hidden = keys.filter { block[$0, jobs].status == .suppressed }
      let scale = question.places.weights.isEmpty ? 10.0 : 10_000_000
      func total(_ keys: some Sequence<Int>) -> Double {
        keys.reduce(0) { $0 + Double(sums.measures[$1 * question.measures.count + jobs].value) / scale }
      }
      let units = hidden.map { Int(sums.keys[$0].units) }.reduce(0, +)
      let isTold = hidden.isEmpty || hidden.count >= 3 && units >= 3
      cells += [
        .constant(Double(all.count { $0.status != .notAvailable && $0.status != .zero })),
        .constant(Double(all.count { $0.status == .suppressed })), .constant(total(keys)),
        isTold ? .constant(total(hidden)) : .suppressed,
      ]
    }
    return CellBlock(
      years: question.years, places: question.places.count, dimensions: [], measures: Self.protectionMeasures,
      cells: cells)
  }
}
