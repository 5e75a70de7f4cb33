package import Diagnostics
internal import Filesystem

extension NameIndex {
  /// The words that no name has, not even with a mistake, each with the words of names that are nearest to it, those
  /// of most names first.
  package func unknownWords(
    of query: NameQuery, atMost limit: Int
  ) throws(Problem) -> [(word: String, nearest: [String])] {
    var unknown: [(word: String, nearest: [String])] = []
    for word in query.words where try expansion(of: word).isEmpty {
      unknown.append((String(decoding: word.typed, as: UTF8.self), try nearestWords(to: word.typed, atMost: limit)))
    }
    return unknown
  }

  private func nearestWords(to typed: ArraySlice<UInt8>, atMost limit: Int) throws(Problem) -> [String] {
    let letters = WordSignature.letters(typed)
    let signature = WordSignature.of(letters)
    let most = letters.count < 4 ? 1 : max(2, letters.count / 3)
    var distance = EditDistance()
    var near: [(distance: Int, names: Int, word: Int)] = []
    for word in lengths.raw.indices {
      guard abs(Int(lengths.raw[word]) - letters.count) <= most,
        (signatures.raw[word] ^ signature).nonzeroBitCount <= 2 * most,
        let mistakes = distance.between(letters, WordSignature.letters(try words.bytes(at: word)), atMost: most)
      else { continue }
      near.append((mistakes, try names(word, word + 1).count, word))
    }
    near.sort { ($0.distance, -$0.names, $0.word) < ($1.distance, -$1.names, $1.word) }
    var texts: [String] = []
    for word in near.prefix(limit) { texts.append(try words[word.word]) }
    return texts
  }
}
