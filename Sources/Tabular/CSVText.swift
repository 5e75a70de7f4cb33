/// A small table written as CSV (RFC 4180, UTF-8, line feeds), quoted only where needed.
package struct CSVText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private let separator: UInt8

  package init(_ header: [String], separator: Character = ",") {
    self.separator = separator.asciiValue ?? UInt8(ascii: ",")
    add(header)
  }

  package mutating func add(_ row: [String]) {
    for (position, field) in row.enumerated() {
      if position > 0 { bytes.append(separator) }
      let text = Array(field.utf8)
      let mustQuote = text.contains { $0 == UInt8(ascii: "\"") || $0 == separator || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      guard mustQuote || (row.count == 1 && text.isEmpty) else {
        bytes += text
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in text {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
