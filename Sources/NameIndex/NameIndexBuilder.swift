package import Filesystem

/// Takes names in the order in which an answer shall show them, and makes the parts of an index.
package struct NameIndexBuilder {
  private let forms: WordForms
  private var folding = Folding()
  private var words = WordArena()
  private var isLight: [Bool] = []
  /// The words of each name, one name behind the other.
  private var nameStarts: [UInt32] = [0]
  private var nameWords: [UInt32] = []
  private var weighing: [UInt8] = []

  package init(_ forms: WordForms) { self.forms = forms }

  /// A name; its number is how many came before. One without words is never found by words.
  package mutating func add(_ name: String) {
    folding.fold(name)
    let start = nameWords.count
    var heavy = 0
    for word in folding.words {
      let meaning = forms.meaning(of: folding.bytes[word])
      let number = words.number(of: meaning)
      if number == isLight.count { isLight.append(forms.isLight(meaning)) }
      guard !nameWords[start...].contains(number) else { continue }
      nameWords.append(number)
      if !isLight[Int(number)] { heavy += 1 }
    }
    nameStarts.append(UInt32(nameWords.count))
    let count = nameWords.count - start
    weighing.append(UInt8(min(255, heavy > 0 ? heavy : count)))
  }

  package consuming func finish(in file: inout PackedFileWriter) {
    // By alphabet: the words with one beginning stand together, and so do the names that have them.
    let order = (0..<words.count).sorted { words[$0].lexicographicallyPrecedes(words[$1]) }
    var ranks = [UInt32](repeating: 0, count: order.count)
    var texts = TextsBuilder()
    var lengths: [UInt8] = []
    var signatures: [UInt32] = []
    for (rank, word) in order.enumerated() {
      ranks[word] = UInt32(rank)
      let letters = WordSignature.letters(words[word])
      texts.add(words[word])
      lengths.append(UInt8(letters.count))
      signatures.append(WordSignature.of(letters))
    }
    for position in nameWords.indices { nameWords[position] = ranks[Int(nameWords[position])] }
    let postings = postings(words: order.count)
    file.add(NameIndex.Part.words, texts)
    file.add(NameIndex.Part.lengths, lengths)
    file.add(NameIndex.Part.signatures, signatures)
    file.add(NameIndex.Part.postingStarts, postings.starts)
    file.add(NameIndex.Part.postings, postings.names)
    file.add(NameIndex.Part.nameStarts, nameStarts)
    file.add(NameIndex.Part.nameWords, nameWords)
    file.add(NameIndex.Part.weighing, weighing)
    file.add(NameIndex.Part.forms, forms.texts)
  }

  /// The names of each word, in their order: counted, then put in their places.
  private func postings(words: Int) -> (starts: [UInt32], names: [UInt32]) {
    var starts = [UInt32](repeating: 0, count: words + 1)
    for word in nameWords { starts[Int(word) + 1] += 1 }
    for word in 0..<words { starts[word + 1] += starts[word] }
    var next = starts
    var names = [UInt32](repeating: 0, count: nameWords.count)
    for name in 0..<nameStarts.count - 1 {
      for position in Int(nameStarts[name])..<Int(nameStarts[name + 1]) {
        let word = Int(nameWords[position])
        names[Int(next[word])] = UInt32(name)
        next[word] += 1
      }
    }
    return (starts, names)
  }
}
