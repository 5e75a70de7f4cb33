/// A word of a name: lower-case ASCII letters and digits.
package struct Token: Sendable, Hashable {
  package let bytes: [UInt8]
  package let hash: UInt64
  let hasDigit: Bool

  init(_ bytes: [UInt8], hash: UInt64) {
    self.bytes = bytes
    self.hash = hash
    hasDigit = bytes.contains { 0x30...0x39 ~= $0 }
  }

  package static func == (a: Token, b: Token) -> Bool { a.hash == b.hash }
  package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}

/// A name made alike: its telling words in their order, without case, accents, legal forms and little words.
package struct NormalName: Sendable, Equatable {
  package let tokens: [Token]
  /// The same for the same words in any order.
  package let key: UInt64

  package var isEmpty: Bool { tokens.isEmpty }

  /// The words written together: `handi sport` is `handisport`.
  var joined: [UInt8] { tokens.flatMap(\.bytes) }

  /// One key from the hashes of words: a sum does not know their order.
  static func key(_ hashes: some Sequence<UInt64>) -> UInt64 {
    hashes.reduce(0) { $0 &+ scattered($1) }
  }

  /// A hash of text differs mostly in its low bits; sums of such would meet.
  static func scattered(_ hash: UInt64) -> UInt64 {
    var value = (hash ^ hash >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
