import Glibc

/// Standard error and its manners: colour and movement only for a person at a terminal.
enum Terminal {
  /// A line for a person, on standard error.
  static func say(_ text: String) { write(text + "\n") }

  static let isInteractive = isatty(STDERR_FILENO) == 1
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  /// A variable that is set to nothing is one that is not set; a result that goes to a file is plain.
  static let usesColour = isDrawn && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
  /// The result goes to a terminal and not to a file.
  private static let isDrawn = outputIsTerminal && !CommandLine.arguments.contains { $0.hasPrefix("--output") }

  static var width: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  /// Below a table: between words where a terminal would break them anywhere; a line each in a file.
  static func notes(_ notes: [String]) -> String {
    notes.map { isDrawn ? Paragraph.drawn($0, head: "  ", width: max(40, width)) : "  " + $0 }
      .joined(separator: "\n")
  }

  static func bold(_ text: String) -> String { usesColour ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
  static func faint(_ text: String) -> String { usesColour ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
  static func green(_ text: String) -> String { usesColour ? "\u{1b}[32m\(text)\u{1b}[0m" : text }
  static func red(_ text: String) -> String { usesColour ? "\u{1b}[31m\(text)\u{1b}[0m" : text }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}

extension Terminal {
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(STDERR_FILENO, bytes.baseAddress! + done, bytes.count - done)  // not empty
        if count <= 0, errno != EINTR { return }  // nobody reads: nothing to tell, and nobody to tell it to
        done += max(0, count)
      }
    }
  }
}
