package import Diagnostics

/// Reads a JSON text strictly, and says where one is broken or stops before its end.
package struct JSONReader {
  /// Deeper than any publisher nests: beyond it, a text is made to exhaust us.
  package static let deepest = 64

  private let bytes: [UInt8]
  private let place: Place
  private var at = 0
  private var line = 1

  private init(_ bytes: [UInt8], at place: Place) {
    self.bytes = bytes
    self.place = place
  }

  package static func read(_ bytes: [UInt8], at place: Place) throws(Problem) -> JSONNode {
    var reader = JSONReader(bytes, at: place)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.at = 3 }
    let node = try reader.node(depth: 0)
    reader.skipBlanks()
    guard reader.at == bytes.count else { throw reader.broken() }
    return node
  }

  // MARK: - Values

  private mutating func node(depth: Int) throws(Problem) -> JSONNode {
    skipBlanks()
    let line = line
    guard depth <= Self.deepest else { throw broken() }
    guard let byte = peek else { throw ended() }
    switch byte {
    case UInt8(ascii: "{"): return JSONNode(value: .object(try object(depth)), line: line)
    case UInt8(ascii: "["): return JSONNode(value: .array(try array(depth)), line: line)
    case UInt8(ascii: "\""): return JSONNode(value: .text(try text()), line: line)
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return JSONNode(value: .number(try number()), line: line)
    }
  }

  private mutating func object(_ depth: Int) throws(Problem) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    at += 1
    skipBlanks()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipBlanks()
      guard let byte = peek else { throw ended() }
      guard byte == UInt8(ascii: "\"") else { throw broken() }
      let key = try text()
      try expect(UInt8(ascii: ":"))
      members.append(.init(key: key, value: try node(depth: depth + 1)))
      if try endsList(UInt8(ascii: "}")) { return members }
    }
  }

  private mutating func array(_ depth: Int) throws(Problem) -> [JSONNode] {
    var elements: [JSONNode] = []
    at += 1
    skipBlanks()
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try node(depth: depth + 1))
      if try endsList(UInt8(ascii: "]")) { return elements }
    }
  }

  /// True at the closing bracket, false after a comma.
  private mutating func endsList(_ end: UInt8) throws(Problem) -> Bool {
    skipBlanks()
    if take(end) { return true }
    try expect(UInt8(ascii: ","))
    return false
  }

  private mutating func word(_ word: StaticString, _ value: JSONNode.Value) throws(Problem) -> JSONNode {
    for offset in 0..<word.utf8CodeUnitCount {
      guard let byte = peek else { throw ended() }
      guard byte == word.utf8Start[offset] else { throw broken() }
      at += 1
    }
    return JSONNode(value: value, line: line)
  }

  private mutating func number() throws(Problem) -> String {
    let start = at
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
      // A zero in front of other digits is no number of JSON.
      if let byte = peek, 0x30...0x39 ~= byte { throw broken() }
    } else {
      try digits()
    }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
      try digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() throws(Problem) {
    let start = at
    while let byte = peek, 0x30...0x39 ~= byte { at += 1 }
    guard at > start else { throw at == bytes.count ? ended() : broken() }
  }

  // MARK: - Text

  private mutating func text() throws(Problem) -> String {
    at += 1
    var clean: [UInt8] = []
    while true {
      guard let byte = peek else { throw ended() }
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let text = String(validating: clean, as: UTF8.self) else { throw broken() }
        return text
      case UInt8(ascii: "\\"):
        at += 1
        clean += Array(String(try escaped()).utf8)
      case ..<0x20: throw broken()
      default:
        clean.append(byte)
        at += 1
      }
    }
  }

  private mutating func escaped() throws(Problem) -> Character {
    guard let byte = peek else { throw ended() }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try unit()
      guard 0xd800...0xdbff ~= first else {
        guard let scalar = Unicode.Scalar(first) else { throw broken() }
        return Character(scalar)
      }
      // Beyond U+FFFF a character is two halves.
      try expectNow(UInt8(ascii: "\\"))
      try expectNow(UInt8(ascii: "u"))
      let second = try unit()
      guard 0xdc00...0xdfff ~= second,
        let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
      else { throw broken() }
      return Character(scalar)
    default: throw broken()
    }
  }

  private mutating func unit() throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek else { throw ended() }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw broken() }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    return value
  }

  // MARK: - Bytes

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
      if byte == 0x0a { line += 1 }
      at += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(Problem) {
    skipBlanks()
    try expectNow(byte)
  }

  private mutating func expectNow(_ byte: UInt8) throws(Problem) {
    guard let found = peek else { throw ended() }
    guard found == byte else { throw broken() }
    at += 1
  }

  // MARK: - What is wrong

  private func broken() -> Problem {
    Problem(
      "json.syntax", at: here, ["text": String(decoding: bytes[min(at, bytes.count)...].prefix(20), as: UTF8.self)])
  }

  private func ended() -> Problem { Problem("json.ends", at: here) }

  private var here: Place {
    var place = place
    place.line = line
    return place
  }
}
