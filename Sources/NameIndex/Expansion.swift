internal import Diagnostics
internal import Filesystem

/// How a name has a word that was looked for, the best first.
package enum Fit: UInt8, Sendable, CaseIterable, Comparable {
  case exact, beginning, oneMistake, twoMistakes

  package static func < (a: Fit, b: Fit) -> Bool { a.rawValue < b.rawValue }

  /// What a match is worth, of a word's weight.
  var worth: Int {
    switch self {
    case .exact: 10
    case .beginning: 8
    case .oneMistake: 5
    case .twoMistakes: 3
    }
  }
}

/// The words of the index that may stand for one that was typed.
struct Expansion {
  var exact: Int?
  /// Those that begin with it, side by side.
  var beginnings: Range<Int> = 0..<0
  /// Those that it may be meant for, by their numbers.
  var near: [(word: UInt32, fit: Fit)] = []
  /// How many names have one of them, counted as often as they do.
  var names = 0

  var isEmpty: Bool { names == 0 }

  /// How a word of a name answers, if it does.
  func fit(_ word: UInt32) -> Fit? {
    if let exact, exact == Int(word) { return .exact }
    if beginnings.contains(Int(word)) { return .beginning }
    var (low, high) = (0, near.count)
    while low < high {
      let middle = (low + high) / 2
      if near[middle].word < word { low = middle + 1 } else { high = middle }
    }
    return low < near.count && near[low].word == word ? near[low].fit : nil
  }
}

extension NameIndex {
  func expansion(of word: NameQuery.Word) throws(Problem) -> Expansion {
    var found = Expansion()
    let place = try words.lowerBound(word.meaning)
    if place < words.count, try words.bytes(at: place).elementsEqual(word.meaning) { found.exact = place }
    if word.isLast { found.beginnings = try beginnings(word.typed) }
    try addNear(word.meaning, to: &found)
    for word in found.near { found.names += try names(Int(word.word), Int(word.word) + 1).count }
    if let exact = found.exact, !found.beginnings.contains(exact) { found.names += try names(exact, exact + 1).count }
    found.names += try names(found.beginnings.lowerBound, found.beginnings.upperBound).count
    return found
  }

  /// The names that have words of a range, word after word.
  func names(_ first: Int, _ end: Int) throws(Problem) -> Slice<UnsafeBufferPointer<UInt32>> {
    let (start, end) = (Int(try postingStarts.at(first)), Int(try postingStarts.at(end)))
    guard start <= end, end <= postings.count else { throw postings.damage }
    return postings.raw[start..<end]
  }

  private func beginnings(_ typed: ArraySlice<UInt8>) throws(Problem) -> Range<Int> {
    let start = try words.lowerBound(typed)
    // No byte of UTF-8 is 255: this text comes right behind all that begin so.
    let end = try words.lowerBound(Array(typed) + [255])
    return start..<max(start, end)
  }

  private func addNear(_ meaning: ArraySlice<UInt8>, to found: inout Expansion) throws(Problem) {
    let letters = WordSignature.letters(meaning)
    // A number with another digit is another number.
    guard letters.count >= 4, !meaning.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return }
    let signature = WordSignature.of(letters)
    var distance = EditDistance()
    let (lengths, signatures) = (lengths.raw, signatures.raw)
    let most = Tolerance.mistakes(in: letters.count + 2)
    for word in lengths.indices {
      let length = Int(lengths[word])
      guard abs(length - letters.count) <= most, (signatures[word] ^ signature).nonzeroBitCount <= 2 * most else {
        continue
      }
      let allowed = Tolerance.mistakes(in: length)
      guard allowed > 0, abs(length - letters.count) <= allowed,
        (signatures[word] ^ signature).nonzeroBitCount <= 2 * allowed, word != found.exact,
        !found.beginnings.contains(word)
      else { continue }
      let other = WordSignature.letters(try words.bytes(at: word))
      guard let mistakes = distance.between(letters, other, atMost: allowed), mistakes > 0 else { continue }
      found.near.append((UInt32(word), mistakes == 1 ? .oneMistake : .twoMistakes))
    }
  }
}
