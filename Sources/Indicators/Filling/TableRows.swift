internal import Secrecy

/// The rows that a table has for each territory and year: where each stands in the cube, and its formulas, made ready
/// once.
struct TableRows {
  private struct Row {
    let members: [Int]
    let formulas: [PreparedFormula]
  }

  private let rows: [Row]
  /// The years of the table among those of the cube.
  private let years: [Int]
  private let evaluator: Evaluator

  init(_ plan: TablePlan, _ evaluator: Evaluator) {
    self.evaluator = evaluator
    years = plan.years.compactMap { plan.cubeYears.firstIndex(of: $0) }
    let formulas = plan.request.table.columns.map(\.formula)
    let usual = plan.cubeAxes.map(\.usual)
    // Where each axis that is shown stands in the cube; nil where its members are parts of measures.
    let targets = plan.shown.map { axis -> Int? in
      let id = TableDeclaration.who.contains(axis.id) ? "who" : axis.id
      return plan.cubeAxes.firstIndex { $0.id == id }
    }
    var ready: [[String: String]: [PreparedFormula]] = [:]
    var rows: [Row] = []
    for combination in 0..<plan.shown.map(\.members.count).reduce(1, *) {
      var rest = combination
      var members = usual
      var parts: [String: String] = [:]
      for (axis, target) in zip(plan.shown, targets).reversed() {
        let code = axis.members[rest % axis.members.count].code
        rest /= axis.members.count
        if let target {
          members[target] = plan.cubeAxes[target].position(of: code) ?? 0
        } else {
          parts[axis.id] = code
        }
      }
      let own = ready[parts] ?? formulas.map { evaluator.prepared($0, parts) }
      ready[parts] = own
      rows.append(Row(members: members, formulas: own))
    }
    self.rows = rows
  }

  /// By territory, year, row and column.
  func cells(_ places: [Int]) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(places.count * years.count * rows.count * (rows.first?.formulas.count ?? 0))
    for place in places {
      for year in years {
        for row in rows {
          for formula in row.formulas {
            cells.append(evaluator.value(formula, year: year, place: place, row.members))
          }
        }
      }
    }
    return cells
  }
}
