import Diagnostics
package import Filesystem
package import Nomenclature
package import Perimeter
package import Registers
package import Tabular
import Territory

/// What two SIRENE files say at once, without an observatory: active employer establishments by commune,
/// division, family and size, with the bounds of their headcount, the rest of the economy included.
///
/// One pass over each zip and nothing stored; the same readers and the same judgement as a build.
package struct Tally {
  package struct Cell: Sendable, Equatable {
    package var establishments = 0
    package var low = 0
    package var high = 0
    /// Establishments whose band has no upper bound, or no band.
    package var open = 0

    fileprivate mutating func add(_ other: Cell) {
      establishments += other.establishments
      low += other.low
      high += other.high
      open += other.open
    }
  }

  /// What a cell is of, in the codes of the classifications.
  package struct Key: Sendable {
    package let commune: String
    package let division: String
    package let family: String
    package let size: String
  }

  package let accounts: [Reconciliation]
  package let isSimulated: Bool
  /// Employers whose unit is not in the file of units: they count with the rest of the economy.
  package let withoutUnit: Int

  /// One key for each employer, in order: commune, division, family, common class and band of size.
  private let employers: [UInt64]

  private let communes: FrenchCommunes
  private let classes: [String]
  private let dimensions: Dimensions
  private let families: [String]

  /// The two files are read at the same time; what is known of an employer waits for the family of its unit.
  package init(
    units: Container, establishments: Container, perimeter: Perimeter, book: NomenclatureBook,
    installation: Installation, progress: (Int) throws -> Void = { _ in }
  ) throws {
    // 0: not in the file of units; then the rest of the economy; then the families.
    let families = ["F0", "F0", "FP"] + book.families.items.filter { $0.level == 1 }.map(\.code)
    let dimensions = Dimensions(book)
    let (judged, employers) = try concurrently({
      let table = SirenTable()
      let file = try SireneUnits(units, room: ReadAhead.Room(isAhead: false))
      let account = try Self.judge(file, into: table, perimeter, book, families)
      return (
        table: table, account: account, isSimulated: file.isSimulated, communes: try FrenchCommunes(installation)
      )
    }) {
      try Employers(SireneEstablishments(establishments), dimensions, progress)
    }
    self.families = families
    self.dimensions = dimensions
    classes = book.sizes.common.map(\.code)
    communes = judged.communes
    accounts = [judged.account, employers.account]
    isSimulated = judged.isSimulated || employers.isSimulated
    withoutUnit = employers.list.count { judged.table[$0.siren] == 0 }
    let places = PlaceIndex(communes.positions)
    let classOfBand = dimensions.bands.map { [classes] band in
      UInt64(classes.firstIndex(of: band?.common ?? Sizes.unknown) ?? 0)
    }
    self.employers = employers.list.map { employer in
      let place = UInt64(UInt32(bitPattern: places[employer.commune]))
      // "Not in the file of units" counts with the rest of the economy.
      let family = UInt64(max(1, judged.table[employer.siren]))
      return place << 32 | UInt64(employer.division) << 24 | family << 16
        | classOfBand[Int(employer.band)] << 8 | UInt64(employer.band)
    }.sorted()
  }

  /// The family of every unit, judged once for each legal form and activity.
  private static func judge(
    _ file: SireneUnits, into table: SirenTable, _ perimeter: Perimeter, _ book: NomenclatureBook,
    _ families: [String]
  ) throws -> Reconciliation {
    var forms = CodeMemo<(value: UInt16, needsActivity: Bool)>()
    var verdicts: [UInt64: UInt16] = [:]
    return try file.read { unit in
      let form = forms.value(of: unit.form) { code in
        let isPublic = book.publicForms.contains(code, of: .fr)
        return (isPublic ? 2 : 1, perimeter.mayLetIn(form: code, country: .fr))
      }
      guard form.needsActivity else {
        table[unit.siren] = form.value
        return
      }
      let activity = unit.activity
      let key = Self.pack(unit.form, activity, unit.scheme)
      if let known = verdicts[key] {
        table[unit.siren] = known
        return
      }
      let scheme = ActivityScheme(sirene: unit.scheme.text)
      let decision = perimeter.decide(
        UnitFacts(country: .fr, form: unit.form.text, activity: scheme.map { Activity($0, activity.text) }))
      let verdict = decision.family.flatMap { families.firstIndex(of: $0) }.map(UInt16.init) ?? form.value
      verdicts[key] = verdict
      table[unit.siren] = verdict
    }
  }

  /// Form, activity and scheme in one number: four digits, six characters (fewer leave zeros), and what tells
  /// NAP, NAF1993, NAFRev1, NAFRev2 and NAF2025 apart, the low half of their last character.
  private static func pack(_ form: Field, _ activity: Field, _ scheme: Field) -> UInt64 {
    var value: UInt64 = 0
    for position in 0..<min(form.count, 4) { value = value &* 10 &+ UInt64(form[position] & 15) }
    for position in 0..<6 { value = value << 7 | (position < activity.count ? UInt64(activity[position] & 0x7f) : 0) }
    return value << 4 | (scheme.isEmpty ? 15 : UInt64(scheme[scheme.count - 1] & 15))
  }

  /// The cells in the order of commune, division, family and size.
  package func forEachCell(_ body: (Key, Cell) -> Void) {
    let bounds = dimensions.bands.map { band in
      Cell(
        establishments: 1, low: band?.low ?? 0, high: band?.high ?? band?.low ?? 0, open: band?.high == nil ? 1 : 0)
    }
    var start = employers.startIndex
    while start < employers.endIndex {
      let key = employers[start] >> 8
      var cell = Cell()
      while start < employers.endIndex, employers[start] >> 8 == key {
        cell.add(bounds[Int(employers[start] & 0xff)])
        start += 1
      }
      let place = Int32(bitPattern: UInt32(key >> 24))
      body(
        Key(
          commune: place < 0 ? "FR-COM-ZZZZZ" : "FR-COM-" + communes.codes[Int(place)],
          division: dimensions.divisions[Int(key >> 16 & 0xff)], family: families[Int(key >> 8 & 0xff)],
          size: classes[Int(key & 0xff)]),
        cell)
    }
  }
}

/// What the file of establishments says of those that employ, sixteen bytes each.
private struct Employers {
  struct Employer {
    let siren: UInt32
    let division: UInt8
    let band: UInt8
    let commune: UInt64
  }

  private(set) var list: [Employer] = []
  private(set) var account = Reconciliation()
  private(set) var isSimulated = false

  init(
    _ file: SireneEstablishments, _ dimensions: Dimensions, _ progress: (Int) throws -> Void
  ) throws {
    var list: [Employer] = []
    account = try file.read(progress: progress) { establishment in
      guard establishment.isEmployer else { return }
      let isCurrent = establishment.sharesDivisions
      list.append(
        Employer(
          siren: establishment.siren,
          division: dimensions.division(establishment.activity, isCurrent: isCurrent),
          band: dimensions.bandIndex[establishment.size.packed ?? 0] ?? 0,
          commune: establishment.commune.packed ?? 0))
    }
    self.list = list
    isSimulated = file.isSimulated
  }
}
