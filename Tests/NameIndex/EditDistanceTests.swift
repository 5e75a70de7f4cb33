@testable import NameIndex
import TestSupport
import Testing

@Suite("Typing mistakes")
struct EditDistanceTests {
  /// The whole table, by the book: the other implementation.
  static func plain(_ a: [UInt32], _ b: [UInt32]) -> Int {
    var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        if i == 0 || j == 0 {
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

  @Test func `the fast distance is that of the book, up to the limit`() {
    var random = SplitMix64(seed: 3)
    var fast = EditDistance()
    for _ in 0..<20_000 {
      let a = (0..<random.number(0...9)).map { _ in UInt32(random.number(97...100)) }
      let b = (0..<random.number(0...9)).map { _ in UInt32(random.number(97...100)) }
      let true_ = Self.plain(a, b)
      for most in 1...3 {
        #expect(fast.between(a, b, atMost: most) == (true_ <= most ? true_ : nil), "\(a) \(b) at most \(most)")
      }
      #expect(
        (WordSignature.of(a) ^ WordSignature.of(b)).nonzeroBitCount <= 2 * true_, "a signature tells too much apart")
    }
  }

  @Test(arguments: [
    ("lille", "lile", 1), ("lille", "lilel", 1), ("lille", "mille", 1), ("lille", "lillle", 1), ("ab", "ba", 1),
  ])
  func `one mistake`(a: String, b: String, mistakes: Int) {
    var distance = EditDistance()
    #expect(distance.between(WordSignature.letters(a.utf8), WordSignature.letters(b.utf8), atMost: 2) == mistakes)
  }
}
