import Diagnostics
import Glibc

/// Reads JSON where it stands, value after value, and knows the line of what cannot be.
///
/// A file of outlines is nearly all numbers, and its members come in any order: a tree of all of it would take ten
/// times its size.
struct JSONCursor {
  private let bytes: [UInt8]  // ends with a zero, at which every reading of a number stops
  private let path: String
  private var at = 0
  private var depth = 0

  /// Takes the bytes over: a second copy of a large file would be felt.
  init(_ bytes: consuming [UInt8], path: String) {
    bytes.append(0)
    self.bytes = bytes
    self.path = path
    if self.bytes.starts(with: [0xef, 0xbb, 0xbf]) { at = 3 }
  }

  enum Kind { case object, array, string, number, boolean, null }

  // MARK: - Looking

  mutating func kind() throws(Problem) -> Kind {
    skipSpace()
    switch bytes[at] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw broken()
    }
  }

  /// The place of a byte, counted only when somebody asks.
  func line(at position: Int) -> Int {
    1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }
  }

  /// Features noted with the positions where they begin, which only grow, get their lines.
  func replacePositions(in layer: inout Layer) {
    var (line, counted) = (1, 0)
    for index in layer.features.indices {
      let position = layer.features[index].line
      line += bytes[counted..<position].count { $0 == UInt8(ascii: "\n") }
      counted = position
      layer.features[index].line = line
    }
  }

  var position: Int { at }
  mutating func move(to position: Int) { at = position }

  func broken() -> Problem {
    let code = at >= bytes.count - 1 ? "file.truncated" : "geojson.broken"
    return Problem(code, at: Place(file: path, line: line(at: at)))
  }

  // MARK: - Reading

  /// Gives each member's name, the cursor at its value, which the closure must read or skip.
  mutating func object(_ body: (inout JSONCursor, String) throws -> Void) throws {
    try enter("{")
    skipSpace()
    if take("}") { return leave() }
    repeat {
      skipSpace()
      let name = try string()
      try expect(":")
      try body(&self, name)
      skipSpace()
    } while take(",")
    try expect("}")
    leave()
  }

  mutating func array(_ body: (inout JSONCursor) throws -> Void) throws {
    try enter("[")
    skipSpace()
    if take("]") { return leave() }
    repeat {
      try body(&self)
      skipSpace()
    } while take(",")
    try expect("]")
    leave()
  }

  mutating func string() throws(Problem) -> String {
    try expect("\"")
    let start = at
    while bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] != 0 { at += 1 }
    var text = [UInt8](bytes[start..<at])
    while bytes[at] != UInt8(ascii: "\"") {
      guard bytes[at] != 0 else { throw broken() }
      if bytes[at] == UInt8(ascii: "\\") {
        at += 1
        try escape(into: &text)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    at += 1
    return String(decoding: text, as: UTF8.self)
  }

  mutating func number() throws(Problem) -> Double {
    skipSpace()
    guard bytes[at] == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at] else { throw broken() }
    let start = at
    let (value, length) = bytes.withUnsafeBytes { buffer -> (Double, Int) in
      guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return (0, 0) }
      var end: UnsafeMutablePointer<CChar>?
      let value = strtod(base + start, &end)
      return (value, end.map { UnsafePointer($0) - (base + start) } ?? 0)
    }
    guard length > 0, value.isFinite else { throw broken() }
    at += length
    return value
  }

  /// A single value as text: numbers as they are written, nothing for null; an array or an object is passed over.
  mutating func text() throws -> String? {
    switch try kind() {
    case .string: return try string()
    case .number:
      let start = at
      _ = try number()
      return String(decoding: bytes[start..<at], as: UTF8.self)
    case .boolean: return try boolean() ? "true" : "false"
    case .null, .array, .object:
      try skip()
      return nil
    }
  }

  mutating func skip() throws {
    switch try kind() {
    case .object: try object { cursor, _ in try cursor.skip() }
    case .array: try array { try $0.skip() }
    case .string: _ = try string()
    case .number: _ = try number()
    case .boolean: _ = try boolean()
    case .null: try expect(word: "null")
    }
  }

  /// Nothing may follow the document.
  mutating func end() throws(Problem) {
    skipSpace()
    if at < bytes.count - 1 { throw broken() }
  }

  // MARK: - Letters

  /// A document of nothing but opening brackets must not exhaust the stack.
  private mutating func enter(_ letter: Character) throws(Problem) {
    try expect(letter)
    depth += 1
    if depth > 200 { throw broken() }
  }

  private mutating func leave() { depth -= 1 }

  private mutating func boolean() throws(Problem) -> Bool {
    if bytes[at] == UInt8(ascii: "t") {
      try expect(word: "true")
      return true
    }
    try expect(word: "false")
    return false
  }

  private mutating func expect(word: String) throws(Problem) {
    for letter in word.utf8 {
      guard bytes[at] == letter else { throw broken() }
      at += 1
    }
  }

  private mutating func expect(_ letter: Character) throws(Problem) {
    skipSpace()
    guard take(letter) else { throw broken() }
  }

  private mutating func take(_ letter: Character) -> Bool {
    guard bytes[at] == letter.asciiValue else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while [0x20, 0x0a, 0x0d, 0x09].contains(bytes[at]) { at += 1 }
  }

  private mutating func escape(into text: inout [UInt8]) throws(Problem) {
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if 0xd800..<0xdc00 ~= unit, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
        at += 2
        let low = try hexadecimal()
        if 0xdc00..<0xe000 ~= low { unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00) }
      }
      text.append(contentsOf: String(Character(Unicode.Scalar(unit) ?? "\u{fffd}")).utf8)
    default:
      at -= 1
      throw broken()
    }
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    guard at + 4 < bytes.count, let unit = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16) else {
      throw broken()
    }
    at += 4
    return unit
  }
}
