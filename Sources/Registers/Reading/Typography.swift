internal import Tabular

/// Names as people type them: one form of the apostrophe, no stray white space, nothing that commands a terminal.
package enum Typography {
  package static func plain(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ 0x20..<0x7f ~= $0 }) || text.contains("  ") else { return text }
    var clean = String.UnicodeScalarView()
    var space = true
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if !space { clean.append(" ") }
        space = true
      } else if !scalar.isControl {
        clean.append(["\u{2019}", "\u{2018}", "\u{02bc}", "\u{00b4}"].contains(scalar) ? "'" : scalar)
        space = false
      }
    }
    if space, clean.last == " " { clean.removeLast() }
    return String(clean)
  }
}
