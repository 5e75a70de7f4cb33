internal import CIsal
package import Diagnostics

/// A deflate stream being read, through ISA-L: raw (in a zip) or wrapped (gzip, members one after another).
package final class InflatingStream: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  package enum Wrapping: Sendable { case raw, gzip }

  package let place: Place
  private let source: any ByteStream
  private let wrapping: Wrapping
  private let state: UnsafeMutablePointer<inflate_state>
  private let input: UnsafeMutableRawBufferPointer
  private var sourceEnded = false
  private var ended = false

  package init(_ source: any ByteStream, _ wrapping: Wrapping, at place: Place) {
    self.source = source
    self.wrapping = wrapping
    self.place = place
    state = .allocate(capacity: 1)
    input = .allocate(byteCount: 256 << 10, alignment: 64)
    isal_inflate_init(state)
    prepare()
  }

  deinit {
    state.deallocate()
    input.deallocate()
  }

  private func prepare() {
    state.pointee.crc_flag = wrapping == .gzip ? UInt32(ISAL_GZIP) : UInt32(ISAL_DEFLATE)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    guard !ended, let start = buffer.baseAddress else { return 0 }
    state.pointee.next_out = start.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(buffer.count)
    while state.pointee.avail_out > 0 {
      if state.pointee.avail_in == 0, !sourceEnded { try refill() }
      if state.pointee.block_state == ISAL_BLOCK_FINISH {
        guard try startNextMember() else { break }
        continue
      }
      let before = (state.pointee.avail_in, state.pointee.avail_out)
      let code = isal_inflate(state)
      guard code == ISAL_DECOMP_OK || code == ISAL_END_INPUT else { throw broken(code) }
      let stuck = before == (state.pointee.avail_in, state.pointee.avail_out)
      if stuck, sourceEnded, state.pointee.block_state != ISAL_BLOCK_FINISH {
        throw Problem("zip.truncated", at: place)
      }
    }
    return buffer.count - Int(state.pointee.avail_out)
  }

  /// After a gzip member another may follow; after a raw stream nothing is read.
  private func startNextMember() throws(Problem) -> Bool {
    guard wrapping == .gzip, state.pointee.avail_in > 0 else {
      ended = true
      return false
    }
    isal_inflate_reset(state)
    prepare()
    return true
  }

  private func refill() throws(Problem) {
    let count = try source.read(into: input)
    sourceEnded = count == 0
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(count)
  }

  private func broken(_ code: Int32) -> Problem {
    if code == ISAL_INCORRECT_CHECKSUM { return Problem("zip.checksum", at: place) }
    return Problem("zip.broken", at: place, ["code": String(code)])
  }
}

/// A stream whose length and CRC-32 were promised beforehand (the directory of a zip).
package final class CheckedStream: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  package let place: Place
  private let source: any ByteStream
  private let expected: (count: Int, checksum: UInt32)
  private var count = 0
  private var checksum: UInt32 = 0

  package init(_ source: any ByteStream, count: Int, checksum: UInt32, at place: Place) {
    self.source = source
    self.expected = (count, checksum)
    self.place = place
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let got = try source.read(into: buffer)
    if got == 0 {
      guard count == expected.count else { throw Problem("zip.truncated", at: place) }
      guard checksum == expected.checksum else { throw Problem("zip.checksum", at: place) }
      return 0
    }
    count += got
    guard count <= expected.count else { throw Problem("zip.length", at: place) }
    checksum = crc32_gzip_refl(
      checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(got))
    return got
  }
}
