/// A small table written as CSV (RFC 4180, UTF-8, line feeds), quoted only where needed.
///
/// Controls from a file are written as `�`: people look at such tables in a terminal. Tabs and line ends are text.
package struct CSVText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private let separator: UInt8

  package init(_ header: [String], separator: Character = ",") {
    self.separator = separator.asciiValue ?? UInt8(ascii: ",")
    add(header)
  }

  package mutating func add(_ row: [String]) {
    for (position, raw) in row.enumerated() {
      let field = raw.replacingControls { ["\t", "\n", "\r"].contains($0) ? String($0) : "\u{fffd}" }
      if position > 0 { bytes.append(separator) }
      let special: (UInt8) -> Bool = { [separator] byte in
        byte == UInt8(ascii: "\"") || byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      }
      guard field.utf8.contains(where: special) || (row.count == 1 && field.isEmpty) else {
        bytes.append(contentsOf: field.utf8)
        continue
      }
      bytes.append(UInt8(ascii: "\""))
      for byte in field.utf8 {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
