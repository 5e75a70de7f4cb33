internal import Diagnostics
internal import Tabular

/// Reads names into words, byte by byte: millions of names of a register go through here.
package struct NameReading: Sendable {
  /// Legal forms and little words, by hash.
  private let dropped: Set<UInt64>
  private let written: [UInt64: Token]

  package init(share: String) throws {
    let table = try DeclaredTable("\(share)/matching/words.csv", columns: ["kind", "word", "becomes"])
    var dropped: Set<UInt64> = []
    var written: [UInt64: Token] = [:]
    for entry in table.entries {
      let hash = Self.hash(Array(entry["word"].utf8))
      switch entry["kind"] {
      case "form", "link": dropped.insert(hash)
      case "short":
        let long = Array(entry["becomes"].utf8)
        guard !long.isEmpty else { throw table.problem("share.no_value", entry, ["column": "becomes"]) }
        written[hash] = Token(long, hash: Self.hash(long))
      default:
        throw table.problem("share.unknown_code", entry, ["code": entry["kind"], "known": "form, link, short"])
      }
    }
    self.dropped = dropped
    self.written = written
  }

  package func callAsFunction(_ name: String) -> NormalName {
    var name = name
    return name.withUTF8 { self($0) }
  }

  package func callAsFunction(_ name: UnsafeBufferPointer<UInt8>) -> NormalName {
    var tokens: [Token] = []
    var others: [Token] = []
    var scan = WordScan(name)
    while let word = scan.next() {
      if let long = written[word.hash] {
        tokens.append(long)
      } else {
        let token = Token(Array(scan.text[word.range]), hash: word.hash)
        if dropped.contains(word.hash) { others.append(token) } else { tokens.append(token) }
      }
    }
    // A name of nothing but such words is told by them.
    if tokens.isEmpty { tokens = others }
    return NormalName(tokens: tokens, key: NormalName.key(tokens.lazy.map(\.hash)))
  }

  /// The key of a name, without keeping its words.
  package func key(of name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var (key, others): (UInt64, UInt64) = (0, 0)
    var isTelling = false
    var scan = WordScan(name)
    while let word = scan.next() {
      if let long = written[word.hash] {
        key &+= NormalName.scattered(long.hash)
        isTelling = true
      } else if dropped.contains(word.hash) {
        others &+= NormalName.scattered(word.hash)
      } else {
        key &+= NormalName.scattered(word.hash)
        isTelling = true
      }
    }
    return isTelling ? key : others
  }

  static func hash(_ bytes: [UInt8]) -> UInt64 {
    var hash = WordScan.seed
    for byte in bytes { hash = WordScan.hash(hash, byte) }
    return hash
  }
}
