/// What a file of stocks says of each unit at the end of a year (`side` 1) and of the year before (`side` 0).
package enum StockMeasure {
  package static let side = FactMeasure("side", .register)
  package static let change = FactMeasure("change", .register)
  /// 1: another legal form on the other side, 2: another activity, 4: other lists.
  package static let differs = FactMeasure("differs", .register)
  /// Whole years since the creation, at the end of the year of the side.
  package static let age = FactMeasure("age", .register)

  package static let all = [side, change, differs, age]

  package enum Change: Int, Sendable {
    case both = 0, creation, appearance, cessation
    /// On the other side it is outside of what any perimeter may let in: by its form, or by the lists that it is on.
    case form, list
    /// There is no stock before.
    case first
  }

  /// What formulas may name.
  package static let counts = [
    "stock", "stock_before", "creations", "appearances", "cessations", "came_move", "came_form", "came_activity",
    "came_list", "went_move", "went_form", "went_activity", "went_list",
  ]
}
