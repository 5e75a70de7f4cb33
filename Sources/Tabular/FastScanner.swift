internal import CScan

/// For each byte of a mask, where its bits stand.
private let places = essor_make_places()

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
    let found = withUnsafePointer(to: places) { essor_scan(text, count, separator, $0, ends) }
    guard found.misplaced == 0 else { return false }
    var written = found.ends
    // What follows the last line end belongs to a record that is not whole.
    while written > 0, text[Int(ends[written - 1])] != UInt8(ascii: "\n") { written -= 1 }
    guard found.newlines * fields == written else { return false }
    var start: UInt32 = 0
    var last = fields - 1
    for record in 0..<found.newlines {
      let end = ends[last]
      guard text[Int(end)] == UInt8(ascii: "\n") else { return false }
      starts[record] = start
      start = end &+ 1
      last &+= fields
    }
    endCount = written
    recordCount = found.newlines
    consumed = Int(start)
    // Line feeds inside quotes are lines too, but for those of the record that is not whole.
    let beyond = found.quoted_newlines == 0 ? 0 : lineEnds(in: text + consumed, count: count - consumed)
    lines = found.newlines + found.quoted_newlines - beyond
    nul = found.first_nul < 0 ? nil : found.first_nul
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
