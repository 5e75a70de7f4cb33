import Diagnostics
import Nomenclature
import Tabular
import Territory

/// The register of associations, a table for each département: those of SIRENE, then those without a SIREN.
///
/// Its files go département by département, units by their numbers: ranks are noted while the units pass, four bytes for
/// each association, and the units are made again from them.
final class AssociationFiles {
  /// Associations of the local law of Alsace-Moselle are in the land register of their courts, not in this one.
  private static let localLaw = ["57", "67", "68"]
  /// From this day on all associations are in the newer file.
  private static let newer = DayTable.day(2009, 1, 1)

  private let register: FrenchRegister
  private let areas: FrenchAreas
  private let source: AssociationSource
  private let rates: AssociationRates
  private let rows: AssociationRows
  private let date: String
  private let shareOfFrance: Double
  private let seed: UInt64
  /// Of each département, by its position: the associations of SIRENE.
  private var ranks: [[UInt32]]
  /// The position of the département of each commune.
  private let departement: [Int]

  init(
    _ folder: String, register: FrenchRegister, text: SireneText, communes: [Commune], scale: Double, seed: UInt64
  ) throws {
    self.register = register
    self.seed = seed
    let areas = FrenchAreas(communes)
    self.areas = areas
    let rates = try AssociationRates(folder)
    self.rates = rates
    source = try AssociationSource(folder, register: register, text: text, areas: areas, rates: rates)
    rows = AssociationRows(days: text.days, today: text.today)
    date = String(decoding: text.days.iso(text.today), as: UTF8.self).filter { $0 != "-" }
    shareOfFrance = scale / (try register.profile.constants.value("fr_population"))
    ranks = Array(repeating: [], count: areas.departements.count)
    departement = areas.departement.map { code in areas.departements.firstIndex { $0.code == code } ?? 0 }
  }

  /// A unit of SIRENE passes.
  func see(_ unit: LegalUnit, rank: Int) {
    guard register.profile.groups[unit.group].isAssociation, !ranks.isEmpty else { return }
    ranks[departement[unit.place]].append(UInt32(rank))
  }

  func write(in draft: Draft, comment: String) throws(Problem) -> [WrittenFile] {
    let newer = try AssociationArchive(.associations, "waldec", AssociationRows.header, in: draft)
    let older = try AssociationArchive(.olderAssociations, "import", AssociationRows.olderHeader, in: draft)
    for (position, area) in areas.departements.enumerated() where !Self.localLaw.contains(area.code) {
      try Interruption.check()
      var draws = Draws(seed, .association, position)
      try newer.begin(date, area.code, .utf8)
      try older.begin(date, area.code, rates.text(&draws))
      try newer.write { rows.write(source.mark(position), to: &$0) }
      try older.write { rows.writeOlder(source.mark(position), to: &$0) }
      try write(area, position, newer, older)
      try newer.endEntry()
      try older.endEntry()
      ranks[position] = []
    }
    return [try newer.finish(comment), try older.finish(comment)]
  }

  private func write(
    _ area: FrenchAreas.Area, _ position: Int, _ newer: AssociationArchive, _ older: AssociationArchive
  ) throws(Problem) {
    let people = area.communes.reduce(0) { $0 + areas.communes[$1].population }
    let all = rates.unregistered + rates.dissolved + rates.deleted
    let unregistered = Int((all * Double(people) * shareOfFrance).rounded())
    let seats = source.seats(of: area)
    var numbers = AssociationNumbers(area.code, room: ranks[position].count + unregistered)
    for rank in ranks[position] {
      let unit = register.unit(Int(rank))
      var draws = Draws(key: unit.key, 60_000)
      if let one = try source.registered(unit, &numbers, &draws) { try write(one, newer, older, &draws) }
    }
    for rank in 0..<unregistered {
      var draws = Draws(seed, .association, (position + 1) << 32 | rank)
      try write(try source.unregistered(seats, &numbers, &draws), newer, older, &draws)
    }
  }

  /// Into one file or both; now and then twice.
  private func write(
    _ one: Association, _ newer: AssociationArchive, _ older: AssociationArchive, _ draws: inout Draws
  ) throws(Problem) {
    let isOld = one.created ?? 0 < Self.newer
    let isOnlyOlder = isOld && draws.happens(rates.olderOnly)
    if isOnlyOlder {
      try older.write { rows.writeOlder(one, to: &$0) }
    } else {
      if isOld, draws.happens(rates.olderBoth) {
        var carried = one
        carried.position = .carriedOver
        try older.write { rows.writeOlder(carried, to: &$0) }
      }
      try newer.write { rows.write(one, to: &$0) }
    }
    guard draws.happens(rates.repeated) else { return }
    if isOnlyOlder {
      try older.write { rows.writeOlder(one, to: &$0) }
    } else {
      try newer.write { rows.write(one, to: &$0) }
    }
  }
}

/// One of the two zips: an entry for each département.
private final class AssociationArchive {
  private let file: SimulatedFile
  private let name: String
  private let header: String
  private let zip: ZipWriter
  private var csv: CSVWriter
  private var rows = 0

  init(_ content: SimulatedFile.Content, _ name: String, _ header: String, in draft: Draft) throws(Problem) {
    file = SimulatedFile(.fr, content)
    self.name = name
    self.header = header
    zip = try ZipWriter(try draft.begin(file.name))
    csv = CSVWriter(to: zip)
  }

  func begin(_ date: String, _ departement: String, _ text: AssociationText) throws(Problem) {
    try zip.begin(entry: "rna_\(name)_\(date)_dpt_\(departement).csv")
    csv = CSVWriter(to: BrokenText(text, to: zip))
    try csv.header(header)
  }

  func write(_ row: (inout CSVWriter) -> Void) throws(Problem) {
    row(&csv)
    try csv.endRow()
  }

  func endEntry() throws(Problem) {
    try csv.flush()
    rows += csv.rows
    try zip.endEntry()
  }

  func finish(_ comment: String) throws(Problem) -> WrittenFile {
    try zip.finish(comment: comment)
    return WrittenFile(file: file, rows: rows)
  }
}

/// W numbers that SIRENE does not have: the offices 6 to 9 of each département, each number once.
struct AssociationNumbers {
  typealias Number = (office: String, number: Int)

  private let departement: String
  private let step: Int
  private var next = 0

  /// Offices of the overseas départements bear a letter.
  private static let overseas = ["971": "9G", "972": "9M", "973": "9C", "974": "9R", "976": "9Y"]

  init(_ departement: String, room: Int) {
    self.departement = Self.letters(departement)
    step = max(1, 4_000_000 / max(1, room))
  }

  mutating func take() -> Number {
    defer { next += step }
    return ("\(departement)\(6 + next / 1_000_000)", next % 1_000_000)
  }

  /// What the offices of a département begin with, by its code or that of one of its communes.
  static func letters(_ code: String) -> String { overseas[String(code.prefix(3))] ?? String(code.prefix(2)) }

  /// The number of an association of SIRENE by its rank in the département: the offices 1 to 5. Ranks are scattered by
  /// a factor that has no divisor in common with five millions: no two meet.
  static func registered(_ rank: Int, in letters: String) -> Number {
    let place = rank * 3_141_593 % 5_000_000
    return ("\(letters)\(1 + place / 1_000_000)", place % 1_000_000)
  }
}

/// The W numbers of SIRENE, as its units pass in their order: who goes over all of them again, in an older stock or
/// département by département, finds the same.
struct RegisteredNumbers {
  private let profile: CountryProfile
  /// The associations that passed, by the letters of their département.
  private var counts: [String: Int] = [:]

  init(_ profile: CountryProfile) { self.profile = profile }

  /// Nothing for a unit that is no association.
  mutating func take(for unit: LegalUnit, in place: Places.Place) -> AssociationNumbers.Number? {
    guard profile.groups[unit.group].isAssociation else { return nil }
    let letters = AssociationNumbers.letters(String(decoding: place.code.bytes, as: UTF8.self))
    defer { counts[letters, default: 0] += 1 }
    return AssociationNumbers.registered(counts[letters] ?? 0, in: letters)
  }
}
