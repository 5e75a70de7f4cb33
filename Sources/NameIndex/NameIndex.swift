package import Diagnostics
package import Filesystem

/// Names in a packed file, to be found by their words.
///
/// Three tables: the words by alphabet with their length and letters, the names of each word, the words of each name.
package struct NameIndex: Sendable {
  /// The parts of the file that are this module's; texts take two numbers.
  package enum Part {
    static let words: UInt32 = 1
    static let lengths: UInt32 = 3
    static let signatures: UInt32 = 4
    static let postingStarts: UInt32 = 5
    static let postings: UInt32 = 6
    static let nameStarts: UInt32 = 7
    static let nameWords: UInt32 = 8
    static let weighing: UInt32 = 9
    static let forms: UInt32 = 10
    /// Whoever adds parts of his own begins here.
    package static let free: UInt32 = 32
  }

  package let forms: WordForms
  let words: Texts
  let lengths: PackedNumbers<UInt8>
  let signatures: PackedNumbers<UInt32>
  let postingStarts: PackedNumbers<UInt32>
  let postings: PackedNumbers<UInt32>
  let nameStarts: PackedNumbers<UInt32>
  let nameWords: PackedNumbers<UInt32>
  /// How many words of each name weigh something: a name has been given whole when all of them were.
  let weighing: PackedNumbers<UInt8>

  package init(_ file: PackedFile) throws(Problem) {
    words = try file.texts(Part.words)
    lengths = try file.numbers(Part.lengths, UInt8.self)
    signatures = try file.numbers(Part.signatures, UInt32.self)
    postingStarts = try file.numbers(Part.postingStarts, UInt32.self)
    postings = try file.numbers(Part.postings, UInt32.self)
    nameStarts = try file.numbers(Part.nameStarts, UInt32.self)
    nameWords = try file.numbers(Part.nameWords, UInt32.self)
    weighing = try file.numbers(Part.weighing, UInt8.self)
    forms = try WordForms(file.texts(Part.forms))
    guard lengths.count == words.count, signatures.count == words.count, postingStarts.count == words.count + 1,
      nameStarts.count == weighing.count + 1
    else { throw lengths.damage }
  }

  /// How many names there are.
  package var count: Int { weighing.count }
}
