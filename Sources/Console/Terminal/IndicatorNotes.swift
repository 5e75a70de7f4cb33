import Indicators
import Wording

extension StatisticalTable {
  /// The same table with the breaks in series that its cards tell of, among the years that it is computed of.
  func noting(
    breaksOf indicator: Indicator, in countries: Set<String>, before: Int, _ words: Words
  ) -> StatisticalTable {
    let years = axes[1].members.compactMap { Int($0.code) }
    guard let first = years.min(), let last = years.max() else { return self }
    var breaks: [Note] = []
    for card in indicator.cards where countries.contains(card.country) {
      for line in card.lines where line.kind == .broken {
        guard let year = Int(line.value), (first - before...last).contains(year) else { continue }
        func text(_ language: Language) -> String {
          words.speaking(language)(
            "indicators.break",
            ["country": "@country.\(card.country)", "year": line.value, "text": line.text[language]])
        }
        breaks.append(.init(.comparability, Label(fr: text(.fr), nl: text(.nl), en: text(.en))))
      }
    }
    var notes = notes
    notes.insert(contentsOf: breaks, at: notes.firstIndex { $0.kind == .perimeter } ?? notes.count)
    return StatisticalTable(
      id: id, title: title, description: description, axes: axes, columns: columns, cells: cells, notes: notes,
      origin: origin)
  }
}
