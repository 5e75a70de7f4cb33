extension RecordIndex {
  /// Indexes the same stretch byte by byte, after RFC 4180 and with the leniency of the tools people use.
  ///
  /// - A quote opens a quoted field only at its start; elsewhere it is a character like another.
  /// - After a closing quote, other characters up to the separator belong to the field.
  /// - A record ends with LF or CR LF; empty lines are passed over.
  /// - A record with too many fields that lone CRs cut into records of the right length is cut there.
  ///
  /// Records with another number of fields are listed in `irregular` and left out of the regular ones.
  mutating func scanCarefully(
    _ text: UnsafePointer<UInt8>, count: Int, separator: UInt8, fields: Int
  ) {
    reset()
    reserve(bytes: count)
    enum State { case fieldStart, unquoted, quoted, quoteInQuoted }
    var state = State.fieldStart
    var recordStart = 0
    var firstEnd = 0
    var quoteAt = 0
    var returns: [(offset: Int, ends: Int)] = []  // lone CRs of the record
    for offset in 0..<count {
      let byte = text[offset]
      if byte == 0, nul == nil { nul = offset }
      switch (state, byte) {
      case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
      case (.quoted, _): break
      case (.fieldStart, UInt8(ascii: "\"")):
        state = .quoted
        quoteAt = offset
      case (.quoteInQuoted, UInt8(ascii: "\"")): state = .quoted
      case (_, separator):
        add(end: offset)
        state = .fieldStart
      case (_, UInt8(ascii: "\n")):
        let length = offset - recordStart
        let empty = firstEnd == endCount && (length == 0 || length == 1 && text[recordStart] == UInt8(ascii: "\r"))
        if !empty {
          add(end: offset)
          finishRecord(from: recordStart, firstEnd, returns, expected: fields)
        }
        recordStart = offset + 1
        firstEnd = endCount
        consumed = recordStart
        returns.removeAll(keepingCapacity: true)
        state = .fieldStart
      case (_, UInt8(ascii: "\r")):
        if offset + 1 < count, text[offset + 1] != UInt8(ascii: "\n") { returns.append((offset, endCount)) }
        state = .unquoted
      default: state = .unquoted
      }
    }
    endCount = firstEnd
    lines = lineEnds(in: text, count: consumed)
    openQuote = state == .quoted ? quoteAt : nil
    gatherRegular(fields: fields)
  }

  private mutating func add(end: Int) {
    ends[endCount] = UInt32(end)
    endCount += 1
  }

  private mutating func finishRecord(
    from start: Int, _ firstEnd: Int, _ returns: [(offset: Int, ends: Int)], expected: Int
  ) {
    let found = endCount - firstEnd
    if found != expected {
      if cut(firstEnd, at: returns, expected) {
        var start = start
        for cut in returns {
          starts[recordCount] = UInt32(start)
          recordCount += 1
          start = cut.offset + 1
        }
        starts[recordCount] = UInt32(start)
        recordCount += 1
        return
      }
      irregular.append(
        Irregular(record: recordCount, start: start, end: Int(ends[endCount - 1]), fields: found))
    }
    starts[recordCount] = UInt32(start)
    recordCount += 1
  }

  /// Inserts the lone CRs as line ends if every piece then has the expected number of fields.
  private mutating func cut(
    _ firstEnd: Int, at returns: [(offset: Int, ends: Int)], _ expected: Int
  ) -> Bool {
    guard !returns.isEmpty else { return false }
    var before = firstEnd
    for cut in returns {
      guard cut.ends - before + 1 == expected else { return false }
      before = cut.ends
    }
    guard endCount - before == expected else { return false }
    let old = Array(UnsafeBufferPointer(start: ends + firstEnd, count: endCount - firstEnd))
    let merged = (old + returns.map { UInt32($0.offset) }).sorted()
    for (i, end) in merged.enumerated() { ends[firstEnd + i] = end }
    endCount = firstEnd + merged.count
    return true
  }

  /// Closes the gaps that the irregular records left: record r has its ends at r × fields.
  private mutating func gatherRegular(fields: Int) {
    guard !irregular.isEmpty else { return }
    var kept = 0
    var from = 0
    var next = 0
    for record in 0..<recordCount {
      if next < irregular.count, irregular[next].record == record {
        from += irregular[next].fields
        next += 1
        continue
      }
      starts[kept] = starts[record]
      for field in 0..<fields { ends[kept * fields + field] = ends[from + field] }
      kept += 1
      from += fields
    }
    recordCount = kept
    endCount = kept * fields
  }
}
