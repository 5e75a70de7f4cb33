import TestSupport
import Testing
import Wording

@testable import Indicators
@testable import Secrecy

/// Figures written by hand where facts would give them: what formulas make of them can be checked on paper.
struct HandCube {
  /// Where a figure is asked for.
  struct Spot {
    let year: Int
    let place: Int
    /// By axis; those of parts (sex, age…) are not among them.
    let members: [String: String]

    subscript(axis: String) -> String { members[axis] ?? "" }
  }

  private let evaluator: Evaluator
  private let axes: [CubeAxis]
  private let years: [Int]

  /// `axes`: of each the members; a member `total` is the sum of the others. Every employer gives all measures: one
  /// given another is the same.
  init(
    years: [Int] = [2024], places: Int = 1, axes: KeyValuePairs<String, [String]> = [:], _ measures: [String],
    of subject: MeasureBook.Subject = .employers, reference: Int = 0, shared: Set<Int> = [],
    grades: [String: Grade] = [:], bands: [ConcentrationBands] = [], _ cell: (Spot, String) -> Cell
  ) throws {
    var names = measures.map { (written: $0, own: $0) }
    for own in measures { names += measures.map { (written: FactMeasure.name(own, given: $0), own: own) } }
    let axes = axes.map { id, members in
      CubeAxis(
        id, Dimension(.rowClass, [], count: members.count),
        members.map { .init($0, Label(fr: $0, nl: $0, en: $0), isTotal: id != "who" && $0 == "total") },
        usual: id == "who" ? "ess" : "total")
    }
    var cells: [Cell] = []
    let combinations = axes.map(\.members.count).reduce(1, *)
    for year in years {
      for place in 0..<places {
        for combination in 0..<combinations {
          var rest = combination
          var members: [String: String] = [:]
          for axis in axes.reversed() {
            members[axis.id] = axis.members[rest % axis.members.count].code
            rest /= axis.members.count
          }
          cells += names.map { cell(Spot(year: year, place: place, members: members), $0.own) }
        }
      }
    }
    let block = CellBlock(
      years: years, places: places, dimensions: axes.map(\.members.count), measures: names.map { $0.written },
      cells: cells, bands: bands)
    let book = try Checkout.tables
    let rows = (0..<places).filter { $0 != reference || places == 1 }
    evaluator = Evaluator(
      [subject: block], axes, years: years, book.measures,
      Dictionary(uniqueKeysWithValues: book.indicators.map { ($0.id, $0) }),
      reference: (0..<places).map { _ in reference },
      first: years.first, rows: rows,
      shared: shared, grades: grades)
    self.axes = axes
    self.years = years
  }

  /// What a formula gives at some members; those of parts may be among them.
  func cell(_ formula: String, year: Int? = nil, place: Int = 0, _ members: [String: String] = [:]) throws -> Cell {
    let position = year.map { years.firstIndex(of: $0) ?? -1 } ?? years.count - 1
    try #require(position >= 0, "the cube has no such year")
    var coordinate = Coordinate(year: position, place: place, members: axes.map(\.usual), parts: [:])
    for (dimension, member) in members {
      if let axis = axes.firstIndex(where: { $0.id == dimension }) {
        coordinate.members[axis] = try #require(axes[axis].position(of: member), "\(member) of \(dimension)")
      } else {
        coordinate.parts[dimension] = member
      }
    }
    return evaluator.value(try FormulaParser.formula(formula), at: coordinate)
  }

  /// Its value; nothing is near to what has none.
  func value(_ formula: String, year: Int? = nil, place: Int = 0, _ members: [String: String] = [:]) throws -> Double {
    try cell(formula, year: year, place: place, members).value ?? .infinity
  }
}

func isNear(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= 1e-9 * max(1, abs(other)) }
