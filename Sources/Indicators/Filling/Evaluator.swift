internal import Perimeter
internal import Secrecy

/// Computes formulas at places of a cube, of cells and nothing else.
struct Evaluator {
  /// By what the measures are of: each with the same axes.
  let blocks: [MeasureBook.Subject: CellBlock]
  let axes: [CubeAxis]
  let years: [Int]
  let measures: MeasureBook
  let indicators: [String: Indicator]
  /// Where shares and quotients are relative to.
  let reference: [Int]
  /// The first year of the table: what an index and a mean growth begin with.
  let first: Int?
  /// The rows of a table by territory, without the one of all of them.
  let rows: [Int]
  /// The places that lie in both countries, of which only what adds up is told.
  let shared: Set<Int>
  /// How far each family is the same thing in both countries, under the perimeter in force.
  let grades: [String: Grade]
  private let whoAxis: Int?
  private let sectorAxis: Int?

  init(
    _ blocks: [MeasureBook.Subject: CellBlock], _ axes: [CubeAxis], years: [Int], _ measures: MeasureBook,
    _ indicators: [String: Indicator],
    reference: [Int], first: Int?, rows: [Int], shared: Set<Int>, grades: [String: Grade]
  ) {
    self.blocks = blocks
    self.axes = axes
    self.years = years
    self.measures = measures
    self.indicators = indicators
    self.reference = reference
    self.first = first
    self.rows = rows
    self.shared = shared
    self.grades = grades
    whoAxis = axes.firstIndex { $0.id == "who" }
    sectorAxis = axes.firstIndex { TableDeclaration.sectors.contains($0.id) }
  }

  func value(_ formula: Formula, at place: Coordinate, _ parameters: [String: Double] = [:]) -> Cell {
    switch formula {
    case .number(let number): return .constant(number)
    case .reference(let reference): return value(reference, at: place, parameters)
    case .call(let function, let parts):
      return function.cell(of: parts.map { value($0, at: place, parameters) })
    case .over(.sum, let dimension, let parts):
      return Cell.sum(spread(dimension, place).map { value(parts[0], at: $0, parameters) })
    case .over(.gini, let dimension, let parts):
      let places = spread(dimension, place)
      return Cell.gini(
        places.map { value(parts[0], at: $0, parameters) }, weights: places.map { value(parts[1], at: $0, parameters) })
    }
  }

  private func value(_ reference: Formula.Reference, at place: Coordinate, _ parameters: [String: Double]) -> Cell {
    guard let place = moved(place, by: reference.selectors) else { return .notAvailable }
    if let measure = measures[reference.name] {
      return value(measure, given: reference.selectors.first { $0.dimension == "given" }?.member, at: place)
    }
    if let indicator = indicators[reference.name] {
      if shared.contains(place.place), !indicator.grade.addsUp { return .notComparable }
      return value(indicator.formula, at: place, indicator.parameters)
    }
    // How long a mean growth is over is no assumption.
    if reference.name == "years" { return .constant(Double(years[place.year] - (first ?? years[place.year]))) }
    return parameters[reference.name].map(Cell.constant) ?? .notAvailable
  }

  /// A measure itself, or the part of it that a dimension of parts means.
  private func value(_ measure: MeasureBook.Measure, given other: String?, at place: Coordinate) -> Cell {
    for (dimension, member) in place.parts.sorted(by: { $0.key < $1.key }) where other == nil {
      guard let formula = measures.breakdown(dimension)?.formula(member, of: measure.id) else {
        if member == "total" { continue }
        return .notAvailable
      }
      var whole = place
      whole.parts[dimension] = nil
      return value(formula, at: whole)
    }
    guard let block = blocks[measure.subject] else { return .notAvailable }
    if Self.ofRegisters.contains(measure.subject), isBeyondRegisters(place) { return .notAvailable }
    let key = block.key(year: place.year, place: place.place, place.members)
    if shared.contains(place.place), !addsUp(measure, place) { return .notComparable }
    if ConcentrationBands.names.contains(measure.id) {
      return block.bands.isEmpty ? .notAvailable : block.bands[key][measure.id] ?? .notAvailable
    }
    let name = other.map { FactMeasure.name(measure.id, given: $0) } ?? measure.id
    guard let position = block.measures.firstIndex(of: name) else { return .notAvailable }
    return block[key, position]
  }

  /// What registers tell of units: nothing of those whom no perimeter may let in.
  private static let ofRegisters: Set<MeasureBook.Subject> = [.units, .lists, .accounts]

  private func isBeyondRegisters(_ place: Coordinate) -> Bool {
    guard let whoAxis else { return false }
    return ["total", "private", "public", "rest"].contains(axes[whoAxis].members[place.members[whoAxis]].code)
  }

  private func addsUp(_ measure: MeasureBook.Measure, _ place: Coordinate) -> Bool {
    guard measure.grade.addsUp else { return false }
    guard let whoAxis else { return true }
    return grades[axes[whoAxis].members[place.members[whoAxis]].code]?.addsUp ?? true
  }

  /// The same place with the members that selectors name; nil where there is none of these.
  private func moved(_ place: Coordinate, by selectors: [Formula.Selector]) -> Coordinate? {
    var place = place
    for selector in selectors {
      switch selector.dimension {
      case "given": continue
      case "year":
        guard let year = year(selector.member, from: place.year) else { return nil }
        place.year = year
      case "area":
        guard selector.member == "reference" else { return nil }
        place.place = reference[place.place]
      default:
        if measures.breakdown(selector.dimension) != nil {
          place.parts[selector.dimension] = selector.member
          continue
        }
        guard let axis = axis(selector.dimension), let member = axes[axis].position(of: selector.member) else {
          return nil
        }
        place.members[axis] = member
      }
    }
    return place
  }

  private func year(_ member: String, from position: Int) -> Int? {
    let year = years[position]
    switch member {
    case "previous": return years.firstIndex(of: year - 1)
    case "first": return years.firstIndex(of: first ?? year)
    default: return Int(member).flatMap { years.firstIndex(of: $0) }
    }
  }

  private func axis(_ dimension: String) -> Int? {
    if TableDeclaration.who.contains(dimension) { return whoAxis }
    if dimension == "sector" || TableDeclaration.sectors.contains(dimension) { return sectorAxis }
    return axes.firstIndex { $0.id == dimension }
  }

  /// The members of a dimension that add up to its total.
  private func spread(_ dimension: String, _ place: Coordinate) -> [Coordinate] {
    if dimension == "area" {
      return rows.map { row in
        var place = place
        place.place = row
        return place
      }
    }
    guard let axis = axis(dimension) else { return [] }
    return axes[axis].members.indices.filter { !axes[axis].members[$0].isTotal }.map { member in
      var place = place
      place.members[axis] = member
      return place
    }
  }
}
