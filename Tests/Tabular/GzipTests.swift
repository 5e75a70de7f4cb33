import Diagnostics
import TestSupport
import Testing

@testable import Tabular

@Suite("Deflate and gzip streams") struct GzipTests {
  private static func inflate(
    _ bytes: [UInt8], _ wrapping: InflatingStream.Wrapping = .gzip, step: Int = .max, piece: Int = 1 << 16
  ) throws -> [UInt8] {
    let source = MemoryStream(bytes, name: "stock.csv.gz", step: step)
    return try readAll(InflatingStream(source, wrapping, at: source.place), piece: piece)
  }

  /// What ISA-L makes of the bytes: dynamic codes, and pieces as they were given.
  private static func packed(_ bytes: [UInt8], pieces: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    let deflater = Deflater()
    let size = max(1, bytes.count / pieces)
    var start = 0
    repeat {
      let end = min(start + size, bytes.count)
      try bytes[start..<end].withUnsafeBytes { part in
        try deflater.deflate(part, end: end == bytes.count) { (ready) throws(Problem) in all += ready }
      }
      start = end
    } while start < bytes.count
    #expect(deflater.count == bytes.count)
    #expect(deflater.packedCount == all.count)
    #expect(deflater.checksum == checksum32(bytes))
    return all
  }

  @Test(arguments: DeflateBytes.Header.allCases)
  func `a gzip file is inflated, whatever its header carries`(header: DeflateBytes.Header) throws {
    for content in [[], utf8("x"), ZipCase.short, ZipCase.long] {
      for deflated in [DeflateBytes.fixed(content), DeflateBytes.stored(content), try Self.packed(content, pieces: 3)] {
        #expect(try Self.inflate(DeflateBytes.gzip(content, deflated: deflated, header: header)) == content)
      }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 8, 17, 4_096])
  func `members one after another are one text, wherever the readings cut them`(step: Int) throws {
    let contents = [utf8("a,b\n"), [], ZipCase.short, utf8("é"), Array(ZipCase.long.prefix(5_000))]
    let headers = DeflateBytes.Header.allCases
    var bytes: [UInt8] = []
    for (number, content) in contents.enumerated() {
      let deflated = number % 2 == 0 ? try Self.packed(content, pieces: 1) : DeflateBytes.fixed(content)
      bytes += DeflateBytes.gzip(content, deflated: deflated, header: headers[number % headers.count])
    }
    for piece in [1, 3, 64, 1 << 16] {
      #expect(try Self.inflate(bytes, step: step, piece: piece) == Array(contents.joined()))
    }
  }

  @Test(arguments: 0..<8)
  func `what is deflated is inflated, in whatever pieces`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<12 {
      let alphabet = random.pick([utf8("ab"), utf8("0123456789,\n"), Array(UInt8.min...UInt8.max)])
      let content = random.bytes(random.pick([0, 1, 100, 3_000, 70_000]), from: alphabet)
      let deflated = try Self.packed(content, pieces: random.number(1...5))
      let (step, piece) = (random.pick([1, 13, 1_000, .max]), random.pick([1, 100, 1 << 18]))
      #expect(try Self.inflate(deflated, .raw, step: step, piece: piece) == content)
    }
  }

  @Test func `a gzip file cut anywhere is never taken for a whole one`() throws {
    let member = DeflateBytes.gzip(ZipCase.short, header: .everything)
    let bytes = member + DeflateBytes.gzip(utf8("second\n"))
    for count in 1..<bytes.count where count != member.count {
      for step in [1, .max] {
        let problem = try problem { _ = try Self.inflate(Array(bytes[..<count]), step: step) }
        #expect(problem != nil, "\(count) of \(bytes.count) bytes")
      }
    }
    #expect(try Self.inflate(member) == ZipCase.short)
  }

  @Test func `a gzip file with a wrong checksum or length is refused`() throws {
    let good = DeflateBytes.gzip(ZipCase.short)
    expectProblem("zip.checksum") { _ = try Self.inflate(DeflateBytes.gzip(ZipCase.short, checksum: 5)) }
    var longer = good
    longer[longer.count - 4] ^= 1
    expectProblem("zip.checksum") { _ = try Self.inflate(longer) }
    // Also in the second member, behind a good one.
    expectProblem("zip.checksum") { _ = try Self.inflate(good + DeflateBytes.gzip(ZipCase.short, checksum: 5)) }
  }

  @Test(arguments: [0x01, 0x04, 0x10, 0x80, 0xff] as [UInt8])
  func `a gzip file with one byte changed is refused, or reads as before`(mask: UInt8) throws {
    let bytes = DeflateBytes.gzip(ZipCase.short, header: .name)
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= mask
      var content = ZipCase.short
      _ = try problem { content = try Self.inflate(changed) }
      #expect(content == ZipCase.short, "byte \(place)")
    }
  }

  @Test func `a broken deflate stream is refused with the number ISA-L gives`() throws {
    let problem = expectProblem("zip.broken") { _ = try Self.inflate([0x07, 0xff, 0xff], .raw) }  // no such block type
    #expect(problem?.facts["code"] != nil)
    expectProblem("zip.truncated") { _ = try Self.inflate([], .raw) }
    expectProblem("zip.truncated") { _ = try Self.inflate(Array(DeflateBytes.fixed(ZipCase.short).dropLast(3)), .raw) }
  }

  @Test func `a stream that is done stays done`() throws {
    let source = MemoryStream(DeflateBytes.gzip(utf8("x")))
    let stream = InflatingStream(source, .gzip, at: source.place)
    #expect(try readAll(stream) == utf8("x"))
    #expect(try readAll(stream).isEmpty)
  }
}
