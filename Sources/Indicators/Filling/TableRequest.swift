package import Perimeter
package import Secrecy
package import Territory

/// Which table is wanted of a release: of what, when, and under which rules.
package struct TableRequest: Sendable {
  package var table: TableDeclaration
  /// The territories that the table is of; one but for a catalogue.
  package var areas: [Area]
  /// Nil: as the table declares, the year of the registers or all years.
  package var years: [Int]?
  package var perimeter: Perimeter
  package var gate: Gate
  /// A dimension in the place of the last one.
  package var by: String?
  /// What shares and quotients are relative to; nil: as the table declares.
  package var reference: Area?

  package init(
    _ table: TableDeclaration, of areas: [Area], years: [Int]? = nil, _ perimeter: Perimeter, _ gate: Gate,
    by: String? = nil, reference: Area? = nil
  ) {
    self.table = table
    self.areas = areas
    self.years = years
    self.perimeter = perimeter
    self.gate = gate
    self.by = by
    self.reference = reference
  }
}
