import Diagnostics
import Filesystem
import NameIndex
package import Wording

/// A code of a classification with its name in three languages.
package struct Term: Sendable, Equatable {
  package let code: String
  package let label: Label
  /// What else is to be known of it: the family above, the divisions of a sector, the bounds of a size.
  let more: String
}

/// The codes of one classification, as they were when the directory was written.
package struct Terms: Sendable {
  package let all: [Term]

  init(_ texts: Texts) throws(Problem) {
    var all: [Term] = []
    for row in 0..<texts.count / 5 {
      let label = Label(fr: try texts[row * 5 + 2], nl: try texts[row * 5 + 3], en: try texts[row * 5 + 4])
      all.append(Term(code: try texts[row * 5], label: label, more: try texts[row * 5 + 1]))
    }
    self.all = all
  }

  init(_ all: [Term]) { self.all = all }

  /// By position; nil where there is none.
  package subscript(position: Int) -> Term? { all.indices.contains(position) ? all[position] : nil }
}

extension Terms {
  /// Names as people type them: without accents or capitals.
  static func folded(_ text: String) -> String { Folding(text).texts.joined(separator: " ") }

  /// Codes near to a mistyped one, and names in the language in which they are near.
  func nearest(to text: String) -> [String] {
    let codes = Diagnostics.nearest(to: text, among: all.map(\.code).filter { !$0.isEmpty }, atMost: 3)
    let typed = Self.folded(text)
    let others = all.filter { !codes.contains($0.code) }
    for language in Language.allCases {
      let labels = others.map { $0.label.byLanguage[language.rawValue] ?? "" }
      let folded = labels.map(Self.folded)
      let near = Diagnostics.nearest(to: typed, among: folded.filter { !$0.isEmpty }, atMost: 3)
      guard !near.isEmpty else { continue }
      return codes + others.indices.filter { near.contains(folded[$0]) }.map { "\(others[$0].code) (\(labels[$0]))" }
    }
    return codes
  }
}

/// Terms on their way into the file. Positions count from 0.
struct TermsBuilder {
  private(set) var texts = TextsBuilder()
  private var positions: [String: Int] = [:]

  mutating func add(_ code: String, more: String = "", _ label: Label) {
    positions[code] = positions.count
    for text in [code, more, label.fr, label.nl, label.en] { texts.add(text) }
  }

  func position(_ code: String) -> Int? { positions[code] }
}
