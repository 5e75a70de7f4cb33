internal import Nomenclature
internal import Perimeter
internal import Secrecy
internal import Territory
internal import Warehouse
internal import Wording

/// What a reader must know to use the figures of a table rightly: bounds, gaps, what is hidden and why, perimeter,
/// sources.
struct TableNotes {
  private let plan: TablePlan
  private let list: PlaceList
  private let ground: Ground
  private let cells: [Cell]
  private let columns: [TableDeclaration.Column]
  private let origin: StatisticalTable.Origin
  private let words: [Language: Words]
  private let reasons: BorderReasons

  init(
    _ plan: TablePlan, _ list: PlaceList, _ ground: Ground, _ axes: [StatisticalTable.Axis], _ cells: [Cell],
    _ origin: StatisticalTable.Origin, _ words: Words
  ) {
    self.plan = plan
    self.list = list
    self.ground = ground
    self.cells = cells
    self.origin = origin
    columns = plan.request.table.columns
    reasons = BorderReasons(plan.book, words)
    self.words = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, words.speaking($0)) })
  }

  func all() throws -> [StatisticalTable.Note] {
    var notes: [StatisticalTable.Note] = []
    func add(_ kind: StatisticalTable.Note.Kind, _ key: String, _ facts: (Words) -> [String: String] = { _ in [:] }) {
      notes.append(.init(kind, label(key, facts)))
    }
    let request = plan.request
    let bases = Set(cells.map(\.basis))
    let statuses = Set(cells.map(\.status))
    if bases.contains(where: \.isEstimated) { add(.figures, "note.estimated") }
    if bases.contains(where: \.isPartial) { add(.figures, "note.partial") }
    if bases.contains(.banded) { add(.figures, "note.banded") }
    addGeography(&notes, bases)
    if let jobs = lastJobs, saysBounds(jobs) {
      add(.figures, jobs.unbounded > 0 ? "note.partial_jobs" : "note.bounds") { words in
        [
          "range": Self.range(jobs, words), "count": words.number(jobs.unbounded),
          "year": plan.years.last.map(String.init) ?? "",
        ]
      }
    }
    if statuses.contains(.suppressed) { add(.secrecy, "note.suppressed") }
    if statuses.contains(.notAvailable), isCovered {
      add(.figures, "note.not_available") { _ in
        ["sources": request.table.sources.joined(separator: ", ")]
      }
    }
    if statuses.contains(.notComparable) { addComparability(&notes) }
    if let mapping = lastJobs?.mapping, mapping.exact < 1 || isShared {
      add(.comparability, "note.mapping") { words in
        [
          "exact": Self.percent(mapping.exact, words), "approximate": Self.percent(mapping.approximate, words),
          "none": Self.percent(mapping.none, words),
        ]
      }
    }
    addCoverage(&notes)
    addReserves(&notes)
    notes += request.table.notes.map { .init(.scope, $0) }
    add(.perimeter, "note.perimeter") { words in
      ["title": request.perimeter.title[words.language], "id": request.perimeter.id]
    }
    if !request.perimeter.changes.isEmpty {
      let options = request.perimeter.changes.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
      add(.perimeter, "note.options") { _ in ["options": options.joined(separator: ", ")] }
    }
    if request.perimeter.isProvisional { add(.perimeter, "note.provisional") }
    addSource(&notes)
    addSecrecy(&notes)
    if ground.release.manifest.simulated { add(.warning, "simulated") }
    return notes
  }

  private func label(_ key: String, _ facts: (Words) -> [String: String]) -> Label {
    func text(_ language: Language) -> String { words[language].map { $0(key, facts($0)) } ?? key }
    return Label(fr: text(.fr), nl: text(.nl), en: text(.en))
  }

  private var isShared: Bool { list.rows.contains { list.areas[$0].countries.count > 1 } }

  private var isCovered: Bool {
    list.rows.contains { row in plan.years.contains { ground.coverage(of: list.areas[row], in: $0) != nil } }
  }

  /// The jobs of the last row in the last year: the total of most tables.
  private var lastJobs: Cell? {
    // Of several territories, none speaks for the others.
    guard plan.request.areas.count == 1, let column = columns.firstIndex(where: { $0.column.id == "jobs" }),
      cells.count >= columns.count
    else {
      return nil
    }
    return cells[cells.count - columns.count + column]
  }

  // MARK: - Figures

  /// The bounds of a least do not hold for the part of it that is approximated; how many it lacks is told all the same.
  private func saysBounds(_ jobs: Cell) -> Bool {
    switch jobs.basis {
    case .estimated, .partial, .approximatedEstimated: true
    case .approximatedPartial: jobs.unbounded > 0
    default: false
    }
  }

  private static func range(_ cell: Cell, _ words: Words) -> String {
    let bounds = [cell.low, cell.high].map { $0.map { words.number($0, decimals: 0) } ?? "–" }
    return bounds[0] == bounds[1] ? bounds[0] : words("note.range", ["low": bounds[0], "high": bounds[1]])
  }

  /// A share in per cent; one that is there is never written as none.
  private static func percent(_ part: Double, _ words: Words) -> String {
    let text = words.number(part * 100, decimals: 1)
    guard part > 0, text == words.number(0, decimals: 1) else { return text }
    return words("number.less_than", ["number": words.number(0.1, decimals: 1)])
  }

  /// Of nothing that is counted, nothing is said but the day.
  private func addGeography(_ notes: inout [StatisticalTable.Note], _ bases: Set<Cell.Basis>) {
    guard let row = list.rows.first(where: { list.areas[$0].day != nil }), let day = list.areas[row].day else { return }
    let area = list.areas[row]
    let isCounted = cells.contains { $0.value ?? 0 > 0 }
    let key =
      area.territory.isOfToday
      ? "note.of_today"
      : bases.contains(where: \.isApproximated)
        ? "note.approximated" : isCounted ? "note.geography" : "note.geography_empty"
    let approximated = ground.approximated(area, in: plan.years.last ?? 0)
    notes.append(
      .init(
        .scope, label(key) { words in ["day": day.description, "percent": Self.percent(approximated, words)] }))
  }

  // MARK: - Scope

  private func addCoverage(_ notes: inout [StatisticalTable.Note]) {
    // The widest row speaks for the others.
    guard let row = list.rows.last else { return }
    let area = list.areas[row]
    for year in plan.years {
      guard let coverage = ground.coverage(of: area, in: year) else {
        notes.append(.init(.scope, label("note.no_source") { _ in ["year": String(year)] }))
        continue
      }
      guard year == plan.years.last || coverage.isPartial else { continue }
      if !coverage.missingRegions.isEmpty {
        let regions = coverage.missingRegions
        notes.append(
          .init(
            .scope,
            label("note.missing_regions") { words in
              let names = regions.prefix(5).map { $0.name(in: words.language) }.joined(separator: ", ")
              return ["count": words.number(regions.count), "regions": names + (regions.count > 5 ? "…" : "")]
            }))
      }
      if coverage.registerYears != [year] {
        notes.append(
          .init(
            .scope,
            label("note.workforce_only") { words in
              [
                "year": String(year), "count": words.number(coverage.employers),
                "stock": words.number(coverage.employersInRegisters),
                "stock_year": coverage.registerYears.sorted().map(String.init).joined(separator: ", "),
              ]
            }))
      }
    }
    addUnmatched(&notes, area)
  }

  private func addUnmatched(_ notes: inout [StatisticalTable.Note], _ area: Area) {
    guard let year = plan.years.last else { return }
    // Whoever is in no known commune may be of any territory: a zero may be wrong, whatever else is known of it.
    let unplaced = ground.unplaced(in: Set(area.countries.map(\.rawValue)), year: year)
    defer {
      if unplaced > 0 {
        let key = area.territory.wholeCountries.isEmpty ? "note.unplaced_around" : "note.unplaced"
        notes.append(.init(.scope, label(key) { ["count": $0.number(unplaced)] }))
      }
    }
    guard let coverage = ground.coverage(of: area, in: year) else { return }
    let withoutUnit = ground.release.manifest.use.withoutUnit
    if withoutUnit > 0, coverage.countries.contains(where: { $0.country == "FR" }) {
      notes.append(.init(.scope, label("note.without_unit") { ["count": $0.number(withoutUnit)] }))
    }
    for one in coverage.countries where one.workforceMatched < one.workforceRows {
      notes.append(
        .init(
          .scope,
          label("note.unmatched") { words in
            [
              "country": "@country.\(one.country)", "count": words.number(one.workforceRows - one.workforceMatched),
              "rows": words.number(one.workforceRows),
            ]
          }))
    }
  }

  private var countries: Set<Country> { Set(plan.request.areas.flatMap(\.countries)) }

  private func addReserves(_ notes: inout [StatisticalTable.Note]) {
    for axis in plan.shown where ["family", "subfamily", "everyone"].contains(axis.id) {
      for member in axis.members {
        guard let why = plan.request.perimeter.reserve(on: member.code, in: countries) else { continue }
        notes.append(
          .init(
            .comparability,
            label("note.reserve") {
              ["label": member.label[$0.language], "why": BorderReasons.clause(why[$0.language])]
            }))
      }
    }
  }

  /// Which measures, indicators and families are not added up over the border, why, and what is nearest.
  private func addComparability(_ notes: inout [StatisticalTable.Note]) {
    notes.append(.init(.comparability, label("note.not_comparable") { _ in [:] }))
    let names = columns.flatMap { $0.formula.references.map(\.name) }
    notes += reasons.sentences(of: names).map { .init(.comparability, $0) }
    let families = plan.request.perimeter.grades.filter { !(Grade(rawValue: $0.value)?.addsUp ?? true) }
    if !families.isEmpty, let nearest = plan.request.perimeter.nearest {
      notes.append(.init(.comparability, label("note.nearest_perimeter") { _ in ["perimeter": nearest] }))
    }
  }

  // MARK: - Source and secrecy

  private func addSource(_ notes: inout [StatisticalTable.Note]) {
    let text = Self.written(origin.sources)
    let release = origin.release
    notes.append(.init(.source, label("note.source") { _ in ["sources": text, "release": release] }))
  }

  /// `kbo 2025-01-01, workforce be-2020 … fr-2024`: the vintages of one source together.
  private static func written(_ sources: [StatisticalTable.Origin.Source]) -> String {
    var names: [String] = []
    for name in sources.map(\.name) where !names.contains(name) { names.append(name) }
    return names.map { name in
      let vintages = sources.filter { $0.name == name }.map(\.vintage).sorted()
      let shown =
        vintages.count > 2 ? "\(vintages[0]) … \(vintages[vintages.count - 1])" : vintages.joined(separator: ", ")
      return "\(name) \(shown)"
    }.joined(separator: ", ")
  }

  private func addSecrecy(_ notes: inout [StatisticalTable.Note]) {
    let gate = plan.request.gate
    if gate.isOpen {
      notes.append(.init(.secrecy, label("note.unprotected") { _ in [:] }))
      return
    }
    let profiles = gate.profiles.filter { profile in
      profile.country.map { code in countries.contains { $0.rawValue == code } } ?? true
    }
    notes.append(
      .init(
        .secrecy,
        label("note.secrecy") { words in
          let named = profiles.map { "\($0.title[words.language]) (\($0.id))" }
          return ["profiles": named.joined(separator: words.language.semicolon)]
        }))
    for profile in profiles where profile.signedOff.isEmpty {
      notes.append(.init(.secrecy, label("note.not_signed") { _ in ["profile": profile.id] }))
    }
  }
}
