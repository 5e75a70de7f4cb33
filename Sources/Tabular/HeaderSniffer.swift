internal import Diagnostics

/// What the first block of a table tells: separator, column names, encoding, line ends.
struct HeaderSniffer {
  let columns: [String]
  let separator: UInt8
  let encoding: TextEncoding
  let carriageReturnsOnly: Bool
  /// Bytes up to the end of the header line, its end included.
  let length: Int
  /// On which line of the file the header is.
  let headerLine: Int
  /// How many records were chosen to be skipped above it.
  let linesAbove: Int

  /// `isWhole`: the block is all of the table, so its last bytes are not cut. `choice`: which of the first lines it is.
  init(
    _ table: UnsafeBufferPointer<UInt8>, isWhole: Bool, separator wanted: UInt8?,
    choice: TableReader.HeaderChoice?, at place: Place
  ) throws(Problem) {
    let told = Self.toldSeparator(table)
    let wanted = wanted ?? told?.separator
    let candidates = choice == nil ? [] : Self.firstLines(table, from: told?.length ?? 0, wanted)
    let chosen = choice.map { $0(candidates.map(\.cells)) } ?? 0
    linesAbove = candidates.indices.contains(chosen) ? chosen : 0
    let skipped = candidates.indices.contains(chosen) ? candidates[chosen].start : told?.length ?? 0
    let block = UnsafeBufferPointer(rebasing: table[skipped...])
    if block.isEmpty { throw Problem("table.empty", at: place) }
    let head = table.prefix(2)
    if head.elementsEqual([0xff, 0xfe]) || head.elementsEqual([0xfe, 0xff]) {
      throw Problem("table.utf16", at: place)
    }
    let above = table[..<skipped]
    let feeds = above.count { $0 == UInt8(ascii: "\n") }
    headerLine = 1 + (feeds > 0 ? feeds : above.count { $0 == UInt8(ascii: "\r") })
    var firstLine = place
    firstLine.line = headerLine
    let (end, isQuoted) = Self.lineEnd(block)
    if end == nil || isQuoted, !isWhole { throw Problem("table.record_too_long", at: firstLine) }
    if isQuoted { throw Problem("table.open_quote", at: firstLine) }
    carriageReturnsOnly = end.map { block[$0] == UInt8(ascii: "\r") } ?? false
    let stop = end ?? block.count
    length = skipped + min(stop + 1, block.count + 1)
    var line = UnsafeBufferPointer(rebasing: block[..<stop])
    if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
    let header = TextEncoding.decode(line).text
    // What follows may stand in another block: only the first line is judged.
    guard !header.allSatisfy(\.isWhitespace) else { throw Problem("table.blank_header", at: firstLine) }
    let lowered = header.prefix(200).lowercased().drop { $0.isWhitespace }
    if ["<!doctype", "<html", "<head", "<?xml"].contains(where: { lowered.hasPrefix($0) }) {
      throw Problem("file.html", at: place)
    }
    if line.contains(0) {
      throw Problem("table.nul", at: firstLine)
    }
    let separator = wanted ?? Self.separator(in: line)
    self.separator = separator
    columns = Self.fields(line, separator)
    encoding = Self.encoding(block, isWhole: isWhole)
  }

  /// `sep=;`, which spreadsheets write above the header and read there: it is no part of the table.
  private static func toldSeparator(_ block: UnsafeBufferPointer<UInt8>) -> (separator: UInt8, length: Int)? {
    guard block.count > 6, block.prefix(4).elementsEqual("sep=".utf8), candidates.contains(block[4]) else { return nil }
    let end = block[5] == UInt8(ascii: "\r") && block[6] == UInt8(ascii: "\n") ? 6 : 5
    guard block[end] == UInt8(ascii: "\n") || block[end] == UInt8(ascii: "\r") else { return nil }
    return (block[4], end + 1)
  }

  /// How many lines may be the header, where there is a choice.
  private static let mostLines = 12

  /// The first lines, each cut at the separator that it seems to have.
  private static func firstLines(
    _ table: UnsafeBufferPointer<UInt8>, from first: Int, _ wanted: UInt8?
  ) -> [(start: Int, cells: [String])] {
    var lines: [(start: Int, cells: [String])] = []
    var start = first
    while start < table.count, lines.count < mostLines {
      let rest = UnsafeBufferPointer(rebasing: table[start...])
      let (end, isQuoted) = lineEnd(rest)
      if isQuoted { break }
      var line = UnsafeBufferPointer(rebasing: rest[..<(end ?? rest.count)])
      if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
      lines.append((start, fields(line, wanted ?? separator(in: line))))
      start += (end ?? rest.count) + 1
    }
    return lines
  }

  /// The characters that may separate fields.
  private static let candidates: [UInt8] = [",", ";", "\t", "|"].map { Character($0).asciiValue ?? 0 }

  /// Calls `body` for each byte outside quotes; true where a quote is still open at the end.
  ///
  /// As in the records, a quote opens a field only at its start; what separates is not known yet, so any
  /// candidate starts one.
  private static func outsideQuotes(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (Int, UInt8) -> Bool
  ) -> Bool {
    var quoted = false
    var mayOpen = true
    for (offset, byte) in text.enumerated() {
      if byte == UInt8(ascii: "\""), quoted || mayOpen {
        quoted.toggle()
        mayOpen = true  // a doubled quote opens again
        continue
      }
      if quoted { continue }
      if !body(offset, byte) { return false }
      mayOpen = candidates.contains(byte) || byte == UInt8(ascii: "\r")
    }
    return quoted
  }

  /// The first line feed, or the first carriage return where there is none near it.
  private static func lineEnd(_ block: UnsafeBufferPointer<UInt8>) -> (end: Int?, isQuoted: Bool) {
    var firstReturn: Int?
    var feed: Int?
    let isQuoted = outsideQuotes(block) { offset, byte in
      if byte == UInt8(ascii: "\n") { feed = offset }
      if byte == UInt8(ascii: "\r"), firstReturn == nil { firstReturn = offset }
      return feed == nil
    }
    return (feed ?? firstReturn, isQuoted && firstReturn == nil)
  }

  /// The candidate that occurs most outside quotes; a comma where none does.
  private static func separator(in line: UnsafeBufferPointer<UInt8>) -> UInt8 {
    var counts = [Int](repeating: 0, count: candidates.count)
    _ = outsideQuotes(line) { _, byte in
      if let which = candidates.firstIndex(of: byte) { counts[which] += 1 }
      return true
    }
    let best = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
    return counts[best] == 0 ? UInt8(ascii: ",") : candidates[best]
  }

  private static func fields(_ line: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> [String] {
    var index = RecordIndex(bytes: line.count + 1)
    defer { index.deallocate() }
    let text = Array(line) + [UInt8(ascii: "\n")]
    return text.withUnsafeBufferPointer { text in
      guard let start = text.baseAddress else { return [] }
      index.scanCarefully(start, count: text.count, separator: separator, fields: -1)
      guard let header = index.irregular.first else { return [] }
      let row = Row(text: start, start: 0, ends: index.ends, last: header.fields - 1)
      return (0..<header.fields).map { column in
        let name = row[column].text
        return String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      }
    }
  }

  private static func encoding(_ block: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> TextEncoding {
    // A block that is not the last may cut a character in two.
    for cut in 0...(isWhole ? 0 : min(3, block.count)) {
      let sample = UnsafeBufferPointer(rebasing: block.dropLast(cut))
      if TextEncoding.isUTF8(sample) { return .utf8 }
    }
    return .windows1252
  }
}
