import Diagnostics
import Dispatch
import Synchronization
import Tabular
import TestSupport
import Testing

/// How many streams of a test are alive, and a word when one goes.
private final class Census: Sendable {
  private let alive = Atomic<Int>(0)
  private let gone = DispatchSemaphore(value: 0)

  var count: Int { alive.load(ordering: .sequentiallyConsistent) }
  func enter() { alive.add(1, ordering: .sequentiallyConsistent) }

  func leave() {
    alive.subtract(1, ordering: .sequentiallyConsistent)
    gone.signal()
  }

  /// Waits until so many have gone. A leak makes the test run into its time limit.
  func waitForDepartures(_ count: Int) { for _ in 0..<count { gone.wait() } }
}

/// Rows of two numbers, without end or up to a failure; no block of them is like another.
private final class Endless: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  let place = Place(file: "endless")
  private let census: Census?
  private let failure: (after: Int, problem: Problem)?
  private let length: Int
  private var given = 0

  init(_ census: Census? = nil, length: Int = .max, failing failure: (after: Int, problem: Problem)? = nil) {
    (self.census, self.length, self.failure) = (census, length, failure)
    census?.enter()
  }

  deinit { census?.leave() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    if let failure, given >= failure.after { throw failure.problem }
    let count = min(buffer.count, length - given, (failure?.after ?? .max) - given, 100_003)
    for place in 0..<count { buffer[place] = Self.byte(given + place) }
    given += count
    return count
  }

  static func byte(_ offset: Int) -> UInt8 {
    switch offset % 16 {
    case 7: UInt8(ascii: ",")
    case 15: UInt8(ascii: "\n")
    default: UInt8(ascii: "0") + UInt8((offset / 16 * 7 + offset >> 13) % 10)
    }
  }
}

@Suite("Reading ahead", .timeLimit(.minutes(1))) struct ReadAheadTests {
  private static let problem = Problem("zip.checksum", at: Place(file: "endless"))

  /// Reads blocks until the end, checks each byte, and returns how many there were.
  private static func drain(_ ahead: ReadAhead, from start: Int = 0) throws -> Int {
    var offset = start
    while let block = try ahead.next() {
      let data = UnsafeBufferPointer(start: block.memory + ahead.room.headroom, count: block.count)
      #expect(data.indices.allSatisfy { data[$0] == Endless.byte(offset + $0) })
      offset += block.count
      ahead.recycle(block)
    }
    return offset
  }

  @Test(arguments: [
    0, 1, ReadAhead.Room().blockSize - 1, ReadAhead.Room().blockSize, ReadAhead.Room().blockSize + 1,
    9 * ReadAhead.Room().blockSize + 5,
  ])
  func `the blocks are the stream, and the end stays the end`(length: Int) throws {
    let ahead = ReadAhead(Endless(length: length))
    #expect(try Self.drain(ahead) == length)
    for _ in 0..<5 { #expect(try ahead.next() == nil) }
  }

  @Test(arguments: [0, 1, 3 * ReadAhead.Room().blockSize + 7])
  func `a stream that is not read ahead gives the same blocks, and the end stays the end`(length: Int) throws {
    let ahead = ReadAhead(Endless(length: length), ReadAhead.Room(blocks: 2, isAhead: false))
    #expect(try Self.drain(ahead) == length)
    for _ in 0..<5 { #expect(try ahead.next() == nil) }
  }

  @Test(arguments: [true, false])
  func `a failure stays, read ahead or not`(isAhead: Bool) throws {
    let ahead = ReadAhead(Endless(failing: (2_000_000, Self.problem)), ReadAhead.Room(blocks: 2, isAhead: isAhead))
    #expect(throws: Self.problem) { _ = try Self.drain(ahead) }
    for _ in 0..<5 { #expect(throws: Self.problem) { _ = try ahead.next() } }
  }

  @Test(arguments: [1, 2, 3])
  func `few blocks are enough, since they are used again`(blocks: Int) throws {
    let length = 20 * ReadAhead.Room().blockSize
    #expect(try Self.drain(ReadAhead(Endless(length: length), ReadAhead.Room(blocks: blocks))) == length)
  }

  @Test(arguments: [
    0, 1, ReadAhead.Room().blockSize - 1, ReadAhead.Room().blockSize, 3 * ReadAhead.Room().blockSize + 7,
  ])
  func `a failure arrives behind all the bytes before it, and stays`(after: Int) throws {
    let ahead = ReadAhead(Endless(failing: (after, Self.problem)))
    var seen = 0
    var caught: Problem?
    do {
      while let block = try ahead.next() {
        seen += block.count
        ahead.recycle(block)
      }
    } catch {
      caught = error
    }
    #expect(caught == Self.problem)
    #expect(seen == after)
    for _ in 0..<3 { expectProblem("zip.checksum") { _ = try ahead.next() } }
  }

  @Test func `rows before a failure are handed over first`() throws {
    let row = utf8("1234567,1234567\n")
    let rows = ReadAhead.Room().blockSize / row.count * 2
    let text = utf8("a,b\n") + Array(repeatElement(row, count: rows).joined())
    // A promise of the container that is only found broken at its end.
    let source = MemoryStream(text)
    let stream = CheckedStream(source, count: text.count, checksum: 0, at: source.place)
    let reader = try TableReader(stream)
    var seen = 0
    expectProblem("zip.checksum") { try reader.forEachBatch { seen += $0.count } }
    #expect(seen == rows)
  }

  @Test(arguments: [0, 1, 2, 5])
  func `readers dropped early let go of their streams`(blocks: Int) throws {
    let census = Census()
    let readers = 60
    for _ in 0..<readers {
      let ahead = ReadAhead(Endless(census))
      for _ in 0..<blocks {
        let block = try #require(try ahead.next())
        ahead.recycle(block)
      }
    }
    census.waitForDepartures(readers)
    #expect(census.count == 0)
  }

  @Test func `a reader dropped with blocks in hand lets go, too`() throws {
    let census = Census()
    for _ in 0..<40 {
      let ahead = ReadAhead(Endless(census))
      for _ in 0..<4 { _ = try ahead.next() }
    }
    census.waitForDepartures(40)
    #expect(census.count == 0)
  }

  @Test func `a table given up in the middle lets go of its stream`() throws {
    struct Enough: Error {}
    let census = Census()
    for _ in 0..<40 {
      let reader = try TableReader(Endless(census))
      _ = try? reader.forEachBatch { _ in throw Enough() }
    }
    census.waitForDepartures(40)
    #expect(census.count == 0)
  }

  @Test func `a stream read to its end is let go`() throws {
    let census = Census()
    for _ in 0..<40 { _ = try Self.drain(ReadAhead(Endless(census, length: 1_000_000))) }
    census.waitForDepartures(40)
    #expect(census.count == 0)
  }
}
