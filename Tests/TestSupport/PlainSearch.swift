package import NameIndex

/// The search of names by the book: every word of every name is compared with every word that was typed.
///
/// The other implementation, against which the index is held.
package struct PlainSearch: Sendable {
  package struct Found: Sendable, Equatable {
    package let name: Int
    package let fit: Fit

    package init(name: Int, fit: Fit) {
      self.name = name
      self.fit = fit
    }
  }

  private let forms: WordForms
  private let names: [[String]]

  package init(_ names: [String], _ forms: WordForms) {
    self.forms = forms
    self.names = names.map { name in
      var words: [String] = []
      for word in Folding(name).texts.map({ Self.meaning($0, forms) }) where !words.contains(word) {
        words.append(word)
      }
      return words
    }
  }

  private static func meaning(_ word: String, _ forms: WordForms) -> String {
    forms.forms.first { $0.word == word && $0.word != $0.meaning }?.meaning ?? word
  }

  private func isLight(_ word: String) -> Bool { forms.forms.contains { $0.meaning == word && $0.isLight } }

  /// The words that count: the heavy ones, or all where none is.
  private func counting(_ words: [String]) -> [String] {
    let heavy = words.filter { !isLight($0) }
    return heavy.isEmpty ? words : heavy
  }

  package func find(_ text: String, where passes: (Int) -> Bool = { _ in true }) -> [Found] {
    let typed = Folding(text).texts
    guard let last = typed.last else { return [] }
    var asked: [String] = []
    for word in typed.map({ Self.meaning($0, forms) }) where !asked.contains(word) { asked.append(word) }
    asked = counting(asked)
    let isUnfinished = asked.map { $0 == Self.meaning(last, forms) }
    func fit(_ word: String, _ position: Int) -> Fit? {
      if word == asked[position] { return .exact }
      if isUnfinished[position], word.hasPrefix(last) { return .beginning }
      let letters = word.unicodeScalars.count
      guard asked[position].unicodeScalars.count >= 4, !asked[position].allSatisfy({ $0.isASCII && $0.isNumber }) else {
        return nil
      }
      let mistakes = Self.distance(Array(word.unicodeScalars), Array(asked[position].unicodeScalars))
      guard mistakes <= (letters < 5 ? 0 : letters < 8 ? 1 : 2) else { return nil }
      return mistakes == 1 ? .oneMistake : .twoMistakes
    }
    // The same words come again and again: each is compared once.
    let vocabulary = Set(names.joined())
    let fits = asked.indices.map { position in
      Dictionary(uniqueKeysWithValues: vocabulary.compactMap { word in fit(word, position).map { (word, $0) } })
    }
    let weights = asked.indices.map { position -> Int in
      let uses = names.reduce(0) { $0 + $1.count { fits[position][$0] != nil } }
      return 1 + Int.bitWidth - (names.count / max(1, uses)).leadingZeroBitCount
    }
    var found: [(rank: (UInt8, Int, Int, Int), found: Found)] = []
    for (name, words) in names.enumerated() where passes(name) {
      let best = asked.indices.map { position in words.compactMap { fits[position][$0] }.min() }
      guard !best.contains(nil), let worst = best.compactMap({ $0 }).max() else { continue }
      let worth = zip(best, weights).reduce(0) { $0 + Self.worth($1.0) * $1.1 }
      let isWhole = worst == .exact && counting(words).count == asked.count
      found.append(((worst.rawValue, -worth, isWhole ? 0 : 1, name), Found(name: name, fit: worst)))
    }
    return found.sorted { $0.rank < $1.rank }.map(\.found)
  }

  private static func worth(_ fit: Fit?) -> Int {
    switch fit {
    case .exact: 10
    case .beginning: 8
    case .oneMistake: 5
    case .twoMistakes: 3
    case nil: 0
    }
  }

  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if abs(a.count - b.count) > 2 { return 3 }
    var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        guard i > 0, j > 0 else {
          table[i][j] = i + j
          continue
        }
        var best = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, table[i - 2][j - 2] + 1) }
        table[i][j] = best
      }
    }
    return table[a.count][b.count]
  }
}

/// A word with one typing mistake: two letters exchanged, one missing, added or changed.
package func mistyped(_ word: String, _ random: inout SplitMix64) -> String {
  var letters = Array(word)
  let place = random.number(0...letters.count - 1)
  let other = random.pick(Array("abcdefghijklmnopqrstuvwxyz"))
  switch random.number(0...3) {
  case 0 where place + 1 < letters.count: letters.swapAt(place, place + 1)
  case 1: letters.remove(at: place)
  case 2: letters.insert(other, at: place)
  default: letters[place] = other
  }
  return String(letters)
}
