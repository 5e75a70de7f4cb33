internal import Secrecy

/// What a column of a table or an indicator is computed by, as data: names of measures, moved where a bracket says, and
/// arithmetic between them.
package indirect enum Formula: Sendable, Equatable {
  case number(Double)
  case reference(Reference)
  case call(Function, [Formula])
  /// Added up, or told as one number, over the members of a dimension.
  case over(Aggregate, dimension: String, [Formula])

  package struct Reference: Sendable, Equatable {
    package let name: String
    package let selectors: [Selector]
  }

  /// `field=ess`: the member of a dimension that is meant whatever the cell is of.
  package struct Selector: Sendable, Equatable {
    package let dimension: String
    package let member: String
  }

  package enum Function: String, Sendable, CaseIterable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", negate
    case abs, min, max, sqrt, power
    /// Of a number what is above zero.
    case excess

    var arguments: Int {
      switch self {
      case .negate, .abs, .sqrt, .excess: 1
      default: 2
      }
    }

    func cell(of cells: [Cell]) -> Cell {
      switch self {
      case .divide: cells[0] / cells[1]
      case .abs: cells[0].magnitude
      default: Cell.combined(cells, value)
      }
    }

    func value(_ numbers: [Double]) -> Double {
      switch self {
      case .add: numbers[0] + numbers[1]
      case .subtract: numbers[0] - numbers[1]
      case .multiply: numbers[0] * numbers[1]
      case .divide: numbers[0] / numbers[1]
      case .negate: -numbers[0]
      case .abs: numbers[0].magnitude
      case .min: Swift.min(numbers[0], numbers[1])
      case .max: Swift.max(numbers[0], numbers[1])
      case .sqrt: numbers[0].squareRoot()
      case .power: Powers.power(numbers[0], numbers[1])
      case .excess: Swift.max(0, numbers[0])
      }
    }
  }

  package enum Aggregate: String, Sendable, CaseIterable {
    case sum
    /// Of values weighted by others: how unequally they are spread.
    case gini

    var arguments: Int { self == .sum ? 1 : 2 }
  }

  /// The same of those employers alone that give a measure.
  func given(_ measure: String) -> Formula {
    switch self {
    case .number: self
    case .reference(let reference):
      .reference(
        .init(
          name: reference.name,
          selectors: reference.selectors.filter { $0.dimension != "given" }
            + [.init(dimension: "given", member: measure)]))
    case .call(let function, let parts): .call(function, parts.map { $0.given(measure) })
    case .over(let aggregate, let dimension, let parts):
      .over(aggregate, dimension: dimension, parts.map { $0.given(measure) })
    }
  }

  /// Every reference in it, in order.
  package var references: [Reference] {
    switch self {
    case .number: []
    case .reference(let reference): [reference]
    case .call(_, let parts), .over(_, _, let parts): parts.flatMap(\.references)
    }
  }

  /// The measures and indicators that it is made of, through the indicators that it names.
  func names(through indicators: [String: Indicator]) -> Set<String> {
    var found: Set<String> = []
    func follow(_ formula: Formula) {
      for name in formula.references.map(\.name) where found.insert(name).inserted {
        if let indicator = indicators[name] { follow(indicator.formula) }
      }
    }
    follow(self)
    return found
  }

  /// The dimensions that it adds up over.
  package var spans: [String] {
    switch self {
    case .number, .reference: []
    case .call(_, let parts): parts.flatMap(\.spans)
    case .over(_, let dimension, let parts): [dimension] + parts.flatMap(\.spans)
    }
  }
}
