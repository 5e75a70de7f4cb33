import Exchange
import Indicators
import Nomenclature
import Registers
import Secrecy
import Tabular
import Territory
import Warehouse
import Wording

/// Published figures beside those of the units, for a terminal, a spreadsheet or a machine.
struct SideBySidePrinter: ResultPrinter {
  let table: SideBySide
  let release: Manifest
  let words: Words
  let families: Nomenclature

  var text: String {
    var text = Terminal.bold(
      words("reconcile.title", ["territory": table.territory.name(in: words.language), "year": String(table.year)]))
    for name in tables {
      let rows = table.rows.filter { $0.table == name }
      guard let layout = rows.first?.layout else { continue }
      var drawn = TextTable(
        header: ["whom", "measure", "published", "found", "gap"].map { words("reconcile.\($0)") }, textColumns: 2)
      for row in rows {
        drawn.lines.append(
          .init(
            cells: [
              label(row), words("short.\(row.measure)"), published(row), found(row),
              row.gap.map { ($0 > 0 ? "+" : "") + words.number($0, decimals: 1) + " %" } ?? "",
            ]))
      }
      text +=
        "\n\n" + Terminal.bold("\(layout.title[words.language]) – \(name.vintage)") + "\n\n" + drawn.drawn() + "\n\n"
        + Terminal.notes(notes(name, layout, rows))
    }
    return text + "\n\n" + Terminal.notes(closing)
  }

  /// What holds for all tables, with the marks of the figures.
  private var closing: [String] {
    let bases = table.rows.compactMap { $0.found?.basis }
    var notes = [words("reconcile.never_added")]
    if bases.contains(.estimated) { notes.append(words("note.estimated")) }
    if bases.contains(where: \.isPartial) { notes.append(words("note.partial")) }
    if release.simulated { notes.append(words("simulated")) }
    return notes
  }

  /// In the order of their rows.
  private var tables: [SideBySide.Name] {
    var seen: Set<SideBySide.Name> = []
    return table.rows.map(\.table).filter { seen.insert($0).inserted }
  }

  private func label(_ row: SideBySide.Row) -> String {
    families[row.family]?.label[words.language] ?? words("reconcile.field.\(row.field)")
  }

  private func published(_ row: SideBySide.Row) -> String {
    guard row.missingQuarters.isEmpty else { return "–" }
    guard let value = row.published else { return words("reconcile.hidden") }
    return words.number(scaled(value, row.measure), decimals: decimals(row)) + (row.hidden > 0 ? " +" : "")
  }

  private func found(_ row: SideBySide.Row) -> String {
    guard let figure = row.found, let value = figure.value else {
      return row.found.map { $0.status == .notAvailable ? "–" : $0.flag } ?? "–"
    }
    let number = words.number(scaled(value, row.measure), decimals: decimals(row))
    return ([number] + figure.basis.marks.map { String($0) }).joined(separator: " ")
  }

  /// Money is read in thousands of euros, as in the standard tables.
  private func scaled(_ value: Double, _ measure: String) -> Double {
    ["gross_pay", "turnover", "investment"].contains(measure) ? value / 1000 : value
  }

  /// A mean over people is read with a decimal: 2,4 mandates.
  private func decimals(_ row: SideBySide.Row) -> Int { row.layout.statistic(of: row.measure) == "mean" ? 1 : 0 }

  private func notes(_ name: SideBySide.Name, _ layout: AggregateLayout, _ rows: [SideBySide.Row]) -> [String] {
    var notes = [
      words(
        "reconcile.source",
        [
          "publisher": layout.publisher, "vintage": name.vintage, "view": words("view.\(layout.view)"),
          "coverage": words("coverage.\(layout.coverage)"),
        ])
    ]
    if table.isShared {
      notes.append(words("reconcile.part", ["country": "@country.\(layout.country.rawValue)"]))
    }
    if !layout.perimeter.isEmpty { notes.append(words("reconcile.perimeter", ["id": layout.perimeter])) }
    if let count = table.divided[name], count > 0 {
      notes.append(words("reconcile.divided", ["count": words.number(count)]))
    }
    if let count = table.rejected[name], count > 0 {
      notes.append(words("reconcile.rejected", ["count": words.number(count)]))
    }
    if rows.contains(where: { $0.hidden > 0 }) { notes.append(words("reconcile.least")) }
    let missing = Set(rows.flatMap(\.missingQuarters)).sorted()
    if !missing.isEmpty {
      notes.append(words("reconcile.quarters", ["quarters": missing.map(String.init).joined(separator: ", ")]))
    }
    if rows.contains(where: { $0.measure == "jobs_average" }) { notes.append(words("reconcile.average")) }
    if layout.view == "head_office" { notes.append(words("reconcile.head_office")) }
    if rows.contains(where: { $0.found == nil }) { notes.append(words("reconcile.no_unit_figure")) }
    return notes
  }

  var csv: String {
    var text = CSVText([
      "territory", "year", "source", "layout", "vintage", "publisher", "view", "coverage", "perimeter", "field",
      "family", "measure", "statistic", "published", "hidden_cells", "missing_quarters", "rejected_rows", "found",
      "basis", "gap_percent", "release", "simulated",
    ])
    for row in table.rows {
      text.add([
        table.territory.code, String(table.year), row.layout.source, row.layout.id, row.vintage, row.layout.publisher,
        row.layout.view, row.layout.coverage, row.layout.perimeter, row.field, row.family, row.measure,
        row.layout.statistic(of: row.measure), plain(row.published), String(row.hidden),
        row.missingQuarters.map(String.init).joined(separator: " "), String(table.rejected[row.table] ?? 0),
        plain(row.found?.value), row.found?.basis.rawValue ?? "not_available",
        row.gap.map { String(($0 * 100).rounded() / 100) } ?? "", release.name, String(release.simulated),
      ])
    }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private func plain(_ value: Double?) -> String {
    value.map { $0 == $0.rounded() ? String(Int($0)) : String($0) } ?? ""
  }

  private struct Document: Encodable {
    struct Cell: Encodable {
      let source, layout, vintage, publisher, view, coverage, perimeter, field, family, measure, statistic: String
      let published: Double?
      let hidden: Int
      let missingQuarters: [Int]
      let rejectedRows: Int
      let found: Double?
      let basis: String
      let gap: Double?

      enum CodingKeys: String, CodingKey {
        case source, layout, vintage, publisher, view, coverage, perimeter, field, family, measure, statistic, published
        case hidden, found, basis, gap
        case missingQuarters = "missing_quarters"
        case rejectedRows = "rejected_rows"
      }
    }
    let territory: String
    let year: Int
    let release: String
    let simulated: Bool
    let cells: [Cell]
  }

  var json: String {
    get throws {
      try JSON.text(
        Document(
          territory: table.territory.code, year: table.year, release: release.name, simulated: release.simulated,
          cells: table.rows.map { row in
            Document.Cell(
              source: row.layout.source, layout: row.layout.id, vintage: row.vintage, publisher: row.layout.publisher,
              view: row.layout.view, coverage: row.layout.coverage, perimeter: row.layout.perimeter, field: row.field,
              family: row.family, measure: row.measure, statistic: row.layout.statistic(of: row.measure),
              published: row.published, hidden: row.hidden, missingQuarters: row.missingQuarters,
              rejectedRows: table.rejected[row.table] ?? 0, found: row.found?.value,
              basis: row.found?.basis.rawValue ?? "not_available", gap: row.gap)
          }))
    }
  }
}
