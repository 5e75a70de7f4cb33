internal import Secrecy

/// Looks up the names of formulas once, and computes them at places of a cube: of cells and of nothing else.
struct Evaluator {
  /// By what the measures are of: each with the same axes.
  private let blocks: [MeasureBook.Subject: CellBlock]
  private let axes: [CubeAxis]
  private let measures: MeasureBook
  private let indicators: [String: Indicator]
  /// Of each place, where shares and quotients are relative to.
  private let reference: [Int]
  /// The rows of a table by territory, without the one of all of them.
  private let rows: [Int]
  private let ground: CubeGround

  /// `first`: the first year of the table, what an index and a mean growth begin with; `shared`: the places that lie in
  /// both countries, of which only what adds up is told; `grades`: how far each family is the same thing in both, under
  /// the perimeter in force.
  init(
    _ blocks: [MeasureBook.Subject: CellBlock], _ axes: [CubeAxis], years: [Int], _ measures: MeasureBook,
    _ indicators: [String: Indicator], reference: [Int], first: Int?, rows: [Int], shared: Set<Int>,
    grades: [String: Grade]
  ) {
    self.blocks = blocks
    self.axes = axes
    self.measures = measures
    self.indicators = indicators
    self.reference = reference
    self.rows = rows
    let who = axes.firstIndex { $0.id == "who" }
    let members = who.map { axes[$0].members.map(\.code) } ?? []
    ground = CubeGround(
      years: years, places: reference.count, sizes: axes.map(\.members.count), first: first,
      isShared: reference.indices.map(shared.contains), who: who, addsUp: members.map { grades[$0]?.addsUp ?? true },
      // Of those whom no perimeter may let in, only employers are known.
      isBeyond: members.map(["total", "private", "public", "rest"].contains))
  }

  func value(_ formula: Formula, at place: Coordinate, _ parameters: [String: Double] = [:]) -> Cell {
    ground.value(
      prepared(formula, place.parts, parameters), ground.key(year: place.year, place: place.place, place.members))
  }

  func value(_ formula: PreparedFormula, year: Int, place: Int, _ members: [Int]) -> Cell {
    ground.value(formula, ground.key(year: year, place: place, members))
  }

  /// `parts`: of the dimensions that are parts of measures, the members that are meant.
  func prepared(
    _ formula: Formula, _ parts: [String: String] = [:], _ parameters: [String: Double] = [:]
  ) -> PreparedFormula {
    switch formula {
    case .number(let number): return .cell(.constant(number))
    case .reference(let reference): return prepared(reference, parts, parameters)
    case .call(let function, let inner):
      return .call(function, inner.map { prepared($0, parts, parameters) })
    case .over(let aggregate, let dimension, let inner):
      guard let spread = spread(dimension) else { return .cell(.notAvailable) }
      let first = prepared(inner[0], parts, parameters)
      return aggregate == .sum ? .sum(spread, first) : .gini(spread, first, prepared(inner[1], parts, parameters))
    }
  }

  private func prepared(
    _ reference: Formula.Reference, _ parts: [String: String], _ parameters: [String: Double]
  ) -> PreparedFormula {
    let shown = Set(parts.keys)
    var (parts, moves): ([String: String], [CubeMove]) = (parts, [])
    var other: String?
    for selector in reference.selectors {
      if selector.dimension == "given" {
        other = selector.member
      } else if measures.breakdown(selector.dimension) != nil {
        parts[selector.dimension] = selector.member
      } else if let move = move(selector) {
        moves.append(move)
      } else {
        return .cell(.notAvailable)
      }
    }
    let own: PreparedFormula
    if let measure = measures[reference.name] {
      own = prepared(measure, given: other, parts, first: shown)
    } else if let indicator = indicators[reference.name] {
      let inner = prepared(indicator.formula, parts, indicator.parameters)
      own = indicator.grade.addsUp ? inner : .apart(inner)
    } else if reference.name == "years" {
      own = .span
    } else {
      own = .cell(parameters[reference.name].map(Cell.constant) ?? .notAvailable)
    }
    return moves.isEmpty ? own : .moved(moves, own)
  }

  /// A measure itself, or the part of it that a dimension of parts means: one that the table shows before those that
  /// formulas name.
  private func prepared(
    _ measure: MeasureBook.Measure, given other: String?, _ parts: [String: String], first shown: Set<String>
  ) -> PreparedFormula {
    let dimensions = parts.keys.sorted()
    for dimension in dimensions.filter(shown.contains) + dimensions.filter({ !shown.contains($0) }) {
      let (breakdown, member) = (measures.breakdown(dimension), parts[dimension] ?? "total")
      let known =
        if let other {
          breakdown?.formula(member, of: measure.id, given: other)
        } else {
          breakdown?.formula(member, of: measure.id)
        }
      guard let part = known else {
        if member == "total" { continue }
        return .cell(.notAvailable)
      }
      var others = parts
      others[dimension] = nil
      return prepared(part, others)
    }
    guard let block = blocks[measure.subject] else { return .cell(.notAvailable) }
    let name = other.map { FactMeasure.name(measure.id, given: $0) } ?? measure.id
    let isBand = ConcentrationBands.names.contains(measure.id)
    return .measure(
      PreparedMeasure(
        block: block, position: block.measures.firstIndex(of: name), band: isBand ? measure.id : nil,
        addsUp: measure.grade.addsUp, isOfRegisters: [.units, .lists, .accounts].contains(measure.subject)))
  }

  private func move(_ selector: Formula.Selector) -> CubeMove? {
    switch selector.dimension {
    case "year": return .year(ground.years.indices.map { year(selector.member, from: $0) })
    case "area": return selector.member == "reference" ? .place(reference) : nil
    default:
      guard let axis = axis(selector.dimension), let member = axes[axis].position(of: selector.member) else {
        return nil
      }
      return .member(axis: axis, member)
    }
  }

  private func year(_ member: String, from position: Int) -> Int? {
    let (years, year) = (ground.years, ground.years[position])
    switch member {
    case "previous": return years.firstIndex(of: year - 1)
    case "first": return years.firstIndex(of: ground.first ?? year)
    default: return Int(member).flatMap { years.firstIndex(of: $0) }
    }
  }

  private func axis(_ dimension: String) -> Int? {
    if TableDeclaration.who.contains(dimension) { return axes.firstIndex { $0.id == "who" } }
    if dimension == "sector" || TableDeclaration.sectors.contains(dimension) {
      return axes.firstIndex { TableDeclaration.sectors.contains($0.id) }
    }
    return axes.firstIndex { $0.id == dimension }
  }

  /// The members of a dimension that add up to its total.
  private func spread(_ dimension: String) -> CubeSpread? {
    if dimension == "area" { return .places(rows) }
    return axis(dimension).map { axis in
      .members(axis: axis, axes[axis].members.indices.filter { !axes[axis].members[$0].isTotal })
    }
  }
}
