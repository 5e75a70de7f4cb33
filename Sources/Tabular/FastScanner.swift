internal import CScan

extension RecordIndex {
  /// Indexes a stretch that starts at a record, 64 bytes at a time.
  ///
  /// Returns false where the text is not what this scanner can vouch for: a quote inside an unquoted
  /// field, or a record without the expected number of fields. The index is then void.
  ///
  /// `text` must be readable for 64 bytes beyond `count`.
  mutating func scanFast(
    _ text: UnsafePointer<UInt8>, count: Int, separator: UInt8, fields: Int
  ) -> Bool {
    reset()
    reserve(bytes: count)
    var written = 0
    var newlineCount = 0
    var insideCarry: UInt64 = 0  // all ones while a quoted field runs over the edge
    var mayOpen: UInt64 = 1  // lowest bit: may a quote stand at the next byte?
    var misplaced: UInt64 = 0
    var firstNul = -1
    var anyQuote: UInt64 = 0
    let ends = self.ends
    var offset = 0
    while offset < count {
      let masks = essor_masks_of(text + offset, separator)
      let left = count - offset
      let valid: UInt64 = left >= 64 ? .max : (1 << UInt64(left)) &- 1
      if masks.nuls & valid != 0, firstNul < 0 { firstNul = offset + (masks.nuls & valid).trailingZeroBitCount }
      var structural = (masks.separators | masks.newlines) & valid
      var newlines = masks.newlines & valid
      if masks.quotes & valid | insideCarry != 0 {
        let quotes = masks.quotes & valid
        anyQuote |= quotes
        let inside = essor_parity_up_to(quotes) ^ insideCarry
        let closing = quotes & ~inside
        structural &= ~inside
        newlines &= ~inside
        let allowed = (structural | closing) << 1 | mayOpen
        misplaced |= quotes & inside & ~allowed
        mayOpen = (structural | closing) >> 63
        insideCarry = UInt64(bitPattern: Int64(bitPattern: inside) >> 63)
      } else {
        mayOpen = structural >> 63
      }
      newlineCount &+= newlines.nonzeroBitCount
      // Eight positions at a time without asking: a guess that is wrong costs more than eight writes.
      let found = structural.nonzeroBitCount
      var bits = structural
      var out = ends + written
      let base = UInt32(truncatingIfNeeded: offset)
      var left8 = found
      while left8 > 0 {
        for i in 0..<8 {
          out[i] = base &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
          bits &= bits &- 1
        }
        out += 8
        left8 -= 8
      }
      written &+= found
      offset &+= 64
    }
    guard misplaced == 0 else { return false }
    // What follows the last line end belongs to a record that is not whole.
    while written > 0, text[Int(ends[written - 1])] != UInt8(ascii: "\n") { written -= 1 }
    guard newlineCount * fields == written else { return false }
    var start: UInt32 = 0
    var last = fields - 1
    for record in 0..<newlineCount {
      let end = ends[last]
      guard text[Int(end)] == UInt8(ascii: "\n") else { return false }
      starts[record] = start
      start = end &+ 1
      last &+= fields
    }
    endCount = written
    recordCount = newlineCount
    consumed = Int(start)
    lines = anyQuote == 0 ? newlineCount : lineEnds(in: text, count: consumed)
    nul = firstNul < 0 ? nil : firstNul
    return true
  }
}

/// How many line feeds stand in a stretch.
func lineEnds(in text: UnsafePointer<UInt8>, count: Int) -> Int {
  var found = 0
  var offset = 0
  while offset + 64 <= count {
    found &+= essor_masks_of(text + offset, UInt8(ascii: "\n")).newlines.nonzeroBitCount
    offset += 64
  }
  while offset < count {
    if text[offset] == UInt8(ascii: "\n") { found &+= 1 }
    offset += 1
  }
  return found
}
