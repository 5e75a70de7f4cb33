/// XML built piece by piece, as bytes. What is opened is closed by the same call.
struct XMLText {
  private(set) var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

  typealias Attributes = [(String, String)]

  mutating func element(_ name: String, _ attributes: Attributes = [], _ body: (inout XMLText) -> Void) {
    open(name, attributes)
    raw(">")
    body(&self)
    raw("</")
    raw(name)
    raw(">\n")
  }

  mutating func element(_ name: String, _ attributes: Attributes = [], text: String) {
    open(name, attributes)
    raw(">")
    escaped(text, isAttribute: false)
    raw("</")
    raw(name)
    raw(">\n")
  }

  mutating func empty(_ name: String, _ attributes: Attributes = []) {
    open(name, attributes)
    raw("/>\n")
  }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    raw("<")
    raw(name)
    for attribute in attributes {
      raw(" ")
      raw(attribute.0)
      raw("=\"")
      escaped(attribute.1, isAttribute: true)
      raw("\"")
    }
  }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Line ends and tabs of an attribute would be read as blanks, and a return as a line end: they are numbered. What no
  /// XML may hold, not even numbered, is `�`.
  private mutating func escaped(_ text: String, isAttribute: Bool) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: raw("&amp;")
      case 0x3c: raw("&lt;")
      case 0x3e: raw("&gt;")
      case 0x22: raw(isAttribute ? "&quot;" : "\"")
      case 0x09: raw(isAttribute ? "&#9;" : "\t")
      case 0x0a: raw(isAttribute ? "&#10;" : "\n")
      case 0x0d: raw("&#13;")
      case 0x00..<0x20, 0xfffe, 0xffff: raw("\u{fffd}")
      case 0x20..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      default: raw(String(Character(scalar)))
      }
    }
  }
}
