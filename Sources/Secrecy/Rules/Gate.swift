/// Lets figures out, or holds them back: the primary rules of the profiles in force.
///
/// Every quantity of a row is tested, and what one of them hides hides them all. Counts of open registers and size
/// bands that everybody can look up are no secret: only what files of employers give is.
package struct Gate: Sendable {
  package let profiles: [SecrecyProfile]

  /// `profiles`: those of all the countries whose data may come; the strictest of those that a sum is of holds.
  package init(_ profiles: [SecrecyProfile]) { self.profiles = profiles }

  package var isOpen: Bool { profiles.allSatisfy(\.isOpen) }

  /// The strictest of the rules that speak of any of the countries.
  func rule(_ kind: SecrecyProfile.Kind, in countries: Set<String>) -> SecrecyProfile.Rule {
    var strictest = SecrecyProfile.Rule()
    for profile in profiles where profile.country.map(countries.contains) ?? true {
      let rule = profile.rule(for: kind)
      strictest.units = max(strictest.units, rule.units)
      strictest.share = min(strictest.share, rule.share)
      strictest.employees = max(strictest.employees, rule.employees)
    }
    return strictest
  }

  func cells(of sums: Sums, _ question: Question, _ facts: Facts) -> CellBlock {
    let measures = question.measures.map(facts.measure)
    let count = measures.count
    let perPlace = question.dimensions.map(\.count).reduce(1, *)
    let places = question.places
    let rulesOfPlaces = places.countries.map { countries in measures.map { rule($0.kind, in: countries) } }
    let scale = places.weights.isEmpty ? 1.0 : 1_000_000
    let jobs = question.measures.firstIndex(of: "jobs")
    let rests = measures.map { part in
      measures.indices.filter { FactMeasure.isRest(measures[$0].name, without: part.name) }
    }
    var cells: [Cell] = []
    cells.reserveCapacity(sums.measures.count)
    for key in sums.keys.indices {
      let place = key / perPlace % places.count
      let completeness = places.completeness[key / perPlace / places.count][place]
      let rules = rulesOfPlaces[place]
      let row = key * count..<(key + 1) * count
      let isHidden = zip(row, measures.indices).contains { index, measure in
        measures[measure].isWhole
          && !isSafe(
            sums.measures[index], measures[measure], rules[measure], scale,
            jobs: jobs.map { sums.measures[key * count + $0] })
      }
      func isSafeAlone(_ measure: Int) -> Bool {
        isSafe(sums.measures[key * count + measure], measures[measure], rules[measure], scale, jobs: nil)
      }
      for (index, measure) in zip(row, measures.indices) {
        let kind = measures[measure].kind
        guard completeness != .none else {
          cells.append(.notAvailable)
          continue
        }
        let sum = sums.measures[index]
        // In a row that is hidden, a zero of those who give the quantity is theirs too.
        let isTold = sums.keys[key].exact > 0 && sum.known > 0 && (kind == .headcount || kind == .pay)
        if isTold, isHidden || !isSafeAlone(measure) || !rests[measure].allSatisfy(isSafeAlone) {
          cells.append(.suppressed)
          continue
        }
        cells.append(
          figure(sums.keys[key], sum, measures[measure], scale: scale, isPartial: completeness == .partial))
      }
    }
    return CellBlock(
      years: question.years, places: places.count, dimensions: question.dimensions.map(\.count),
      measures: question.measures, cells: cells, bands: bands(sums, question, rulesOfPlaces, perPlace))
  }

  /// Nothing of it is secret, or enough units and people share it.
  ///
  /// `jobs`: of the same row, where there are; how many people the quantity is about. What is public of a sum is known to
  /// everybody, and taken off.
  func isSafe(
    _ sum: MeasureSum, _ measure: FactMeasure, _ rule: SecrecyProfile.Rule, _ scale: Double, jobs: MeasureSum?
  ) -> Bool {
    guard sum.secret > 0, measure.kind == .headcount || measure.kind == .pay else { return true }
    if Int(sum.units) < rule.units { return false }
    if Double(sum.largest) > rule.share * Double(sum.secret) { return false }
    if measure.kind == .pay || measure.name == "fte" {
      return jobs.map { Double($0.secret) / scale / 10 >= Double(rule.employees) } ?? true
    }
    return Double(sum.secret) / scale / Double(measure.scale) >= Double(rule.employees)
  }

  private func figure(
    _ key: KeySum, _ sum: MeasureSum, _ measure: FactMeasure, scale: Double, isPartial: Bool
  ) -> Cell {
    if measure.isOfUnits { return units(key, isPartial: isPartial) }
    let employers = Int(key.exact + key.estimated)
    guard employers > 0 else {
      return isPartial ? Cell(.zero, value: 0, low: 0, high: 0, basis: .partial) : .zero
    }
    let isJobs = measure.name == "jobs"
    guard sum.known > 0 else { return .notAvailable }
    if isJobs, key.estimated > 0, employers == Int(key.unknown) {
      return Cell(.notAvailable, basis: .missing, unbounded: Int(key.unbounded))
    }
    // Of the jobs, those whose band has no upper bound; of the others, those who do not give them.
    let unbounded = measure.isCount ? 0 : isJobs ? Int(key.unbounded) : employers - Int(sum.known)
    let isApproximated = key.split > 0 && sum.value > 0
    let isLeast = isPartial || unbounded > 0
    let basis = Cell.Basis(
      isPartial: isLeast, isEstimated: isJobs && key.estimated > 0, isApproximated: isApproximated)
    let unit = (scale == 1 ? 1 : scale / Double(measure.millionths)) * Double(measure.scale)
    let value = Double(sum.value) / unit
    // What was counted has no bounds any more once it is divided in proportion.
    let keepsBounds = !isApproximated || basis != .approximated
    let mapping =
      sum.value > 0
      ? Cell.Mapping(
        approximate: Double(sum.approximate) / Double(sum.value), none: Double(sum.unmapped) / Double(sum.value)) : nil
    return Cell(
      value == 0 ? .zero : .published, value: value, low: keepsBounds ? Double(sum.low) / unit : nil,
      high: keepsBounds ? Double(sum.high) / unit : nil, basis: basis, unbounded: unbounded, mapping: mapping)
  }

  /// Units do not add up over places: each counts once, as its largest part does.
  private func units(_ key: KeySum, isPartial: Bool) -> Cell {
    let value = (Double(key.unitParts) / 1_000_000).rounded()
    guard key.splitUnits > 0 else {
      return Cell(
        value == 0 ? .zero : .published, value: value, low: value, high: value, basis: isPartial ? .partial : .exact)
    }
    return Cell(
      .published, value: value, low: isPartial ? value : nil, high: isPartial ? value : nil,
      basis: isPartial ? .approximatedPartial : .approximated)
  }

  private func bands(
    _ sums: Sums, _ question: Question, _ rules: [[SecrecyProfile.Rule]], _ perPlace: Int
  ) -> [ConcentrationBands] {
    sums.contributions.indices.map { key in
      let place = key / perPlace % question.places.count
      let completeness = question.places.completeness[key / perPlace / question.places.count][place]
      return completeness == .none ? ConcentrationBands() : ConcentrationBands(of: sums.contributions[key])
    }
  }
}
