import Nomenclature
import Perimeter
import Tabular
import Territory
import Warehouse
import Wording

/// The account of a perimeter between two stocks, for a terminal, a spreadsheet or a machine: one a country, each with
/// the two stocks of its register.
struct ChangesPrinter: ResultPrinter {
  let accounts: [Changes]
  /// The territory lies in both countries: an account is that of a side.
  let isDivided: Bool
  let release: Manifest
  let words: Words
  let families: Nomenclature

  private func rows(_ account: Changes) -> [Changes.Row] {
    account.rows.filter { !$0.family.isEmpty } + account.rows.filter(\.family.isEmpty)
  }

  private func label(_ row: Changes.Row) -> String {
    row.family.isEmpty ? words("field.ess") : families[row.family]?.label[words.language] ?? row.family
  }

  var text: String {
    let drawn = accounts.map { Terminal.bold(title($0)) + "\n\n" + table($0).drawn() + "\n\n" }
    return drawn.joined() + Terminal.notes(notes)
  }

  private func table(_ account: Changes) -> TextTable {
    var table = TextTable(
      header: [words("dimension.family"), account.from]
        + Changes.Reason.allCases.map { words("changes.\($0.rawValue)") }
        + [account.to])
    for row in rows(account) {
      let moves = Changes.Reason.allCases.map { reason -> String in
        let (came, went) = (row.came[reason] ?? 0, row.went[reason] ?? 0)
        return [came > 0 ? "+" + words.number(came) : "", went > 0 ? "−" + words.number(went) : ""]
          .filter { !$0.isEmpty }.joined(separator: " ")
      }
      table.lines.append(
        .init(
          cells: [label(row), words.number(row.before)] + moves + [words.number(row.after)], isTotal: row.family.isEmpty
        ))
    }
    return table
  }

  private func country(_ account: Changes) -> String { words("country.\(account.country.rawValue)") }

  private func title(_ account: Changes) -> String {
    let name = account.territory.name(in: words.language)
    return words(
      "changes.title",
      [
        "territory": isDivided ? "\(name) (\(country(account)))" : name, "from": account.from, "to": account.to,
      ])
  }

  private var notes: [String] {
    var notes = [words("changes.account")]
    if accounts.count > 1 { notes.append(words("changes.two_registers")) }
    for account in accounts {
      let within = Changes.Reason.allCases.compactMap { reason in
        account.within[reason].map { "\(words("changes.\(reason.rawValue)")) \(words.number($0))" }
      }
      guard !within.isEmpty else { continue }
      let note = words("changes.within", ["list": within.joined(separator: ", ")])
      notes.append(isDivided ? words("place.colon", ["place": country(account), "what": note]) : note)
    }
    notes.append(words("changes.ceased"))
    if let perimeter = accounts.first?.perimeter {
      notes.append(words("note.perimeter", ["title": perimeter.title[words.language], "id": perimeter.id]))
      if perimeter.isProvisional { notes.append(words("note.provisional")) }
    }
    if release.simulated { notes.append(words("simulated")) }
    return notes
  }

  var csv: String {
    var text = CSVText([
      "territory", "country", "perimeter", "from", "to", "family", "label", "flow", "reason", "units", "release",
      "simulated",
    ])
    for account in accounts {
      for row in rows(account) {
        func add(_ flow: String, _ reason: String, _ count: Int) {
          text.add([
            account.territory.code, account.country.rawValue, account.perimeter.id, account.from, account.to,
            row.family.isEmpty ? "total" : row.family, label(row), flow, reason, String(count), release.name,
            String(release.simulated),
          ])
        }
        add("before", "", row.before)
        for reason in Changes.Reason.allCases {
          if let count = row.came[reason] { add("came", reason.rawValue, count) }
          if let count = row.went[reason] { add("went", reason.rawValue, count) }
        }
        add("after", "", row.after)
      }
    }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private struct Document: Encodable {
    struct Family: Encodable {
      let family: String
      let label: String
      let before: Int
      let came: [String: Int]
      let went: [String: Int]
      let after: Int
    }
    struct Account: Encodable {
      let country: String
      let from: String
      let to: String
      let families: [Family]
      let within: [String: Int]
    }
    let territory: String
    let perimeter: String
    let release: String
    let simulated: Bool
    let accounts: [Account]
  }

  private static func keyed(_ counts: [Changes.Reason: Int]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
  }

  private func document(_ account: Changes) -> Document.Account {
    Document.Account(
      country: account.country.rawValue, from: account.from, to: account.to,
      families: rows(account).map {
        .init(
          family: $0.family.isEmpty ? "total" : $0.family, label: label($0), before: $0.before,
          came: Self.keyed($0.came), went: Self.keyed($0.went), after: $0.after)
      }, within: Self.keyed(account.within))
  }

  var json: String {
    get throws {
      try JSON.text(
        Document(
          territory: accounts.first?.territory.code ?? "", perimeter: accounts.first?.perimeter.id ?? "",
          release: release.name, simulated: release.simulated, accounts: accounts.map(document)))
    }
  }
}
