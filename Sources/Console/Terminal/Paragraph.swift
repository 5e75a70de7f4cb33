/// A text of several sentences laid out for a terminal.
enum Paragraph {
  /// What is read in one glance, on any terminal.
  static let usual = 96

  /// The text in lines, broken between words; `head` begins the first, the others stand under what follows it.
  static func drawn(_ text: String, head: String = "", width: Int = usual) -> String {
    let indent = String(repeating: " ", count: head.count)
    var lines: [String] = []
    var line = ""
    for word in words(text) {
      if !line.isEmpty, head.count + line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines.enumerated().map { ($0 == 0 ? head : indent) + $1 }.joined(separator: "\n")
  }

  /// French sets a space before some marks: no line begins with one.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      if let last = words.last, last == "«" || [":", ";", "!", "?", "»", "%"].contains(word.prefix(1)) {
        words[words.count - 1] = last + " " + word
      } else {
        words.append(word)
      }
    }
    return words
  }
}
