/// The cells of a question: by year, place, each dimension, measure, in that order.
package struct CellBlock: Sendable {
  package let years: [Int]
  package let places: Int
  package let dimensions: [Int]
  package let measures: [String]
  package let cells: [Cell]
  /// How the contributions of units are spread, by key; empty where it was not asked for.
  package let bands: [ConcentrationBands]

  package init(
    years: [Int], places: Int, dimensions: [Int], measures: [String], cells: [Cell], bands: [ConcentrationBands] = []
  ) {
    self.years = years
    self.places = places
    self.dimensions = dimensions
    self.measures = measures
    self.cells = cells
    self.bands = bands
  }

  /// The position of a key, without its measure.
  package func key(year: Int, place: Int, _ members: [Int]) -> Int {
    var key = year * places + place
    for (member, count) in zip(members, dimensions) { key = key * count + member }
    return key
  }

  /// Without the measures behind the first ones.
  func first(_ count: Int) -> CellBlock {
    if count == measures.count { return self }
    let kept = cells.indices.filter { $0 % measures.count < count }.map { cells[$0] }
    return CellBlock(
      years: years, places: places, dimensions: dimensions, measures: Array(measures[..<count]), cells: kept,
      bands: bands)
  }

  package subscript(key: Int, measure: Int) -> Cell { cells[key * measures.count + measure] }
}
