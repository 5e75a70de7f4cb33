import Diagnostics
import Filesystem

/// What publishers' tables tell of each territory and year, in one mapped file: read without an engine.
final class PublishedIndex: Sendable {
  static let fileName = "published.index"

  /// Measures by their positions in the list of the file.
  typealias Measures = UInt32

  /// One layout and vintage.
  struct Table: Sendable {
    let source: String
    let layout: String
    let vintage: String
    /// By year, the measures that it tells of some territory.
    fileprivate(set) var editions: [Int: Measures] = [:]
    fileprivate let groups: Range<Int>
  }

  /// What figures may be of, whatever the place and the activity.
  struct Slot: Sendable {
    let quarter: Int
    let field: String
    let family: String
    let measure: String
    let bit: Measures
  }

  struct Kind: Sendable {
    let slot: Int
    let classification: Int
    let activity: Int
  }

  let tables: [Table]
  /// In the order of field, family, measure and quarter.
  let slots: [Slot]
  let measures: [String]
  let classifications: [String]
  /// The classification of what is of all activities.
  let total: Int?
  /// The position of each.
  let activities: [String: Int]
  let territories: Texts
  private let kinds: [Kind]
  private let groupTerritory: PackedNumbers<UInt32>
  private let groupYear: PackedNumbers<UInt16>
  private let groupMeasures: PackedNumbers<UInt32>
  private let starts: PackedNumbers<UInt32>
  private let rowKind: PackedNumbers<UInt32>
  private let rowValue: PackedNumbers<UInt32>
  private let wide: PackedNumbers<Int64>

  init(_ path: String) throws(Problem) {
    let file = try PackedFile(path, PublishedParts.format)
    func damage() -> Problem { Problem("packed.damaged", at: Place(file: path)) }
    func list(_ number: UInt32) throws(Problem) -> [String] {
      let texts = try file.texts(number)
      var found: [String] = []
      for position in 0..<texts.count { found.append(try texts[position]) }
      return found
    }
    func fields(_ text: String, _ count: Int) throws(Problem) -> [String] {
      let parts = text.split(separator: "|", maxSplits: count - 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == count else { throw damage() }
      return parts
    }
    territories = try file.texts(PublishedParts.territories)
    let classifications = try list(PublishedParts.classifications)
    (self.classifications, total) = (classifications, classifications.firstIndex(of: ""))
    let activities = try list(PublishedParts.activities)
    self.activities = Dictionary(activities.enumerated().map { ($1, $0) }) { first, _ in first }
    let measures = try list(PublishedParts.measures)
    self.measures = measures
    var slots: [Slot] = []
    for text in try list(PublishedParts.slots) {
      let parts = try fields(text, 4)
      guard let quarter = Int(parts[0]), let measure = measures.firstIndex(of: parts[3]) else { throw damage() }
      slots.append(
        Slot(quarter: quarter, field: parts[1], family: parts[2], measure: parts[3], bit: 1 << Measures(measure)))
    }
    self.slots = slots
    let written = try file.numbers(PublishedParts.kinds, UInt32.self)
    guard written.count % 3 == 0 else { throw damage() }
    var kinds: [Kind] = []
    kinds.reserveCapacity(written.count / 3)
    for position in stride(from: 0, to: written.count, by: 3) {
      let kind = Kind(
        slot: Int(written.raw[position]), classification: Int(written.raw[position + 1]),
        activity: Int(written.raw[position + 2]))
      guard kind.slot < slots.count, kind.classification < classifications.count, kind.activity < activities.count
      else { throw damage() }
      kinds.append(kind)
    }
    self.kinds = kinds
    groupTerritory = try file.numbers(PublishedParts.groupTerritory, UInt32.self)
    groupYear = try file.numbers(PublishedParts.groupYear, UInt16.self)
    groupMeasures = try file.numbers(PublishedParts.groupMeasures, UInt32.self)
    starts = try file.numbers(PublishedParts.groupStarts, UInt32.self)
    rowKind = try file.numbers(PublishedParts.rowKind, UInt32.self)
    rowValue = try file.numbers(PublishedParts.rowValue, UInt32.self)
    wide = try file.numbers(PublishedParts.wide, Int64.self)
    let groups = groupTerritory.count
    let bounds = try file.numbers(PublishedParts.tableStarts, UInt32.self)
    let names = try list(PublishedParts.tables)
    guard groupYear.count == groups, groupMeasures.count == groups, starts.count == groups + 1,
      rowKind.count == rowValue.count, bounds.count == names.count + 1
    else { throw damage() }
    var tables: [Table] = []
    for (number, name) in names.enumerated() {
      let parts = try fields(name, 3)
      let (first, end) = (Int(bounds.raw[number]), Int(bounds.raw[number + 1]))
      guard first <= end, end <= groups else { throw damage() }
      tables.append(Table(source: parts[0], layout: parts[1], vintage: parts[2], groups: first..<end))
    }
    let editions = try file.numbers(PublishedParts.editions, UInt32.self)
    guard editions.count % 3 == 0 else { throw damage() }
    for position in stride(from: 0, to: editions.count, by: 3) {
      let table = Int(editions.raw[position])
      guard table < tables.count else { throw damage() }
      tables[table].editions[Int(editions.raw[position + 1])] = editions.raw[position + 2]
    }
    self.tables = tables
  }

  /// Rows of all tables.
  var count: Int { rowKind.count }

  /// Those of some names; all of them where none are named.
  func measures(named names: Set<String>?) -> Measures {
    guard let names else { return .max }
    return measures.indices.filter { names.contains(measures[$0]) }.reduce(0) { $0 | 1 << Measures($1) }
  }

  func position(of territory: String) throws(Problem) -> Int? {
    let position = try territories.lowerBound(territory.utf8)
    guard position < territories.count, try territories[position] == territory else { return nil }
    return position
  }

  // MARK: - Groups

  /// What a table says of a territory: a group a year.
  func groups(of territory: Int, in table: Int) -> Range<Int> {
    let (all, territory) = (tables[table].groups, UInt32(territory))
    var (first, high) = (all.lowerBound, all.upperBound)
    while first < high {
      let middle = (first + high) / 2
      if groupTerritory.raw[middle] < territory { first = middle + 1 } else { high = middle }
    }
    var end = first
    while end < all.upperBound, groupTerritory.raw[end] == territory { end += 1 }
    return first..<end
  }

  func year(of group: Int) -> Int { Int(groupYear.raw[group]) }

  func measures(of group: Int) -> Measures { groupMeasures.raw[group] }

  // MARK: - Rows

  func rows(of group: Int) throws(Problem) -> (kinds: PackedNumbers<UInt32>, values: PackedNumbers<UInt32>) {
    (try starts.group(group, of: rowKind), try starts.group(group, of: rowValue))
  }

  func kind(_ number: UInt32) throws(Problem) -> Kind {
    guard number < kinds.count else { throw rowKind.damage }
    return kinds[Int(number)]
  }

  /// A value as it is written; nil where it is hidden.
  func thousandths(_ value: UInt32) throws(Problem) -> Int64? {
    if value == PublishedParts.hidden { return nil }
    if value < PublishedParts.wideMark { return Int64(value) }
    return try wide.at(Int(value - PublishedParts.wideMark))
  }
}
