import Diagnostics
import DuckStore
import Matching
import Nomenclature
import Registers
import Tabular
import Territory

/// SIRENE into the stage: every unit leaves its legal form in a table of 200 MB, every candidate unit and
/// every establishment that employs or belongs to a candidate becomes a row. So do those that have ceased since
/// but had jobs in some year: a past year is not told by who has survived.
struct StageFrance {
  let stage: Stage
  /// The lists that name a SIREN, as `|cgscop|esus|`.
  let lists: [UInt64: String]
  let headcounts: HeadcountIndex
  /// Names that a record without a number bears.
  let names: NameSieve
  /// Units that are no candidates but for their name.
  private(set) var provisional: [UInt64] = []
  private let units = SirenTable()
  /// Establishments whose unit is not in the file of units.
  private(set) var orphans = 0

  /// What a cell of the table holds: the form's number plus one, and whether the unit is a candidate.
  private static func cell(_ form: UInt16, isCandidate: Bool) -> UInt16 { (form + 1) << 1 | (isCandidate ? 1 : 0) }

  init(_ stage: Stage, lists: [UInt64: String], names: NameSieve, headcounts: HeadcountIndex) {
    self.stage = stage
    self.lists = lists
    self.names = names
    self.headcounts = headcounts
  }

  mutating func read(_ file: SireneUnits, progress: (Int) throws -> Void) throws -> Reconciliation {
    let appender = try stage.store.appender("unit", Stage.unitColumns)
    let others = try stage.store.appender(StockStates.living, [.integer64])
    var forms = CodeMemo<(index: UInt16, isCandidate: Bool)>()
    let (stage, units, lists, names) = (stage, units, lists, names)
    var provisional: [UInt64] = []
    let account = try file.read(progress: progress) { unit in
      let form = forms.value(of: unit.form) { code in
        (stage.form(code, .fr), stage.books.mayLetIn(code, .fr))
      }
      let list = lists.isEmpty ? nil : lists[UInt64(unit.siren)]
      var isCandidate = form.isCandidate || list != nil
      if !isCandidate, !names.isEmpty, unit.isActive, names.holds(unit.corporateName) {
        isCandidate = true
        provisional.append(UInt64(unit.siren))
      }
      units[unit.siren] = Self.cell(form.index, isCandidate: isCandidate)
      guard isCandidate else {
        if unit.isActive {
          others.add(Int64(unit.siren))
          try others.endRow()
        }
        return
      }
      appender.add(Stage.index(.fr))
      appender.add(Int64(unit.siren))
      appender.add(unit.form.bytes)
      Self.add(unit.activity, unit.scheme, to: appender)
      appender.add(unit.size.bytes)
      appender.add(unit.isActive)
      appender.add(unit.created ?? 0)
      appender.add(unit.isRestricted)
      appender.add(unit.name)
      appender.add(unit.isRestricted ? "" : unit.associationNumber.text)
      appender.add(unit.declaredESS.bytes)
      appender.add(list ?? "")
      try appender.endRow()
    }
    try appender.finish()
    try others.finish()
    self.provisional = provisional
    return account
  }

  mutating func read(
    _ file: SireneEstablishments, progress: (Int) throws -> Void
  ) throws -> Reconciliation {
    let appender = try stage.store.appender("establishment", Stage.establishmentColumns)
    let doors = try stage.store.appender("door", [.integer8, .integer64, .text])
    let wantsStreets = !names.isEmpty
    let communes = PlaceIndex(stage.books.territories.french)
    let dimensions = stage.dimensions
    let (units, headcounts) = (units, headcounts)
    var orphans = 0
    let account = try file.read(
      wantedClosed: { headcounts.holds($0) }, progress: progress
    ) { establishment in
      let cell = units[establishment.siren]
      let isCandidate = cell & 1 == 1
      let isEmployer = establishment.isEmployer
      guard isEmployer || isCandidate || headcounts.holds(establishment.siret) else { return }
      if cell == 0 { orphans += 1 }
      let commune = communes[establishment.commune]
      let activity = establishment.activity
      appender.add(Stage.index(.fr))
      appender.add(Int64(establishment.siret))
      appender.add(Int64(establishment.siren))
      appender.add(cell == 0 ? 0 : cell >> 1 - 1)
      appender.add(commune)
      let division = dimensions.division(activity, isCurrent: establishment.isRevision2)
      appender.add(division)
      Self.add(activity, establishment.scheme, to: appender)
      appender.add(dimensions.bandIndex[establishment.size.packed ?? 0] ?? 0)
      appender.add(establishment.isActive)
      appender.add(isEmployer)
      appender.add(establishment.isHead)
      appender.add(establishment.created ?? 0)
      appender.add(establishment.isRestricted)
      appender.add(isCandidate ? establishment.name : "")
      appender.add(Dimensions.index(division == dimensions.unclassified ? .none : .exact))
      try appender.endRow()
      if wantsStreets, isCandidate, establishment.isActive {
        doors.add(Stage.index(.fr))
        doors.add(Int64(establishment.siret))
        doors.add(establishment.street)
        try doors.endRow()
      }
    }
    try doors.finish()
    self.orphans = orphans
    try appender.finish()
    return account
  }

  /// Scheme, then code without its dot.
  private static func add(_ activity: Field, _ scheme: Field, to appender: Appender) {
    if scheme.equals("NAFRev2") {
      appender.add("naf-rev2")
    } else {
      appender.add(ActivityScheme(sirene: scheme.text)?.rawValue ?? "")
    }
    appender.add(Activity.plain(activity))
  }
}

extension Activity {
  /// `94.99Z` as `9499Z`.
  fileprivate static func plain(_ field: Field) -> String {
    String(decoding: field.bytes.lazy.filter { $0 != UInt8(ascii: ".") }, as: UTF8.self)
  }
}
