import Perimeter
import Tabular
import Territory
import Warehouse
import Wording

extension Figure.Basis {
  /// A figure may be a least, or estimated, and a part in proportion at once: `12 p a`, `12 e a`.
  var marks: [String] {
    [("e", isEstimated), ("p", isPartial), ("a", isApproximated)].filter { $0.1 }.map { $0.0 }
  }
}

/// A standard table for a terminal, a spreadsheet or a machine.
struct TablePrinter: ResultPrinter {
  let table: StandardTable
  let words: Words

  private var territoryName: String { table.territory.name(in: words.language) }

  var title: String { "\(table.id)  \(words(table.title)) – \(territoryName), \(table.year)" }

  var text: String { body + "\n\n" + Self.list(notes) }

  static func list(_ notes: [String]) -> String { notes.map { "  " + $0 }.joined(separator: "\n") }

  /// The table without its notes.
  var body: String {
    // Shares of the two measures that people compare; the other shares are in the CSV and the JSON.
    let withShare: Set<String> = ["establishments", "jobs"]
    var header = [words("dimension.\(table.dimension)")]
    for measure in table.measures {
      header.append(words("short.\(measure)"))
      if withShare.contains(measure) { header.append("%") }
    }
    var drawn = TextTable(header: header)
    for row in table.rows {
      var cells = [row.label[words.language]]
      for measure in table.measures {
        cells.append(number(row.figures[measure], measure))
        if withShare.contains(measure) {
          cells.append(table.share(of: row, measure).map { words.number($0, decimals: 1) } ?? "")
        }
      }
      drawn.lines.append(.init(cells: cells, isTotal: row.isTotal))
    }
    return Terminal.bold(title) + "\n\n" + drawn.drawn()
  }

  private func number(_ figure: Figure?, _ measure: String) -> String {
    guard let figure, let value = figure.value, figure.basis != .missing else { return "–" }
    // Pay is read in thousands of euros; the CSV and the JSON have it to the euro.
    let text = words.number(measure == "gross_pay" ? value / 1000 : value, decimals: 0)
    return ([text] + figure.basis.marks).joined(separator: " ")
  }

  /// What a reader must know to use the figures rightly: bounds, gaps, perimeter, sources.
  var notes: [String] {
    let bases = Set(table.rows.flatMap { $0.figures.values.map(\.basis) })
    var notes: [String] = []
    if bases.contains(where: \.isEstimated) { notes.append(words("note.estimated")) }
    if bases.contains(where: \.isPartial) { notes.append(words("note.partial")) }
    if let day = table.geography {
      notes.append(
        words(geographyNote(bases), ["day": day.description, "percent": percent(table.approximated)]))
    }
    if let jobs = table.rows.last?.figures["jobs"], saysBounds(jobs) {
      let key = jobs.unbounded > 0 ? "note.partial_jobs" : "note.bounds"
      notes.append(words(key, ["range": range(jobs), "count": words.number(jobs.unbounded)]))
    }
    if bases.contains(.missing), table.coverage != nil { notes.append(words("note.missing")) }
    if let note = mappingNote { notes.append(note) }
    notes += coverageNotes
    if let note = unplacedNote { notes.append(note) }
    for row in table.rows {
      guard let reserve = row.reserve else { continue }
      notes.append(
        words("note.reserve", ["label": row.label[words.language], "why": reserve[words.language]]))
    }
    notes.append(words("note.perimeter", ["title": table.perimeter.title[words.language], "id": table.perimeter.id]))
    if !table.perimeter.changes.isEmpty { notes.append(words("note.options", ["options": options])) }
    if table.perimeter.isProvisional { notes.append(words("note.provisional")) }
    let sources = Self.sources(table.sources.map { ($0.source, $0.vintage) })
    notes.append(words("note.source", ["sources": sources, "release": table.release.name]))
    notes.append(words("note.unprotected"))
    if table.release.simulated { notes.append(words("simulated")) }
    return notes
  }

  /// `level=establishment, sica=off`: what differs from the perimeter's own settings.
  private var options: String {
    table.perimeter.changes.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: ", ")
  }

  /// What the activities of the total rest on, where some activity is coded otherwise.
  private var mappingNote: String? {
    guard let mapping = table.rows.last?.figures["jobs"]?.mapping, mapping.exact < 1 else { return nil }
    return words(
      "note.mapping",
      ["exact": percent(mapping.exact), "approximate": percent(mapping.approximate), "none": percent(mapping.none)])
  }

  /// A share in per cent; one that is there is never written as none.
  private func percent(_ part: Double) -> String {
    let text = words.number(part * 100, decimals: 1)
    guard part > 0, text == words.number(0, decimals: 1) else { return text }
    return words("number.less_than", ["number": words.number(0.1, decimals: 1)])
  }

  /// Of nothing that is counted, nothing is said but the day.
  private func geographyNote(_ bases: Set<Figure.Basis>) -> String {
    if table.territory.isOfToday { return "note.of_today" }
    if bases.contains(where: \.isApproximated) { return "note.approximated" }
    let isCounted = table.rows.contains { $0.figures.values.contains { $0.value ?? 0 > 0 } }
    return isCounted ? "note.geography" : "note.geography_empty"
  }

  /// The bounds of a least do not hold for the part of it that is approximated; how many it lacks is told all the same.
  private func saysBounds(_ jobs: Figure) -> Bool {
    switch jobs.basis {
    case .estimated, .partial, .approximatedEstimated: true
    case .approximatedPartial: jobs.unbounded > 0
    default: false
    }
  }

  private func range(_ figure: Figure) -> String {
    let bounds = [figure.low, figure.high].map { $0.map { words.number($0, decimals: 0) } ?? "–" }
    return bounds[0] == bounds[1] ? bounds[0] : words("note.range", ["low": bounds[0], "high": bounds[1]])
  }

  private var coverageNotes: [String] {
    guard let coverage = table.coverage else { return [words("note.no_source", ["year": String(table.year)])] }
    var notes: [String] = []
    if !coverage.missingRegions.isEmpty {
      let names = coverage.missingRegions.map { $0.name(in: words.language) }
      let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? "…" : "")
      notes.append(words("note.missing_regions", ["count": words.number(names.count), "regions": shown]))
    }
    if coverage.registerYears != [table.year] {
      notes.append(
        words(
          "note.workforce_only",
          [
            "year": String(table.year), "count": words.number(coverage.employers),
            "stock": words.number(coverage.employersInRegisters),
            "stock_year": coverage.registerYears.sorted().map(String.init).joined(separator: ", "),
          ]))
    }
    if table.release.use.withoutUnit > 0, coverage.countries.contains(where: { $0.country == "FR" }) {
      notes.append(words("note.without_unit", ["count": words.number(table.release.use.withoutUnit)]))
    }
    for one in coverage.countries where one.workforceMatched < one.workforceRows {
      notes.append(
        words(
          "note.unmatched",
          [
            "country": "@country.\(one.country)", "count": words.number(one.workforceRows - one.workforceMatched),
            "rows": words.number(one.workforceRows),
          ]))
    }
    return notes
  }

  /// Whoever is in no known commune may be of any territory: a zero may be wrong, whatever else is known of it.
  private var unplacedNote: String? {
    guard table.unplaced > 0 else { return nil }
    return words(
      table.territory.wholeCountry == nil ? "note.unplaced_around" : "note.unplaced",
      ["count": words.number(table.unplaced)])
  }

  /// `kbo 2025-01-01, workforce be-2020 … fr-2024`: the vintages of one source together.
  private static func sources(_ all: [(source: String, vintage: String)]) -> String {
    var names: [String] = []
    for source in all.map(\.source) where !names.contains(source) { names.append(source) }
    return names.map { name in
      let vintages = all.filter { $0.source == name }.map(\.vintage).sorted()
      let shown =
        vintages.count > 2 ? "\(vintages[0]) … \(vintages[vintages.count - 1])" : vintages.joined(separator: ", ")
      return "\(name) \(shown)"
    }.joined(separator: ", ")
  }

  /// One figure a line: what a statistician's tools want.
  var csv: String {
    var text = CSVText(header)
    addRows(to: &text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  var header: [String] {
    [
      "table", "territory", "geography", "year", "perimeter", "options", "provisional", "release", "simulated",
      table.dimension, "label", "measure", "value", "low", "high", "unbounded", "basis", "share", "activity_exact",
      "activity_approximate", "activity_none", "approximated",
    ]
  }

  func addRows(to text: inout CSVText) {
    for row in table.rows {
      for measure in table.measures {
        let figure = row.figures[measure] ?? Figure(basis: .missing)
        func plain(_ value: Double?) -> String {
          guard let value, figure.basis != .missing else { return "" }
          return value == value.rounded() ? String(Int(value)) : String(value)
        }
        text.add([
          table.id, table.territory.code, table.geography?.description ?? "", String(table.year), table.perimeter.id,
          options, String(table.perimeter.isProvisional), table.release.name, String(table.release.simulated),
          row.code, row.label[words.language], measure, plain(figure.value), plain(figure.low),
          plain(figure.upperBound), String(figure.unbounded), figure.basis.rawValue,
          table.share(of: row, measure).map { String(($0 * 10_000).rounded() / 10_000) } ?? "",
          part(figure.mapping?.exact), part(figure.mapping?.approximate), part(figure.mapping?.none),
          part(table.approximated),
        ])
      }
    }
  }

  private func part(_ share: Double?) -> String { share.map { String(($0 * 1_000_000).rounded() / 1_000_000) } ?? "" }

  struct Document: Encodable {
    struct Mapping: Encodable {
      let exact: Double
      let approximate: Double
      let none: Double
    }
    struct Cell: Encodable {
      let code: String
      let dimension: String
      let label: String
      let measure: String
      let status: String
      let value: Double?
      let low: Double?
      let high: Double?
      let unbounded: Int
      let share: Double?
      let activities: Mapping?
    }
    let table: String
    let title: String
    let territory: String
    let geography: String?
    let approximated: Double
    let year: Int
    let perimeter: String
    let options: [String: String]
    let provisional: Bool
    let release: String
    let simulated: Bool
    let dimensions: [String]
    let cells: [Cell]
    let notes: [String]
  }

  var json: String { get throws { try JSON.text(document) } }

  var document: Document {
    let cells = table.rows.flatMap { row in
      table.measures.map { measure in
        let figure = row.figures[measure] ?? Figure(basis: .missing)
        return Document.Cell(
          code: row.code, dimension: table.dimension, label: row.label[words.language], measure: measure,
          status: figure.basis.rawValue, value: figure.value, low: figure.low, high: figure.upperBound,
          unbounded: figure.unbounded, share: table.share(of: row, measure),
          activities: figure.mapping.map { .init(exact: $0.exact, approximate: $0.approximate, none: $0.none) })
      }
    }
    return Document(
      table: table.id, title: words(table.title), territory: table.territory.code,
      geography: table.geography?.description, approximated: table.approximated, year: table.year,
      perimeter: table.perimeter.id, options: table.perimeter.changes, provisional: table.perimeter.isProvisional,
      release: table.release.name, simulated: table.release.simulated, dimensions: [table.dimension, "measure"],
      cells: cells, notes: notes)
  }
}
