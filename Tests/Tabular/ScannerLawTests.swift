import TestSupport
import Testing

@testable import Tabular

/// What a scanner says of a stretch, copied out of its index.
private struct Indexed: Equatable {
  var ends: [UInt32]
  var starts: [UInt32]
  var consumed: Int
  var lines: Int
  var nul: Int?
  var irregular: [RecordIndex.Irregular]

  init(_ index: RecordIndex) {
    ends = Array(UnsafeBufferPointer(start: index.ends, count: index.endCount))
    starts = Array(UnsafeBufferPointer(start: index.starts, count: index.recordCount))
    (consumed, lines, nul, irregular) = (index.consumed, index.lines, index.nul, index.irregular)
  }
}

/// The two scanners side by side, over memory as tight as the reader gives them.
private final class Scanners {
  private var index = RecordIndex(bytes: 64)

  deinit { index.deallocate() }

  /// What the fast scanner says, nil where it does not vouch for the text; and what the careful one says.
  func scan(
    _ text: [UInt8], separator: UInt8 = UInt8(ascii: ","), fields: Int
  ) -> (fast: Indexed?, careful: Indexed) {
    // Behind the text stand 64 bytes of the worst kind, which no scanner may take for text.
    let padded = text + [UInt8](repeating: UInt8(ascii: "\""), count: 32) + [UInt8](repeating: 10, count: 32)
    return padded.withUnsafeBufferPointer { padded in
      guard let start = padded.baseAddress else { fatalError("an array of 64 bytes or more has an address") }
      let vouched = index.scanFast(start, count: text.count, separator: separator, fields: fields)
      let fast = vouched ? Indexed(index) : nil
      index.scanCarefully(start, count: text.count, separator: separator, fields: fields)
      return (fast, Indexed(index))
    }
  }
}

@Suite("The two scanners agree") struct ScannerLawTests {
  @Test(arguments: 0..<16)
  func `on well-formed text the fast scanner vouches and both give the same index`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scanners = Scanners()
    for _ in 0..<60 {
      let table = RandomTable(&random, rows: random.number(0...25))
      let fields = table.contents.columns.count
      let (fast, careful) = scanners.scan(table.body, separator: table.separator, fields: fields)
      #expect(fast == careful, "\(String(decoding: table.body, as: UTF8.self).debugDescription)")
      #expect(careful.starts.count == table.contents.rows.count)
      #expect(careful.consumed == table.body.count)
      #expect(careful.irregular.isEmpty)
    }
  }

  @Test(arguments: 100..<112)
  func `where a stretch is cut in the middle of a record both stop at the same place`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scanners = Scanners()
    for _ in 0..<40 {
      let table = RandomTable(&random, rows: 12)
      let fields = table.contents.columns.count
      let cut = Array(table.body[..<random.number(0...table.body.count)])
      let (fast, careful) = scanners.scan(cut, separator: table.separator, fields: fields)
      #expect(fast == careful, "\(String(decoding: cut, as: UTF8.self).debugDescription)")
    }
  }

  @Test(arguments: 200..<216)
  func `on random bytes the fast scanner never vouches for what the careful one reads otherwise`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scanners = Scanners()
    let alphabets = ["a,\n", "a,\"\n", "a,\"\n\r", ",\"\n", "aaaaaaaaaa,,,,\"\n"].map(utf8) + [utf8("a,\n\0")]
    var vouched = 0
    for _ in 0..<3_000 {
      let text = random.bytes(random.pick([3, 6, 12, 64, 65, 130]), from: random.pick(alphabets))
      let (fast, careful) = scanners.scan(text, fields: random.number(2...3))
      guard let fast else { continue }
      vouched += 1
      #expect(fast == careful, "\(String(decoding: text, as: UTF8.self).debugDescription)")
    }
    #expect(vouched > 100, "the cases must reach the comparison")
  }

  @Test(arguments: [57, 60, 63])
  func `on every text of seven bytes across the edge of a mask they agree`(before: Int) {
    let scanners = Scanners()
    let alphabet = utf8("a,\"\n\r")
    let record = utf8("x,") + [UInt8](repeating: UInt8(ascii: "y"), count: before - 3) + utf8("\n")
    var vouched = 0
    var disagreeing: [[UInt8]] = []
    for number in 0..<78_125 {  // 5⁷
      var rest = number
      var text = record
      for _ in 0..<7 {
        text.append(alphabet[rest % 5])
        rest /= 5
      }
      let (fast, careful) = scanners.scan(text, fields: 2)
      guard let fast else { continue }
      vouched += 1
      if fast != careful { disagreeing.append(text) }
    }
    #expect(disagreeing.isEmpty)
    #expect(vouched > 1_000)
  }

  @Test(arguments: [63, 64, 65, 127, 128, 129])
  func `quotes on the edges of masks open and close as they should`(length: Int) {
    let scanners = Scanners()
    for inside in ["x", "\n", ",", "\"\""] {
      // A quoted field that ends at the edge, one that starts there, and one that spans it.
      for start in 0...8 {
        let filler = String(repeating: "f", count: max(0, length - start - 3))
        let text = utf8("\(filler),\"\(inside)\"\n\"\(inside)\",\"\(inside)\(inside)\"\n")
        let (fast, careful) = scanners.scan(text, fields: 2)
        #expect(fast == careful)
        #expect(careful.starts.count == 2)
      }
    }
  }

  @Test func `what stands behind the text is never taken for text`() {
    let scanners = Scanners()
    for count in 0..<70 {
      let text = [UInt8](repeating: UInt8(ascii: "a"), count: count)
      let (fast, careful) = scanners.scan(text, fields: 2)
      #expect(fast == careful)
      #expect(careful.consumed == 0)
    }
  }

  @Test func `an index made for a little text makes room for more`() {
    let scanners = Scanners()
    for count in [1, 100, 10_000, 200_000] {
      let text = Array(repeatElement(utf8(",\n"), count: count).joined())
      let (fast, careful) = scanners.scan(text, fields: 2)
      #expect(fast == careful)
      #expect(careful.starts.count == count)
    }
  }
}
