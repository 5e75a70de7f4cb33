internal import CIsal
import Diagnostics
import Glibc

/// A deflate stream being made, through ISA-L. The bytes that go out depend on the bytes that come
/// in and on how they are cut into pieces, never on time: the same pieces give the same file.
final class Deflater {
  /// What has come in since the last `begin`.
  private(set) var count = 0
  /// What has gone out since the last `begin`.
  private(set) var packedCount = 0
  /// The CRC-32 of what has come in.
  private(set) var checksum: UInt32 = 0

  private let stream: UnsafeMutablePointer<isal_zstream>
  private let working: UnsafeMutableRawBufferPointer
  private let output: UnsafeMutableRawBufferPointer

  /// Working memory for the largest of ISA-L's settings (ISAL_DEF_LVL3_EXTRA_LARGE and a margin);
  /// the macros of igzip_lib.h are sums that Swift does not import.
  private static let workingSize = 1 << 20
  /// 1, 2 and 3 pack these tables to nearly the same size; 1 is twice as fast.
  private static let level: UInt32 = 1

  init() {
    stream = .allocate(capacity: 1)
    working = .allocate(byteCount: Self.workingSize, alignment: 64)
    output = .allocate(byteCount: 256 << 10, alignment: 64)
    // ISA-L looks for matches in what it finds there: memory that served before would make other bytes.
    _ = working.initializeMemory(as: UInt8.self, repeating: 0)
    memset(stream, 0, MemoryLayout<isal_zstream>.size)
    begin()
  }

  deinit {
    stream.deallocate()
    working.deallocate()
    output.deallocate()
  }

  /// Starts a new stream.
  func begin() {
    isal_deflate_init(stream)
    stream.pointee.level = Self.level
    stream.pointee.level_buf = working.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.level_buf_size = UInt32(working.count)
    (count, packedCount, checksum) = (0, 0, 0)
  }

  /// Packs a piece and hands over what is ready; with `end`, all that remains.
  func deflate(
    _ bytes: UnsafeRawBufferPointer, end: Bool,
    to sink: (UnsafeRawBufferPointer) throws(Problem) -> Void
  ) throws(Problem) {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    checksum = crc32_gzip_refl(checksum, start, UInt64(bytes.count))
    count += bytes.count
    // ISA-L only reads from next_in, though its type does not say so.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    stream.pointee.avail_in = UInt32(bytes.count)
    stream.pointee.end_of_stream = end ? 1 : 0
    repeat {
      stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(output.count)
      let code = isal_deflate(stream)
      precondition(code == COMP_OK, "isal_deflate refused its own settings: \(code)")
      let ready = output.count - Int(stream.pointee.avail_out)
      packedCount += ready
      if ready > 0 { try sink(UnsafeRawBufferPointer(rebasing: output[..<ready])) }
    } while stream.pointee.avail_out == 0
  }
}
