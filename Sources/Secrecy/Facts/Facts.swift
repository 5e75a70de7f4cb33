package import Diagnostics
internal import Filesystem

/// The facts of a release, open for sums. What they say of one employer stays in this module: tabulations and ledgers
/// make cells of them, and nothing else reads them.
package final class Facts: Sendable {
  package let years: [Int]
  package let communes: [String]
  package let divisions: [String]
  package let sizes: [String]
  package let traits: [String]
  package let perimeters: [String]
  package let measures: [FactMeasure]
  package let kinds: [Kind]
  package let classes: [Class]
  /// By year of `years`, then by commune, how many rows there are: counts of an open register.
  let presence: PackedNumbers<UInt32>

  /// A family of the ESS with its part; `F0` the rest of the economy, `FP` its public sector.
  package struct Kind: Sendable, Equatable {
    package let family: String
    package let subfamily: String
    package var isOutside: Bool { family == "F0" || family == "FP" }
  }

  /// What perimeters look at: employers of one class are judged alike.
  package struct Class: Sendable {
    package let country: String
    package let form: String
    package let scheme: String
    package let activity: String
    /// `|cgscop|esus|`
    package let lists: String
  }

  struct Segment {
    let year: Int
    let isCandidate: Bool
    let rows: Range<Int>
  }

  let segments: [Segment]
  let unit: PackedNumbers<UInt32>
  let commune: PackedNumbers<UInt32>
  let seat: PackedNumbers<UInt32>
  let rowClass: PackedNumbers<UInt32>
  let division: PackedNumbers<UInt8>
  let mapping: PackedNumbers<UInt8>
  let size: PackedNumbers<UInt8>
  let trait: PackedNumbers<UInt8>
  let band: PackedNumbers<UInt8>
  let bands: PackedNumbers<Int32>
  let columns: [FactColumn]
  let unitNumbers: PackedNumbers<Int64>
  private let decisions: PackedNumbers<UInt16>
  private let rules: PackedNumbers<Int32>

  package init(_ path: String) throws(Problem) {
    let file = try PackedFile(path, FactParts.format)
    func damage() -> Problem { Problem("packed.damaged", at: Place(file: path)) }
    func list(_ number: UInt32) throws(Problem) -> [String] {
      let texts = try file.texts(number)
      var found: [String] = []
      found.reserveCapacity(texts.count)
      for index in 0..<texts.count { found.append(try texts[index]) }
      return found
    }
    communes = try list(FactParts.communes)
    divisions = try list(FactParts.divisions)
    sizes = try list(FactParts.sizes)
    traits = try list(FactParts.traits)
    perimeters = try list(FactParts.perimeters)
    kinds = try list(FactParts.kinds).map { text in
      let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      return Kind(family: parts[0], subfamily: parts.count > 1 ? parts[1] : "")
    }
    classes = try list(FactParts.classes).map { text in
      let parts = text.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
      func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
      return Class(country: part(0), form: part(1), scheme: part(2), activity: part(3), lists: part(4))
    }
    let written = try list(FactParts.measures)
    let measures = written.compactMap(FactMeasure.init(written:))
    guard measures.count == written.count else { throw damage() }
    self.measures = measures
    decisions = try file.numbers(FactParts.decisions, UInt16.self)
    rules = try file.numbers(FactParts.rules, Int32.self)
    bands = try file.numbers(FactParts.bands, Int32.self)
    unitNumbers = try file.numbers(FactParts.units, Int64.self)
    presence = try file.numbers(FactParts.presence, UInt32.self)
    unit = try file.numbers(FactParts.unit, UInt32.self)
    commune = try file.numbers(FactParts.commune, UInt32.self)
    seat = try file.numbers(FactParts.seat, UInt32.self)
    rowClass = try file.numbers(FactParts.rowClass, UInt32.self)
    division = try file.numbers(FactParts.division, UInt8.self)
    mapping = try file.numbers(FactParts.mapping, UInt8.self)
    size = try file.numbers(FactParts.size, UInt8.self)
    trait = try file.numbers(FactParts.trait, UInt8.self)
    band = try file.numbers(FactParts.band, UInt8.self)
    var columns: [FactColumn] = []
    for index in measures.indices { columns.append(try FactColumn(file, FactParts.firstMeasure + UInt32(index))) }
    let marks = try file.numbers(FactParts.segments, Int64.self)
    let rows = unit.count
    let lengths =
      [commune.count, seat.count, rowClass.count, division.count, mapping.count, size.count, trait.count, band.count]
      + columns.map(\.count)
    guard marks.count % 4 == 0, decisions.count == perimeters.count * classes.count, rules.count == decisions.count,
      Set(lengths) == [rows]
    else { throw damage() }
    self.columns = columns
    var segments: [Segment] = []
    for index in stride(from: 0, to: marks.count, by: 4) {
      let (first, length) = (Int(marks.raw[index + 2]), Int(marks.raw[index + 3]))
      guard first >= 0, length >= 0, first + length <= rows else { throw damage() }
      segments.append(
        Segment(year: Int(marks.raw[index]), isCandidate: marks.raw[index + 1] == 1, rows: first..<first + length))
    }
    self.segments = segments
    years = Set(segments.map(\.year)).sorted()
    guard presence.count == years.count * communes.count else { throw damage() }
  }

  /// One an employer and year.
  package var count: Int { unit.count }

  /// Of a name that may be one measure given another: what kind of quantity it is.
  func measure(named name: String) -> FactMeasure {
    let own = name.split(separator: "@").first.map(String.init) ?? name
    guard let known = measures.first(where: { $0.name == own }) else { return FactMeasure(name, .register) }
    return FactMeasure(name, known.kind, scale: known.scale)
  }

  private func column(_ name: some StringProtocol) -> FactColumn.Numbers? {
    measures.firstIndex { $0.name == name }.map { columns[$0].numbers }
  }

  func source(of name: String) -> RowSource {
    let parts = name.split(separator: "@")
    if parts.count > 1 {
      guard let own = column(parts[0]), let other = column(parts[1]) else { return .absent }
      let factor: Int64 = parts[0] == "jobs" ? 10 : 1
      if parts.count > 2 { return .rest(own, other, factor: factor) }
      return .given(own, other, factor: factor, isZero: measure(named: name).kind == .account)
    }
    if let column = column(name) { return name == "jobs" ? .jobs(column) : .column(column) }
    return FactMeasure.counts.contains(name) ? .count : .absent
  }

  /// What a perimeter says of a class: its kind, and the rule that let it in or kept it out (−1: none spoke of it).
  package func decision(_ perimeter: Int, _ rowClass: Int) -> (kind: Int, rule: Int) {
    let index = perimeter * classes.count + rowClass
    return (max(0, Int(decisions.raw[index]) - 1), Int(rules.raw[index]))
  }

  /// Employers of each commune in a year; empty where no source speaks of it.
  package func employers(in year: Int) -> [Int] {
    guard let index = years.firstIndex(of: year) else { return [] }
    return (0..<communes.count).map { Int(presence.raw[index * communes.count + $0]) }
  }
}
