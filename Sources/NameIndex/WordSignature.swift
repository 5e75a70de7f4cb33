/// A bit for each letter that a word has: words whose bits differ in many places are not a mistake apart.
enum WordSignature {
  /// Letters may share a bit, which only makes words seem nearer than they are.
  static func of(_ letters: [UInt32]) -> UInt32 { letters.reduce(0) { $0 | 1 << ($1 & 31) } }

  /// The letters of a folded word.
  static func letters(_ word: some Collection<UInt8>) -> [UInt32] {
    if word.allSatisfy({ $0 < 0x80 }) { return word.map(UInt32.init) }
    return String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
  }
}

/// How many typing mistakes a word may have, by its true length: short words with one are other words.
package enum Tolerance {
  package static func mistakes(in letters: Int) -> Int { letters < 5 ? 0 : letters < 8 ? 1 : 2 }
}
