package import Diagnostics
package import Filesystem

/// Bytes in order, pulled by one reader. Zip entries, gzip files and plain files are all streams.
package protocol ByteStream: AnyObject, Sendable {
  /// Where the bytes come from, for messages.
  var place: Place { get }

  /// Fills at most `buffer.count` bytes and returns how many; 0 only at the end.
  ///
  /// At the end a stream has checked what its container promises (length, CRC-32) or thrown.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int
}

/// A part of a file, as it is.
package final class StoredStream: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  package let place: Place
  private let file: ReadableFile
  private var offset: Int
  private let end: Int

  package init(_ file: ReadableFile, from offset: Int = 0, count: Int? = nil) {
    self.file = file
    self.offset = offset
    self.end = count.map { offset + $0 } ?? file.size
    place = Place(file: file.path)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let wanted = min(buffer.count, end - offset)
    guard wanted > 0 else { return 0 }
    let count = try file.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    guard count > 0 else { throw Problem("file.truncated", at: place) }
    offset += count
    return count
  }
}

/// Bytes that are already in memory: tests, fuzzing, small built-in tables.
package final class MemoryStream: ByteStream, @unchecked Sendable {  // pulled by one thread at a time
  package let place: Place
  private let bytes: [UInt8]
  private var offset = 0
  private let step: Int

  /// `step` limits what one reading gives, to test that nothing depends on where blocks end.
  package init(_ bytes: [UInt8], name: String = "memory", step: Int = .max) {
    self.bytes = bytes
    self.step = step
    place = Place(file: name)
  }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    let count = min(buffer.count, bytes.count - offset, step)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count])) }
    offset += count
    return count
  }
}
