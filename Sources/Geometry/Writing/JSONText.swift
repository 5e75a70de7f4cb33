/// JSON built piece by piece, as bytes: documents of outlines are long, and nearly all numbers.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: ("\\u00" + (digits.count < 2 ? "0" : "") + digits).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func integer(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

  /// With so many decimals and no zeros at the end.
  mutating func number(_ value: Double, decimals: Int) { bytes.append(contentsOf: fixed(value, decimals).utf8) }

  mutating func value(_ value: ArcLayer.Value) {
    switch value {
    case .text(let text): string(text)
    case .integer(let value): integer(value)
    case .truth(let value): value ? raw("true") : raw("false")
    case .texts(let texts):
      list(texts, open: "[", close: "]") { $0.string($1) }
    }
  }

  mutating func members(_ properties: [(name: String, value: ArcLayer.Value)]) {
    list(properties, open: "{", close: "}") { json, property in
      json.string(property.name)
      json.raw(":")
      json.value(property.value)
    }
  }

  /// Things with commas between.
  mutating func list<Items: Sequence>(
    _ items: Items, open: StaticString, separator: StaticString = ",", close: StaticString,
    _ body: (inout JSONText, Items.Element) -> Void
  ) {
    raw(open)
    var isFirst = true
    for item in items {
      if !isFirst { raw(separator) }
      isFirst = false
      body(&self, item)
    }
    raw(close)
  }
}

/// A number in plain digits, with at most so many decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
  var factor = 1
  for _ in 0..<decimals { factor *= 10 }
  guard let whole = Int(exactly: (abs(value) * Double(factor)).rounded()) else { return String(value) }
  var text = String(whole / factor)
  let rest = whole % factor
  if rest > 0 {
    var digits = String(rest)
    digits = String(repeating: "0", count: decimals - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    text += ".\(digits)"
  }
  return value < 0 && whole > 0 ? "-" + text : text
}
