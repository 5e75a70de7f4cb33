/// The different words of all names, numbered as they come: open addressing over bytes that lie end to end.
struct WordArena {
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [UInt32] = [0]
  private var slots: [UInt32] = Array(repeating: .max, count: 1 << 12)

  var count: Int { starts.count - 1 }

  subscript(word: Int) -> ArraySlice<UInt8> { bytes[Int(starts[word])..<Int(starts[word + 1])] }

  /// The number of a word, new or not.
  mutating func number(of word: ArraySlice<UInt8>) -> UInt32 {
    if count * 2 >= slots.count { grow() }
    var slot = Self.hash(word) & (slots.count - 1)
    while slots[slot] != .max {
      let known = slots[slot]
      if self[Int(known)] == word { return known }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(count)
    bytes.append(contentsOf: word)
    starts.append(UInt32(bytes.count))
    return UInt32(count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: .max, count: slots.count * 2)
    for word in 0..<count {
      var slot = Self.hash(self[word]) & (slots.count - 1)
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(word)
    }
  }

  /// FNV-1a, its high bits folded in: the same on every machine.
  private static func hash(_ word: ArraySlice<UInt8>) -> Int {
    var sum: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in word { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: (sum ^ sum >> 32) & 0x7fff_ffff)
  }
}
