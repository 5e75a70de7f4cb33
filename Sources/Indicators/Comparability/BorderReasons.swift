internal import Nomenclature
internal import Perimeter
internal import Wording

/// Why measures and indicators are not told of both countries together, and what is nearest to them that can be.
struct BorderReasons {
  private let book: TableBook
  private let words: [Language: Words]

  init(_ book: TableBook, _ words: Words) {
    self.book = book
    self.words = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, words.speaking($0)) })
  }

  /// Of those that formulas name: a sentence for each that does not add up.
  func sentences(of names: [String]) -> [Label] {
    var told: Set<String> = []
    var sentences: [Label] = []
    func follow(_ name: String) {
      guard told.insert(name).inserted else { return }
      if let indicator = book.indicators.first(where: { $0.id == name }) {
        if let why = indicator.why {
          sentences.append(sentence(indicator.title, why, indicator.nearest))
        } else {
          // It is what it is made of that does not compare.
          indicator.formula.references.map(\.name).forEach(follow)
        }
      } else if let measure = book.measures[name], !measure.grade.addsUp {
        sentences.append(sentence(measure.label, measure.why, measure.nearest))
      }
    }
    names.forEach(follow)
    return sentences
  }

  private func sentence(_ label: Label, _ why: Label, _ nearest: String) -> Label {
    let title = book.title(of: nearest)
    func text(_ language: Language) -> String {
      let facts = [
        "label": label[language], "why": Self.clause(why[language]),
        "nearest": "\(nearest) – \(title?[language] ?? "")",
      ]
      let key = title == nil ? "note.no_nearest" : "note.nearest"
      return words[language].map { $0(key, facts) } ?? key
    }
    return Label(fr: text(.fr), nl: text(.nl), en: text(.en))
  }

  /// A sentence as a part of another, which has a full stop of its own.
  static func clause(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}

extension Grade {
  /// Of families under a perimeter, and of their parts with them.
  static func ofFamilies(_ perimeter: Perimeter, _ families: Nomenclature) -> [String: Grade] {
    var grades = perimeter.grades.compactMapValues(Grade.init(rawValue:))
    for item in families.items {
      if let parent = item.parent { grades[item.code] = grades[parent] }
    }
    return grades
  }
}
