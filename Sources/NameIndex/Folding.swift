/// Names as people type them, made alike: small letters without accents or ligatures, nothing but words.
///
/// `L'ÉCOLE DE L'Œuvre` is `l ecole de l oeuvre`; initials with dots are one word, `A.D.M.R.` being `admr`.
package struct Folding {
  /// Words are cut there: none of a register is as long.
  package static let longestWord = 63

  /// The folded words, one behind the other.
  package private(set) var bytes: [UInt8] = []
  /// Where each word stands in `bytes`.
  package private(set) var words: [Range<Int>] = []
  /// Words of one letter with a dot and a letter right behind: initials, perhaps.
  private var isDotted: [Bool] = []

  package init() {}

  package init(_ text: String) { fold(text) }

  package var texts: [String] { words.map { String(decoding: bytes[$0], as: UTF8.self) } }

  /// Replaces what was folded before.
  package mutating func fold(_ text: String) {
    bytes.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    isDotted.removeAll(keepingCapacity: true)
    var text = text
    text.withUTF8 { fold($0) }
  }

  private mutating func fold(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var position = 0
    func isEnd(_ next: Int) -> Bool { next >= text.count || text[next] == UInt8(ascii: " ") }
    while position < text.count {
      let byte = text[position]
      position += 1
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte | 0x20)
      case 0x80...:
        let (scalar, length) = Self.scalar(text, at: position - 1)
        position += length - 1
        if !Self.append(scalar, to: &bytes) { close(from: &start, isDotted: false) }
      default: close(from: &start, isDotted: byte == UInt8(ascii: ".") && !isEnd(position))
      }
    }
    close(from: &start, isDotted: false)
    joinInitials()
  }

  private mutating func close(from start: inout Int, isDotted: Bool) {
    if bytes.count > start {
      var end = min(bytes.count, start + Self.longestWord)
      // A letter of several bytes is left out whole.
      while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end -= 1 }
      bytes.removeSubrange(end...)
      words.append(start..<bytes.count)
      self.isDotted.append(isDotted)
    }
    start = bytes.count
  }

  /// `a` `d` `m` `r`, each with a dot right before the next, stand side by side in `bytes` already.
  private mutating func joinInitials() {
    guard isDotted.contains(true) else { return }
    var joined: [Range<Int>] = []
    var isOpen = false
    for (word, dotted) in zip(words, isDotted) {
      let isLetter = word.count == 1
      if isOpen, isLetter, let last = joined.last, word.upperBound - last.lowerBound <= Self.longestWord {
        joined[joined.count - 1] = last.lowerBound..<word.upperBound
      } else {
        joined.append(word)
      }
      isOpen = isLetter && dotted
    }
    words = joined
  }

  private static func scalar(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (UInt32, Int) {
    let first = text[start]
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
    var value = UInt32(first) & (0xff >> UInt32(length + 1))
    for offset in 1..<length where start + offset < text.count {
      value = value << 6 | UInt32(text[start + offset] & 0x3f)
    }
    return (value, length)
  }

  /// Appends the letter as it is folded; false where it is none.
  private static func append(_ value: UInt32, to bytes: inout [UInt8]) -> Bool {
    if let plain = letters[value] {
      bytes.append(contentsOf: plain)
      return true
    }
    // Accents that follow their letter; a soft hyphen and a joiner are nothing.
    if 0x300...0x36f ~= value || value == 0xad || value == 0x200d { return true }
    guard let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic else { return false }
    for small in scalar.properties.lowercaseMapping.utf8 { bytes.append(small) }
    return true
  }

  /// The accented letters of the languages of Europe, by what they are without accent.
  private static let letters: [UInt32: [UInt8]] = {
    let table = [
      ("a", "àáâãäåāăąǎÀÁÂÃÄÅĀĂĄǍª"), ("ae", "æÆ"), ("c", "çćĉċčÇĆĈĊČ"), ("d", "ďđðĎĐÐ"), ("e", "èéêëēĕėęěÈÉÊËĒĔĖĘĚ"),
      ("g", "ĝğġģĜĞĠĢ"), ("h", "ĥħĤĦ"), ("i", "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ"), ("j", "ĵĴ"), ("k", "ķĶ"), ("l", "ĺļľŀłĹĻĽĿŁ"),
      ("n", "ñńņňÑŃŅŇ"), ("o", "òóôõöøōŏőÒÓÔÕÖØŌŎŐº"), ("oe", "œŒ"), ("r", "ŕŗřŔŖŘ"), ("s", "śŝşšșŚŜŞŠȘ"),
      ("ss", "ßẞ"), ("t", "ţťŧțŢŤŦȚ"), ("th", "þÞ"), ("u", "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ"), ("w", "ŵŴ"), ("y", "ýÿŷÝŸŶ"),
      ("z", "źżžŹŻŽ"), ("ij", "ĳĲ"), ("2", "²"), ("3", "³"), ("1", "¹"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ff", "ﬀ"),
    ]
    var letters: [UInt32: [UInt8]] = [:]
    for (plain, accented) in table {
      for scalar in accented.unicodeScalars { letters[scalar.value] = Array(plain.utf8) }
    }
    return letters
  }()
}
