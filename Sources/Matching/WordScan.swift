/// Finds the words of a name: folds case and accents, drops elisions (`l'`, `d'`) and what stands between brackets,
/// joins letters that stand alone (`A.D.M.R.`, `A D M R`).
struct WordScan {
  struct Word {
    let range: Range<Int>
    let hash: UInt64
  }

  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  /// FNV-1a, a byte at a time.
  @inline(__always)
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

  /// The folded letters of the words found so far.
  private(set) var text: [UInt8] = []
  private let name: UnsafeBufferPointer<UInt8>
  private var at = 0
  private var depth = 0
  private var waiting: Found?

  private struct Found {
    var range: Range<Int>
    var isElided: Bool
  }

  init(_ name: UnsafeBufferPointer<UInt8>) {
    self.name = name
    text.reserveCapacity(name.count + 8)
  }

  mutating func next() -> Word? {
    while let first = take() {
      var range = first.range
      if range.count == 1, !first.isElided, !isDigit(text[range.lowerBound]) {
        // Letters alone one after the other are an acronym; a letter alone is a word like others.
        while let following = take() {
          guard following.range.count == 1, !following.isElided, !isDigit(text[following.range.lowerBound]) else {
            waiting = following
            break
          }
          range = range.lowerBound..<following.range.upperBound
        }
      }
      if first.isElided { continue }
      var hash = Self.seed
      for position in range { hash = Self.hash(hash, text[position]) }
      return Word(range: range, hash: hash)
    }
    return nil
  }

  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  private mutating func take() -> Found? {
    if let found = waiting {
      waiting = nil
      return found
    }
    let start = text.count
    while at < name.count {
      switch step() {
      case .letter: continue
      case .nothing: continue
      case .apostrophe where (1...2).contains(text.count - start) && depth == 0:
        // l', d', qu': what they stand before is the word.
        return Found(range: start..<text.count, isElided: true)
      case .apostrophe, .gap:
        if text.count > start { return Found(range: start..<text.count, isElided: false) }
      }
    }
    return text.count > start ? Found(range: start..<text.count, isElided: false) : nil
  }

  private enum Step { case letter, nothing, apostrophe, gap }

  /// Takes one character in.
  private mutating func step() -> Step {
    let byte = name[at]
    at += 1
    if byte < 0x80 {
      switch byte {
      case 0x61...0x7a, 0x30...0x39: return letter(byte)
      case 0x41...0x5a: return letter(byte | 0x20)
      case UInt8(ascii: "'"), UInt8(ascii: "`"): return .apostrophe
      case UInt8(ascii: "("):
        // A name that begins with a bracket is all there is.
        if !text.isEmpty { depth += 1 }
        return .gap
      case UInt8(ascii: ")"):
        depth = max(0, depth - 1)
        return .gap
      default: return .gap
      }
    }
    guard at < name.count else { return .nothing }
    let next = name[at]
    switch byte {
    case 0xc3:
      at += 1
      return accented(next)
    case 0xc5 where next == 0x92 || next == 0x93:
      at += 1
      _ = letter(UInt8(ascii: "o"))
      return letter(UInt8(ascii: "e"))
    case 0xc2:
      at += 1
      return .gap
    case 0xcc, 0xcd:
      // An accent written after its letter.
      at += 1
      return .nothing
    case 0xe2 where at + 1 < name.count:
      let last = name[at + 1]
      at += 2
      return next == 0x80 && (last == 0x99 || last == 0x98) ? .apostrophe : .gap
    default:
      // Other alphabets, or a letter that some program has broken.
      while at < name.count, name[at] & 0xc0 == 0x80 { at += 1 }
      return .nothing
    }
  }

  private mutating func letter(_ byte: UInt8) -> Step {
    guard depth == 0 else { return .nothing }
    text.append(byte)
    return .letter
  }

  /// U+00C0 to U+00FF by their second byte in UTF-8: capital and small letters fold alike.
  private mutating func accented(_ second: UInt8) -> Step {
    switch second | 0x20 {
    case 0xa0...0xa5: return letter(UInt8(ascii: "a"))
    case 0xa6:
      _ = letter(UInt8(ascii: "a"))
      return letter(UInt8(ascii: "e"))
    case 0xa7: return letter(UInt8(ascii: "c"))
    case 0xa8...0xab: return letter(UInt8(ascii: "e"))
    case 0xac...0xaf: return letter(UInt8(ascii: "i"))
    case 0xb1: return letter(UInt8(ascii: "n"))
    case 0xb2...0xb6, 0xb8: return letter(UInt8(ascii: "o"))
    case 0xb9...0xbc: return letter(UInt8(ascii: "u"))
    case 0xbd, 0xbf:
      // ß is the one small letter whose place among the capitals is another's.
      if second == 0x9f {
        _ = letter(UInt8(ascii: "s"))
        return letter(UInt8(ascii: "s"))
      }
      return letter(UInt8(ascii: "y"))
    default: return .gap
    }
  }
}
