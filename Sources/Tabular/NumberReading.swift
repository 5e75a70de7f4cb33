/// Numbers as people and publishers write them: `1234`, `1 234,5`, `1.234,5`, `1,234.5`, `-3`.
package enum NumberReading {
  /// The number times 10^places, rounded half away from zero; nil where the field is no number.
  ///
  /// The last mark followed by one or two digits, or by any number of digits where it stands once and the
  /// other mark groups, is the decimal one; a lone mark before exactly three digits is read as grouping only
  /// where white space or another mark groups too.
  package static func decimal(_ field: Field, places: Int) -> Int64? {
    decimal(field.bytes, places: places)
  }

  package static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, places: Int) -> Int64? {
    var start = 0
    var negative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      negative = first == UInt8(ascii: "-")
      start = 1
    }
    guard let mark = decimalMark(bytes, from: start) else { return nil }
    var value: Int64 = 0
    var digits = 0
    var fraction = 0
    var roundUp = false
    var inFraction = false
    for position in start..<bytes.count {
      let byte = bytes[position]
      if position == mark.position {
        inFraction = true
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else {
        // Grouping: a space, a no-break space in UTF-8 or Latin, an apostrophe, the other mark.
        if inFraction || position == start { return nil }
        continue
      }
      digits += 1
      if inFraction {
        fraction += 1
        if fraction == places + 1 { roundUp = digit >= 5 }
        if fraction > places { continue }
      }
      guard let next = appending(digit, to: value) else { return nil }
      value = next
    }
    guard digits > 0 else { return nil }
    for _ in 0..<max(0, places - fraction) {
      guard let next = appending(0, to: value) else { return nil }
      value = next
    }
    if roundUp { value += 1 }
    return negative ? -value : value
  }

  private static func appending(_ digit: UInt8, to value: Int64) -> Int64? {
    let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflow2) = tens.addingReportingOverflow(Int64(digit))
    // One below the greatest, so that rounding up cannot overflow.
    return overflow || overflow2 || sum == .max ? nil : sum
  }

  /// Where the decimal mark stands (−1: nowhere); nil where a character has no place in a number.
  private static func decimalMark(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (position: Int, grouped: Bool)? {
    var last = -1
    var marks: [UInt8: Int] = [:]
    var otherGrouping = false
    for position in start..<max(start, bytes.count) {
      switch bytes[position] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: ","), UInt8(ascii: "."):
        last = position
        marks[bytes[position], default: 0] += 1
      case UInt8(ascii: " "), UInt8(ascii: "'"), 0xc2, 0xa0, 0xe2, 0x80, 0xaf: otherGrouping = true
      default: return nil
      }
    }
    guard last >= 0 else { return (-1, otherGrouping) }
    if marks[bytes[last]] ?? 0 > 1 { return (-1, true) }  // 1.234.567
    return (last, otherGrouping || marks.count > 1)
  }
}
