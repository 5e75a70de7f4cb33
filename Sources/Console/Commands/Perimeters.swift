import Arguments
import Diagnostics
import Filesystem
import Nomenclature
import Perimeter
import Warehouse
import Wording

extension Command {
  static let perimeters = Command(
    name: "perimeters", syntax: Syntax(["[ID]"], [.init("format", "text|json")])
  ) { session, arguments in
    let book = try session.nomenclatures()
    let observatory = try session.observatoryIfThere(arguments)
    let isJSON = try format(arguments, ["text", "json"]) == "json"
    if let id = arguments.words.first {
      let perimeter = try session.perimeter(id, book, observatory)
      if isJSON {
        try Output.json(JSON.text(PerimeterDocument(perimeter, WholePerimeter(perimeter))))
      } else {
        try Output.line(describe(perimeter, session.words, book))
      }
      return 0
    }
    let perimeters = try session.perimeters(book, observatory)
    if isJSON {
      try Output.json(JSON.text(perimeters.map { PerimeterDocument($0, PerimeterSize($0)) }))
    } else {
      for perimeter in perimeters {
        let mark = perimeter.isProvisional ? "  " + session.words("explain.provisional") : ""
        try Output.line(Terminal.bold(perimeter.id) + mark)
        try Output.line("  " + perimeter.title[session.words.language])
      }
    }
    return 0
  }

  private static func describe(_ perimeter: Perimeter, _ words: Words, _ book: NomenclatureBook) -> String {
    var text = Terminal.bold(perimeter.title[words.language]) + "\n"
    text +=
      words(
        "perimeter.head",
        [
          "id": perimeter.id, "version": perimeter.version, "from": perimeter.validFrom,
          "to": perimeter.validTo ?? "…", "countries": perimeter.countries.map(\.rawValue).joined(separator: ", "),
          "level": words("level.\(perimeter.level.rawValue)"), "source": perimeter.source,
        ]) + "\n"
    for option in perimeter.options {
      text += "  \(option.name)=\(option.isOn ? "on" : "off")  \(option.label[words.language])\n"
    }
    let columns = ["rule", "effect", "code", "family", "except", "option", "confidence"]
    var table = TextTable(header: columns.map { words("perimeter.\($0)") })
    table.textColumns = columns.count
    func label(_ family: String) -> String? { book.families[family]?.label[words.language] }
    for rule in perimeter.rules {
      table.lines.append(
        .init(cells: [
          rule.id, words("effect.\(rule.effect.rawValue)"),
          rule.subject == .list ? words("perimeter.list", ["list": rule.scheme]) : rule.code,
          rule.family.flatMap(label) ?? "",
          rule.exceptFamilies.map { label($0) ?? $0 }.joined(separator: ", "),
          condition(of: rule, in: perimeter, words),
          rule.confidence + (rule.isProvisional ? " ?" : ""),
        ]))
    }
    return text + "\n" + table.drawn()
  }

  /// What must be set for the rule to hold, and whether it does: a rule without effect is not to be read as one.
  private static func condition(of rule: Rule, in perimeter: Perimeter, _ words: Words) -> String {
    guard let (option, wantsOn) = rule.condition else { return "" }
    let setting = "\(option)=\(wantsOn ? "on" : "off")"
    return perimeter.isInForce(rule) ? setting : words("perimeter.without_effect", ["setting": setting])
  }
}

/// A perimeter as JSON: its head, and beside it, in the same object, its size or the whole of it.
private struct PerimeterDocument<Body: Encodable>: Encodable {
  let head: PerimeterHead
  let body: Body

  init(_ perimeter: Perimeter, _ body: Body) { (head, self.body) = (PerimeterHead(perimeter), body) }

  func encode(to encoder: any Encoder) throws {
    try head.encode(to: encoder)
    try body.encode(to: encoder)
  }
}

private struct PerimeterHead: Encodable {
  let id: String
  let version: String
  let title: [String: String]
  let countries: [String]
  let level: String
  let provisional: Bool

  init(_ perimeter: Perimeter) {
    id = perimeter.id
    version = perimeter.version
    title = perimeter.title.byLanguage
    countries = perimeter.countries.map(\.rawValue)
    level = perimeter.level.rawValue
    provisional = perimeter.isProvisional
  }
}

/// What a list of perimeters says of one: how many rules it has.
private struct PerimeterSize: Encodable {
  let rules: Int

  init(_ perimeter: Perimeter) { rules = perimeter.rules.count }
}

/// One perimeter whole: what a statistician needs to apply it elsewhere.
private struct WholePerimeter: Encodable {
  struct Option: Encodable {
    let name: String
    let on: Bool
    let label: [String: String]
  }

  struct Item: Encodable {
    let rule: String
    let effect: String
    let on: String
    let scheme: String
    let code: String
    let family: String?
    let subfamily: String?
    let except: [String]
    /// As it stands in the file: with `!` the rule holds where the option is off.
    let option: String?
    let optionIsOn: Bool?
    let inForce: Bool
    let confidence: String
    let provisional: Bool
    let note: String

    enum CodingKeys: String, CodingKey {
      case rule, effect, on, scheme, code, family, subfamily, except, option, confidence, provisional, note
      case optionIsOn = "option_on"
      case inForce = "in_force"
    }
  }

  let source: String
  let validFrom: String
  let validTo: String?
  let options: [Option]
  let rules: [Item]

  enum CodingKeys: String, CodingKey {
    case source, options, rules
    case validFrom = "valid_from"
    case validTo = "valid_to"
  }

  init(_ perimeter: Perimeter) {
    source = perimeter.source
    validFrom = perimeter.validFrom
    validTo = perimeter.validTo
    options = perimeter.options.map { Option(name: $0.name, on: $0.isOn, label: $0.label.byLanguage) }
    rules = perimeter.rules.map { rule in
      Item(
        rule: rule.id, effect: rule.effect.rawValue, on: rule.subject.rawValue, scheme: rule.scheme, code: rule.code,
        family: rule.family, subfamily: rule.subfamily, except: rule.exceptFamilies, option: rule.option,
        optionIsOn: rule.condition.flatMap { wanted in perimeter.options.first { $0.name == wanted.option }?.isOn },
        inForce: perimeter.isInForce(rule), confidence: rule.confidence, provisional: rule.isProvisional,
        note: rule.note)
    }
  }
}
