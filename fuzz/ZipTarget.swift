import Glibc

/// A file of memory, without a name: each input takes the place of the one before.
private let memory = {
  let name = "/essor-fuzz-\(getpid())"
  defer { shm_unlink(name) }
  return shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
}()

/// Any bytes as an archive: every entry is read to its end.
func tryZip(_ bytes: [UInt8]) {
  precondition(ftruncate(memory, 0) == 0 && pwrite(memory, bytes, bytes.count, 0) == bytes.count)
  do {
    let archive = try ZipArchive(ReadableFile("/proc/self/fd/\(memory)"))
    for entry in archive.entries.prefix(20) {
      do {
        let total = try readToEnd(archive.stream(entry)) { _ in }
        precondition(total == entry.size, "an entry that ends well has the size that it promised")
      } catch {}  // refused, as it may be
    }
  } catch {}
}

nonisolated(unsafe) private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)

/// Lends what a stream gives, `piece` bytes at most at once, and returns how much it was.
func readToEnd(_ stream: any ByteStream, piece: Int = 1 << 16, _ body: (Slice<UnsafeMutableRawBufferPointer>) -> Void)
  throws -> Int
{
  var total = 0
  while true {
    let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<piece]))
    if count == 0 { return total }
    body(buffer[..<count])
    total += count
  }
}
