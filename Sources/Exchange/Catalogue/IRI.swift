/// Addresses as RDF takes them: what no address may hold is written in percents, so that the two forms of a graph, and
/// whoever reads them, see the same one.
package enum IRI {
  /// An address that somebody gave.
  package static func clean(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0...0x20, 0x22, 0x3c, 0x3e, 0x5c, 0x5e, 0x60, 0x7b, 0x7c, 0x7d, 0x7f:
        clean.append(contentsOf: percent(UInt8(truncatingIfNeeded: scalar.value)).unicodeScalars)
      default: clean.append(scalar)
      }
    }
    return String(clean)
  }

  /// A code or a name as one step of an address.
  package static func step(_ text: String) -> String {
    var step = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
        step.unicodeScalars.append(Unicode.Scalar(byte))
      default: step += percent(byte)
      }
    }
    return step
  }

  /// An address that others are made from ends where a step may follow.
  static func base(_ text: String) -> String {
    let text = clean(text)
    return text.isEmpty || text.hasSuffix(":") || text.hasSuffix("/") || text.hasSuffix("#") ? text : text + "/"
  }

  private static func percent(_ byte: UInt8) -> String {
    (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
  }
}
