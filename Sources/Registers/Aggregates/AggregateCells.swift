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

  let places: AggregatePlaces
  private let layout: AggregateLayout
  private let layouts: AggregateLayouts
  private let book: NomenclatureBook
  private var knownPlaces: [String: AggregatePlaces.Place?] = [:]
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

  func read(_ row: Row, _ columns: AggregateColumns) -> Result<[Aggregate], Refusal> {
    func refused(_ reason: RowReason) -> Result<[Aggregate], Refusal> { .failure(Refusal(reason: reason)) }
    func text(_ position: Int?) -> String { position.map { row[$0].trimmed.text } ?? "" }

    guard let territory = territory(row, columns) else { return refused(.place) }
    var year = 0
    if columns.year != nil {
      guard let found = Int(text(columns.year)), 1900...2200 ~= found else { return refused(.year) }
      year = found
    }
    var quarter = 0
    if columns.quarter != nil {
      guard let found = code("quarter", text(columns.quarter)).flatMap(Int.init) else { return refused(.year) }
      quarter = found
    }
    guard let (field, family) = field(text(columns.field), text(columns.family), columns) else { return refused(.code) }
    var activity = (classification: "", code: "")
    if columns.activity != nil {
      guard let found = self.activity(text(columns.activity), columns.classifications) else { return refused(.code) }
      activity = found
    }
    var named: String?
    if columns.measure != nil {
      guard let found = code("measure", text(columns.measure)) else { return refused(.code) }
      named = found
    }
    var found: [Aggregate] = []
    for figures in columns.figures {
      guard let measure = figures.measure ?? named else { return refused(.code) }
      guard let value = value(row[figures.position].trimmed, isWhole: figures.isWhole) else { return refused(.number) }
      if let own = figures.activity {
        guard own.isEmpty || book.sectors.groupLabels["a5"]?[own] != nil else { return refused(.code) }
        activity = own.isEmpty ? ("", "") : ("a5", own)
      }
      found.append(
        Aggregate(
          cell: .init(
            territory: territory, year: figures.year ?? year, quarter: quarter, field: field, family: family,
            classification: activity.classification, activity: activity.code, measure: measure),
          thousandths: value.thousandths, isSecret: value.isSecret))
    }
    return .success(found)
  }

  private func code(_ role: String, _ text: String) -> String? {
    if let known = knownCodes[role]?[text] { return known }
    let found = layouts.code(role, text)
    // What is no code may be different on every row.
    if found != nil { knownCodes[role, default: [:]][text] = found }
    return found
  }

  private func territory(_ row: Row, _ columns: AggregateColumns) -> String? {
    if let fixed = layout.fixedTerritory { return fixed }
    guard let position = columns.territory else { return nil }
    var reading = columns.territoryReading
    if let level = columns.level {
      guard let found = code("level", row[level].trimmed.text) else { return nil }
      reading = found
    }
    let text = row[position].trimmed.text
    let key = "\(reading) \(text)"
    let place: AggregatePlaces.Place?
    if let known = knownPlaces[key] {
      place = known
    } else {
      place = places.find(text, reading)
      knownPlaces[key] = .some(place)
      if let place, place.isFormer { former.insert(place.code) }
    }
    return place?.code
  }

  /// The field and the family: a table by family alone speaks of the ESS, one without either of all employers.
  private func field(_ field: String, _ family: String, _ columns: AggregateColumns) -> (String, String)? {
    var found = layout.fixedField
    if columns.field != nil {
      guard let code = code("field", field) else { return nil }
      found = code
    }
    guard columns.family != nil else { return (found ?? "all", "") }
    // Outside of the ESS a publisher may leave the family empty.
    if family.isEmpty, found == "rest" || found == "all" { return (found ?? "rest", "") }
    guard let code = code("family", family) else { return nil }
    switch code {
    case "-rest": return found == "ess" ? nil : ("rest", "")
    case "-total": return (found ?? "ess", "")
    default: return found == "rest" ? nil : ("ess", code)
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
    case "naf-rev2", "nacebel-2008":
      guard let scheme = ActivityScheme(rawValue: classification), book.label(of: Activity(scheme, code)) != nil else {
        return nil
      }
      return (classification, code)
    default:
      return book.sectors.groupLabels[classification]?[code] == nil ? nil : (classification, code)
    }
  }

  /// Thousandths; nil where the field is no number. What is hidden or blank is not zero.
  private func value(_ field: Field, isWhole: Bool) -> (thousandths: Int64?, isSecret: Bool)? {
    if let number = isWhole
      ? NumberReading.count(field).map({ ($0, 1000 as Int64) })
      : NumberReading.decimal(field, places: 3).map({ ($0, 1) })
    {
      let (value, overflow) = number.0.multipliedReportingOverflow(by: number.1)
      // A sum over a country stays far below; a negative number of jobs is a slip.
      guard !overflow, 0...Self.most ~= value else { return nil }
      return (value, false)
    }
    guard let status = code("hidden", field.text) else { return nil }
    return (nil, status == "secret")
  }

  private static let most: Int64 = 10_000_000_000_000_000
}
