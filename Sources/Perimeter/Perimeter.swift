package import Diagnostics
package import Nomenclature
package import Tabular
package import Wording

/// A dated set of rules that says which organisations are part of the ESS, and of which family.
package struct Perimeter: Sendable {
  package enum Level: String, Sendable {
    /// An excluded activity of the unit excludes all its establishments.
    case unit
    /// Each establishment is judged by its own activity.
    case establishment
  }

  package struct Option: Sendable, Equatable {
    package let name: String
    package let label: Label
    package var isOn: Bool
  }

  package let id: String
  package let title: Label
  package let countries: [Country]
  package let source: String
  package let validFrom: String
  package let validTo: String?
  package let version: String
  package private(set) var level: Level
  package private(set) var options: [Option]
  private let usualLevel: Level
  private let usualOptions: [Option]
  /// Why a family is not quite the same thing in the two countries, and whose figures that is about.
  private struct Reserve {
    let countries: Set<Country>
    let why: Label
  }

  private let reserves: [String: Reserve]
  /// How far each family is the same thing in both countries: A, B, C or X.
  package let grades: [String: String]
  /// The perimeter whose families are nearer to each other.
  package let nearest: String?
  /// In the order of the file: between rules of one kind the first that applies decides.
  package let rules: [Rule]
  /// The rules in force under the present options, by subject.
  private(set) var active: [Rule] = []

  static let properties = [
    "id", "title_fr", "title_nl", "title_en", "countries", "level", "version", "source", "valid_from",
    "valid_to",
  ]
  static let columns = [
    "rule", "effect", "on", "scheme", "code", "family", "subfamily", "except", "option", "confidence", "note",
  ]

  package init(_ path: String, _ book: NomenclatureBook) throws {
    try self.init(DeclaredTable(path, columns: Self.columns, properties: Self.properties), book)
  }

  package init(_ table: DeclaredTable, _ book: NomenclatureBook) throws {
    func header(_ key: String, _ value: String, known: [String]) -> Problem {
      Problem(
        "share.unknown_code", at: Place(file: table.path, line: 1),
        ["code": "\(key): \(value)", "known": known.joined(separator: ", ")])
    }
    id = table["id"]
    title = Label(fr: table["title_fr"], nl: table["title_nl"], en: table["title_en"])
    source = table["source"]
    version = table["version"]
    validFrom = table["valid_from"]
    validTo = table["valid_to"].isEmpty ? nil : table["valid_to"]
    func countries(_ names: String, of key: String) throws -> [Country] {
      try names.split(separator: " ").map { name in
        guard let country = Country(rawValue: String(name)) else {
          throw header(key, String(name), known: Country.allCases.map(\.rawValue))
        }
        return country
      }
    }
    self.countries = try countries(table["countries"], of: "countries")
    guard let level = Level(rawValue: table["level"]) else {
      throw header("level", table["level"], known: ["unit", "establishment"])
    }
    self.level = level
    usualLevel = level
    options = try table.repeated.filter { $0.key == "option" }.map { declared in
      let parts = declared.value.split(separator: "|").map { trimmed($0) }
      guard parts.count == 5, ["on", "off"].contains(parts[1]) else {
        throw header("option", declared.value, known: ["name | on | fr | nl | en"])
      }
      return Option(
        name: parts[0], label: Label(fr: parts[2], nl: parts[3], en: parts[4]), isOn: parts[1] == "on")
    }
    usualOptions = options
    var reserves: [String: Reserve] = [:]
    for declared in table.repeated where declared.key == "reserve" {
      let parts = declared.value.split(separator: "|").map { trimmed($0) }
      guard parts.count == 5, book.families[parts[0]] != nil else {
        throw header("reserve", declared.value, known: ["family | countries | fr | nl | en"])
      }
      reserves[parts[0]] = try Reserve(
        countries: Set(countries(parts[1], of: "reserve")), why: Label(fr: parts[2], nl: parts[3], en: parts[4]))
    }
    self.reserves = reserves
    var grades: [String: String] = [:]
    for declared in table.repeated where declared.key == "grade" {
      let parts = declared.value.split(separator: "|").map { trimmed($0) }
      guard parts.count == 2, book.families[parts[0]] != nil, ["A", "B", "C", "X"].contains(parts[1]) else {
        throw header("grade", declared.value, known: ["family | A, B, C, X"])
      }
      grades[parts[0]] = parts[1]
    }
    self.grades = grades
    nearest = table["nearest"].isEmpty ? nil : table["nearest"]
    let names = Set(options.map(\.name))
    var seen: Set<String> = []
    rules = try table.entries.map { entry in
      let rule = try Self.rule(entry, table, book)
      if let condition = rule.condition, !names.contains(condition.option) {
        throw table.problem(
          "share.unknown_code", entry, ["code": condition.option, "known": names.sorted().joined(separator: ", ")])
      }
      guard seen.insert(rule.id).inserted else {
        throw table.problem("share.duplicate", entry, ["code": rule.id])
      }
      return rule
    }
    activate()
  }

  private static func rule(
    _ entry: DeclaredTable.Entry, _ table: DeclaredTable, _ book: NomenclatureBook
  ) throws -> Rule {
    func unknown(_ column: String, _ known: [String]) -> Problem {
      entry[column].isEmpty
        ? table.problem("share.no_value", entry, ["column": column])
        : table.problem(
          "share.unknown_code", entry, ["code": entry[column], "known": known.joined(separator: ", ")])
    }
    guard let effect = Rule.Effect(rawValue: entry["effect"]) else {
      throw unknown("effect", Rule.Effect.allCases.map(\.rawValue))
    }
    guard let subject = Rule.Subject(rawValue: entry["on"]) else {
      throw unknown("on", Rule.Subject.allCases.map(\.rawValue))
    }
    let schemes = ["fr-legal-forms", "be-legal-forms"] + ActivityScheme.allCases.map(\.rawValue)
    if subject == .list {
      guard book.lists[entry["scheme"]] != nil else { throw unknown("scheme", book.lists.lists.map(\.name)) }
    } else {
      guard schemes.contains(entry["scheme"]) else { throw unknown("scheme", schemes) }
      guard !entry["code"].isEmpty else { throw unknown("code", []) }
    }
    for column in ["family", "subfamily"] where !entry[column].isEmpty {
      guard book.families[entry[column]] != nil else { throw unknown(column, book.families.items.map(\.code)) }
    }
    // A form brings its family; a list may leave it to the form (ESS France names any family).
    if effect == .include, subject == .form, entry["family"].isEmpty {
      throw unknown("family", book.families.items.filter { $0.level == 1 }.map(\.code))
    }
    return Rule(
      id: entry["rule"], subject: subject, effect: effect, scheme: entry["scheme"],
      code: String(entry["code"].filter { $0 != "." }),
      family: entry["family"].isEmpty ? nil : entry["family"],
      subfamily: entry["subfamily"].isEmpty ? nil : entry["subfamily"],
      exceptFamilies: entry["except"].split(separator: " ").map(String.init),
      option: entry["option"].isEmpty ? nil : entry["option"], confidence: entry["confidence"],
      note: entry["note"], line: entry.line)
  }

  private var states: [String: Bool] {
    Dictionary(options.map { ($0.name, $0.isOn) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func activate() {
    let states = states
    active = rules.filter { $0.isActive(states) }
  }

  /// Why a family is not quite the same thing on the other side of the border, where that is about these countries.
  package func reserve(on family: String, in countries: Set<Country>) -> Label? {
    guard let reserve = reserves[family], !reserve.countries.isDisjoint(with: countries) else { return nil }
    return reserve.why
  }

  /// Does the rule hold under the present options?
  package func isInForce(_ rule: Rule) -> Bool { rule.isActive(states) }

  /// The same perimeter with options switched (`sica=off`) or applied at another level (`level=establishment`).
  package func with(_ settings: [String: String]) throws(Problem) -> Perimeter {
    var copy = self
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      if name == "level", let level = Level(rawValue: value) {
        copy.level = level
      } else if let position = copy.options.firstIndex(where: { $0.name == name }), ["on", "off"].contains(value) {
        copy.options[position].isOn = value == "on"
      } else {
        throw Problem(
          "perimeter.bad_option", status: .commandLine,
          [
            "perimeter": id, "option": "\(name)=\(value)",
            "known": (options.map { "\($0.name)=on|off" } + ["level=unit|establishment"]).joined(separator: ", "),
          ])
      }
    }
    copy.activate()
    return copy
  }

  /// The settings that differ from the file's own: they belong beside every figure.
  package var changes: [String: String] {
    var changes: [String: String] = [:]
    for (option, usual) in zip(options, usualOptions) where option.isOn != usual.isOn {
      changes[option.name] = option.isOn ? "on" : "off"
    }
    if level != usualLevel { changes["level"] = level.rawValue }
    return changes
  }

  /// All settings in force, for the manifest.
  package var settings: [String: String] {
    var settings = Dictionary(
      options.map { ($0.name, $0.isOn ? "on" : "off") }, uniquingKeysWith: { first, _ in first })
    settings["level"] = level.rawValue
    return settings
  }

  /// Do any of the rules in force wait for verification?
  package var isProvisional: Bool { active.contains(where: \.isProvisional) }

  /// The lists that the rules name.
  package var lists: [String] {
    var names: [String] = []
    for rule in rules where rule.subject == .list && !names.contains(rule.scheme) { names.append(rule.scheme) }
    return names
  }
}
