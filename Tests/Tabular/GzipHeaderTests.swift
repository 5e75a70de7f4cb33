import Diagnostics
import TestSupport
import Testing

@testable import Tabular

/// Bytes given in two readings, cut where the test says.
private final class CutStream: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  let place = Place(file: "stock.csv.gz")
  private var pieces: [MemoryStream]

  init(_ bytes: [UInt8], at cut: Int) {
    pieces = [MemoryStream(Array(bytes[..<cut])), MemoryStream(Array(bytes[cut...]))]
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    while let piece = pieces.first {
      let count = try piece.read(into: buffer)
      if count > 0 { return count }
      pieces.removeFirst()
    }
    return 0
  }
}

@Suite("Headers and ends of gzip members") struct GzipHeaderTests {
  private static func inflate(_ source: any ByteStream) throws -> [UInt8] {
    try readAll(InflatingStream(source, .gzip, at: source.place))
  }

  private static func inflate(_ bytes: [UInt8], step: Int = .max) throws -> [UInt8] {
    try inflate(MemoryStream(bytes, name: "stock.csv.gz", step: step))
  }

  /// Two members with all the optional fields, a third with none.
  private static let text = utf8("a,b\n1,2\n3,4\n")
  private static let members =
    DeflateBytes.gzip(utf8("a,b\n"), header: .everything) + DeflateBytes.gzip(utf8("1,2\n"), header: .everything)
    + DeflateBytes.gzip(utf8("3,4\n"))

  @Test(arguments: DeflateBytes.Header.allCases)
  func `a header is read wherever its bytes are cut`(header: DeflateBytes.Header) throws {
    let bytes = DeflateBytes.gzip(Self.text, header: header)
    for cut in 0...bytes.count { #expect(try Self.inflate(CutStream(bytes, at: cut)) == Self.text, "cut at \(cut)") }
  }

  @Test func `the headers of further members are read wherever their bytes are cut`() throws {
    for cut in 0...Self.members.count {
      #expect(try Self.inflate(CutStream(Self.members, at: cut)) == Self.text, "cut at \(cut)")
    }
  }

  @Test(arguments: [1, 2, 3, 7])
  func `headers are read in small pieces, at every place in them`(step: Int) throws {
    // What stands before shifts the second header against the pieces.
    for shift in 0..<step {
      let before = [UInt8](repeating: UInt8(ascii: "x"), count: shift)
      let bytes = DeflateBytes.gzip(before, deflated: DeflateBytes.stored(before)) + Self.members
      #expect(try Self.inflate(bytes, step: step) == before + Self.text)
    }
  }

  @Test func `a header across the edge of what is read at once is one header`() throws {
    // An extra field as long as the format allows, and a name longer than the room for input.
    let room = 256 << 10
    let extra = little(0xffff, 2) + [UInt8](repeating: 0x41, count: 0xffff)
    let name = [UInt8](repeating: UInt8(ascii: "n"), count: room) + [0]
    let fields = Array(DeflateBytes.Header.plain.bytes.prefix(3)) + [0x04 | 0x08] + [0, 0, 0, 0, 0, 3] + extra + name
    let tail = Array(DeflateBytes.gzip(Self.text).dropFirst(10))
    #expect(try Self.inflate(fields + tail) == Self.text)
    // The edge falls on every byte of a second header.
    let header = DeflateBytes.Header.everything.bytes
    for place in 0...header.count {
      let first = [UInt8](repeating: UInt8(ascii: "x"), count: room - place - 18 - 4 * 5)
      let member = DeflateBytes.gzip(first, deflated: DeflateBytes.stored(first))
      #expect(member.count == room - place)
      let read = try Self.inflate(member + DeflateBytes.gzip(Self.text, header: .everything))
      #expect(read.count == first.count + Self.text.count && read.suffix(Self.text.count) == Self.text[...])
    }
  }

  @Test(arguments: [1, 2, 3, 7, .max])
  func `a header that stops before its end is a file cut short`(step: Int) throws {
    let whole = DeflateBytes.gzip(Self.text)
    let header = DeflateBytes.Header.everything.bytes
    for count in 1...header.count {
      let cut = Array(header.prefix(count))
      expectProblem("zip.truncated", "\(count) bytes") { _ = try Self.inflate(cut, step: step) }
      expectProblem("zip.truncated", "\(count) bytes") { _ = try Self.inflate(whole + cut, step: step) }
    }
    expectProblem("zip.truncated") { _ = try Self.inflate([], step: step) }
  }

  @Test(arguments: [1, 2, 3, 7, .max])
  func `zeros behind the last member are padding, as for gzip`(step: Int) throws {
    for count in [1, 2, 9, 10, 11, 512] {
      let padding = [UInt8](repeating: 0, count: count)
      #expect(try Self.inflate(Self.members + padding, step: step) == Self.text)
      expectProblem("gzip.trailing") { _ = try Self.inflate(Self.members + padding + [1], step: step) }
      expectProblem("gzip.trailing") { _ = try Self.inflate(Self.members + padding + Self.members, step: step) }
    }
    let pages = [UInt8](repeating: 0, count: 600 << 10)
    #expect(try Self.inflate(Self.members + pages) == Self.text)
    expectProblem("gzip.trailing") { _ = try Self.inflate(Self.members + pages + [1]) }
  }

  @Test(arguments: [1, 2, 3, 7, .max])
  func `other bytes behind the last member are refused`(step: Int) throws {
    for rest in [utf8("x"), utf8("<html>not found</html>"), [0x1f, 0x8c, 8, 0, 0, 0, 0, 0, 0, 3], [0x8b]] {
      expectProblem("gzip.trailing") { _ = try Self.inflate(Self.members + rest, step: step) }
    }
  }

  @Test func `a header whose own checksum is wrong is refused`() throws {
    var bytes = DeflateBytes.gzip(Self.text, header: .checked)
    bytes[10] ^= 1
    for step in [1, 2, 3, 7, .max] { expectProblem("zip.checksum") { _ = try Self.inflate(bytes, step: step) } }
  }
}
