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
    let perimeters = try PerimeterBook(share: session.installation.share, book)
    let isJSON = try format(arguments, ["text", "json"]) == "json"
    if let id = arguments.words.first {
      let perimeter = try perimeters.perimeter(id)
      if isJSON {
        try Output.json(JSON.text(PerimeterDocument(perimeter)))
      } else {
        try Output.line(describe(perimeter, session.words, book))
      }
    } else if isJSON {
      try Output.json(JSON.text(perimeters.perimeters.map(PerimeterSummary.init)))
    } else {
      for perimeter in perimeters.perimeters {
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
    var table = TextTable(header: ["rule", "effect", "code", "family", "confidence"].map { words("perimeter.\($0)") })
    table.textColumns = 5
    for rule in perimeter.rules {
      table.lines.append(
        .init(cells: [
          rule.id, words("effect.\(rule.effect.rawValue)"),
          rule.subject == .list ? words("perimeter.list", ["list": rule.scheme]) : rule.code,
          rule.family.flatMap { book.families[$0]?.label[words.language] } ?? "",
          rule.confidence + (rule.isProvisional ? " ?" : ""),
        ]))
    }
    return text + "\n" + table.drawn()
  }
}

private struct PerimeterSummary: Encodable {
  let id: String
  let version: String
  let title: [String: String]
  let countries: [String]
  let level: String
  let provisional: Bool
  let rules: Int

  init(_ perimeter: Perimeter) {
    id = perimeter.id
    version = perimeter.version
    title = perimeter.title.byLanguage
    countries = perimeter.countries.map(\.rawValue)
    level = perimeter.level.rawValue
    provisional = perimeter.isProvisional
    rules = perimeter.rules.count
  }
}

/// One perimeter whole: what a statistician needs to apply it elsewhere.
private struct PerimeterDocument: Encodable {
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
    let option: String?
    let confidence: String
    let provisional: Bool
    let note: String
  }

  let id: String
  let version: String
  let title: [String: String]
  let countries: [String]
  let level: String
  let source: String
  let validFrom: String
  let validTo: String?
  let provisional: Bool
  let options: [Option]
  let rules: [Item]

  enum CodingKeys: String, CodingKey {
    case id, version, title, countries, level, source, provisional, options, rules
    case validFrom = "valid_from"
    case validTo = "valid_to"
  }

  init(_ perimeter: Perimeter) {
    id = perimeter.id
    version = perimeter.version
    title = perimeter.title.byLanguage
    countries = perimeter.countries.map(\.rawValue)
    level = perimeter.level.rawValue
    source = perimeter.source
    validFrom = perimeter.validFrom
    validTo = perimeter.validTo
    provisional = perimeter.isProvisional
    options = perimeter.options.map { Option(name: $0.name, on: $0.isOn, label: $0.label.byLanguage) }
    rules = perimeter.rules.map {
      Item(
        rule: $0.id, effect: $0.effect.rawValue, on: $0.subject.rawValue, scheme: $0.scheme, code: $0.code,
        family: $0.family, subfamily: $0.subfamily, except: $0.exceptFamilies, option: $0.option,
        confidence: $0.confidence, provisional: $0.isProvisional, note: $0.note)
    }
  }
}
