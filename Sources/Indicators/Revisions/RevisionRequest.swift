package import Perimeter
package import Secrecy
package import Territory

/// Which change between two releases is to be explained.
package struct RevisionRequest: Sendable {
  package var area: Area
  /// What rows are told apart by: a way of telling who employs, a sector, a size, a list, or a level of territories.
  package var by: String
  package var measure: String
  /// The year of each release; nil: the newest that its registers know.
  package var years: (before: Int, after: Int)?
  /// The perimeter as each release was judged by.
  package var perimeters: (before: Perimeter, after: Perimeter)
  /// The rules under which the reader sees figures, and those under which they are published.
  package var reader: Gate
  package var inForce: Gate

  package init(
    _ area: Area, by: String, measure: String, years: (before: Int, after: Int)?,
    _ perimeters: (before: Perimeter, after: Perimeter), reader: Gate, inForce: Gate
  ) {
    self.area = area
    self.by = by
    self.measure = measure
    self.years = years
    self.perimeters = perimeters
    self.reader = reader
    self.inForce = inForce
  }
}
