/// The two encodings in which registers arrive, told apart by looking.
package enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case windows1252 = "Windows-1252"

  /// Whether the bytes are UTF-8; nothing is copied.
  static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { (try? UTF8Span(validating: bytes.span)) != nil }

  /// The line of the first byte that is not UTF-8; nil where all are.
  package static func lineOutOfUTF8(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return 1 + bytes[..<error.byteOffsets.lowerBound].count { $0 == UInt8(ascii: "\n") }
    }
  }

  /// UTF-8 where the bytes are; otherwise Windows-1252, in which every byte has a meaning.
  package static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: String, encoding: TextEncoding) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, .utf8) }
    return (decode(windows: bytes), .windows1252)
  }

  /// In the encoding that somebody says, or in the one that is seen.
  package static func decode(_ bytes: UnsafeBufferPointer<UInt8>, windows isWindows: Bool) -> String {
    isWindows ? decode(windows: bytes) : decode(bytes).text
  }

  private static func decode(windows bytes: UnsafeBufferPointer<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalar(byte)) }
    return String(text)
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard 0x80...0x9f ~= byte else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(upperHalf[Int(byte) - 0x80]) ?? "\u{fffd}"
  }

  /// What Windows-1252 puts where ISO 8859-1 has control characters (the five holes are U+FFFD).
  private static let upperHalf: [UInt16] = [
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039,
    0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
  ]
}
