internal import Diagnostics
internal import Filesystem

/// What came into groups of units and went out of them between successive stocks, and how long units last.
///
/// Every group is an account: stock before + what came in − what went out = stock. Registers are open: nothing is
/// hidden.
package struct StockTabulation {
  private let facts: Facts
  private let question: Question
  private let keys: KeyFinder

  package init(_ facts: Facts, _ question: Question) {
    self.facts = facts
    self.question = question
    keys = KeyFinder(facts, question)
  }

  package func cells() throws -> CellBlock {
    let named = Dictionary(uniqueKeysWithValues: facts.measures.enumerated().map { ($1.name, facts.columns[$0]) })
    guard let side = named[StockMeasure.side.name], let change = named[StockMeasure.change.name],
      let differs = named[StockMeasure.differs.name], let age = named[StockMeasure.age.name]
    else { preconditionFailure("a file of stocks") }
    var counts = [StockCounts](repeating: StockCounts(), count: keys.count)
    var known: [Int: Set<String>] = [:]
    for segment in facts.segments {
      let asked = question.years.indices.filter { question.years[$0] >= segment.year }
      guard !asked.isEmpty else { continue }
      let isAsked = question.years.contains(segment.year)
      var (before, after): ([Int], [Int]) = ([], [])
      var row = segment.rows.lowerBound
      while row < segment.rows.upperBound {
        if row & 0xffff == 0 { try Interruption.check() }
        let unit = facts.unit.raw[row]
        (before, after) = ([], [])
        var what = StockMeasure.Change.first
        var other: Int64 = 0
        var years: Int64?
        while row < segment.rows.upperBound, facts.unit.raw[row] == unit {
          what = StockMeasure.Change(rawValue: Int(change[row] ?? 0)) ?? .both
          other = differs[row] ?? 0
          let found = keys.keys(of: row)
          if side[row] == 0 {
            before = found
            years = age[row]
          } else {
            after = found
          }
          row += 1
        }
        if what != .first {
          let country = facts.classes[Int(facts.rowClass.raw[row - 1])].country
          if !(known[segment.year]?.contains(country) ?? false) { known[segment.year, default: []].insert(country) }
        }
        if isAsked, let year = question.years.firstIndex(of: segment.year) {
          count(before: before, after: after, what, other, in: year * keys.perYear, &counts)
        }
        // How long a cohort lasts is known from all the years until then.
        if what != .first, let years, 0..<Int64(StockCounts.mostAge) ~= years {
          for year in asked {
            for key in before {
              counts[year * keys.perYear + key].atRisk[Int(years)] += 1
              if what == .cessation { counts[year * keys.perYear + key].ceased[Int(years)] += 1 }
            }
          }
        }
      }
    }
    return block(counts, known)
  }

  private func count(
    before: [Int], after: [Int], _ what: StockMeasure.Change, _ differs: Int64, in first: Int,
    _ counts: inout [StockCounts]
  ) {
    for key in before {
      counts[first + key].before += 1
      if what == .cessation {
        counts[first + key].cessations += 1
      } else if !after.contains(key) {
        counts[first + key].went[reason(what, differs, key, others: after)] += 1
      }
    }
    for key in after {
      counts[first + key].stock += 1
      switch what {
      case .creation: counts[first + key].creations += 1
      case .appearance: counts[first + key].appearances += 1
      case .first: break
      default:
        if !before.contains(key) { counts[first + key].came[reason(what, differs, key, others: before)] += 1 }
      }
    }
  }

  /// Move, form, activity, list: 0 to 3. A unit that is nowhere in the place on the other side has moved; there, what
  /// comes first of its form, its activity and its lists tells why it is in another group.
  private func reason(_ what: StockMeasure.Change, _ differs: Int64, _ key: Int, others: [Int]) -> Int {
    switch what {
    case .form: return 1
    case .list: return 3
    default: break
    }
    let place = key / keys.perPlace
    if !others.isEmpty, !others.contains(where: { $0 / keys.perPlace == place }) { return 0 }
    if differs & 1 != 0 { return 1 }
    if differs & 2 != 0 { return 2 }
    if differs & 4 != 0 { return 3 }
    return others.isEmpty ? 0 : 3
  }

  private func block(_ counts: [StockCounts], _ known: [Int: Set<String>]) -> CellBlock {
    var cells: [Cell] = []
    cells.reserveCapacity(counts.count * question.measures.count)
    let places = question.places
    for key in counts.indices {
      let place = key / keys.perPlace % places.count
      let year = key / keys.perYear
      let completeness = places.completeness[year][place]
      let isCompared = places.countries[place].allSatisfy { known[question.years[year]]?.contains($0) ?? false }
      for measure in question.measures {
        guard completeness != .none, measure == "stock" || measure == "structures" || isCompared else {
          cells.append(.notAvailable)
          continue
        }
        cells.append(counts[key].cell(measure, isPartial: completeness == .partial))
      }
    }
    return CellBlock(
      years: question.years, places: places.count, dimensions: question.dimensions.map(\.count),
      measures: question.measures, cells: cells, bands: [])
  }
}
