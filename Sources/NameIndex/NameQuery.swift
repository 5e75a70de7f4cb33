/// What somebody looks for: the words that a name must have.
package struct NameQuery: Sendable {
  struct Word: Sendable {
    /// As it was typed, folded.
    let typed: ArraySlice<UInt8>
    /// What it stands for.
    let meaning: ArraySlice<UInt8>
    /// The last one may not be finished yet.
    let isLast: Bool
  }

  let words: [Word]

  package var isEmpty: Bool { words.isEmpty }

  /// Light words are left out, unless there are no others; a word that comes twice counts once.
  package init(_ text: String, _ forms: WordForms) {
    let folding = Folding(text)
    var all: [Word] = []
    for (position, range) in folding.words.enumerated() {
      let typed = folding.bytes[range]
      let isLast = position == folding.words.count - 1
      let word = Word(typed: typed, meaning: forms.meaning(of: typed), isLast: isLast)
      if let known = all.firstIndex(where: { $0.meaning == word.meaning }) {
        if isLast { all[known] = word }
      } else {
        all.append(word)
      }
    }
    let heavy = all.filter { !forms.isLight($0.meaning) }
    words = heavy.isEmpty ? all : heavy
  }
}
