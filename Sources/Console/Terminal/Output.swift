import Diagnostics
import Glibc
import Tabular

/// Standard output: the results. What cannot be written is an error like another, never a silent half.
enum Output {
  /// Whoever read the output has gone (`essor table … | head`): nothing is wrong, nobody waits for more.
  struct ReaderGone: Error {}

  static func line(_ text: String) throws { try write(text + "\n") }

  /// A document for machines; what it quotes from files stays harmless on a terminal.
  static func json(_ text: String) throws { try write(text.escapedControls) }

  static func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write($0) }
  }

  static func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBufferPointer { try write($0) } }

  private static func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var failure: Int32 = 0
    guard let start = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count, failure == 0 {
      let count = Glibc.write(STDOUT_FILENO, start + done, bytes.count - done)
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        failure = errno
      }
    }
    if failure == EPIPE { throw ReaderGone() }
    if failure != 0 {
      throw Problem(
        failure == ENOSPC || failure == EFBIG ? "disk.full" : "output.failed", status: .machine,
        ["attempt": "stdout", "system": String(cString: strerror(failure))])
    }
  }
}
