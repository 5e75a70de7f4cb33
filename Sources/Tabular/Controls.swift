/// Scalars that command a terminal (ESC, C1) or turn the direction of a line around (bidi overrides and isolates).
///
/// A file may hold them, in a name or a header; nothing that we print may pass them on.
extension Unicode.Scalar {
  package var isControl: Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// Fit for a line of print: white space that is a control as a space, any other control as `�`, which is seen.
  package var printable: String {
    replacingControls { $0.properties.isWhitespace ? " " : "\u{fffd}" }
  }

  /// The same document for machines: in JSON, what is written `\u009b` is the same character and does no harm.
  package var escapedControls: String {
    replacingControls { scalar in
      if scalar == "\n" { return "\n" }
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }

  func replacingControls(_ replacement: (Unicode.Scalar) -> String) -> String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.isControl {
        text.append(contentsOf: replacement(scalar).unicodeScalars)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
