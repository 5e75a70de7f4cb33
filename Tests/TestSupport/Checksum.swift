/// The CRC-32 of gzip and zip, bit by bit as RFC 1952 (section 8) defines it: slow, and nobody else's code.
package func checksum32(_ bytes: [UInt8]) -> UInt32 {
  var register = UInt32.max
  for byte in bytes {
    register ^= UInt32(byte)
    for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xedb8_8320 : register >> 1 }
  }
  return ~register
}

/// The low bytes of a number, lowest first.
package func little(_ value: Int, _ width: Int) -> [UInt8] {
  (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
