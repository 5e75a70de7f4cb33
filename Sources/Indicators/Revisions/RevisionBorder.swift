internal import Nomenclature
internal import Perimeter
internal import Territory

/// Which rows of a ledger are of both countries and of what does not add up over the border: tables do not tell these
/// figures, and their changes are not told either.
struct RevisionBorder {
  private let request: RevisionRequest
  private let measure: MeasureBook.Measure
  private let places: PlaceList
  private let isByLevel: Bool
  /// Of families, under the rules of each release.
  private let grades: [[String: Grade]]

  init(
    _ request: RevisionRequest, _ measure: MeasureBook.Measure, _ places: PlaceList, _ families: Nomenclature
  ) {
    self.request = request
    self.measure = measure
    self.places = places
    isByLevel = Territory.Level(rawValue: request.by) != nil
    grades =
      TableDeclaration.who.contains(request.by)
      ? [request.perimeters.before, request.perimeters.after].map { Grade.ofFamilies($0, families) } : []
  }

  func parts(_ row: RevisionPlan.Row) -> Bool {
    let area = isByLevel ? places.areas[row.key] : request.area
    guard area.countries.count > 1 else { return false }
    return !measure.grade.addsUp || grades.contains { !($0[row.member.code]?.addsUp ?? true) }
  }
}
