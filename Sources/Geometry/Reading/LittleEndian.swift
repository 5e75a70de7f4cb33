/// Bytes read as numbers, the lowest byte first unless said otherwise. Out of range reads as 0.
struct LittleEndian {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  private func number(_ at: Int, _ width: Int) -> UInt64 {
    guard at >= 0, at + width <= bytes.count else { return 0 }
    return (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << (8 * UInt64($1)) }
  }

  func u8(_ at: Int) -> Int { Int(number(at, 1)) }
  func u16(_ at: Int) -> Int { Int(number(at, 2)) }
  func u32(_ at: Int) -> Int { Int(number(at, 4)) }
  func double(_ at: Int) -> Double { Double(bitPattern: number(at, 8)) }

  /// The highest byte first.
  func big32(_ at: Int) -> Int { Int(UInt32(truncatingIfNeeded: number(at, 4)).byteSwapped) }
}
