internal import Diagnostics
internal import Tabular
internal import Wording

/// What declared tables of this module have in common: names that must be known, numbers, labels, formulas; each
/// refused with its line and what is nearest.
extension DeclaredTable {
  func choice<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type, _ entry: Entry, _ column: String
  ) throws(Problem) -> Choice where Choice.RawValue == String {
    let known = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: entry[column]) else {
      throw unknown(entry, column, entry[column], among: known)
    }
    return choice
  }

  func named<Thing>(_ entry: Entry, _ column: String, _ things: [String: Thing]) throws(Problem) -> Thing {
    guard let thing = things[entry[column]] else {
      throw unknown(entry, column, entry[column], among: things.keys.sorted())
    }
    return thing
  }

  func unknown(_ entry: Entry, _ column: String, _ name: String, among known: [String]) -> Problem {
    problem(
      "share.unknown_name", entry,
      [
        "column": column, "name": name, "known": known.joined(separator: ", "),
        "nearest": nearest(to: name, among: known) ?? "",
      ])
  }

  /// Earlier years: nothing that is declared counts further.
  static let most = 99

  /// Of a figure: no more are told than measures have.
  static let mostDecimals = 6

  func decimals(_ entry: Entry) throws(Problem) -> Int {
    let column = "decimals"
    guard let value = Int(entry[column]), 0...Self.mostDecimals ~= value else {
      throw problem(
        "share.number_range", entry,
        ["column": column, "value": entry[column], "low": "0", "high": String(Self.mostDecimals)])
    }
    return value
  }

  func formula(_ entry: Entry, _ column: String) throws(Problem) -> Formula {
    do throws(FormulaParser.Fault) {
      return try FormulaParser.formula(entry[column])
    } catch {
      throw problem(error.code, entry, error.facts)
    }
  }

  /// One of the properties at the head; its own line is not known.
  func property(_ key: String) -> Place { Place(file: path, line: line(of: key)) }

  func title() throws(Problem) -> Label { try propertyLabel("title") }

  func propertyLabel(_ key: String) throws(Problem) -> Label {
    let label = Label(fr: self["\(key)_fr"], nl: self["\(key)_nl"], en: self["\(key)_en"])
    guard !label.fr.isEmpty, !label.nl.isEmpty, !label.en.isEmpty else {
      throw Problem("share.no_translation", at: property("\(key)_fr"), ["key": key])
    }
    return label
  }
}

extension DeclaredTable.Entry {
  func label(_ prefix: String = "", in table: DeclaredTable) throws(Problem) -> Label {
    let label = Label(fr: self["\(prefix)fr"], nl: self["\(prefix)nl"], en: self["\(prefix)en"])
    guard !label.fr.isEmpty, !label.nl.isEmpty, !label.en.isEmpty else {
      throw table.problem("share.no_translation", self, ["key": table.columns.first.map { self[$0] } ?? ""])
    }
    return label
  }
}
