package import Tabular

/// The number of an association in the RNA: `W`, the département and three more, six digits.
///
/// Nine characters follow the W: digits, save a letter in second place for Corsica (`W2A…`) and overseas (`W9G…`).
package struct AssociationNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The nine characters in base 36.
  package let packed: UInt64

  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[0] | 0x20 == UInt8(ascii: "w") else { return nil }
    self.init(bytes[1...])
  }

  package init?(_ field: Field) {
    guard field.count == 10 else { return nil }
    self.init(field.text)
  }

  private init?(_ characters: ArraySlice<UInt8>) {
    var packed: UInt64 = 0
    for (position, byte) in characters.enumerated() {
      switch byte {
      case 0x30...0x39: packed = packed * 36 + UInt64(byte - 0x30)
      case 0x41...0x5a where position == 1: packed = packed * 36 + UInt64(byte - 0x41 + 10)
      case 0x61...0x7a where position == 1: packed = packed * 36 + UInt64(byte - 0x61 + 10)
      default: return nil
      }
    }
    guard packed > 0 else { return nil }
    self.packed = packed
  }

  /// What an old number became: `751P00085568` is now `W751085568`.
  ///
  /// The office of before (three characters and a letter), then eight digits, of which the last six were kept.
  package init?(former text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 12, 0x41...0x5a ~= bytes[3] & ~0x20, bytes[4...].allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    self.init(bytes[..<3] + bytes[6...])
  }

  package var description: String {
    let text = String(packed, radix: 36, uppercase: true)
    return "W" + String(repeating: "0", count: 9 - text.count) + text
  }

  package static func < (a: AssociationNumber, b: AssociationNumber) -> Bool { a.packed < b.packed }
}
