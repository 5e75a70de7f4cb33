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

  package subscript(key: Int, measure: Int) -> Cell { cells[key * measures.count + measure] }
}
