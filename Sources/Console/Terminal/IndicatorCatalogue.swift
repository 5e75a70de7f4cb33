import Indicators
import Tabular
import Warehouse
import Wording

/// The indicators that are declared: a list, or the card of one.
struct IndicatorCatalogue {
  private let book: TableBook
  private let words: Words
  private var language: Language { words.language }

  init(_ book: TableBook, _ words: Words) {
    self.book = book
    self.words = words
  }

  // MARK: - The list

  private static let titleWidth = 48

  var text: String {
    let header = ["id", "code", "title", "unit", "kind.grade"].map { words("indicators.\($0)") }
    var drawn = TextTable(header: header, textColumns: header.count)
    for indicator in book.indicators {
      let title = Paragraph.drawn(indicator.title[language], width: Self.titleWidth).split(separator: "\n")
      for (position, line) in title.enumerated() {
        drawn.lines.append(
          .init(
            cells: position == 0
              ? [indicator.id, indicator.code, String(line), indicator.unit.code, indicator.grade.rawValue]
              : ["", "", "  \(line)", "", ""]))
      }
    }
    let grades = Grade.allCases.map { "  \($0.rawValue)  " + grade($0) }
    return ([drawn.drawn(), ""] + grades).joined(separator: "\n")
  }

  private func grade(_ grade: Grade) -> String { words("skos.grade.\(grade.rawValue)") }

  // MARK: - A card

  func text(of indicator: Indicator) -> String {
    var lines = [Terminal.bold("\(indicator.id)  \(indicator.title[language])") + " (\(indicator.code))", ""]
    lines += [Paragraph.drawn(indicator.description[language], head: "  "), ""]
    func fact(_ key: String, _ text: String) {
      lines.append(Paragraph.drawn(text, head: "  " + words("indicators.\(key)").padded(to: Self.heads)))
    }
    fact("formula", indicator.written)
    if !indicator.parameters.isEmpty {
      let parameters = indicator.parameters.sorted { $0.key < $1.key }.map { "\($0.key) = \(written($0.value))" }
      fact("parameters", parameters.joined(separator: language.semicolon))
    }
    fact("unit", indicator.unit.label[language])
    fact("grade", "\(indicator.grade.rawValue) – \(grade(indicator.grade))")
    if let why = indicator.why { fact("why", why[language].printable) }
    if let nearest = book.title(of: indicator.nearest) {
      fact("nearest", "\(indicator.nearest) – \(nearest[language])")
    } else if !indicator.grade.addsUp {
      fact("nearest", words("indicators.no_nearest"))
    }
    for card in indicator.cards { lines += ["", text(of: card)] }
    return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).trimmedRight }.joined(separator: "\n")
  }

  /// Where what is said of each thing begins.
  private static let heads = 22

  private func text(of card: Indicator.Card) -> String {
    var lines = [Terminal.bold("  " + words("country.\(card.country)"))]
    for line in card.lines {
      let dated = line.kind == .broken || line.kind == .grade ? " " + line.value : ""
      let head = words("indicators.kind.\(line.kind.rawValue)") + dated
      lines.append(
        Paragraph.drawn(line.text[language].printable, head: "    " + head.padded(to: Self.heads - 2)))
    }
    return lines.joined(separator: "\n")
  }

  private func written(_ value: Double) -> String { Numbers.short(value, language) }

  // MARK: - For machines

  private struct Document: Encodable {
    struct Line: Encodable {
      let kind: String
      let value: String
      let text: [String: String]
      let confidence: String
    }
    struct Card: Encodable {
      let country: String
      let lines: [Line]
    }

    let id: String
    let code: String
    let title: [String: String]
    let description: [String: String]
    let formula: String
    let parameters: [String: Double]
    let unit: String
    let decimals: Int
    let grade: String
    let why: [String: String]?
    let nearest: String?
    let confidence: String
    let cards: [Card]

    init(_ indicator: Indicator) {
      id = indicator.id
      code = indicator.code
      title = indicator.title.byLanguage
      description = indicator.description.byLanguage
      formula = indicator.written
      parameters = indicator.parameters
      unit = indicator.unit.code
      decimals = indicator.decimals
      grade = indicator.grade.rawValue
      why = indicator.why?.byLanguage
      nearest = indicator.nearest.isEmpty ? nil : indicator.nearest
      confidence = indicator.confidence
      cards = indicator.cards.map { card in
        Card(
          country: card.country,
          lines: card.lines.map {
            Line(kind: $0.kind.rawValue, value: $0.value, text: $0.text.byLanguage, confidence: $0.confidence)
          })
      }
    }
  }

  var json: String { get throws { try JSON.text(book.indicators.map(Document.init)) } }

  func json(of indicator: Indicator) throws -> String { try JSON.text(Document(indicator)) }
}
