import Exchange
import Indicators
import Perimeter
import Secrecy
import Tabular
import Territory
import Warehouse
import Wording

/// Why figures of two releases differ, for a terminal, a spreadsheet or a machine.
struct LedgerPrinter: ResultPrinter {
  let revision: Revision
  let units: [LedgerUnits.Unit]
  let words: Words

  private var numbers: LedgerNumbers { LedgerNumbers(measure: revision.measure, words: words) }

  // MARK: - Text

  var text: String {
    var text = Terminal.bold(title) + "\n\n" + table.drawn() + "\n\n"
    if !units.isEmpty {
      let total = revision.rows.last { $0.member.isTotal } ?? revision.rows.last
      text += words("compare.units", ["member": total?.member.label[words.language] ?? ""]) + "\n\n"
      text += unitTable.drawn() + "\n\n"
    }
    return text + Terminal.notes(notes)
  }

  private var title: String {
    words(
      "compare.title",
      [
        "measure": revision.measure.label[words.language] + numbers.unit,
        "territory": revision.territory.name(in: words.language),
      ])
  }

  /// Reasons that change nothing anywhere are not shown.
  private var reasons: [Ledger.Reason] {
    Ledger.Reason.allCases.filter { reason in
      revision.rows.contains { ![.zero, .notComparable].contains($0.ledger[reason].status) }
    }
  }

  private var hasOther: Bool { revision.rows.contains { $0.ledger.other != nil } }

  private var hidesSome: Bool {
    revision.rows.contains { row in
      row.ledger.isHidden.before || row.ledger.isHidden.after
        || row.ledger.parts.contains { $0.status == .suppressed }
    }
  }

  private var table: TextTable {
    var header = [revision.dimensionLabel[words.language], "A", "B"]
    header += reasons.map { words("compare.reason.\($0.rawValue)") }
    if hasOther { header.append(words("compare.other")) }
    var table = TextTable(header: header + [words("compare.change")])
    for row in revision.rows {
      let ledger = row.ledger
      let label = String(repeating: "  ", count: row.member.depth) + row.member.label[words.language]
      var cells = [
        label, numbers.figure(ledger.before, isHidden: ledger.isHidden.before),
        numbers.figure(ledger.after, isHidden: ledger.isHidden.after),
      ]
      cells += reasons.map { numbers.change(ledger[$0]) }
      if hasOther { cells.append(numbers.change(ledger.other ?? ledger.change, isThere: ledger.other != nil)) }
      table.lines.append(.init(cells: cells + [numbers.change(ledger.change)], isTotal: row.member.isTotal))
    }
    return table
  }

  private var unitTable: TextTable {
    var table = TextTable(
      header: [words("compare.unit"), words("compare.name"), words("compare.why"), words("compare.change")])
    table.textColumns = 3
    for unit in units {
      table.lines.append(
        .init(cells: [
          unit.id, unit.name, words("compare.why.\(unit.change.reason.rawValue)"), numbers.change(unit.change.change),
        ]))
    }
    return table
  }

  private var notes: [String] {
    let differences = revision.differences
    var notes = [
      words("compare.side", ["side": "A", "release": differences.before, "year": String(revision.years.before)]),
      words("compare.side", ["side": "B", "release": differences.after, "year": String(revision.years.after)]),
    ]
    notes += reasons.map { words("compare.note.\($0.rawValue)") }
    if hasOther { notes.append(words("compare.note.other")) }
    notes += LedgerDifferences(differences: differences, words: words).sentences
    notes.append(
      words(
        "note.perimeter", ["title": revision.perimeter.title[words.language], "id": revision.perimeter.id]))
    if revision.rows.contains(where: { $0.ledger.change.status == .notComparable }) {
      notes.append(words("note.not_comparable"))
      notes += revision.reasons.map { $0[words.language] }
      if let nearest = revision.perimeter.nearest, revision.reasons.isEmpty {
        notes.append(words("note.nearest_perimeter", ["perimeter": nearest]))
      }
    }
    if hidesSome { notes.append(words("note.suppressed")) }
    notes.append(words(revision.isUnprotected ? "note.unprotected" : "compare.primary"))
    if revision.isSimulated { notes.append(words("simulated")) }
    return notes
  }

  // MARK: - Files

  /// What stands in a row beside its two figures, by name.
  private func items(_ ledger: LedgerRow) -> [(name: String, cell: Cell)] {
    var items = [("a", ledger.before), ("b", ledger.after)]
    items += Ledger.Reason.allCases.map { ($0.rawValue, ledger[$0]) }
    if let other = ledger.other { items.append(("other", other)) }
    return (items + [("change", ledger.change)]).map { (name: $0.0, cell: $0.1) }
  }

  var csv: String {
    var text = CSVText([
      "territory", "perimeter", "measure", "dimension", "member", "label", "release_a", "year_a", "release_b", "year_b",
      "item", "value", "status", "simulated",
    ])
    for row in revision.rows {
      for item in items(row.ledger) {
        text.add([
          revision.territory.code, revision.perimeter.id, revision.measure.id, revision.dimension, row.member.code,
          row.member.label[words.language], revision.differences.before, String(revision.years.before),
          revision.differences.after, String(revision.years.after), item.name, numbers.exact(item.cell),
          item.cell.status.rawValue, String(revision.isSimulated),
        ])
      }
    }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  var json: String {
    get throws { try JSON.text(LedgerDocument(revision, units, words, items)) }
  }
}
