import Tabular

/// What the tables of publishers are written with: semicolons, and text quoted only where it must be.
extension CSVWriter {
  mutating func semicolon() { byte(UInt8(ascii: ";")) }

  mutating func string(_ text: String) {
    let needsQuotes = text.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\"") }
    var text = needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    text.withUTF8 { bytes($0) }
  }

  /// Fields, each with the semicolon after it.
  mutating func strings(_ texts: String...) {
    for text in texts {
      string(text)
      semicolon()
    }
  }

  /// A figure, or the mark of a secret one.
  mutating func figure(_ value: Int, hidden: Bool) {
    if hidden { text("s") } else { number(value) }
  }
}
