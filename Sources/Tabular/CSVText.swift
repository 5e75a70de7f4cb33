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

  /// Hands over what is written so far: a long table goes out in pieces.
  package mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  package mutating func add(_ row: [String]) {
    for (position, field) in row.enumerated() {
      if position > 0 { bytes.append(separator) }
      // Nearly all fields are printable ASCII: they are copied after one look at each byte.
      let isPlain = field.utf8.withContiguousStorageIfAvailable { text in
        guard text.allSatisfy({ 0x20..<0x7f ~= $0 && $0 != UInt8(ascii: "\"") && $0 != separator }) else {
          return false
        }
        bytes.append(contentsOf: text)
        return row.count > 1 || !text.isEmpty
      }
      if isPlain != true { addUnplain(field, isAlone: row.count == 1) }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func addUnplain(_ raw: String, isAlone: Bool) {
    let field = raw.replacingControls { ["\t", "\n", "\r"].contains($0) ? String($0) : "\u{fffd}" }
    let special: (UInt8) -> Bool = { [separator] byte in
      byte == UInt8(ascii: "\"") || byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
    guard field.utf8.contains(where: special) || (isAlone && field.isEmpty) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
