/// A word of a command line that is shown to be copied.
enum ShellWord {
  /// The text as a shell takes it for one word: as it is where nothing in it says something to a shell, else in quotes.
  static func of(_ text: String) -> String {
    // A folder whose name begins like an option is still a folder.
    let text = text.hasPrefix("-") ? "./\(text)" : text
    guard text.isEmpty || !text.unicodeScalars.allSatisfy(isPlain) else { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", "+", ",", ":", "@", "%": true
    default: !scalar.isASCII && scalar.properties.isAlphabetic
    }
  }
}
