internal import Diagnostics
internal import Nomenclature
internal import Tabular
internal import Wording

/// From the cells of a row to figures: codes recognised, numbers read, what is hidden told apart from zero.
///
/// The same texts come back on every row: each is understood once.
final class AggregateCells {
  /// Why a row gives no figure.
  struct Refusal: Error { let reason: RowReason }

  /// What a row gives. One that holds what is no number is rejected, and its cells are known: that figure has no value,
  /// as if it were hidden, and no sum over it looks whole.
  struct Reading {
    var figures: [Aggregate] = []
    var fault: RowReason?
  }

  let places: AggregatePlaces
  private let layout: AggregateLayout
  private let layouts: AggregateLayouts
  private let book: NomenclatureBook
  private var knownPlaces: [String: AggregatePlaces.Finding] = [:]
  private var knownActivities: [String: (classification: String, code: String)?] = [:]
  private var knownCodes: [String: [String: String]] = [:]
  private var former: Set<String> = []

  init(_ layout: AggregateLayout, _ layouts: AggregateLayouts, _ book: NomenclatureBook, _ places: AggregatePlaces) {
    self.layout = layout
    self.layouts = layouts
    self.book = book
    self.places = places
  }

  func isFormer(_ territory: String) -> Bool { former.contains(territory) }

  func read(_ row: Row, _ columns: AggregateColumns) -> Result<Reading, Refusal> {
    func refused(_ reason: RowReason) -> Result<Reading, Refusal> { .failure(Refusal(reason: reason)) }
    func text(_ position: Int?) -> String { position.map { row[$0].trimmed.text } ?? "" }

    if columns.only.contains(where: { !$0.values.contains(text($0.position).folded) }) { return refused(.detail) }
    let territory: String
    switch place(row, columns) {
    case .found(let place): territory = place.code
    case .other: return refused(.level)
    case .unknown: return refused(.place)
    }
    var year = 0
    if columns.year != nil {
      guard let found = Int(text(columns.year)), Years.told ~= found else { return refused(.year) }
      year = found
    }
    var quarter = 0
    if columns.quarter != nil {
      guard let found = code("quarter", text(columns.quarter)).flatMap(Int.init) else { return refused(.quarter) }
      quarter = found
    }
    let field: String
    let family: String
    switch self.field(text(columns.field), text(columns.family), columns) {
    case .success(let found):
      field = found.0
      family = found.1
    case .failure(let refusal): return .failure(refusal)
    }
    var activity = (classification: "", code: "")
    if columns.activity != nil {
      let written = text(columns.activity)
      guard let found = self.activity(written, columns.classifications) else {
        return refused(layouts.code("activity", written) == AggregateLayouts.other ? .level : .activity)
      }
      activity = found
    }
    var named: String?
    if columns.measure != nil {
      guard let found = code("measure", text(columns.measure)) else { return refused(.measure) }
      named = found
    }
    var reading = Reading()
    for figures in columns.figures {
      guard let measure = figures.measure ?? named else { return refused(.measure) }
      let number = value(row[figures.position].trimmed, figures)
      if number == nil { reading.fault = .number }
      var told = number ?? (thousandths: nil, isSecret: false)
      if told.thousandths == nil, columns.status != nil, code("status", text(columns.status)) == "secret" {
        told.isSecret = true
      }
      if let own = figures.activity { activity = own.isEmpty ? ("", "") : ("a5", own) }
      reading.figures.append(
        Aggregate(
          cell: .init(
            territory: territory, year: figures.year ?? year, quarter: quarter, field: field, family: family,
            classification: activity.classification, activity: activity.code, measure: measure),
          thousandths: told.thousandths, isSecret: told.isSecret))
    }
    return .success(reading)
  }

  private func code(_ role: String, _ text: String) -> String? {
    if let known = knownCodes[role]?[text] { return known }
    let found = layouts.code(role, text)
    // What is no code may be different on every row.
    if found != nil { knownCodes[role, default: [:]][text] = found }
    return found
  }

  private func place(_ row: Row, _ columns: AggregateColumns) -> AggregatePlaces.Finding {
    if let fixed = layout.fixedTerritory { return .found(.init(code: fixed, isFormer: false)) }
    guard let position = columns.territory else { return .unknown }
    var reading = columns.territoryReading
    if let level = columns.level {
      guard let found = code("level", row[level].trimmed.text) else { return .unknown }
      if found == AggregateLayouts.other { return .other }
      reading = found
    }
    let text = row[position].trimmed.text
    let name = columns.name.map { row[$0].trimmed.text } ?? ""
    let key = "\(reading) \(text) \(name)"
    if let known = knownPlaces[key] { return known }
    let finding = places.find(text, reading, name: name)
    knownPlaces[key] = finding
    if case .found(let place) = finding, place.isFormer { former.insert(place.code) }
    return finding
  }

  /// The field and the family: a table by family alone speaks of the ESS, one without either of all employers.
  private func field(
    _ field: String, _ family: String, _ columns: AggregateColumns
  ) -> Result<(String, String), Refusal> {
    func refused(_ reason: RowReason) -> Result<(String, String), Refusal> { .failure(Refusal(reason: reason)) }
    var found = layout.fixedField
    if columns.field != nil {
      guard let code = code("field", field) else { return refused(.code) }
      found = code
    }
    guard columns.family != nil else { return .success((found ?? "all", "")) }
    // Outside of the ESS a publisher may leave the family empty.
    if family.isEmpty, found == "rest" || found == "all" { return .success((found ?? "rest", "")) }
    guard let code = code("family", family) else { return refused(.family) }
    switch code {
    case "-rest": return found == "ess" ? refused(.family) : .success(("rest", ""))
    case "-total": return .success((found ?? "ess", ""))
    default: return found == "rest" ? refused(.family) : .success(("ess", code))
    }
  }

  private func activity(_ text: String, _ classifications: [String]) -> (classification: String, code: String)? {
    if let known = knownActivities[text] { return known }
    var found: (String, String)?
    if layouts.code("activity", text) == "-total" {
      found = ("", "")
    } else {
      let code = Self.code(text)
      found = classifications.lazy.compactMap { self.known(code, $0) }.first
    }
    knownActivities[text] = .some(found)
    return found
  }

  /// Of several classifications the one that knows all of a table's codes: `AZ` is in A17 and in A38. Nil where it takes
  /// more than one, and some code could be of either.
  func classifications(of texts: Set<String>, among candidates: [String]) -> [String]? {
    let codes = texts.filter { layouts.code("activity", $0) != "-total" }.map(Self.code)
    let knowing = codes.map { code in candidates.filter { known(code, $0) != nil } }.filter { !$0.isEmpty }
    if let whole = candidates.first(where: { one in knowing.allSatisfy { $0.contains(one) } }) { return [whole] }
    return knowing.contains { $0.count > 1 } ? nil : candidates
  }

  /// `88 Action sociale sans hébergement`: the code stands before the first blank.
  private static func code(_ text: String) -> String { String(text.prefix { $0 != " " }.filter { $0 != "." }) }

  private func known(_ code: String, _ classification: String) -> (String, String)? {
    switch classification {
    case "a88":
      let padded = code.utf8.count == 1 ? "0\(code)" : code
      return book.sectors[padded] == nil ? nil : ("a88", padded)
    case "nacebel-2008":
      // Its levels are parts of each other: each is a classification of its own. Divisions and sections are anybody's.
      guard code.utf8.count > 2 else { return known(code, "a88") ?? known(code, "a21") }
      guard book.label(of: Activity(.nacebel2008, code)) != nil else { return nil }
      return ("\(classification)/\(code.utf8.count)", code)
    case "naf-rev2":
      guard let scheme = ActivityScheme(rawValue: classification), book.label(of: Activity(scheme, code)) != nil else {
        return nil
      }
      return (classification, code)
    default:
      return book.sectors.groupLabels[classification]?[code] == nil ? nil : (classification, code)
    }
  }

  /// Thousandths; nil where the field is no number. What is hidden or blank is not zero.
  private func value(_ field: Field, _ figures: AggregateColumns.Figures) -> (thousandths: Int64?, isSecret: Bool)? {
    if let number = figures.isWhole
      ? NumberReading.count(field).map({ ($0, 1000 as Int64) })
      : Self.decimal(field, figures.grouping).map({ ($0, 1) })
    {
      let (value, overflow) = number.0.multipliedReportingOverflow(by: number.1)
      // A sum over a country stays far below; a negative number of jobs is a slip.
      guard !overflow, 0...Self.most ~= value else { return nil }
      return (value, false)
    }
    guard let status = code("hidden", field.text) else { return nil }
    return (nil, status == "secret")
  }

  private static func decimal(_ field: Field, _ grouping: Set<UInt8>) -> Int64? {
    // `234.567` in a column that also writes `1.234.567`: where only decimals of two places would do, it is no number.
    let mayGroup = !grouping.isEmpty && field.bytes.contains(where: grouping.contains)
    return !mayGroup || NumberReading.decimal(field, places: 2) != nil ? NumberReading.decimal(field, places: 3) : nil
  }

  private static let most: Int64 = 10_000_000_000_000_000
}
