import Diagnostics
import Tabular

/// What both files of the French register are written with: words, old codes, dates, rates.
final class SireneText {
  struct OldCode: BitwiseCopyable {
    let nomenclature: Word
    let code: Word
  }

  /// A place outside the communes of the simulation.
  struct Elsewhere: BitwiseCopyable {
    let code: Word
    let postcode: Word
    let name: Word
  }

  let profile: CountryProfile
  let days = DayTable()
  let words: Vocabulary
  let names: NameBook
  let nameSets: UnsafePointer<NameBook.Set>
  let bands: UnsafePointer<Word>
  /// The year of the bands.
  let year: Int
  let today: Int
  private let olds: [(list: UnsafePointer<OldCode>, chooser: Chooser, until: Int, rate: Rate)]
  let overseas: (list: UnsafePointer<Elsewhere>, chooser: Chooser)
  let abroad: (list: UnsafePointer<Elsewhere>, chooser: Chooser)

  let created1900, createdUnknown, purged, flagDisagrees, flagExcess, newerMissing, newerClosed,
    cedex, unitBandDisagrees: Rate

  init(_ folder: String, profile: CountryProfile, year: Int, today: Int) throws {
    self.profile = profile
    self.year = year
    self.today = today
    let arena = profile.arena
    let constants = profile.constants
    words = try Vocabulary("\(folder)/fr-words.csv", arena: arena)
    let names = try NameBook(
      "\(folder)/fr-names.csv", words: words, curly: try constants.rate("curly_apostrophe"),
      arena: arena)
    self.names = names
    // Natural persons have no model: their set is never asked for.
    let company = try names.set("company")
    nameSets = arena.keep(
      try profile.nameKinds.map { $0 == "person" ? company : try names.set($0) })
    bands = arena.keep(SizeBands.codes.map(arena.word))
    olds = try Self.oldCodes("\(folder)/fr-old-activities.csv", constants, arena)
    let elsewhere = try Self.elsewhere("\(folder)/fr-elsewhere.csv", arena)
    overseas = elsewhere.overseas
    abroad = elsewhere.abroad
    created1900 = try constants.rate("created_1900")
    createdUnknown = try constants.rate("created_unknown")
    purged = try constants.rate("purged")
    flagDisagrees = try constants.rate("employer_flag_disagrees")
    flagExcess = try constants.rate("employer_flag_excess")
    newerMissing = try constants.rate("newer_code_missing")
    newerClosed = try constants.rate("newer_code_closed")
    cedex = try constants.rate("cedex")
    unitBandDisagrees = try constants.rate("unit_band_disagrees")
  }

  private static func oldCodes(
    _ path: String, _ constants: Constants, _ arena: Arena
  ) throws -> [(list: UnsafePointer<OldCode>, chooser: Chooser, until: Int, rate: Rate)] {
    let table = try DeclaredTable(
      path, columns: ["nomenclature", "code", "weight"], properties: ["id", "source"])
    let times: [(name: String, until: Int, rate: String)] = [
      ("NAP", DayTable.day(1993, 1, 1), "old_code_before_1993"),
      ("NAF1993", DayTable.day(2003, 1, 1), "old_code_before_2003"),
      ("NAFRev1", DayTable.day(2008, 1, 1), "old_code_before_2008"),
    ]
    return try times.map { time in
      let entries = table.entries.filter { $0["nomenclature"] == time.name }
      guard !entries.isEmpty else {
        throw Problem("simulate.no_words", at: Place(file: path), ["kind": time.name])
      }
      let name = arena.word(time.name)
      return (
        arena.keep(entries.map { OldCode(nomenclature: name, code: arena.word($0["code"])) }),
        Chooser(try entries.map { try $0.number("weight", in: table) }, in: arena), time.until,
        try constants.rate(time.rate)
      )
    }
  }

  private typealias Places = (list: UnsafePointer<Elsewhere>, chooser: Chooser)

  private static func elsewhere(
    _ path: String, _ arena: Arena
  ) throws -> (overseas: Places, abroad: Places) {
    let table = try DeclaredTable(
      path, columns: ["kind", "code", "postcode", "name", "weight"], properties: ["id", "source"])
    func places(_ kind: String) throws -> Places {
      let entries = table.entries.filter { $0["kind"] == kind }
      guard !entries.isEmpty else {
        throw Problem("simulate.no_words", at: Place(file: path), ["kind": kind])
      }
      return (
        arena.keep(
          entries.map {
            Elsewhere(
              code: arena.word($0["code"]), postcode: arena.word($0["postcode"]),
              name: arena.word($0["name"]))
          }), Chooser(try entries.map { try $0.number("weight", in: table) }, in: arena)
      )
    }
    return (try places("overseas"), try places("abroad"))
  }

  /// Writes the activity and the name of its nomenclature: what closed long ago keeps an old code.
  func writeActivity(
    _ activity: Int, closed: Int?, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    if let closed {
      for position in olds.indices where closed < olds[position].until {
        guard draws.happens(olds[position].rate) else { continue }
        let old = olds[position].list[olds[position].chooser.pick(&draws)]
        csv.word(old.code)
        csv.comma()
        csv.word(old.nomenclature)
        return
      }
    }
    csv.word(profile.activities[activity].code)
    csv.text(",NAFRev2")
  }

  func writeNewerActivity(
    _ activity: Int, closed: Int?, _ draws: inout Draws, to csv: inout CSVWriter
  ) {
    let written = closed == nil ? !draws.happens(newerMissing) : draws.happens(newerClosed)
    if written { csv.word(profile.activities[activity].newer) }
  }

  /// A date of creation with the gaps of the register.
  func writeCreation(_ day: Int, _ draws: inout Draws, to csv: inout CSVWriter) {
    if draws.happens(createdUnknown) { return }
    csv.bytes(days.iso(draws.happens(created1900) ? 0 : day))
  }

  /// `2025-12-06T00:08:31`, within the two years before the register, and not before the day of creation.
  func writeTreatment(since created: Int, _ draws: inout Draws, to csv: inout CSVWriter) {
    let bits = draws.next()
    csv.bytes(days.iso(max(created, today - 1 - Int(bits & 511) - Int(bits >> 9 & 255))))
    csv.byte(UInt8(ascii: "T"))
    let second = Int(((bits >> 32) &* 86_400) >> 32)
    csv.digits(second / 3600, 2)
    csv.byte(UInt8(ascii: ":"))
    csv.digits(second / 60 % 60, 2)
    csv.byte(UInt8(ascii: ":"))
    csv.digits(second % 60, 2)
  }

  /// O or N, mostly what the band says.
  func writeEmployerFlag(band: Int, _ draws: inout Draws, to csv: inout CSVWriter) {
    let employs = band > SizeBands.none
    let against = draws.happens(employs ? flagDisagrees : flagExcess)
    csv.byte(employs != against ? UInt8(ascii: "O") : UInt8(ascii: "N"))
  }
}
