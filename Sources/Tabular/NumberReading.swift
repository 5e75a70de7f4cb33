/// Numbers as people and publishers write them: `1234`, `1 234,5`, `1.234,5`, `1,234.5`, `1'234`, `-3`.
///
/// Digits may be grouped by three with one kind of sign (a space, a no-break space, an apostrophe, a comma or
/// a point); the decimal mark is a comma or a point of another kind. What is grouped otherwise (a date, a
/// telephone number) is no number.
///
/// A comma or point that stands alone is the decimal mark, save where it may as well group: in `1,234` and
/// `12.000`, one to three digits that do not begin with 0, the mark, exactly three digits. That is a thousand in one
/// country and one in the other, and nothing in the field tells which. It is read as decimals only where at least
/// three are expected, and is otherwise no number: a row set aside is found, a figure a thousand times too
/// small is not. `0.750`, `1234,567` and `1 234,567` cannot be groups and are read.
package enum NumberReading {
  /// The number times 10^places, rounded half away from zero; nil where the field is no number.
  package static func decimal(_ field: Field, places: Int) -> Int64? {
    decimal(field.bytes, places: places)
  }

  /// A number of things: `12`, `12.0` and `12,00` are twelve. Nil where something is left over: there is no half of
  /// a job, and to round it would hide that the column holds something else.
  package static func count(_ field: Field) -> Int64? { count(field.bytes) }

  package static func decimal(_ bytes: UnsafeBufferPointer<UInt8>, places: Int) -> Int64? {
    read(bytes, places: places, rounding: true)
  }

  package static func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    read(bytes, places: 0, rounding: false)
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, places: Int, rounding: Bool) -> Int64? {
    var start = 0
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      start = 1
    }
    guard let shape = Shape(bytes, from: start) else { return nil }
    if shape.mayGroup, places < 3 { return nil }
    var value: Int64 = 0
    for position in start..<shape.integerEnd {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { continue }  // a grouping sign, checked by the shape
      guard let next = appending(digit, to: value) else { return nil }
      value = next
    }
    let fraction = bytes[shape.fractionStart...]
    guard rounding || fraction.dropFirst(places).allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
    for place in 0..<places {
      let digit = place < fraction.count ? fraction[fraction.startIndex + place] &- UInt8(ascii: "0") : 0
      guard let next = appending(digit, to: value) else { return nil }
      value = next
    }
    if places < fraction.count, fraction[fraction.startIndex + places] >= UInt8(ascii: "5") { value += 1 }
    return isNegative ? -value : value
  }

  private static func appending(_ digit: UInt8, to value: Int64) -> Int64? {
    let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflow2) = tens.addingReportingOverflow(Int64(digit))
    // One below the greatest, so that rounding up cannot overflow.
    return overflow || overflow2 || sum == .max ? nil : sum
  }

  /// Where the integer part ends and the fraction begins, once the grouping has been found right.
  private struct Shape {
    var integerEnd: Int
    var fractionStart: Int
    /// Is the decimal mark one that may as well group thousands?
    var mayGroup = false

    private enum Sign { case space, apostrophe, comma, point }

    init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
      // The present run of digits, and what stood before it.
      var run = 0
      var grouping: Sign?
      var isGrouped = false
      var mark: (sign: Sign, position: Int, end: Int)?
      var position = start
      while position < bytes.count {
        if bytes[position] &- UInt8(ascii: "0") <= 9 {
          run += 1
          position += 1
          continue
        }
        guard let (sign, length) = Self.sign(bytes, at: position) else { return nil }
        if let found = mark {
          // What seemed the decimal mark groups, if this is the same and the digits between are three.
          guard found.sign == sign, grouping == nil || grouping == sign, run == 3,
            (1...3).contains(found.position - start) || isGrouped
          else {
            // 1,234.5: the first mark groups, the second is the decimal one.
            guard grouping == nil, !isGrouped, sign == .comma || sign == .point, sign != found.sign, run == 3,
              (1...3).contains(found.position - start)
            else { return nil }
            grouping = found.sign
            isGrouped = true
            mark = (sign, position, position + length)
            run = 0
            position += length
            continue
          }
          grouping = sign
          isGrouped = true
          mark = nil
        } else if sign == .comma || sign == .point, grouping != sign {
          guard !isGrouped || run == 3 else { return nil }
          mark = (sign, position, position + length)
          run = 0
          position += length
          continue
        } else {
          guard grouping == nil || grouping == sign, isGrouped ? run == 3 : (1...3).contains(run) else { return nil }
          grouping = sign
          isGrouped = true
        }
        run = 0
        position += length
      }
      if let mark {
        integerEnd = mark.position
        fractionStart = mark.end
        guard integerEnd > start || fractionStart < bytes.count else { return nil }
        mayGroup =
          !isGrouped && run == 3 && (1...3).contains(integerEnd - start) && bytes[start] != UInt8(ascii: "0")
      } else {
        integerEnd = bytes.count
        fractionStart = bytes.count
        guard isGrouped ? run == 3 : run > 0 else { return nil }
      }
    }

    /// The sign at a position and its length in bytes; no-break spaces come in UTF-8 and in Windows-1252.
    private static func sign(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (Sign, Int)? {
      func follows(_ offset: Int, _ byte: UInt8) -> Bool {
        position + offset < bytes.count && bytes[position + offset] == byte
      }
      switch bytes[position] {
      case UInt8(ascii: " "), 0xa0: return (.space, 1)
      case UInt8(ascii: "'"): return (.apostrophe, 1)
      case UInt8(ascii: ","): return (.comma, 1)
      case UInt8(ascii: "."): return (.point, 1)
      case 0xc2 where follows(1, 0xa0): return (.space, 2)
      case 0xe2 where follows(1, 0x80) && follows(2, 0xaf): return (.space, 3)
      default: return nil
      }
    }
  }
}
