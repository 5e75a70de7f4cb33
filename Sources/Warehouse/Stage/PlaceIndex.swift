import Tabular

/// The position of a French commune by the five characters of its code: an array look-up a row.
struct PlaceIndex {
  /// 00000 to 99999, then 2A000 to 2A999, then 2B000 to 2B999.
  private var positions = [Int32](repeating: -1, count: 102_000)

  init(_ codes: [String: Int]) {
    for (code, position) in codes {
      if let slot = Self.slot(Dimensions.packed(code)) { positions[slot] = Int32(position) }
    }
  }

  /// −1 where the code is no commune of today.
  subscript(commune: Field) -> Int32 { self[commune.packed ?? 0] }

  /// The same for a code packed into a number.
  subscript(packed: UInt64) -> Int32 { Self.slot(packed).map { positions[$0] } ?? -1 }

  private static func slot(_ packed: UInt64) -> Int? {
    guard packed >> 32 != 0, packed >> 40 == 0 else { return nil }
    var number = 0
    var corsican = 0
    for position in 0..<5 {
      let byte = UInt8(truncatingIfNeeded: packed >> UInt64(8 * (4 - position)))
      let digit = byte &- UInt8(ascii: "0")
      if digit <= 9 {
        number = number &* 10 &+ Int(digit)
      } else {
        guard position == 1, byte == UInt8(ascii: "A") || byte == UInt8(ascii: "B") else { return nil }
        corsican = byte == UInt8(ascii: "A") ? 100_000 : 101_000
      }
    }
    return corsican == 0 ? number : corsican + number % 1000
  }
}
