import Nomenclature
import Perimeter
import Tabular
import Territory
import Warehouse
import Wording

/// The account of a perimeter between two stocks, for a terminal, a spreadsheet or a machine.
struct ChangesPrinter: ResultPrinter {
  let changes: Changes
  let release: Manifest
  let words: Words
  let families: Nomenclature

  private var rows: [Changes.Row] {
    changes.rows.filter { !$0.family.isEmpty } + changes.rows.filter(\.family.isEmpty)
  }

  private func label(_ row: Changes.Row) -> String {
    row.family.isEmpty ? words("field.ess") : families[row.family]?.label[words.language] ?? row.family
  }

  var text: String {
    var drawn = TextTable(
      header: [words("dimension.family"), changes.from]
        + Changes.Reason.allCases.map { words("changes.\($0.rawValue)") }
        + [changes.to])
    for row in rows {
      let moves = Changes.Reason.allCases.map { reason -> String in
        let (came, went) = (row.came[reason] ?? 0, row.went[reason] ?? 0)
        return [came > 0 ? "+" + words.number(came) : "", went > 0 ? "−" + words.number(went) : ""]
          .filter { !$0.isEmpty }.joined(separator: " ")
      }
      drawn.lines.append(
        .init(
          cells: [label(row), words.number(row.before)] + moves + [words.number(row.after)], isTotal: row.family.isEmpty
        ))
    }
    return Terminal.bold(title) + "\n\n" + drawn.drawn() + "\n\n" + notes.map { "  " + $0 }.joined(separator: "\n")
  }

  private var title: String {
    words(
      "changes.title",
      ["territory": changes.territory.name(in: words.language), "from": changes.from, "to": changes.to])
  }

  private var notes: [String] {
    var notes = [words("changes.account")]
    let within = Changes.Reason.allCases.compactMap { reason in
      changes.within[reason].map { "\(words("changes.\(reason.rawValue)")) \(words.number($0))" }
    }
    if !within.isEmpty { notes.append(words("changes.within", ["list": within.joined(separator: ", ")])) }
    notes.append(words("changes.ceased"))
    notes.append(
      words("note.perimeter", ["title": changes.perimeter.title[words.language], "id": changes.perimeter.id]))
    if changes.perimeter.isProvisional { notes.append(words("note.provisional")) }
    if release.simulated { notes.append(words("simulated")) }
    return notes
  }

  var csv: String {
    var text = CSVText([
      "territory", "perimeter", "from", "to", "family", "label", "flow", "reason", "units", "release", "simulated",
    ])
    for row in rows {
      func add(_ flow: String, _ reason: String, _ count: Int) {
        text.add([
          changes.territory.code, changes.perimeter.id, changes.from, changes.to,
          row.family.isEmpty ? "total" : row.family,
          label(row), flow, reason, String(count), release.name, String(release.simulated),
        ])
      }
      add("before", "", row.before)
      for reason in Changes.Reason.allCases {
        if let count = row.came[reason] { add("came", reason.rawValue, count) }
        if let count = row.went[reason] { add("went", reason.rawValue, count) }
      }
      add("after", "", row.after)
    }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private struct Document: Encodable {
    struct Account: Encodable {
      let family: String
      let label: String
      let before: Int
      let came: [String: Int]
      let went: [String: Int]
      let after: Int
    }
    let territory: String
    let perimeter: String
    let from: String
    let to: String
    let release: String
    let simulated: Bool
    let families: [Account]
    let within: [String: Int]
  }

  private static func keyed(_ counts: [Changes.Reason: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }

  var json: String {
    get throws {
      try JSON.text(
        Document(
          territory: changes.territory.code, perimeter: changes.perimeter.id, from: changes.from, to: changes.to,
          release: release.name, simulated: release.simulated,
          families: rows.map {
            .init(
              family: $0.family.isEmpty ? "total" : $0.family, label: label($0), before: $0.before,
              came: Self.keyed($0.came), went: Self.keyed($0.went), after: $0.after)
          }, within: Self.keyed(changes.within)))
    }
  }
}
