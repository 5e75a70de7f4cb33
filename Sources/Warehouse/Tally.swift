internal import Diagnostics
package import Nomenclature
package import Perimeter
package import Registers
package import Tabular
package import Territory

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
  }

  private var sums: [UInt64: Int] = [:]
  package private(set) var accounts: [Reconciliation] = []

  private let book: NomenclatureBook
  private let communes: FrenchCommunes
  private let dimensions: Dimensions
  private let perimeter: Perimeter
  private let families: [String]

  package init(
    units: Container, establishments: Container, perimeter: Perimeter, book: NomenclatureBook,
    communes: FrenchCommunes,
    progress: (Int) throws -> Void = { _ in }
  ) throws {
    self.book = book
    self.communes = communes
    dimensions = Dimensions(book)
    self.perimeter = perimeter
    // 0: not in the file of units; then the rest of the economy; then the families.
    families = ["F0", "F0", "FP"] + book.families.items.filter { $0.level == 1 }.map(\.code)
    let judged = SirenTable()
    accounts.append(try judge(SireneUnits(units), into: judged, progress))
    accounts.append(try count(SireneEstablishments(establishments), judged, progress))
  }

  /// The family of every unit, judged once for each legal form and activity.
  private func judge(
    _ file: SireneUnits, into table: SirenTable, _ progress: (Int) throws -> Void
  ) throws -> Reconciliation {
    var forms = CodeMemo<(value: UInt16, needsActivity: Bool)>()
    var verdicts: [UInt64: UInt16] = [:]
    return try file.read(progress: progress) { unit in
      let form = forms.value(of: unit.form) { code in
        let isPublic = book.publicForms.contains(code, of: .fr)
        return (isPublic ? 2 : 1, perimeter.mayLetIn(form: code, country: .fr))
      }
      guard form.needsActivity, unit.isActive else {
        table[unit.siren] = form.value
        return
      }
      let activity = unit.activity
      let key = Self.pack(unit.form, activity, isCurrent: unit.scheme.equals("NAFRev2"))
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

  /// Form, activity and scheme in one number: four digits, up to six characters, one bit.
  private static func pack(_ form: Field, _ activity: Field, isCurrent: Bool) -> UInt64 {
    var value: UInt64 = 0
    for position in 0..<min(form.count, 4) { value = value &* 10 &+ UInt64(form[position] & 15) }
    for position in 0..<min(activity.count, 6) { value = value << 8 | UInt64(activity[position]) }
    return value << 1 | (isCurrent ? 1 : 0)
  }

  private mutating func count(
    _ file: SireneEstablishments, _ judged: SirenTable, _ progress: (Int) throws -> Void
  ) throws -> Reconciliation {
    let places = PlaceIndex(communes.positions)
    var sums: [UInt64: Int] = [:]
    sums.reserveCapacity(1 << 16)
    let account = try file.read(progress: progress) { establishment in
      guard establishment.isEmployer else { return }
      let band = dimensions.bandIndex[establishment.size.packed ?? 0] ?? 0
      let isCurrent = establishment.scheme.equals("NAFRev2")
      let place = UInt64(UInt32(bitPattern: places[establishment.commune]))
      let key =
        place << 32 | UInt64(dimensions.division(establishment.activity, isCurrent: isCurrent)) << 24
        | UInt64(judged[establishment.siren]) << 8 | UInt64(band)
      sums[key, default: 0] += 1
    }
    self.sums = sums
    return account
  }

  /// The cells in the order of commune, division, family and size, each with its codes.
  ///
  /// Bands of one common class are added up here: the loop above only counts.
  package func forEachCell(_ body: (_ codes: [String], Cell) -> Void) {
    let classes = book.sizes.common.map(\.code)
    let classOfBand = dimensions.bands.map { band in
      UInt64(classes.firstIndex(of: band?.common ?? Sizes.unknown) ?? 0)
    }
    var cells: [UInt64: Cell] = [:]
    cells.reserveCapacity(sums.count)
    for (packed, count) in sums {
      let position = Int(packed & 0xff)
      let low = dimensions.bands[position]?.low ?? 0
      let high = dimensions.bands[position]?.high
      // "Not in the file of units" counts with the rest of the economy.
      let family = max(1, packed >> 8 & 0xffff)
      let key = packed & 0xffff_ffff_ff00_0000 | family << 8 | classOfBand[position]
      cells[key, default: Cell()].establishments += count
      cells[key, default: Cell()].low += count * low
      cells[key, default: Cell()].high += count * (high ?? low)
      cells[key, default: Cell()].open += high == nil ? count : 0
    }
    for (key, cell) in cells.sorted(by: { $0.key < $1.key }) {
      let place = Int32(bitPattern: UInt32(key >> 32))
      body(
        [
          place < 0 ? "FR-COM-ZZZZZ" : "FR-COM-" + communes.codes[Int(place)],
          dimensions.divisions[Int(key >> 24 & 0xff)], families[Int(key >> 8 & 0xffff)], classes[Int(key & 0xff)],
        ], cell)
    }
  }
}
