/// A JSON text, written from its beginning to its end: who writes it sets the order of members.
///
/// Spread over lines for people, or without any blank.
struct JSONOutput {
  private(set) var bytes: [UInt8] = []
  private let isSpread: Bool
  private var depth = 0
  private var isFirst = true
  private var followsKey = false

  init(spread isSpread: Bool) { self.isSpread = isSpread }

  mutating func object(_ body: (inout JSONOutput) -> Void) { group("{", "}", body) }
  mutating func array(_ body: (inout JSONOutput) -> Void) { group("[", "]", body) }

  mutating func object(_ key: String, _ body: (inout JSONOutput) -> Void) {
    self.key(key)
    object(body)
  }

  mutating func array(_ key: String, _ body: (inout JSONOutput) -> Void) {
    self.key(key)
    array(body)
  }

  mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    if isSpread { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  mutating func member(_ key: String, _ text: String) {
    self.key(key)
    value(text)
  }

  mutating func member(_ key: String, _ number: Int) {
    self.key(key)
    value(Double(number))
  }

  mutating func member(_ key: String, _ isTrue: Bool) {
    self.key(key)
    separate()
    bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
  }

  mutating func member(_ key: String, _ texts: [String]) {
    array(key) { for text in texts { $0.value(text) } }
  }

  mutating func value(_ text: String) {
    separate()
    quote(text)
  }

  /// A number, or null where there is none.
  mutating func value(_ number: Double?) {
    separate()
    if let number { bytes.append(published: number) } else { bytes.append(contentsOf: "null".utf8) }
  }

  // MARK: - Marks

  private mutating func group(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONOutput) -> Void) {
    separate()
    bytes.append(UInt8(ascii: open))
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { newLine() }
    bytes.append(UInt8(ascii: close))
    isFirst = false
    if depth == 0 { bytes.append(UInt8(ascii: "\n")) }
  }

  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    guard depth > 0 else { return }
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    newLine()
  }

  private mutating func newLine() {
    guard isSpread else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { bytes.append(contentsOf: "  ".utf8) }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
        bytes.append(contentsOf: digits.utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
