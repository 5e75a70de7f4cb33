internal import CIsal
package import Diagnostics

/// A deflate stream being read, through ISA-L: raw (in a zip) or wrapped (gzip, members one after another).
///
/// The headers of gzip members are read apart from what they head: left to itself, ISA-L forgets a header that its
/// input cuts in two.
package final class InflatingStream: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  package enum Wrapping: Sendable { case raw, gzip }

  /// What the next byte of the source belongs to.
  private enum Part { case header, body, afterMember, nothing }

  package let place: Place
  private let source: any ByteStream
  private let wrapping: Wrapping
  private let state: UnsafeMutablePointer<inflate_state>
  private let input: UnsafeMutableRawBufferPointer
  private var header = isal_gzip_header()
  private var part: Part
  private var isFirstMember = true
  private var sourceEnded = false

  package init(_ source: any ByteStream, _ wrapping: Wrapping, at place: Place) {
    self.source = source
    self.wrapping = wrapping
    self.place = place
    state = .allocate(capacity: 1)
    input = .allocate(byteCount: 256 << 10, alignment: 64)
    isal_inflate_init(state)
    part = wrapping == .gzip ? .header : .body
    prepare()
  }

  deinit {
    state.deallocate()
    input.deallocate()
  }

  private func prepare() {
    state.pointee.crc_flag = UInt32(wrapping == .gzip ? ISAL_GZIP_NO_HDR_VER : ISAL_DEFLATE)
    isal_gzip_header_init(&header)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    state.pointee.next_out = start.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(buffer.count)
    while state.pointee.avail_out > 0, part != .nothing {
      if state.pointee.avail_in == 0, !sourceEnded { try refill() }
      switch part {
      case .header: try readHeader()
      case .body: try inflate()
      case .afterMember: try lookForMember()
      case .nothing: break
      }
    }
    return buffer.count - Int(state.pointee.avail_out)
  }

  private func readHeader() throws(Problem) {
    let code = isal_read_gzip_header(state, &header)
    switch code {
    case ISAL_DECOMP_OK: part = .body
    case ISAL_END_INPUT: if sourceEnded { throw Problem("zip.truncated", at: place) }
    case ISAL_INVALID_WRAPPER where !isFirstMember: throw Problem("gzip.trailing", at: place)
    default: throw broken(code)
    }
  }

  private func inflate() throws(Problem) {
    let before = (state.pointee.avail_in, state.pointee.avail_out)
    let code = isal_inflate(state)
    guard code == ISAL_DECOMP_OK || code == ISAL_END_INPUT else { throw broken(code) }
    if state.pointee.block_state == ISAL_BLOCK_FINISH {
      part = wrapping == .gzip ? .afterMember : .nothing
    } else if sourceEnded, before == (state.pointee.avail_in, state.pointee.avail_out) {
      throw Problem("zip.truncated", at: place)
    }
  }

  /// Behind a member stands another, or nothing, or zeros up to the end (tapes and blocks are filled with them).
  private func lookForMember() throws(Problem) {
    guard state.pointee.avail_in > 0 else {
      part = .nothing
      return
    }
    switch state.pointee.next_in.pointee {
    case 0x1f:
      isal_inflate_reset(state)
      prepare()
      isFirstMember = false
      part = .header
    case 0:
      try passZeros()
      part = .nothing
    default:
      throw Problem("gzip.trailing", at: place)
    }
  }

  private func passZeros() throws(Problem) {
    while state.pointee.avail_in > 0 {
      let rest = UnsafeBufferPointer(start: state.pointee.next_in, count: Int(state.pointee.avail_in))
      guard rest.allSatisfy({ $0 == 0 }) else { throw Problem("gzip.trailing", at: place) }
      try refill()
    }
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
