internal import Diagnostics
internal import Filesystem

/// Sums of facts, as cells: the only door through which figures of employers leave a release.
package struct Tabulation {
  let facts: Facts
  /// With the jobs, which rules on employees look at, behind the measures that were asked for.
  let question: Question
  private let asked: [String]
  private let strides: [Int]
  private let keyCount: Int

  package init(_ facts: Facts, _ question: Question) {
    self.facts = facts
    asked = question.measures
    var question = question
    let isOfEmployees = question.measures.contains { [.headcount, .pay].contains(facts.measure(named: $0).kind) }
    if isOfEmployees, !question.measures.contains("jobs") { question.measures.append("jobs") }
    self.question = question
    var strides: [Int] = []
    var count = 1
    for dimension in question.dimensions.reversed() {
      strides.insert(count, at: 0)
      count *= dimension.count
    }
    strides.insert(count, at: 0)  // of a place
    self.strides = strides
    keyCount = count * question.places.count * question.years.count
  }

  /// By year and place, how many cells there are and how many are hidden; the jobs of all, and those of the hidden ones
  /// where there are enough of these.
  package func protection(_ gate: Gate) throws -> CellBlock { gate.protection(of: try sums(), question, facts) }

  /// The cells, each let out or held back by the rules of the country or countries that it is of.
  package func cells(_ gate: Gate) throws -> CellBlock {
    gate.cells(of: try sums(), question, facts).first(asked.count)
  }

  private func sums() throws -> Sums {
    var sums = Sums(
      keys: keyCount, measures: question.measures.count, withContributions: question.concentration != nil)
    for segment in facts.segments {
      guard let year = question.years.firstIndex(of: segment.year) else { continue }
      try Interruption.check()
      try add(segment, year: year, to: &sums)
    }
    close(&sums)
    return sums
  }

  private func close(_ sums: inout Sums) {
    let count = question.measures.count
    for key in sums.keys.indices {
      guard sums.keys[key].current != 0 else { continue }
      sums.keys[key].units += 1
      sums.keys[key].unitParts += sums.keys[key].currentPart
      if sums.keys[key].currentPart < Self.whole { sums.keys[key].splitUnits += 1 }
      for measure in key * count..<(key + 1) * count {
        if !sums.contributions.isEmpty, question.measures[measure - key * count] == question.concentration,
          sums.measures[measure].current > 0
        {
          sums.contributions[key].append(sums.measures[measure].current)
        }
        sums.measures[measure].close()
      }
    }
  }

  private static let whole: Int64 = 1_000_000

  /// What one row is in a dimension: a number into the lists of its membership.
  private enum Reader {
    case narrow(UnsafeBufferPointer<UInt8>)
    case wide(UnsafeBufferPointer<UInt32>)
    case seat
  }

  private func reader(_ attribute: Dimension.Attribute) -> Reader {
    switch attribute {
    case .rowClass: .wide(facts.rowClass.raw)
    case .division: .narrow(facts.division.raw)
    case .size: .narrow(facts.size.raw)
    case .trait: .narrow(facts.trait.raw)
    case .commune: .wide(facts.commune.raw)
    case .seat: .seat
    }
  }

  private func add(_ segment: Facts.Segment, year: Int, to sums: inout Sums) throws {
    // No class of the others is in any family: their millions of rows are not looked at.
    if !segment.isCandidate, !holdsOutsiders { return }
    let readers = question.dimensions.map { (reader($0.attribute), $0.membership) }
    let placement = question.places.membership
    let weights = question.places.weights
    let isWeighted = !weights.isEmpty
    let measureCount = question.measures.count
    let concentrated = question.concentration.flatMap { question.measures.firstIndex(of: $0) }
    let widest = readers.map(\.1.widest).reduce(placement.widest) { max(1, $0) * max(1, $1) }
    let keys = UnsafeMutablePointer<Int>.allocate(capacity: max(1, widest))
    let next = UnsafeMutablePointer<Int>.allocate(capacity: max(1, widest))
    let parts = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, widest))
    let nextParts = UnsafeMutablePointer<Int64>.allocate(capacity: max(1, widest))
    let values = UnsafeMutablePointer<RowValue>.allocate(capacity: max(1, measureCount))
    defer {
      keys.deallocate()
      next.deallocate()
      parts.deallocate()
      nextParts.deallocate()
      values.deallocate()
    }
    let base = year * strides[0] * question.places.count
    let unknownSize = UInt8(facts.sizes.count - 1)
    let sources = question.measures.map(facts.source)
    let communes = facts.commune.raw
    try sums.keys.withUnsafeMutableBufferPointer { keySums in
      try sums.measures.withUnsafeMutableBufferPointer { measureSums in
        for row in segment.rows {
          if row & 0xfffff == 0 { try Interruption.check() }
          let commune = Int(communes[row])
          let (first, end) = (Int(placement.starts[commune]), Int(placement.starts[commune + 1]))
          if first == end { continue }
          var count = end - first
          for index in 0..<count {
            keys[index] = base + Int(placement.members[first + index]) * strides[0]
            parts[index] = isWeighted ? weights[first + index] : Self.whole
          }
          for (position, (reader, membership)) in readers.enumerated() {
            var made = 0
            let stride = strides[position + 1]
            func extend(_ value: Int, _ key: Int, _ part: Int64) {
              for member in membership.starts[value]..<membership.starts[value + 1] {
                next[made] = key + Int(membership.members[Int(member)]) * stride
                nextParts[made] = part
                made += 1
              }
            }
            switch reader {
            case .narrow(let column):
              for index in 0..<count { extend(Int(column[row]), keys[index], parts[index]) }
            case .wide(let column):
              for index in 0..<count { extend(Int(column[row]), keys[index], parts[index]) }
            case .seat:
              let seat = facts.seat.raw[row]
              for index in 0..<count {
                extend(seatRelation(seat, (keys[index] - base) / strides[0]), keys[index], parts[index])
              }
            }
            count = made
            for index in 0..<made {
              keys[index] = next[index]
              parts[index] = nextParts[index]
            }
            if made == 0 { break }
          }
          if count == 0 { continue }
          let band = Int(facts.band.raw[row])
          let isExact = band == 0
          let mapping = facts.mapping.raw[row]
          for measure in 0..<measureCount {
            values[measure] = sources[measure].value(row, band: band, facts)
          }
          let unit = facts.unit.raw[row] + 1
          for index in 0..<count {
            let key = keys[index]
            let part = parts[index]
            if keySums[key].current != unit {
              if keySums[key].current != 0 {
                keySums[key].units += 1
                keySums[key].unitParts += keySums[key].currentPart
                if keySums[key].currentPart < Self.whole { keySums[key].splitUnits += 1 }
                if let concentrated, measureSums[key * measureCount + concentrated].current > 0 {
                  sums.contributions[key].append(measureSums[key * measureCount + concentrated].current)
                }
                for measure in key * measureCount..<(key + 1) * measureCount { measureSums[measure].close() }
              }
              keySums[key].current = unit
              keySums[key].currentPart = 0
            }
            keySums[key].currentPart = max(keySums[key].currentPart, part)
            if isExact {
              keySums[key].exact += 1
            } else {
              keySums[key].estimated += 1
              if facts.size.raw[row] == unknownSize { keySums[key].unknown += 1 }
              if facts.bands.raw[3 * band + 2] != 0 { keySums[key].unbounded += 1 }
            }
            if part < Self.whole { keySums[key].split += 1 }
            for measure in 0..<measureCount {
              let value = values[measure]
              guard value.isKnown else { continue }
              let place = key * measureCount + measure
              let weight = isWeighted ? part : 1
              measureSums[place].value += value.value &* weight
              measureSums[place].low += value.low &* weight
              measureSums[place].high += value.high &* weight
              measureSums[place].known += 1
              if mapping == 1 { measureSums[place].approximate += value.value &* weight }
              if mapping == 2 { measureSums[place].unmapped += value.value &* weight }
              if isExact {
                measureSums[place].secret += value.value &* weight
                measureSums[place].current += value.value &* weight
              }
            }
          }
        }
      }
    }
  }

  /// Does any class of employers outside of the reach of all perimeters count somewhere?
  private var holdsOutsiders: Bool {
    for dimension in question.dimensions where dimension.attribute == .rowClass {
      let membership = dimension.membership
      let counts = facts.classes.indices.contains { index in
        facts.classes[index].form.isEmpty && membership.starts[index] < membership.starts[index + 1]
      }
      if !counts { return false }
    }
    return true
  }

  private func seatRelation(_ seat: UInt32, _ place: Int) -> Int {
    let membership = question.places.membership
    guard Int(seat) < membership.starts.count - 1 else { return 2 }
    let (first, end) = (Int(membership.starts[Int(seat)]), Int(membership.starts[Int(seat) + 1]))
    return membership.members[first..<end].contains(UInt32(place)) ? 0 : 1
  }
}
