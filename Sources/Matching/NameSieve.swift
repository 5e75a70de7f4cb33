/// Which names of a register are worth a second look: those that some record bears to the word.
package struct NameSieve: Sendable {
  private let words: NameReading
  private let keys: Set<UInt64>

  package init(_ names: some Sequence<NormalName>, _ words: NameReading) {
    keys = Set(names.lazy.filter { !$0.isEmpty }.map(\.key))
    self.words = words
  }

  package var isEmpty: Bool { keys.isEmpty }

  package func holds(_ name: UnsafeBufferPointer<UInt8>) -> Bool { !name.isEmpty && keys.contains(words.key(of: name)) }

  package func holds(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { holds($0) }
  }
}
