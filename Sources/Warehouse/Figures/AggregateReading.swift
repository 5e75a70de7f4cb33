package import Registers
package import Territory

/// The tables of publishers that a release holds, and their sums for one territory.
package struct AggregateReading {
  package struct Table {
    package let source: String
    package let layout: String
    package let vintage: String
    /// By year; each with the measures that no newer table of its layout tells: surveys of one year ask different things.
    fileprivate(set) var editions: [Int: PublishedEdition] = [:]

    package var years: [Int] { editions.keys.sorted() }

    /// Does it tell one of these measures of a year?
    package func tells(_ year: Int) -> Bool { editions[year] != nil }
  }

  /// What a publisher shows to everybody: it has protected it himself.
  package struct Sum {
    package let field: String
    package let family: String
    package let measure: String
    package internal(set) var value: Double?
    package internal(set) var hidden = 0
    package internal(set) var missingQuarters: [Int] = []
  }

  typealias Part = PublishedTally.Part

  package let tables: [Table]
  let index: PublishedIndex
  private let wanted: PublishedIndex.Measures
  private let area: PublishedArea?

  /// `measures`: those that are asked for; all of them unless they are named.
  package init(
    _ release: Release, _ territory: Territory, _ book: TerritoryBook, measures: Set<String>? = nil
  ) throws {
    try self.init(release.published, territory, measures: measures) { try release.places(book) }
  }

  /// `places` are asked for where some table speaks of the pieces of the territory and not of itself.
  init(
    _ index: PublishedIndex, _ territory: Territory, measures: Set<String>? = nil,
    places: () throws -> PublishedPlaces
  ) throws {
    let wanted = index.measures(named: measures)
    let own = try index.position(of: territory.code)
    var area: PublishedArea?
    var told: [PublishedEdition] = []
    for (number, table) in index.tables.enumerated() {
      var years = Set(table.editions.filter { $0.value & wanted != 0 }.keys)
      if years.isEmpty { continue }
      for group in own.map({ index.groups(of: $0, in: number) }) ?? 0..<0 {
        guard years.remove(index.year(of: group)) != nil else { continue }
        var edition = PublishedEdition(table: number, year: index.year(of: group))
        (edition.own, edition.measures) = (group, index.measures(of: group))
        told.append(edition)
      }
      if years.isEmpty { continue }
      let known = try area ?? PublishedArea(territory, places())
      told += known.editions(of: number, years)
      area = known
    }
    var tables: [String: Table] = [:]
    for edition in Self.newest(told, index) where edition.measures & wanted != 0 {
      let table = index.tables[edition.table]
      tables[
        "\(table.layout) \(table.vintage)",
        default: Table(source: table.source, layout: table.layout, vintage: table.vintage)
      ].editions[edition.year] = edition
    }
    self.tables = tables.sorted { $0.key < $1.key }.map(\.value)
    self.index = index
    self.wanted = wanted
    self.area = area
  }

  /// Of two editions of one table, the newer speaks for what both tell of a year: that of 2010-2024 is newer than that
  /// of 2018-2023. Each with the measures that are left to it.
  private static func newest(_ editions: [PublishedEdition], _ index: PublishedIndex) -> [PublishedEdition] {
    let ages = index.tables.map { (age($0.vintage), $0.vintage) }
    var told: [String: PublishedIndex.Measures] = [:]
    return editions.sorted { ages[$1.table] < ages[$0.table] }.compactMap { edition -> PublishedEdition? in
      var edition = edition
      let key = "\(index.tables[edition.table].layout) \(edition.year)"
      edition.measures &= ~(told[key] ?? 0)
      told[key, default: 0] |= edition.measures
      return edition.measures == 0 ? nil : edition
    }
  }

  /// The last year that the name of a vintage tells: 2024 of `flores-2018-2024` and of `2024-06`.
  static func age(_ vintage: String) -> Substring {
    func isNumber(_ text: Substring, _ digits: Int) -> Bool {
      text.utf8.count == digits && text.utf8.allSatisfy { (48...57).contains($0) }
    }
    var parts = vintage.split(separator: "-", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last, isNumber(last, 2) { parts.removeLast() }
    let year = parts.last?.suffix(4) ?? ""
    return isNumber(year, 4) ? year : ""
  }

  /// What a table says of a year: its sums over activities where it gives no total, over the quarters as each measure asks;
  /// each quarter by itself; and how many communes that lie here with a part only are left out.
  package struct Told {
    package var sums: [Sum] = []
    package var quarters: [(quarter: Int, sum: Sum)] = []
    package var divided = 0
  }

  package func told(_ table: Table, _ layout: AggregateLayout, _ year: Int) throws -> Told {
    guard let edition = table.editions[year] else { return Told() }
    let groups = groups(of: edition)
    let parts = try parts(of: edition, groups.counted, layout)
    let sums = parts.map { key, parts in Self.sum(key, parts, layout) }
    let quarters = parts.flatMap { key, parts in
      parts.filter { $0.quarter > 0 }.map { part in
        var sum = Sum(field: key[0], family: key[1], measure: key[2])
        (sum.value, sum.hidden) = (part.value, part.hidden)
        return (quarter: part.quarter, sum: sum)
      }
    }
    return Told(
      sums: sums + Self.wholeField(sums.filter { layout.addsUp($0.measure) }), quarters: quarters,
      divided: groups.divided)
  }

  /// By field, family and measure, what some groups say of each quarter.
  func parts(
    of edition: PublishedEdition, _ groups: [Int], _ layout: AggregateLayout
  ) throws -> [(key: [String], parts: [Part])] {
    let uses = uses(edition, layout)
    var tally = PublishedTally(index)
    for group in groups { try tally.addTotal(of: group, uses) }
    return tally.parts
  }

  /// A figure of the territory itself lacks none of it.
  func groups(of edition: PublishedEdition) -> PublishedArea.Groups {
    if let own = edition.own { return .init(told: [own], counted: [own]) }
    return area?.groups(of: edition) ?? .init()
  }

  /// What is read of each slot. A mean or a quantile is that of the cell for which somebody computed it: never made of
  /// others.
  func uses(_ edition: PublishedEdition, _ layout: AggregateLayout) -> [PublishedTally.Use] {
    let single = Set(AggregateLayout.measures.filter { !layout.addsUp($0) })
    return index.slots.map { slot in
      guard slot.bit & edition.measures & wanted != 0 else { return .nothing }
      guard single.contains(slot.measure) else { return .all }
      return edition.own != nil && slot.quarter == 0 ? .total : .nothing
    }
  }

  static func sum(_ key: [String], _ parts: [Part], _ layout: AggregateLayout) -> Sum {
    let statistic = layout.statistic(of: key[2])
    var sum = Sum(field: key[0], family: key[1], measure: key[2])
    if let (value, hidden) = ofYear(parts, statistic) {
      (sum.value, sum.hidden) = (value, hidden)
    } else {
      sum.missingQuarters = (statistic == "end" ? 4...4 : 1...4).filter { !parts.map(\.quarter).contains($0) }
    }
    return sum
  }

  /// The figure of a year from its quarters: the last, their mean or their sum; nil where one that is needed is missing.
  static func ofYear(_ parts: [(quarter: Int, value: Double?, hidden: Int)], _ statistic: String) -> (Double?, Int)? {
    guard parts.contains(where: { $0.quarter > 0 }) else { return parts.first.map { ($0.value, $0.hidden) } }
    if statistic == "end" { return parts.first { $0.quarter == 4 }.map { ($0.value, $0.hidden) } }
    guard Set(parts.map(\.quarter)).isSuperset(of: 1...4) else { return nil }
    let hidden = parts.map(\.hidden).reduce(0, +)
    // Where all is hidden, nothing is known, not even a least.
    guard parts.contains(where: { $0.value != nil }) else { return (nil, hidden) }
    let sum = parts.compactMap(\.value).reduce(0, +)
    return (statistic == "average" ? sum / 4 : sum, hidden)
  }

  /// The ESS as the sum of its families, where the table has no row for it.
  private static func wholeField(_ sums: [Sum]) -> [Sum] {
    let families = sums.filter { $0.field == "ess" && !$0.family.isEmpty }
    return Set(families.map(\.measure)).sorted().compactMap { measure in
      guard !sums.contains(where: { $0.field == "ess" && $0.family.isEmpty && $0.measure == measure }) else {
        return nil
      }
      let parts = families.filter { $0.measure == measure }
      let missing = Set(parts.flatMap(\.missingQuarters)).sorted()
      return Sum(
        field: "ess", family: "", measure: measure,
        value: missing.isEmpty && parts.contains { $0.value != nil } ? parts.compactMap(\.value).reduce(0, +) : nil,
        hidden: parts.map(\.hidden).reduce(0, +), missingQuarters: missing)
    }
  }
}
