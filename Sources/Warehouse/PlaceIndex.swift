import Tabular

/// The position of a French commune by the five characters of its code: an array look-up a row.
struct PlaceIndex {
  /// 00000 to 99999, then 2A000 to 2A999, then 2B000 to 2B999.
  private var positions = [Int32](repeating: -1, count: 102_000)

  init(_ codes: [String: Int]) {
    for (code, position) in codes {
      let bytes = Array(code.utf8)
      bytes.withUnsafeBufferPointer {
        if let slot = Self.slot($0) { positions[slot] = Int32(position) }
      }
    }
  }

  /// −1 where the code is no commune of today.
  subscript(commune: Field) -> Int32 { Self.slot(commune.bytes).map { positions[$0] } ?? -1 }

  private static func slot(_ code: UnsafeBufferPointer<UInt8>) -> Int? {
    guard code.count == 5 else { return nil }
    var number = 0
    var corsican = 0
    for position in 0..<5 {
      let digit = code[position] &- UInt8(ascii: "0")
      if digit <= 9 {
        number = number &* 10 &+ Int(digit)
      } else {
        let isCorsican = position == 1 && (code[1] == UInt8(ascii: "A") || code[1] == UInt8(ascii: "B"))
        guard isCorsican else { return nil }
        corsican = code[1] == UInt8(ascii: "A") ? 100_000 : 101_000
      }
    }
    return corsican == 0 ? number : corsican + number % 1000
  }
}
