package import Diagnostics
import Glibc

/// A file open for reading. Closed when it goes away.
package final class ReadableFile: @unchecked Sendable {  // one reader at a time: its stream's thread
  package let path: String
  package let size: Int
  let descriptor: Int32

  package init(_ path: String) throws(Problem) {
    // Without O_NONBLOCK, opening a named pipe waits for a writer that may never come.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw systemProblem("open", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let problem = systemProblem("stat", path)
      close(descriptor)
      throw problem
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      if status.st_mode & S_IFMT == S_IFDIR { throw systemProblem("read", path, EISDIR) }
      // Files are read more than once, and from their end: a pipe or a device cannot serve.
      throw Problem("file.not_regular", at: Place(file: path))
    }
    self.path = path
    self.descriptor = descriptor
    self.size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Reads at most `buffer.count` bytes at `offset`; 0 at the end of the file.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw systemProblem("read", path) }
    }
  }

  /// Reads exactly `count` bytes at `offset`, or fewer where the file ends before.
  package func bytes(at offset: Int, count: Int) throws(Problem) -> [UInt8] {
    guard offset >= 0, offset <= size else { return [] }
    var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - offset)))
    var filled = 0
    while filled < bytes.count {
      var failure: Problem?
      let read = bytes.withUnsafeMutableBytes { buffer -> Int in
        do throws(Problem) {
          return try self.read(
            at: offset + filled, into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if read == 0 { break }
      filled += read
    }
    return Array(bytes[..<filled])
  }
}

/// A file being written. `close()` says whether all went well; going away closes without a word.
package final class WritableFile: @unchecked Sendable {  // one writer at a time, by construction
  package let path: String
  private var descriptor: Int32

  /// Creates the file, or empties it.
  package init(_ path: String) throws(Problem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      // A file that is being made is never what is missing: it is the folder for it.
      let (number, folder) = (errno, Folder.parent(of: path))
      if number == ENOENT, !Folder.exists(folder) {
        throw Problem("file.no_folder", at: Place(file: path), ["folder": folder])
      }
      throw systemProblem("create", path, number)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)  // not empty
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw systemProblem("write", path)
      }
    }
  }

  package func write(_ bytes: [UInt8]) throws(Problem) {
    var failure: Problem?
    bytes.withUnsafeBytes { buffer in
      do throws(Problem) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  package func write(_ text: String) throws(Problem) { try write(Array(text.utf8)) }

  /// Forces the bytes to the disk and closes: after this the file is whole.
  package func finish() throws(Problem) {
    defer { descriptor = -1 }
    guard fsync(descriptor) == 0 else {
      let problem = systemProblem("write", path)
      Glibc.close(descriptor)
      throw problem
    }
    guard Glibc.close(descriptor) == 0 else { throw systemProblem("close", path) }
  }
}
