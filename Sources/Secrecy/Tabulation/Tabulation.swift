internal import Diagnostics
internal import Filesystem

/// Sums of facts, as cells: the only door through which figures of employers leave a release.
package struct Tabulation {
  let facts: Facts
  /// Behind the measures that were asked for, what the rules look at: the quantities of rows, and what parts leave of
  /// their wholes.
  let question: Question
  private let asked: [String]
  private let perPlace: Int
  private let keyCount: Int
  private let isWeighted: Bool
  private let measures: [FactMeasure]
  /// Of the measures, that of which the spread is told.
  private let concentrated: Int?

  package init(_ facts: Facts, _ question: Question) {
    self.facts = facts
    asked = question.measures
    var question = question
    let isOfEmployees = question.measures.contains { [.headcount, .pay].contains(facts.measure(named: $0).kind) }
    // A row is judged by the same quantities whichever of them a table shows: it is hidden in all or in none.
    if isOfEmployees { question.measures += FactMeasure.whole.filter { !question.measures.contains($0) } }
    question.measures += FactMeasure.rests(in: asked)
    self.question = question
    isWeighted = !question.places.weights.isEmpty
    measures = question.measures.map(facts.measure)
    concentrated = question.concentration.flatMap { question.measures.firstIndex(of: $0) }
    perPlace = question.dimensions.map(\.count).reduce(1, *)
    keyCount = perPlace * question.places.count * question.years.count
  }

  /// By year and place, how many cells there are and how many are hidden; the jobs of all and those of the hidden ones,
  /// where these may be told.
  package func protection(_ gate: Gate) throws -> CellBlock {
    let block = gate.cells(of: try sums(), question, facts)
    let jobs = question.measures.firstIndex(of: "jobs") ?? 0
    func together(_ isWanted: (Int) -> Bool) throws -> Sums {
      try sums(into: (0..<keyCount).map { isWanted($0) ? $0 / perPlace : -1 }, count: keyCount / max(1, perPlace))
    }
    let hidden = try together { block[$0, jobs].status == .suppressed }
    return gate.protection(block, all: try together { _ in true }, hidden: hidden, question, facts)
  }

  /// The cells, each let out or held back by the rules of the country or countries that it is of.
  package func cells(_ gate: Gate) throws -> CellBlock {
    gate.cells(of: try sums(), question, facts).first(asked.count)
  }

  /// `targets`: by key, which of `count` sums it is a part of, or −1; each key by itself where there are none. A unit that is
  /// in several keys of one sum is one unit there.
  private func sums(into targets: [Int]? = nil, count: Int? = nil) throws -> Sums {
    var sums = Sums(
      keys: count ?? keyCount, measures: question.measures.count, withContributions: question.concentration != nil)
    var leaves = Leaves(facts, question)
    var leafSums = LeafSums(measures: question.measures.count, withContributions: question.concentration != nil)
    defer {
      leaves.deallocate()
      leafSums.deallocate()
    }
    let holdsOutsiders = question.holdsOutsiders(of: facts)
    for (position, year) in question.years.enumerated() {
      let base = position * perPlace * question.places.count
      // No class of the others is in any family: their millions of rows are not looked at.
      for segment in facts.segments where segment.year == year && (segment.isCandidate || holdsOutsiders) {
        try Interruption.check()
        try read(segment, base, targets, &leaves, &leafSums, &sums)
      }
      add(leafSums, of: leaves, base, targets, to: &sums)
      leafSums.clear(leaves.count)
    }
    return sums
  }

  /// Each row into its leaf. The rows of a unit follow each other: where they are in several leaves, what it brings to
  /// each cell is put together before anything is said of the largest unit.
  private func read(
    _ segment: Facts.Segment, _ base: Int, _ targets: [Int]?, _ leaves: inout Leaves, _ leafSums: inout LeafSums,
    _ sums: inout Sums
  ) throws {
    let measureCount = question.measures.count
    let unknownSize = UInt8(facts.sizes.count - 1)
    let sources = question.measures.map(facts.source)
    let (units, bandsOfRows, mappings) = (facts.unit.raw, facts.band.raw, facts.mapping.raw)
    let (sizes, bands) = (facts.size.raw, facts.bands.raw)
    var touched: [Int] = []
    var unit: UInt32?
    for row in segment.rows {
      if row & 0xfffff == 0 { try Interruption.check() }
      guard let leaf = leaves.leaf(of: row) else { continue }
      leafSums.hold(leaf)
      if units[row] != unit {
        close(&touched, base, targets, leaves, &leafSums, &sums)
        unit = units[row]
      }
      let sum = leafSums.leaves + leaf
      if !sum.pointee.isTouched {
        sum.pointee.isTouched = true
        touched.append(leaf)
      }
      let band = Int(bandsOfRows[row])
      let isExact = band == 0
      if isExact {
        sum.pointee.exact += 1
      } else {
        sum.pointee.estimated += 1
        if sizes[row] == unknownSize { sum.pointee.unknown += 1 }
        if bands[3 * band + 2] != 0 { sum.pointee.unbounded += 1 }
      }
      let mapping = mappings[row]
      for measure in 0..<measureCount {
        let value = sources[measure].value(row, band: band, bands)
        guard value.isKnown else { continue }
        let place = leafSums.measures + (leaf * measureCount + measure)
        place.pointee.value += value.value
        place.pointee.low += value.low
        place.pointee.high += value.high
        place.pointee.known += 1
        if mapping == 1 { place.pointee.approximate += value.value }
        if mapping == 2 { place.pointee.unmapped += value.value }
        if isExact {
          place.pointee.secret += value.value
          place.pointee.current += value.value
        }
      }
    }
    close(&touched, base, targets, leaves, &leafSums, &sums)
  }

  /// All rows of a unit have been read.
  private func close(
    _ touched: inout [Int], _ base: Int, _ targets: [Int]?, _ leaves: Leaves, _ leafSums: inout LeafSums,
    _ sums: inout Sums
  ) {
    let measureCount = question.measures.count
    if touched.count == 1 {
      let leaf = touched[0]
      leafSums.leaves[leaf].isTouched = false
      leafSums.leaves[leaf].units += 1
      if let concentrated, leafSums.measures[leaf * measureCount + concentrated].current > 0 {
        leafSums.contributions[leaf].append(leafSums.measures[leaf * measureCount + concentrated].current)
      }
      for measure in leaf * measureCount..<(leaf + 1) * measureCount { leafSums.measures[measure].close() }
    } else if !touched.isEmpty {
      spread(touched, base, targets, leaves, leafSums, &sums)
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Of a unit in several leaves, what it brings to each cell.
  private func spread(
    _ touched: [Int], _ base: Int, _ targets: [Int]?, _ leaves: Leaves, _ leafSums: LeafSums, _ sums: inout Sums
  ) {
    let measureCount = question.measures.count
    var keys: [Int] = []
    for leaf in touched {
      let own = leafSums.measures + leaf * measureCount
      for share in leaves.shares(of: leaf) {
        let key = targets?[base + share.key] ?? base + share.key
        if key < 0 { continue }
        if sums.keys[key].currentPart == 0 { keys.append(key) }
        sums.keys[key].currentPart = max(sums.keys[key].currentPart, share.part)
        for measure in 0..<measureCount {
          sums.measures[key * measureCount + measure].current += own[measure].current &* weight(share, measure)
        }
      }
      leafSums.leaves[leaf].isTouched = false
      for measure in 0..<measureCount { own[measure].current = 0 }
    }
    for key in keys {
      sums.keys[key].add(units: 1, part: sums.keys[key].currentPart)
      sums.keys[key].currentPart = 0
      if let concentrated, sums.measures[key * measureCount + concentrated].current > 0 {
        sums.contributions[key].append(sums.measures[key * measureCount + concentrated].current)
      }
      for measure in key * measureCount..<(key + 1) * measureCount { sums.measures[measure].close() }
    }
  }

  /// Each leaf into the cells that it counts in.
  private func add(
    _ leafSums: LeafSums, of leaves: Leaves, _ base: Int, _ targets: [Int]?, to sums: inout Sums
  ) {
    let measureCount = question.measures.count
    for leaf in 0..<leaves.count {
      let own = leafSums.leaves[leaf]
      if own.exact + own.estimated == 0 { continue }
      for share in leaves.shares(of: leaf) {
        let key = targets?[base + share.key] ?? base + share.key
        if key < 0 { continue }
        sums.keys[key].add(own, part: share.part)
        for measure in 0..<measureCount {
          sums.measures[key * measureCount + measure].add(
            leafSums.measures[leaf * measureCount + measure], weight(share, measure))
        }
        if let concentrated {
          let weight = weight(share, concentrated)
          sums.contributions[key] += leafSums.contributions[leaf].map { $0 &* weight }
        }
      }
    }
  }

  @inline(__always)
  private func weight(_ share: Leaves.Share, _ measure: Int) -> Int64 {
    isWeighted ? share.part / measures[measure].millionths : 1
  }
}
