/// Deflate streams (RFC 1951) and gzip files (RFC 1952) made by hand: longer than they need be, but right.
package enum DeflateBytes {
  /// Blocks of bytes as they are, each at most `piece` long.
  package static func stored(_ bytes: [UInt8], piece: Int = 0xffff) -> [UInt8] {
    var all: [UInt8] = []
    var start = 0
    repeat {
      let part = bytes[start..<min(start + piece, bytes.count)]
      start = part.endIndex
      all.append(start == bytes.count ? 1 : 0)
      all += little(part.count, 2) + little(~part.count, 2) + part
    } while start < bytes.count
    return all
  }

  /// One block of literals in the fixed code, with no repetition looked for.
  package static func fixed(_ bytes: [UInt8]) -> [UInt8] {
    var bits = Bits()
    bits.add(1, 1)  // the last block
    bits.add(1, 2)  // fixed code
    for byte in bytes {
      // RFC 1951, 3.2.6: 0–143 are eight bits from 00110000, 144–255 nine bits from 110010000.
      if byte < 144 {
        bits.addCode(0x30 + Int(byte), 8)
      } else {
        bits.addCode(0x190 + Int(byte) - 144, 9)
      }
    }
    bits.addCode(0, 7)  // end of block
    return bits.bytes
  }

  /// The optional fields of a gzip header that a member carries.
  package enum Header: CaseIterable, Sendable {
    case plain, name, comment, extra, checked, everything

    /// The ten bytes that every header has, then the optional fields in the order of RFC 1952.
    package var bytes: [UInt8] {
      let flags: UInt8 =
        switch self {
        case .plain: 0
        case .checked: 0x02
        case .extra: 0x04
        case .name: 0x08
        case .comment: 0x10
        case .everything: 0x02 | 0x04 | 0x08 | 0x10
        }
      var all: [UInt8] = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]
      if flags & 0x04 != 0 { all += little(6, 2) + [0x41, 0x42] + little(2, 2) + [1, 2] }
      if flags & 0x08 != 0 { all += Array("unites.csv".utf8) + [0] }
      if flags & 0x10 != 0 { all += Array("a comment".utf8) + [0] }
      if flags & 0x02 != 0 { all += little(Int(checksum32(all)), 2) }
      return all
    }
  }

  /// A gzip file of one member, around an already deflated body.
  package static func gzip(
    _ bytes: [UInt8], deflated: [UInt8]? = nil, checksum: UInt32? = nil, header: Header = .plain
  ) -> [UInt8] {
    header.bytes + (deflated ?? fixed(bytes))
      + little(Int(checksum ?? checksum32(bytes)), 4) + little(bytes.count, 4)
  }

  /// Bits packed lowest first.
  private struct Bits {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func add(_ value: Int, _ width: Int) {
      for bit in 0..<width {
        if used == 8 {
          bytes.append(0)
          used = 0
        }
        bytes[bytes.count - 1] |= UInt8(value >> bit & 1) << used
        used += 1
      }
    }

    /// A Huffman code goes in highest bit first.
    mutating func addCode(_ code: Int, _ width: Int) {
      for bit in (0..<width).reversed() { add(code >> bit & 1, 1) }
    }
  }
}
