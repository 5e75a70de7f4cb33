@testable import Secrecy

/// What a question asks, said so plainly that its answer can be worked out one row at a time.
struct PlainQuestion {
  struct Part {
    let place: Int
    let weight: Double
  }

  struct PlainDimension {
    let attribute: Dimension.Attribute
    /// For each value of the attribute, the members that it counts in.
    let lists: [[Int]]
    let count: Int
  }

  var years = [2024]
  /// By commune.
  var parts: [[Part]]
  /// By place.
  var countries: [Set<String>]
  /// By year, then by place.
  var completeness: [[Places.Completeness]]
  var dimensions: [PlainDimension] = []
  var measures: [String]
  var concentration: String?

  var places: Int { countries.count }

  var question: Question {
    Question(
      perimeter: 0, years: years,
      places: Places(
        parts.map { $0.map { (place: $0.place, weight: $0.weight) } }, count: places, completeness: completeness,
        countries: countries),
      dimensions: dimensions.map { Dimension($0.attribute, $0.lists, count: $0.count) }, measures: measures,
      concentration: concentration)
  }

  /// One place that holds all communes of some countries.
  static func whole(_ measures: [String], countries: Set<String> = ["FR"], weight: Double = 1) -> PlainQuestion {
    PlainQuestion(
      parts: InventedFacts.communes.map { commune in
        countries.contains(String(commune.prefix(2))) ? [Part(place: 0, weight: weight)] : []
      }, countries: [countries], completeness: [[.whole]], measures: measures)
  }
}

/// Sums and rules as they are told, without a thought for speed: every cell reads all rows.
struct SlowTabulation {
  let employers: [InventedFacts.Employer]
  let asked: PlainQuestion
  /// Of the place, the rule for headcounts and for pay.
  let rules: (_ place: Int, _ isPay: Bool) -> SecrecyProfile.Rule

  private struct Row {
    let employer: InventedFacts.Employer
    let weight: Double

    var band: InventedFacts.Band? { employer.band.map { InventedFacts.bands[$0] } }

    /// Value, low and high, in the units of the facts.
    func amount(_ measure: String) -> (value: Double, low: Double, high: Double)? {
      if measure == "establishments" { return (1, 1, 1) }
      if measure == "jobs", let band {
        return (Double(band.low + band.high) / 2, Double(band.low), Double(band.high))
      }
      // `jobs@women`: of those who give the other too.
      let names = measure.split(separator: "@").map(String.init)
      if names.count > 1, employer.values[names[1]] == nil { return nil }
      // `jobs@women@rest`: what is not in the part.
      if names.count > 2 {
        let rest = employer.values[names[0]].map { Double($0 - (employer.values[names[1]] ?? 0)) }
        return rest.map { ($0, $0, $0) }
      }
      return employer.values[names[0]].map { (Double($0), Double($0), Double($0)) }
    }
  }

  private func rows(_ year: Int, _ place: Int, _ members: [Int]) -> [Row] {
    employers.filter { $0.year == asked.years[year] }.compactMap { employer in
      guard let part = asked.parts[employer.commune].first(where: { $0.place == place }) else { return nil }
      for (dimension, member) in zip(asked.dimensions, members) {
        guard dimension.lists[value(dimension.attribute, employer, place)].contains(member) else { return nil }
      }
      return Row(employer: employer, weight: part.weight)
    }
  }

  private func value(_ attribute: Dimension.Attribute, _ employer: InventedFacts.Employer, _ place: Int) -> Int {
    switch attribute {
    case .rowClass: employer.rowClass
    case .division: employer.division
    case .size: employer.size
    case .trait: employer.trait
    case .seat:
      employer.seat.map { seat in asked.parts[seat].contains { $0.place == place } ? 0 : 1 } ?? 2
    case .commune: employer.commune
    }
  }

  /// What each unit brings of what files of employers tell.
  private func contributions(_ rows: [Row], _ measure: String) -> [Double] {
    Dictionary(grouping: rows.filter { $0.employer.band == nil }, by: \.employer.unit).values
      .map { $0.compactMap { row in row.amount(measure).map { $0.value * row.weight } }.reduce(0, +) }
      .filter { $0 > 0 }
  }

  private func isSafe(_ rows: [Row], _ measure: String, _ place: Int) -> Bool {
    let isPay = measure.hasPrefix("gross_pay")
    let rule = rules(place, isPay)
    let units = contributions(rows, measure)
    guard let largest = units.max() else { return true }
    if units.count < rule.units || largest > rule.share * units.reduce(0, +) { return false }
    guard ["jobs", "women", "jobs@women", "jobs@women@rest"].contains(measure) else { return true }
    return units.reduce(0, +) >= Double(rule.employees)
  }

  /// By measure of the question.
  func cells(_ year: Int, _ place: Int, _ members: [Int]) -> [Cell] {
    let completeness = asked.completeness[year][place]
    if completeness == .none { return asked.measures.map { _ in .notAvailable } }
    let rows = rows(year, place, members)
    let isRowHidden = !["jobs", "fte", "gross_pay"].allSatisfy { isSafe(rows, $0, place) }
    return asked.measures.map { measure in
      let isTold = rows.contains { $0.employer.band == nil && $0.amount(measure) != nil }
      let isFound =
        measure == "women" && asked.measures.contains("jobs@women") && !isSafe(rows, "jobs@women@rest", place)
      if !["units", "establishments"].contains(measure), isTold,
        isRowHidden || isFound || !isSafe(rows, measure, place)
      {
        return .suppressed
      }
      return measure == "units"
        ? units(rows, isPartial: completeness == .partial)
        : figure(rows, measure, isPartial: completeness == .partial)
    }
  }

  private func figure(_ rows: [Row], _ measure: String, isPartial: Bool) -> Cell {
    if rows.isEmpty { return isPartial ? Cell(.zero, value: 0, low: 0, high: 0, basis: .partial) : .zero }
    let amounts = rows.compactMap { row in row.amount(measure).map { (row: row, amount: $0) } }
    guard !amounts.isEmpty else { return .notAvailable }
    let isJobs = measure == "jobs"
    let withoutTop = rows.count { $0.band?.isUnbounded ?? false }
    let banded = rows.filter { $0.band != nil }
    if isJobs, !banded.isEmpty, rows.allSatisfy({ $0.band != nil && $0.employer.size == InventedFacts.unknownSize }) {
      return Cell(.notAvailable, basis: .missing, unbounded: withoutTop)
    }
    let scale: Double = measure == "fte" ? 10 : 1
    func total(_ part: ((value: Double, low: Double, high: Double)) -> Double) -> Double {
      amounts.map { part($0.amount) * $0.row.weight }.reduce(0, +) / scale
    }
    let value = total({ $0.value })
    let missing = measure == "establishments" ? 0 : isJobs ? withoutTop : rows.count - amounts.count
    let isDivided = value > 0 && rows.contains { $0.weight < 1 }
    let basis = Cell.Basis(
      isPartial: isPartial || missing > 0, isEstimated: isJobs && !banded.isEmpty, isApproximated: isDivided)
    func part(_ mapping: Int) -> Double {
      amounts.filter { $0.row.employer.mapping == mapping }.map { $0.amount.value * $0.row.weight }.reduce(0, +)
        / scale / value
    }
    let hasBounds = basis != .approximated
    return Cell(
      value == 0 ? .zero : .published, value: value, low: hasBounds ? total({ $0.low }) : nil,
      high: hasBounds ? total({ $0.high }) : nil, basis: basis, unbounded: missing,
      mapping: value > 0 ? Cell.Mapping(approximate: part(1), none: part(2)) : nil)
  }

  /// Each unit once, as its largest part counts.
  private func units(_ rows: [Row], isPartial: Bool) -> Cell {
    let parts = Dictionary(grouping: rows, by: \.employer.unit).values.map { $0.map(\.weight).max() ?? 0 }
    let value = parts.reduce(0, +).rounded()
    if parts.contains(where: { $0 < 1 }) {
      return Cell(
        .published, value: value, low: isPartial ? value : nil, high: isPartial ? value : nil,
        basis: isPartial ? .approximatedPartial : .approximated)
    }
    return Cell(
      value == 0 ? .zero : .published, value: value, low: value, high: value, basis: isPartial ? .partial : .exact)
  }

  /// Of what concentration is asked for: what each unit brings, in the smallest part that weights make.
  func bands(_ year: Int, _ place: Int, _ members: [Int]) -> ConcentrationBands {
    if asked.completeness[year][place] == .none { return ConcentrationBands() }
    let units = contributions(rows(year, place, members), asked.concentration ?? "")
    return ConcentrationBands(of: units.map { Int64(($0 * 8).rounded()) })
  }
}
