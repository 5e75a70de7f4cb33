internal import Diagnostics
internal import Filesystem

/// Words that stand for others (`st` for `saint`), and light ones (`association`, `de`), which nobody looks for.
package struct WordForms: Sendable {
  package struct Form: Sendable {
    package let word: String
    /// What it stands for; itself where it is only light.
    package let meaning: String
    package let isLight: Bool

    package init(word: String, meaning: String, isLight: Bool) {
      self.word = word
      self.meaning = meaning
      self.isLight = isLight
    }
  }

  package let forms: [Form]
  private let meanings: [ArraySlice<UInt8>: ArraySlice<UInt8>]
  private let light: Set<ArraySlice<UInt8>>

  /// Words are folded; a meaning is itself no word with another meaning.
  package init(_ forms: [Form]) {
    self.forms = forms
    func bytes(_ text: String) -> ArraySlice<UInt8> { Array(text.utf8)[...] }
    let others = forms.filter { $0.word != $0.meaning }
    meanings = Dictionary(others.map { (bytes($0.word), bytes($0.meaning)) }, uniquingKeysWith: { first, _ in first })
    light = Set(forms.filter(\.isLight).map { bytes($0.meaning) })
  }

  /// What a folded word stands for.
  package func meaning(of word: ArraySlice<UInt8>) -> ArraySlice<UInt8> { meanings[word] ?? word }

  /// Is it, as a meaning, one that weighs nothing?
  package func isLight(_ meaning: ArraySlice<UInt8>) -> Bool { light.contains(meaning) }

  /// As an index keeps them: what was folded one way is looked for in the same way.
  var texts: TextsBuilder {
    var texts = TextsBuilder()
    for form in forms {
      texts.add(form.word)
      texts.add(form.meaning)
      texts.add(form.isLight ? "1" : "")
    }
    return texts
  }

  init(_ texts: Texts) throws(Problem) {
    var forms: [Form] = []
    for row in 0..<texts.count / 3 {
      forms.append(
        Form(word: try texts[row * 3], meaning: try texts[row * 3 + 1], isLight: try texts[row * 3 + 2] == "1"))
    }
    self.init(forms)
  }
}
