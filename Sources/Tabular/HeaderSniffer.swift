internal import Diagnostics

/// What the first block of a table tells: separator, column names, encoding, line ends.
struct HeaderSniffer {
  let columns: [String]
  let separator: UInt8
  let encoding: TextEncoding
  let carriageReturnsOnly: Bool
  /// Bytes of the header line, its end included.
  let length: Int

  init(_ block: UnsafeBufferPointer<UInt8>, separator wanted: UInt8?, at place: Place) throws(Problem) {
    let head = block.prefix(2)
    if head.elementsEqual([0xff, 0xfe]) || head.elementsEqual([0xfe, 0xff]) {
      throw Problem("table.utf16", at: place)
    }
    let end = Self.lineEnd(block)
    carriageReturnsOnly = end.map { block[$0] == UInt8(ascii: "\r") } ?? false
    let stop = end ?? block.count
    length = min(stop + 1, block.count + 1)
    var line = UnsafeBufferPointer(rebasing: block[..<stop])
    if line.last == UInt8(ascii: "\r") { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
    let header = TextEncoding.decode(line).text
    guard !header.allSatisfy(\.isWhitespace) else { throw Problem("table.empty", at: place) }
    let lowered = header.prefix(200).lowercased().drop { $0.isWhitespace }
    if ["<!doctype", "<html", "<head", "<?xml"].contains(where: { lowered.hasPrefix($0) }) {
      throw Problem("file.html", at: place)
    }
    if line.contains(0) {
      var place = place
      place.line = 1
      throw Problem("table.nul", at: place)
    }
    let separator = wanted ?? Self.separator(in: line)
    self.separator = separator
    columns = Self.fields(line, separator)
    encoding = Self.encoding(block)
  }

  /// The first line feed, or the first carriage return where there is none near it.
  private static func lineEnd(_ block: UnsafeBufferPointer<UInt8>) -> Int? {
    var quoted = false
    var firstReturn: Int?
    for (offset, byte) in block.enumerated() {
      switch byte {
      case UInt8(ascii: "\""): quoted.toggle()
      case UInt8(ascii: "\n") where !quoted:
        return offset
      case UInt8(ascii: "\r") where !quoted && firstReturn == nil: firstReturn = offset
      default: break
      }
    }
    return firstReturn
  }

  /// The candidate that occurs most outside quotes; a comma where none does.
  private static func separator(in line: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let candidates = [",", ";", "\t", "|"].map { Character($0).asciiValue ?? 0 }
    var counts = [Int](repeating: 0, count: candidates.count)
    var quoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if !quoted, let which = candidates.firstIndex(of: byte) { counts[which] += 1 }
    }
    let best = counts.indices.max { counts[$0] < counts[$1] } ?? 0
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

  private static func encoding(_ block: UnsafeBufferPointer<UInt8>) -> TextEncoding {
    // The block may cut a character in two: its last three bytes do not count.
    let sample = UnsafeBufferPointer(rebasing: block.dropLast(min(3, block.count)))
    var at = sample.count
    while at > 0, sample[at - 1] & 0xc0 == 0x80 { at -= 1 }
    if at > 0, sample[at - 1] >= 0xc0 { at -= 1 }
    let whole = UnsafeBufferPointer(rebasing: sample[..<at])
    return String(validating: whole, as: UTF8.self) == nil ? .windows1252 : .utf8
  }
}
